using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// The straight way, at the points at which what decides first reaches each of evenly spaced values: the smallest change of all, shown at an even pace of
/// the answer. Where the height turns back on the way, the points pass over that.
/// </summary>
public sealed record StraightCrossPath : ICrossPath
{
    private const int LooksBetween = 4;

    // Beyond the border the way goes on at most to this multiple of its length.
    private const double Farthest = 2;

    private const int Bisections = 60;

    /// <summary>How many points from the start to the border, both among them.</summary>
    public int Points { get; init; } = 25;

    /// <summary>How many more points beyond the border.</summary>
    public int Beyond { get; init; } = 3;

    /// <inheritdoc/>
    public Cloud Along(IMap map, Crossing crossing, Box box)
    {
        CrossHeight height = new(map, crossing);
        int n = map.Inputs;
        List<double> points = [];
        List<double> values = [];
        List<double> defects = [];
        double[] x = new double[n];
        double from = 0;
        int count = Math.Max(2, Points);
        for (int k = 0; k < count + Beyond; k++)
        {
            double wanted = k / (count - 1.0);
            double t =
                k == 0 ? 0
                : k == count - 1 ? 1
                : First(height, box, (from, wanted), x);
            if (double.IsNaN(t))
            {
                break;
            }

            from = t;
            Place(height, box, t, x);
            defects.Add(Math.Abs(height.Share(x) - wanted) * Math.Abs(height.Last - height.First));
            points.AddRange(x);
            values.AddRange(height.Values);
        }

        return new Cloud
        {
            Dimension = n,
            Outputs = map.Outputs,
            Points = [.. points],
            Values = [.. values],
            Defects = [.. defects],
        };
    }

    /// <summary>The first place after one, at which the height has gone this share of its way; NaN where there is none.</summary>
    private double First(CrossHeight height, Box box, (double From, double Wanted) at, double[] x)
    {
        double most = at.Wanted < 1 ? 1 : Farthest;
        double step = 1.0 / (Math.Max(2, Points) - 1) / LooksBetween;
        double before = at.From;
        for (double t = at.From; before < most; t = Math.Min(most, t + step))
        {
            Place(height, box, t, x);
            if (height.Share(x) >= at.Wanted)
            {
                return Bisect(height, box, (before, t, at.Wanted), x);
            }

            if (t >= most)
            {
                break;
            }

            before = t;
        }

        return at.Wanted < 1 ? most : double.NaN;
    }

    private static double Bisect(CrossHeight height, Box box, (double Low, double High, double Wanted) at, double[] x)
    {
        (double low, double high, double wanted) = at;
        for (int k = 0; k < Bisections && low < high; k++)
        {
            double middle = low + 0.5 * (high - low);
            if (middle == low || middle == high)
            {
                break;
            }

            Place(height, box, middle, x);
            (low, high) = height.Share(x) >= wanted ? (low, middle) : (middle, high);
        }

        return high;
    }

    private static void Place(CrossHeight height, Box box, double t, double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double value = t == 1 ? height.End[i] : height.Start[i] + t * (height.End[i] - height.Start[i]);
            x[i] = Math.Min(Math.Max(value, box.Lower[i]), box.Upper[i]);
        }
    }
}
