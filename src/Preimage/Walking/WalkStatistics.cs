using System.Collections.Immutable;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>How far a walk came, and how much its points are worth. Numbers that nothing can be said about are NaN, as of an input that never moved.</summary>
public sealed record WalkStatistics
{
    /// <summary>The share of steps that were accepted.</summary>
    public required double Acceptance { get; init; }

    /// <summary>Effective sample size of each input over the kept points: [n].</summary>
    public required ImmutableArray<double> EffectiveSizes { get; init; }

    /// <summary>Split R-hat of each input over the kept points: [n].</summary>
    public required ImmutableArray<double> ScaleReductions { get; init; }

    /// <summary>Effective sample size of the distance from the start, over all steps.</summary>
    public required double DistanceEffectiveSize { get; init; }

    /// <summary>Split R-hat of the distance from the start, over all steps.</summary>
    public required double DistanceScaleReduction { get; init; }

    /// <summary>The greatest distance from the start.</summary>
    public required double Farthest { get; init; }

    /// <summary>The length of the way, of all chains.</summary>
    public required double Way { get; init; }

    /// <summary>How often a coordinate met a bound.</summary>
    public required long Contacts { get; init; }

    /// <summary>The smallest effective sample size of an input that moved, or of the distance.</summary>
    public double LeastEffectiveSize =>
        EffectiveSizes.Append(DistanceEffectiveSize).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();

    /// <summary>The largest split R-hat of an input that moved, or of the distance: above 1.01 the chains have not mixed.</summary>
    public double LargestScaleReduction =>
        ScaleReductions.Append(DistanceScaleReduction).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    /// <summary>The statistics of a walk. Chains that were stopped early shorten all to their length. Cost O(n points lags).</summary>
    public static WalkStatistics Of(Walk walk)
    {
        int inputs = walk.Start.Length;
        int points = walk.Chains.Min(chain => chain.Kept.Count);
        int steps = walk.Chains.Min(chain => chain.Distances.Length);
        double[] sizes = new double[inputs];
        double[] reductions = new double[inputs];
        Parallel.For(
            0,
            inputs,
            i =>
            {
                double[][] chains = [.. walk.Chains.Select(chain => Coordinate(chain.Kept, i, points))];
                sizes[i] = Mixing.EffectiveSize(chains);
                reductions[i] = Mixing.ScaleReduction(chains);
            }
        );
        double[][] distances = [.. walk.Chains.Select(chain => chain.Distances.AsSpan(0, steps).ToArray())];
        return new WalkStatistics
        {
            Acceptance = walk.Steps == 0 ? double.NaN : (double)walk.Accepted / walk.Steps,
            EffectiveSizes = [.. sizes],
            ScaleReductions = [.. reductions],
            DistanceEffectiveSize = Mixing.EffectiveSize(distances),
            DistanceScaleReduction = Mixing.ScaleReduction(distances),
            Farthest = walk.Chains.Max(chain => chain.Distances.IsEmpty ? 0 : chain.Distances.Max()),
            Way = walk.Chains.Sum(chain => chain.State.Distance),
            Contacts = walk.Chains.Sum(chain => chain.State.Contacts),
        };
    }

    private static double[] Coordinate(Cloud kept, int i, int points)
    {
        double[] values = new double[points];
        for (int k = 0; k < points; k++)
        {
            values[k] = kept.Points[k * kept.Dimension + i];
        }

        return values;
    }
}
