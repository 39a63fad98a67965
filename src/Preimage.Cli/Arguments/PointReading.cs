using System.Collections.Immutable;

namespace Preimage.Cli.Arguments;

/// <summary>How a point is read from a file: into which shape, and what is done to an image.</summary>
internal sealed record PointReading
{
    /// <summary>The shape of the model's free tensor; empty where only the number of its elements counts.</summary>
    public ImmutableArray<int> Shape { get; init; } = [];

    /// <summary>What --image says; null where it is not given.</summary>
    public string? Image { get; init; }

    /// <summary>Whether NaN and infinity may stand in a tensor file, which says them on purpose.</summary>
    public bool TakesTensorsAsTheyAre { get; init; }

    /// <summary>The shape, if it is one of so many numbers; else a flat one.</summary>
    public ImmutableArray<int> ShapeOf(int count) =>
        !Shape.IsEmpty && Shape.Aggregate(1L, (product, length) => product * length) == count ? Shape : [count];
}
