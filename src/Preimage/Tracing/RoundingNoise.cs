using System.Numerics;
using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Tracing;

/// <summary>How much the computed value of a map jumps between neighbouring points for rounding alone.</summary>
internal static class RoundingNoise
{
    /// <summary>Evaluations of one measurement.</summary>
    public const int Samples = 8;

    // Some hundred ulp of the inputs: the roundings differ, and neither curvature nor a kink has room in between.
    private const double Ulps = 1024;

    // Where an input is nearly zero its own ulp are too small to matter: this share of the step in it then.
    private const double StepShare = 1e-3;

    /// <summary>The largest |N(x + d) - N(x) - J d| over a fixed pattern of small d.  step: the step in each input, in input units [n].</summary>
    public static double Around(IMap map, Station at, ReadOnlySpan<double> step)
    {
        double[] point = new double[step.Length];
        double[] value = new double[at.Value.Length];
        double noise = 0;
        for (int k = 1; k <= Samples; k++)
        {
            at.Value.CopyTo(value, 0);
            for (int i = 0; i < point.Length; i++)
            {
                double size = Math.Max(Math.Abs(at.Point[i]), StepShare * step[i]);
                point[i] = at.Point[i] + Weight(k, i) * Ulps * Rounding.Epsilon * size;
                double moved = point[i] - at.Point[i]; // exact
                for (int j = 0; j < value.Length; j++)
                {
                    value[j] += at.Jacobian[j * point.Length + i] * moved;
                }
            }

            double[] there = new double[value.Length];
            map.Evaluate(point, there);
            double jump = Vectors.LargestDifference(there, value);
            noise = double.IsFinite(jump) ? Math.Max(noise, jump) : noise;
        }

        return noise;
    }

    /// <summary>A number in [-1, 1] that looks random, the same on every machine.</summary>
    private static double Weight(int k, int i)
    {
        uint bits = BitOperations.RotateLeft((uint)(k * 0x9E3779B1u) ^ (uint)(i * 0x85EBCA6Bu), 13) * 0xC2B2AE35u;
        return bits / (double)uint.MaxValue * 2 - 1;
    }
}
