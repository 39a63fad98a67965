using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>A path inside one fiber (or a band of it) towards a target point, along which the distance to the target falls.</summary>
public sealed record Morphing
{
    /// <summary>Points of the path at even distances along it, the start first, the end last.</summary>
    public required Cloud Frames { get; init; }

    /// <summary>Length of the path up to each frame: [Frames.Count].</summary>
    public required ImmutableArray<double> Lengths { get; init; }

    /// <summary>Euclidean distance of each frame from the target: [Frames.Count].</summary>
    public required ImmutableArray<double> Distances { get; init; }

    /// <summary>Where the path was to go: [n].</summary>
    public required ImmutableArray<double> Target { get; init; }

    /// <summary>The largest defect over all accepted points, not only the frames.</summary>
    public required double Defect { get; init; }

    /// <summary>
    /// The part of the unit direction to the target that is still free (in the fiber, not against a bound) at the end: 0 where no direction leads nearer.
    /// </summary>
    public required double Stationarity { get; init; }

    /// <summary>ReachedTarget, Stationary, BudgetSpent, StepTooSmall, Singular, NotFinite or Cancelled.</summary>
    public required Ending Ending { get; init; }

    /// <summary>Accepted steps.</summary>
    public required long Steps { get; init; }

    /// <summary>How often the map was evaluated, with or without its Jacobian.</summary>
    public required long Evaluations { get; init; }
}
