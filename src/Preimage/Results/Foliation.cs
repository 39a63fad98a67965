using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>One leaf of a foliation: the fiber through a point of the lift.</summary>
/// <param name="Level">The output: [m].</param>
/// <param name="Start">The point of the lift: [n].</param>
/// <param name="Fiber">The fiber through it.</param>
public sealed record Leaf(ImmutableArray<double> Level, ImmutableArray<double> Start, Fiber Fiber);

/// <summary>A family of fibers, one for each output along a path, through the points of the path's horizontal lift.</summary>
public sealed record Foliation
{
    /// <summary>The leaves, in the order of the path.</summary>
    public required ImmutableArray<Leaf> Leaves { get; init; }

    /// <summary>The lift: the curve across the leaves, from the first to the last.</summary>
    public required Curve Lift { get; init; }

    /// <summary>How many levels were asked for; fewer leaves say that the lift ended before (see its endings).</summary>
    public required int Asked { get; init; }

    /// <summary>Evaluations of the map in all.</summary>
    public required long Evaluations { get; init; }
}
