using System.Collections.Immutable;
using Preimage.Data.Images;

namespace Preimage.Figures;

/// <summary>How a point is an image of 1 or 3 channels.</summary>
public sealed record TrailImage
{
    /// <summary>The shape of the tensor that is the image, as [1, 3, 224, 224].</summary>
    public required ImmutableArray<int> Shape { get; init; }

    /// <summary>What was done to an image to make the point, and is undone to show it; null where numbers were given as they are.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>Without a preprocessing, the numbers that are black and white; null takes 0 and 1 or 0 and 255 where the start lies between them, else the start's own range.</summary>
    public (double Black, double White)? Range { get; init; }

    /// <summary>Where a point's coordinates stand among the tensor's numbers, where others are held: [n]; empty where it has them all, in their order.</summary>
    public ImmutableArray<int> Places { get; init; } = [];

    /// <summary>The tensor's numbers, of which those that are held are shown as they stand here: [product of Shape]; empty where none is held.</summary>
    public ImmutableArray<double> Whole { get; init; } = [];
}
