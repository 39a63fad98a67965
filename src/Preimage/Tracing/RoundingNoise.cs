using System.Numerics;
using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Tracing;

/// <summary>How much the computed value of a map jumps between neighbouring points for rounding alone.</summary>
internal static class RoundingNoise
{
    /// <summary>Evaluations of one measurement.</summary>
    public const int Samples = 8;

    // So far away that the roundings differ, so near that the second derivative adds nothing.
    private const double Distance = 1.0 / (1L << 36);

    /// <summary>The largest |N(x + d) - N(x) - J d| over a fixed pattern of small d.  scale: unit of length of each input [n].</summary>
    public static double Around(IMap map, Station at, double[] scale)
    {
        double[] point = new double[scale.Length];
        double[] value = new double[at.Value.Length];
        double noise = 0;
        for (int k = 1; k <= Samples; k++)
        {
            at.Value.CopyTo(value, 0);
            for (int i = 0; i < point.Length; i++)
            {
                point[i] = at.Point[i] + Weight(k, i) * Distance * scale[i];
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
