using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>One leaf of a foliation: the fiber through a point of the lift.</summary>
/// <param name="Level">The output: [m].</param>
/// <param name="Start">The point of the lift: [n].</param>
/// <param name="Fiber">The fiber through it.</param>
public sealed record Leaf(ImmutableArray<double> Level, ImmutableArray<double> Start, Fiber Fiber);

/// <summary>A level that was asked for and has no leaf.</summary>
/// <param name="Level">The output: [m].</param>
/// <param name="Reason">Why, in a sentence or two.</param>
public sealed record MissedLevel(ImmutableArray<double> Level, string Reason);

/// <summary>A family of fibers, one for each output along a path, through the points of the path's horizontal lift.</summary>
public sealed record Foliation
{
    /// <summary>The leaves, in the order of the path.</summary>
    public required ImmutableArray<Leaf> Leaves { get; init; }

    /// <summary>The lift: the curve across the leaves, from the first to the last.</summary>
    public required Curve Lift { get; init; }

    /// <summary>How many levels were asked for.</summary>
    public required int Asked { get; init; }

    /// <summary>The levels that were asked for by name and have no leaf, the lowest first: those that the lift did not reach, and those too flat to follow.</summary>
    public ImmutableArray<MissedLevel> Missed { get; init; } = [];

    /// <summary>Evaluations of the map in all.</summary>
    public required long Evaluations { get; init; }
}
