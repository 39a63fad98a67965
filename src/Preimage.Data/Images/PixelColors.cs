using System.Collections.Immutable;

namespace Preimage.Data.Images;

/// <summary>The colours of an image as a model wants them.</summary>
internal sealed class PixelColors(Pixels image, string file)
{
    private const double Red = 0.299;
    private const double Green = 0.587;
    private const double Blue = 0.114;

    /// <summary>The image without alpha in an order of channels: [height * width * channels].</summary>
    /// <exception cref="ArgumentException">Pixels are transparent and there is no background.</exception>
    public double[] In(ChannelOrder order, ImmutableArray<double>? background)
    {
        int channels = order == ChannelOrder.Gray ? 1 : 3;
        int pixels = image.Width * image.Height;
        double[] colors = new double[pixels * channels];
        Span<double> color = stackalloc double[3];
        for (int i = 0; i < pixels; i++)
        {
            Color(i, background, color);
            Ordered(color, order, colors.AsSpan(i * channels, channels));
        }

        return colors;
    }

    /// <summary>A colour (red, green, blue) in an order of channels.</summary>
    public static void Ordered(ReadOnlySpan<double> color, ChannelOrder order, Span<double> ordered)
    {
        switch (order)
        {
            case ChannelOrder.Gray:
                // A grey pixel stays what it is, without rounding.
                ordered[0] =
                    color[0] == color[1] && color[1] == color[2]
                        ? color[0]
                        : Red * color[0] + Green * color[1] + Blue * color[2];
                break;
            case ChannelOrder.Bgr:
                (ordered[0], ordered[1], ordered[2]) = (color[2], color[1], color[0]);
                break;
            case ChannelOrder.Rgb:
                color.CopyTo(ordered);
                break;
        }
    }

    /// <summary>Red, green, blue of a background.</summary>
    public static double[] Color(ImmutableArray<double> background) =>
        background.Length == 1 ? [background[0], background[0], background[0]] : [.. background];

    private void Color(int pixel, ImmutableArray<double>? background, Span<double> color)
    {
        ReadOnlySpan<double> stored = image.Values.AsSpan().Slice(pixel * image.Channels, image.Channels);
        bool isGrey = image.Channels < 3;
        double alpha = image.HasAlpha ? stored[^1] / 255 : 1;
        double[]? behind = background is { } given ? Color(given) : null;
        for (int c = 0; c < 3; c++)
        {
            color[c] = stored[isGrey ? 0 : c];
            if (alpha < 1)
            {
                color[c] =
                    alpha * color[c]
                    + (1 - alpha)
                        * (
                            behind?[c]
                            ?? throw new ArgumentException(
                                $"'{file}' has transparent pixels; say what stands behind them with --image background=white."
                            )
                        );
            }
        }
    }
}
