using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>Independent random walks on the fiber of a point.</summary>
public sealed record Walk
{
    /// <summary>x0: [n].</summary>
    public required ImmutableArray<double> Start { get; init; }

    /// <summary>y0 = N(x0): [m].</summary>
    public required ImmutableArray<double> Target { get; init; }

    /// <summary>The defect that is rounding of the map around x0: a point with a larger one is not on the fiber.</summary>
    public double Rounding { get; init; }

    /// <summary>The chains, each from x0 with its own stream of random numbers.</summary>
    public required ImmutableArray<Chain> Chains { get; init; }

    /// <summary>Steps after the warm-up, of all chains.</summary>
    public long Steps => Chains.Sum(chain => chain.State.Steps);

    /// <summary>Of these, the steps that were accepted.</summary>
    public long Accepted => Chains.Sum(chain => chain.State.Accepted);

    /// <summary>The largest defect of any accepted point.</summary>
    public double Defect => Chains.Max(chain => chain.State.Defect);
}

/// <summary>One random walk: the points kept of it, and where it stands.</summary>
public sealed record Chain
{
    /// <summary>Every so-many-th point after the warm-up.</summary>
    public required Cloud Kept { get; init; }

    /// <summary>Euclidean distance from x0 after each step of the walk, the warm-up left out: [State.Steps].</summary>
    public required ImmutableArray<double> Distances { get; init; }

    /// <summary>The state after the last step.</summary>
    public required WalkProgress State { get; init; }
}

/// <summary>The whole state of one chain: run, stop, store and go on gives the same bits as running through.</summary>
public sealed record WalkProgress
{
    /// <summary>The point, in the box: [n].</summary>
    public required ImmutableArray<double> Point { get; init; }

    /// <summary>The direction of a walk that goes straight ahead, in the inputs that are free; empty where there is none.</summary>
    public ImmutableArray<double> Direction { get; init; } = [];

    /// <summary>The generator of the chain.</summary>
    public required GeneratorState Random { get; init; }

    /// <summary>The length of the steps: adapted in the warm-up, then frozen.</summary>
    public required double StepLength { get; init; }

    /// <summary>Warm-up steps done.</summary>
    public long WarmUp { get; init; }

    /// <summary>Whether a step was ever accepted, warm-up and all: before, the warm-up takes the first that lands on the fiber.</summary>
    public bool HasMoved { get; init; }

    /// <summary>Steps done after the warm-up.</summary>
    public long Steps { get; init; }

    /// <summary>Of these, the steps that were accepted.</summary>
    public long Accepted { get; init; }

    /// <summary>Steps, warm-up and all, whose proposal did not come back onto the fiber.</summary>
    public long Unreturned { get; init; }

    /// <summary>The length of the way: the distances between successive points, added up.</summary>
    public double Distance { get; init; }

    /// <summary>The largest defect of an accepted point.</summary>
    public double Defect { get; init; }

    /// <summary>How often a coordinate met a bound of the box.</summary>
    public long Contacts { get; init; }

    /// <summary>How often the outputs' order of size (the ranking of the classes) changed from one point to the next; 0 on an exact fiber.</summary>
    public long RankingChanges { get; init; }

    /// <summary>Evaluations of the map's value alone.</summary>
    public long Evaluations { get; init; }

    /// <summary>Evaluations of the map's value with its derivative.</summary>
    public long Linearizations { get; init; }

    /// <summary>How the chain ended; Unknown before it has run.</summary>
    public Ending Ending { get; init; }
}
