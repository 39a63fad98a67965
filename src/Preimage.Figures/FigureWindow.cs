using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Figures;

/// <summary>The part of the inputs' space that a figure shows.</summary>
public static class FigureWindow
{
    // A curve smaller than this part of the box in every input would be a speck: the window closes in on it.
    private const double Speck = 0.08;
    private const double ZoomedMargin = 3;
    private const double Margin = 0.08;

    /// <summary>
    /// The box where it is finite, widened to hold every curve; the curves' own extent with a margin where it is not; a window
    /// around the curves where they would be a speck in the box. Always finite, with lower below upper.
    /// </summary>
    public static Box Of(FiberReport report) => Of(report.Box, [.. report.Curves.Select(c => c.Curve.Points)]);

    /// <summary>The same for what was found on a plane: curves, region and points; critical points and undecided cells do not widen it.</summary>
    public static Box Of(PlaneReport report) =>
        Of(
            report.Box,
            [
                .. report.Curves.Select(c => c.Curve.Points),
                .. report.Region.Select(p => p.Shell.Points),
                .. report.Points.Select(p => p.At),
            ]
        );

    /// <summary>What a figure says in its corner when it shows only a part of the box.</summary>
    internal static string Remark(Box window, Box box) => IsZoomed(window, box) ? "part of the box" : "";

    internal static Box Of(Box box, ImmutableArray<double>[] found)
    {
        int n = box.Dimension;
        (double[] low, double[] high) = Extent(box, found);
        double share = 0;
        bool bounded = true;
        for (int d = 0; d < n; d++)
        {
            double side = box.Upper[d] - box.Lower[d];
            bounded &= IsBound(box.Lower[d]) && IsBound(box.Upper[d]) && side > 0;
            share = Math.Max(share, (high[d] - low[d]) / side);
        }

        bool zoomed = bounded && share is > 0 and < Speck;
        for (int d = 0; d < n; d++)
        {
            (low[d], high[d]) = zoomed
                ? Zoomed(box, d, (low[d] + high[d]) / 2, ZoomedMargin * share)
                : Whole(box, d, low[d], high[d]);
        }

        return new Box(low, high);
    }

    /// <summary>Whether the window shows only a part of the box, around a small curve.</summary>
    private static bool IsZoomed(Box window, Box box) =>
        Enumerable
            .Range(0, box.Dimension)
            .All(d => window.Upper[d] - window.Lower[d] < 0.5 * (box.Upper[d] - box.Lower[d]))
        && box.Lower.All(double.IsFinite)
        && box.Upper.All(double.IsFinite);

    private static (double[] Low, double[] High) Extent(Box box, ImmutableArray<double>[] found)
    {
        int n = box.Dimension;
        double[] low = new double[n];
        double[] high = new double[n];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        foreach (ImmutableArray<double> points in found)
        {
            for (int i = 0; i < points.Length; i++)
            {
                if (double.IsFinite(points[i]))
                {
                    low[i % n] = Math.Min(low[i % n], points[i]);
                    high[i % n] = Math.Max(high[i % n], points[i]);
                }
            }
        }

        for (int d = 0; d < n; d++)
        {
            if (!(low[d] <= high[d]))
            {
                low[d] = double.IsFinite(box.Lower[d]) ? box.Lower[d] : 0;
                high[d] = low[d];
            }
        }

        return (low, high);
    }

    private static (double Low, double High) Whole(Box box, int d, double low, double high)
    {
        double pad = Margin * (high - low);
        if (!(high - low > 8 * double.Epsilon + 1e-15 * Math.Abs(high)))
        {
            pad = high == 0 ? 1 : 0.1 * Math.Abs(high);
        }

        double lower = IsBound(box.Lower[d]) ? Math.Min(box.Lower[d], low) : low - pad;
        double upper = IsBound(box.Upper[d]) ? Math.Max(box.Upper[d], high) : high + pad;
        return upper > lower ? (lower, upper) : (lower - pad, upper + pad);
    }

    /// <summary>Whether a bound was meant as one: half of the largest number says "none" as infinity does, and no axis spans it.</summary>
    private static bool IsBound(double value) => Math.Abs(value) < double.MaxValue / 4;

    private static (double Low, double High) Zoomed(Box box, int d, double center, double share)
    {
        double half = share / 2 * (box.Upper[d] - box.Lower[d]);
        double low = Math.Max(box.Lower[d], center - half);
        double high = Math.Min(box.Upper[d], low + 2 * half);
        return (Math.Max(box.Lower[d], high - 2 * half), high);
    }
}
