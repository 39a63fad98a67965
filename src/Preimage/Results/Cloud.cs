using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>Points of R^n that a run went through or drew, in its order, with what the map says there. All arrays are row-major over the points.</summary>
public sealed record Cloud
{
    /// <summary>n.</summary>
    public required int Dimension { get; init; }

    /// <summary>m, the number of outputs of the map at each point.</summary>
    public required int Outputs { get; init; }

    /// <summary>The points: [Count * Dimension].</summary>
    public required ImmutableArray<double> Points { get; init; }

    /// <summary>The map's values at the points: [Count * Outputs].</summary>
    public required ImmutableArray<double> Values { get; init; }

    /// <summary>Max norm of N(x) - y0 at each point: [Count].</summary>
    public required ImmutableArray<double> Defects { get; init; }

    /// <summary>Number of points.</summary>
    public int Count => Defects.Length;

    /// <summary>The largest defect; 0 of no points.</summary>
    public double Defect => Defects.IsEmpty ? 0 : Defects.Max();

    /// <summary>The i-th point: [Dimension].</summary>
    public ReadOnlySpan<double> Point(int i) => Points.AsSpan(i * Dimension, Dimension);

    /// <summary>The map's value at the i-th point: [Outputs].</summary>
    public ReadOnlySpan<double> Value(int i) => Values.AsSpan(i * Outputs, Outputs);
}
