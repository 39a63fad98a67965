using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>A curve orthogonal to the fibers that it crosses, whose output follows a path.</summary>
public sealed record HorizontalLift
{
    /// <summary>The curve; its defects are the distances of its outputs from the path.</summary>
    public required Curve Curve { get; init; }

    /// <summary>The places among the curve's points with the outputs asked for, as far as these were reached, in the curve's order.</summary>
    public required ImmutableArray<int> Stations { get; init; }

    /// <summary>The outputs asked for at these places: [Stations.Length * m].</summary>
    public required ImmutableArray<double> Outputs { get; init; }

    /// <summary>How many outputs were asked for.</summary>
    public required int Asked { get; init; }

    /// <summary>How often the map was evaluated.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Steps that were refused and tried again.</summary>
    public required long Rejections { get; init; }
}
