using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>
/// The whole state of a run along a curve, in one direction: run, stop, store and go on gives the same bits as running through.
/// Lengths and tangents are in the run's own coordinates x_i / <see cref="Scale"/>_i.
/// </summary>
public sealed record Progress
{
    /// <summary>Unit of length of each input: [n].</summary>
    public required ImmutableArray<double> Scale { get; init; }

    /// <summary>The last points, at most four, the newest first: [k * n].</summary>
    public required ImmutableArray<double> Points { get; init; }

    /// <summary>Unit tangents at these points, in the direction of the run: [k * n].</summary>
    public required ImmutableArray<double> Tangents { get; init; }

    /// <summary>Arc lengths between these points, the newest first: [k - 1].</summary>
    public required ImmutableArray<double> Arcs { get; init; }

    /// <summary>Where the run began, which closes the curve: [n].</summary>
    public required ImmutableArray<double> Origin { get; init; }

    /// <summary>Unit tangent at the origin, in the direction of the run: [n].</summary>
    public required ImmutableArray<double> OriginTangent { get; init; }

    /// <summary>The smallest singular value that counts at the last point, with the sign of det [J; tangent].</summary>
    public required double Strength { get; init; }

    /// <summary>The largest magnitude that <see cref="Strength"/> has had.</summary>
    public required double Strongest { get; init; }

    /// <summary>The rounding noise of the map's value that was measured on the way; 0 where there was no need to.</summary>
    public double Noise { get; init; }

    /// <summary>What rounding the start alone makes of the output: outputs that are closer than this are not told apart.</summary>
    public double Doubt { get; init; }

    /// <summary>Curvature of the last arc.</summary>
    public required double Bend { get; init; }

    /// <summary>The step to try next.</summary>
    public required double Step { get; init; }

    /// <summary>Length so far.</summary>
    public double Length { get; init; }

    /// <summary>Points accepted so far, the origin not counted.</summary>
    public long Accepted { get; init; }

    /// <summary>Evaluations of the map so far.</summary>
    public long Evaluations { get; init; }

    /// <summary>Steps refused so far.</summary>
    public long Rejections { get; init; }

    /// <summary>How the run ended; Unknown before it has run.</summary>
    public Ending Ending { get; init; }
}
