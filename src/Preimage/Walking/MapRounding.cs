using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>How much the computed value of a map jumps between neighbouring points for rounding alone.</summary>
internal static class MapRounding
{
    private const int Samples = 8;

    // Some hundred ulp of the inputs: the roundings differ, and neither curvature nor a kink has room in between.
    private const double Ulps = 1024;

    // Inputs that are nearly zero move by this share of what the largest moves by.
    private const double LeastShare = 1e-3;

    // More than this share of the largest output is no rounding where outputs do not cancel: x may lie on a jump of the map.
    private const double Suspicious = 1e-6;

    // How far beside x it is looked then, in the largest d: a jump through x is seldom met from there by most of them.
    private const double Beside = 64;

    /// <summary>
    /// The largest |N(x + d) - 2 N(x) + N(x - d)| / 2 over a fixed pattern of small d; 0 where it is not finite. Where that would be as large as a jump, as at the
    /// threshold of a rounded input, it is measured beside x, to either side, and the smallest counts.  x: [Inputs].
    /// </summary>
    public static double Around(IMap map, ReadOnlySpan<double> x)
    {
        double rounding = At(map, x);
        for (int side = -1; side <= 1 && rounding > Suspicious * Vectors.LargestMagnitude(map.Evaluate(x)); side += 2)
        {
            rounding = Math.Min(rounding, At(map, Moved(x, side)));
        }

        return rounding;
    }

    private static double[] Moved(ReadOnlySpan<double> x, int side)
    {
        Generator pattern = new(1);
        double largest = Vectors.LargestMagnitude(x);
        double[] moved = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double size = Math.Max(Math.Abs(x[i]), LeastShare * largest);
            moved[i] = x[i] + side * (1 + pattern.Uniform()) * Beside * Ulps * Rounding.Epsilon * size;
        }

        return moved;
    }

    private static double At(IMap map, ReadOnlySpan<double> x)
    {
        Generator pattern = new(0);
        double largest = Vectors.LargestMagnitude(x);
        double[] point = new double[x.Length];
        double[] move = new double[x.Length];
        double[] middle = map.Evaluate(x);
        double[] after = new double[map.Outputs];
        double[] before = new double[map.Outputs];
        double rounding = 0;
        for (int k = 0; k < Samples; k++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                double size = Math.Max(Math.Abs(x[i]), LeastShare * largest);
                point[i] = x[i] + (2 * pattern.Uniform() - 1) * Ulps * Rounding.Epsilon * size;
                move[i] = point[i] - x[i]; // exact
            }

            map.Evaluate(point, after);
            for (int i = 0; i < x.Length; i++)
            {
                point[i] = x[i] - move[i];
            }

            map.Evaluate(point, before);
            for (int j = 0; j < middle.Length; j++)
            {
                double jump = Math.Abs(after[j] - 2 * middle[j] + before[j]) / 2;
                rounding = double.IsFinite(jump) ? Math.Max(rounding, jump) : rounding;
            }
        }

        return rounding;
    }
}
