using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>
/// A curve in R^n through points with unit tangents, a cubic Hermite between neighbours.
/// A closed curve does not repeat its first point. All arrays are row-major over the points.
/// </summary>
public sealed record Curve
{
    /// <summary>n.</summary>
    public required int Dimension { get; init; }

    /// <summary>m, the number of outputs of the map at each point.</summary>
    public required int Outputs { get; init; }

    /// <summary>The points: [Count * Dimension].</summary>
    public required ImmutableArray<double> Points { get; init; }

    /// <summary>Unit tangents, in the direction of the points' order: [Count * Dimension].</summary>
    public required ImmutableArray<double> Tangents { get; init; }

    /// <summary>The map's values at the points: [Count * Outputs].</summary>
    public required ImmutableArray<double> Values { get; init; }

    /// <summary>Max norm of N(x) - target at each point: [Count].</summary>
    public required ImmutableArray<double> Defects { get; init; }

    /// <summary>Curvature at each point, 1 / length: [Count].</summary>
    public required ImmutableArray<double> Curvatures { get; init; }

    /// <summary>Singular values of the Jacobian in the output metric, largest first: [Count * Outputs].</summary>
    public required ImmutableArray<double> SingularValues { get; init; }

    /// <summary>How the curve ended at its first point.</summary>
    public required Ending Start { get; init; }

    /// <summary>How the curve ended at its last point.</summary>
    public required Ending End { get; init; }

    /// <summary>Number of points.</summary>
    public int Count => Defects.Length;

    /// <summary>Whether the last point is joined to the first.</summary>
    public bool Closed => Start == Ending.Closed && End == Ending.Closed;

    /// <summary>The largest defect.</summary>
    public double Defect => Defects.Max();

    /// <summary>Euclidean length of the Hermite curve.</summary>
    public double Length => ArcLengths()[^1];

    /// <summary>The i-th point: [Dimension].</summary>
    public ReadOnlySpan<double> Point(int i) => Points.AsSpan(i * Dimension, Dimension);

    /// <summary>The i-th unit tangent: [Dimension].</summary>
    public ReadOnlySpan<double> Tangent(int i) => Tangents.AsSpan(i * Dimension, Dimension);

    /// <summary>The map's value at the i-th point: [Outputs].</summary>
    public ReadOnlySpan<double> Value(int i) => Values.AsSpan(i * Outputs, Outputs);

    /// <summary>The singular values at the i-th point: [Outputs].</summary>
    public ReadOnlySpan<double> Spectrum(int i) => SingularValues.AsSpan(i * Outputs, Outputs);

    /// <summary>Length from the first point to each point; one more entry, the way back to the first, on a closed curve: [Count] or [Count + 1].</summary>
    public double[] ArcLengths() => Hermite.ArcLengths(this);
}
