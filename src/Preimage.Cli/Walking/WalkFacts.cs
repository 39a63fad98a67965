using System.Collections.Immutable;
using Preimage.Data.Samples;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Walking;

/// <summary>The numbers that a walk is judged by. NaN where nothing can be said, as before the first step.</summary>
internal sealed record WalkFacts
{
    /// <summary>The size of the output: its largest magnitude at the start.</summary>
    public required double Scale { get; init; }
    public required double MedianDistance { get; init; }
    public required double LargestDistance { get; init; }

    /// <summary>The length of the way, of all chains.</summary>
    public required double Way { get; init; }
    public required long RankingChanges { get; init; }
    public required long Contacts { get; init; }
    public required double DistanceEss { get; init; }
    public required double DistanceRhat { get; init; }
    public required double LeastEss { get; init; }
    public required double MedianEss { get; init; }
    public required double LargestRhat { get; init; }
    public required double MedianRhat { get; init; }

    /// <summary>Seconds of this session for each step of it, warm-up included, over all chains.</summary>
    public required double SecondsAStep { get; init; }

    /// <summary>Seconds of this session for each accepted step.</summary>
    public required double SecondsAnAccepted { get; init; }

    /// <summary>How many independent samples the points are worth: by the distance and by the median coordinate, the smaller.</summary>
    public double Worth => Lesser(DistanceEss, MedianEss);

    /// <summary>The numbers of a walk.</summary>
    /// <param name="walk">The walk.</param>
    /// <param name="seconds">How long the session's steps took.</param>
    /// <param name="taken">How many these were.</param>
    public static WalkFacts Of(Walk walk, double seconds, long taken)
    {
        WalkStatistics statistics = WalkStatistics.Of(walk);
        double aStep = taken == 0 ? double.NaN : seconds / taken;
        return new WalkFacts
        {
            Scale = walk.Target.Max(Math.Abs),
            MedianDistance = Spread.Median([.. walk.Chains.SelectMany(chain => chain.Distances)]),
            LargestDistance = statistics.Farthest,
            Way = statistics.Way,
            RankingChanges = walk.Chains.Sum(chain => chain.State.RankingChanges),
            Contacts = statistics.Contacts,
            DistanceEss = statistics.DistanceEffectiveSize,
            DistanceRhat = statistics.DistanceScaleReduction,
            LeastEss = Finite(statistics.EffectiveSizes).DefaultIfEmpty(double.NaN).Min(),
            MedianEss = Spread.Median(Finite(statistics.EffectiveSizes)),
            LargestRhat = Finite(statistics.ScaleReductions).DefaultIfEmpty(double.NaN).Max(),
            MedianRhat = Spread.Median(Finite(statistics.ScaleReductions)),
            SecondsAStep = aStep,
            SecondsAnAccepted = walk.Accepted == 0 ? double.NaN : aStep * walk.Steps / walk.Accepted,
        };
    }

    /// <summary>Whether every chain has all of its steps: none of them could not go on.</summary>
    public static bool IsComplete(Walk walk) => walk.Chains.All(chain => chain.State.Ending == Ending.BudgetSpent);

    private static ImmutableArray<double> Finite(ImmutableArray<double> numbers) => [.. numbers.Where(double.IsFinite)];

    private static double Lesser(double x, double y) =>
        double.IsNaN(x) ? y
        : double.IsNaN(y) ? x
        : Math.Min(x, y);
}
