using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>Where the search for a point with a given output came to.</summary>
public sealed record Arrival
{
    /// <summary>The point: of the output asked for where that was reached, else the nearest to it that was found: [n].</summary>
    public required ImmutableArray<double> Point { get; init; }

    /// <summary>The output there: [m].</summary>
    public required ImmutableArray<double> Value { get; init; }

    /// <summary>Max norm of the output there less the one asked for.</summary>
    public required double Residual { get; init; }

    /// <summary>Whether it is the output asked for, up to rounding.</summary>
    public required bool IsReached { get; init; }

    /// <summary>Evaluations of the map, with or without its derivative.</summary>
    public required long Evaluations { get; init; }
}
