using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>Independent points, uniform over a band of a box.</summary>
public sealed record BandSample
{
    /// <summary>n.</summary>
    public required int Dimension { get; init; }

    /// <summary>The points, one after the other: [Count * n].</summary>
    public required ImmutableArray<double> Points { get; init; }

    /// <summary>How many points were drawn to find these.</summary>
    public required long Attempts { get; init; }

    /// <summary>How many points there are: fewer than asked for where the attempts ran out or the drawing was cancelled.</summary>
    public int Count => Points.Length / Dimension;

    /// <summary>The share of the drawn points that were members.</summary>
    public double AcceptanceRate => Attempts == 0 ? 0 : (double)Count / Attempts;

    /// <summary>One point: [n].</summary>
    public ReadOnlySpan<double> Point(int i) => Points.AsSpan(i * Dimension, Dimension);
}
