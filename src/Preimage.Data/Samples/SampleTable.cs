using System.Collections.Immutable;

namespace Preimage.Data.Samples;

/// <summary>Points for a model's input, with what is known of each.</summary>
public sealed record SampleTable
{
    /// <summary>The shape of one sample.</summary>
    public required ImmutableArray<int> Shape { get; init; }

    /// <summary>The names of its numbers, the last index running fastest: [product of Shape].</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>The samples one after the other: [Count * product of Shape].</summary>
    public required ImmutableArray<double> Points { get; init; }

    /// <summary>What is known of each.</summary>
    public required ImmutableArray<SampleFact> Facts { get; init; }

    /// <summary>How many numbers a sample has.</summary>
    public int Width => Names.Length;

    /// <summary>How many samples there are.</summary>
    public int Count => Width == 0 ? 0 : Points.Length / Width;

    /// <summary>A sample, counted from 0: [Width].</summary>
    public ReadOnlySpan<double> Point(int sample) => Points.AsSpan(sample * Width, Width);

    /// <summary>Refuses a table whose parts do not fit together.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void Check()
    {
        if (Shape.Aggregate(1, (product, length) => product * length) != Width || Points.Length != Count * Width)
        {
            throw new ArgumentException(
                $"Samples of the shape {DataArray.ShapeOf(Shape)} with {Width} names and {Points.Length} numbers do not fit together; give a name for each number of a sample, and whole samples."
            );
        }

        foreach (SampleFact fact in Facts)
        {
            if (fact.Count != Count)
            {
                throw new ArgumentException(
                    $"'{fact.Name}' is known of {fact.Count} samples, but there are {Count}; give it for each."
                );
            }
        }
    }
}
