using System.Collections.Immutable;

namespace Preimage.Data.Images;

/// <summary>An image as its file holds it.</summary>
/// <param name="Width">Pixels in a line.</param>
/// <param name="Height">Lines, from the top.</param>
/// <param name="Channels">1 grey, 2 grey and alpha, 3 red, green, blue, 4 these and alpha.</param>
/// <param name="Values">From 0 to 255, with fractions where the file has 16 bits: [Height * Width * Channels].</param>
public sealed record Pixels(int Width, int Height, int Channels, ImmutableArray<double> Values)
{
    /// <summary>Whether the last channel is alpha.</summary>
    public bool HasAlpha => Channels is 2 or 4;

    /// <summary>The image as an array: [height, width] where it is grey, else [height, width, channels].</summary>
    public DataArray ToArray() =>
        new(Channels == 1 ? [Height, Width] : [Height, Width, Channels], Values);

    /// <summary>Refuses a size that no image is read of, before memory is taken.</summary>
    internal static int Count(long width, long height, int channels, string file) =>
        width >= 1 && height >= 1 && height <= DataFile.MostNumbers / width / channels
            ? (int)(width * height * channels)
            : throw new DataException(
                $"'{file}' says that it has {width} x {height} pixels; images of 1 to {DataFile.MostNumbers / channels} pixels are read."
            );
}
