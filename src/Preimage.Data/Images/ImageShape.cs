namespace Preimage.Data.Images;

/// <summary>How the numbers of an image stand one after the other: [Channels, Height, Width], or [Height, Width, Channels].</summary>
public sealed record ImageShape(int Channels, int Height, int Width, bool ChannelsLast = false)
{
    /// <summary>The most channels that a tensor is read to have where nothing else is asked for: red, green, blue and alpha.</summary>
    public const int MostColors = 4;

    // One row or one column is a signal or a table's row.
    private const int LeastSide = 2;

    /// <summary>The place of a pixel's channel among the numbers, all counted from 0.</summary>
    public int Place(int channel, int row, int column) =>
        ChannelsLast ? (row * Width + column) * Channels + channel : (channel * Height + row) * Width + column;

    /// <summary>
    /// The image that a tensor of this shape is. Leading extents of 1 before the last three are samples and are left out; then [H, W] has one
    /// channel, and three extents are read as [C, H, W], and as [H, W, C] where C is less than H and W, or is said to be last ([512, 3, 3] is no RGB
    /// image). A reading has at least 2 rows and 2 columns. Of two, the one with 1 or 3 channels is taken, else the one with 2 or 4, and where they
    /// are alike, that with the channels first.
    /// </summary>
    /// <param name="shape">The extents.</param>
    /// <param name="channelsLast">Where the channels stand; null leaves it to the reading.</param>
    /// <param name="mostChannels">The most channels that a reading has: more than 4 where the tensor may be what a network makes of an image.</param>
    /// <returns>The image; null where the shape is none.</returns>
    public static ImageShape? Of(IReadOnlyList<int> shape, bool? channelsLast = null, int mostChannels = MostColors)
    {
        int[] sizes = [.. shape.SkipWhile((extent, axis) => extent == 1 && axis < shape.Count - 3)];
        ImageShape[] readings = sizes switch
        {
            [var height, var width] => [new(1, height, width, channelsLast ?? false)],
            [var first, var second, var third] =>
            [
                new(first, second, third),
                new(third, first, second, ChannelsLast: true),
            ],
            _ => [],
        };
        return readings
            .Where(image =>
                channelsLast is { } last
                    ? image.ChannelsLast == last
                    : !image.ChannelsLast || image.Channels < Math.Min(image.Height, image.Width)
            )
            .Where(image => image.Channels >= 1 && image.Channels <= mostChannels)
            .Where(image => image.Height >= LeastSide && image.Width >= LeastSide)
            .MinBy(image => Surprise(image.Channels));
    }

    /// <summary>The square of 1 or 3 channels that a row of numbers is, where it is known to be an image; null where it is none, or no row.</summary>
    internal static ImageShape? Square(IReadOnlyList<int> shape, bool channelsLast)
    {
        int[] sizes = [.. shape.Where(extent => extent != 1)];
        foreach (int channels in (int[])[1, 3])
        {
            int side = sizes is [var count] ? (int)Math.Round(Math.Sqrt((double)count / channels)) : 0;
            if (side >= LeastSide && (long)side * side * channels == sizes[0])
            {
                return new ImageShape(channels, side, side, channelsLast);
            }
        }

        return null;
    }

    private static int Surprise(int channels) =>
        channels switch
        {
            1 or 3 => 0,
            <= MostColors => 1,
            _ => 2,
        };
}
