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
    public DataArray ToArray() => new(Channels == 1 ? [Height, Width] : [Height, Width, Channels], Values);

    /// <summary>The image in an array of 1, 3 or 4 channels, as <see cref="ImageShape.Of"/> reads it, or in a row that has the model's shape.</summary>
    /// <exception cref="ArgumentException">It is none, or has values outside 0 to 255.</exception>
    internal static Pixels Of(DataArray array, ImmutableArray<int> shape, string name)
    {
        if (array.Values.Any(value => value is not (>= 0 and <= 255)))
        {
            throw new ArgumentException(
                $"'{name}' has values outside 0 to 255, and --image takes pixels; leave it out for values that are ready."
            );
        }

        ImageShape? image =
            array.Shape.Length == 1
                ? ImageShape.Of(shape) ?? ImageShape.Square(shape, channelsLast: false)
                : ImageShape.Of(array.Shape);
        return image is { Channels: 1 or 3 or 4 } && image.Channels * image.Height * image.Width == array.Values.Length
            ? Ordered(array.Values, image)
            : throw new ArgumentException(
                $"'{name}' has the shape {array.ShapeText}, which is no image of 1, 3 or 4 channels; leave --image out for other values."
            );
    }

    /// <summary>The pixels one after the other.</summary>
    private static Pixels Ordered(ImmutableArray<double> values, ImageShape image)
    {
        double[] pixels = new double[values.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            int pixel = i / image.Channels;
            pixels[i] = values[image.Place(i % image.Channels, pixel / image.Width, pixel % image.Width)];
        }

        return new Pixels(image.Width, image.Height, image.Channels, [.. pixels]);
    }

    /// <summary>Refuses a size that no image is read of, before memory is taken.</summary>
    internal static int Count(long width, long height, int channels, string file) =>
        width >= 1 && height >= 1 && height <= DataFile.MostNumbers / width / channels
            ? (int)(width * height * channels)
            : throw new DataException(
                $"'{file}' says that it has {width} x {height} pixels; images of 1 to {DataFile.MostNumbers / channels} pixels are read."
            );
}
