using System.Collections.Immutable;

namespace Preimage.Data.Images;

/// <summary>How the numbers of a model's input are pixels: its size, its channels, and which of them runs fastest.</summary>
internal sealed record ImagePlane(int Height, int Width, int Channels, ImageLayout Layout)
{
    /// <summary>Reads it off a shape: leading ones are samples; [height, width], [channels, height, width], [height, width, channels], or a flat square.</summary>
    /// <exception cref="ArgumentException">No image has that shape.</exception>
    public static ImagePlane Of(ImmutableArray<int> shape, ImageLayout? layout)
    {
        int[] axes = [.. shape];
        while (axes.Length > 3 && axes[0] == 1)
        {
            axes = axes[1..];
        }

        return axes switch
        {
            [var one, var two, var three] when layout != ImageLayout.Hwc && one is 1 or 3 => new(
                two,
                three,
                one,
                ImageLayout.Chw
            ),
            [var one, var two, var three] when layout != ImageLayout.Chw && three is 1 or 3 => new(
                one,
                two,
                three,
                ImageLayout.Hwc
            ),
            [1, var n] when n > 1 => Flat(n, shape, layout),
            [var one, var two] => new(one, two, 1, layout ?? ImageLayout.Chw),
            [var n] => Flat(n, shape, layout),
            _ => throw NoImage(shape, layout),
        };
    }

    /// <summary>Where a channel of a pixel stands.</summary>
    public int At(int y, int x, int channel) =>
        Layout == ImageLayout.Chw ? (channel * Height + y) * Width + x : (y * Width + x) * Channels + channel;

    private static ImagePlane Flat(int n, ImmutableArray<int> shape, ImageLayout? layout)
    {
        foreach (int channels in (int[])[1, 3])
        {
            int side = (int)Math.Round(Math.Sqrt((double)n / channels));
            if (side * side * channels == n)
            {
                return new ImagePlane(side, side, channels, layout ?? ImageLayout.Chw);
            }
        }

        throw NoImage(shape, layout);
    }

    private static ArgumentException NoImage(ImmutableArray<int> shape, ImageLayout? layout) =>
        new(
            $"The model's input has the shape {DataArray.ShapeOf(shape)}, which is no image of 1 or 3 channels"
                + (layout is { } given ? $" with layout={PreprocessingText.Word(given)}" : "")
                + "; give its numbers in another file."
        );
}
