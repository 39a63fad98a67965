using System.Collections.Immutable;

namespace Preimage.Figures;

/// <summary>The spectrum of a pullback metric, at a point, layer by layer or over many points, with its leading directions: what a figure of it needs.</summary>
public sealed record SpectrumReport
{
    /// <summary>What was run.</summary>
    public required RunRecord Run { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>What is worth saying first, by name.</summary>
    public ImmutableArray<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>The spectra, the first the main one.</summary>
    public required ImmutableArray<NamedSpectrum> Spectra { get; init; }

    /// <summary>The directions, the most visible first.</summary>
    public ImmutableArray<NamedDirection> Directions { get; init; } = [];

    /// <summary>How a direction is an image; null where it is none.</summary>
    public ImageShape? Image { get; init; }
}

/// <summary>Eigenvalues, largest first.</summary>
/// <param name="Name">What they are of.</param>
/// <param name="Values">The eigenvalues, not negative.</param>
/// <param name="Knee">k where they fall most steeply behind the k-th; 0 where that is not marked.</param>
/// <param name="Beside">Whether it stands beside the main ones, and is drawn lightly.</param>
public sealed record NamedSpectrum(string Name, ImmutableArray<double> Values, int Knee = 0, bool Beside = false);

/// <summary>A unit direction among the inputs.  Values: [n].</summary>
public sealed record NamedDirection(string Name, ImmutableArray<double> Values);

/// <summary>How the numbers of an image stand one after the other: [Channels, Height, Width], or [Height, Width, Channels].</summary>
public sealed record ImageShape(int Channels, int Height, int Width, bool ChannelsLast = false)
{
    // Larger sides are more likely a sequence or a table, smaller ones no picture.
    private const int SmallestSide = 4;
    private const int MostChannels = 4;

    /// <summary>The place of a pixel's channel.</summary>
    public int Place(int channel, int row, int column) =>
        ChannelsLast ? (row * Width + column) * Channels + channel : (channel * Height + row) * Width + column;

    /// <summary>The image that a tensor of this shape is most likely: [H, W], [1, H, W], [1, C, H, W] or [1, H, W, C] with at most 4 channels; null for none.</summary>
    public static ImageShape? Of(IReadOnlyList<int> shape)
    {
        int[] sizes = [.. shape.SkipWhile((s, i) => s == 1 && i < shape.Count - 2)];
        ImageShape? image = sizes switch
        {
            [var h, var w] => new(1, h, w),
            [var c, var h, var w] when c <= MostChannels => new(c, h, w),
            [var h, var w, var c] when c <= MostChannels => new(c, h, w, ChannelsLast: true),
            _ => null,
        };
        return image is { Height: >= SmallestSide, Width: >= SmallestSide } ? image : null;
    }
}
