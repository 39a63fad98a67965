using Preimage.Maps;
using Preimage.Results;

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
    public static Box Of(FiberReport report)
    {
        int n = report.Fiber.Curve.Dimension;
        (double[] low, double[] high) = Extent(report, n);
        double share = 0;
        bool bounded = true;
        for (int d = 0; d < n; d++)
        {
            double side = report.Box.Upper[d] - report.Box.Lower[d];
            bounded &= IsBound(report.Box.Lower[d]) && IsBound(report.Box.Upper[d]) && side > 0;
            share = Math.Max(share, (high[d] - low[d]) / side);
        }

        bool zoomed = bounded && share is > 0 and < Speck;
        for (int d = 0; d < n; d++)
        {
            (low[d], high[d]) = zoomed
                ? Zoomed(report.Box, d, (low[d] + high[d]) / 2, ZoomedMargin * share)
                : Whole(report.Box, d, low[d], high[d]);
        }

        return new Box(low, high);
    }

    /// <summary>Whether the window shows only a part of the box, around a small curve.</summary>
    internal static bool IsZoomed(Box window, Box box) =>
        Enumerable
            .Range(0, box.Dimension)
            .All(d => window.Upper[d] - window.Lower[d] < 0.5 * (box.Upper[d] - box.Lower[d]))
        && box.Lower.All(double.IsFinite)
        && box.Upper.All(double.IsFinite);

    private static (double[] Low, double[] High) Extent(FiberReport report, int n)
    {
        double[] low = new double[n];
        double[] high = new double[n];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        foreach (Curve curve in report.Curves.Select(c => c.Curve))
        {
            for (int i = 0; i < curve.Points.Length; i++)
            {
                if (double.IsFinite(curve.Points[i]))
                {
                    low[i % n] = Math.Min(low[i % n], curve.Points[i]);
                    high[i % n] = Math.Max(high[i % n], curve.Points[i]);
                }
            }
        }

        for (int d = 0; d < n; d++)
        {
            if (!(low[d] <= high[d]))
            {
                low[d] = double.IsFinite(report.Box.Lower[d]) ? report.Box.Lower[d] : 0;
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
