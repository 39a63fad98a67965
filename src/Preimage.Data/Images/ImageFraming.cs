namespace Preimage.Data.Images;

/// <summary>Gives an image the size of a model's input.</summary>
internal sealed class ImageFraming(Preprocessing preprocessing, ImagePlane plane, string file)
{
    /// <summary>The image in the plane's size: [plane.Height * plane.Width * channels].</summary>
    /// <exception cref="ArgumentException">It does not fit and nothing says what to do.</exception>
    public double[] Apply(double[] colors, int height, int width, ChannelOrder order)
    {
        if (preprocessing.CropSize is { } side && (side != plane.Height || side != plane.Width))
        {
            throw new ArgumentException(
                $"crop={side} does not fit the model's input of {plane.Width} x {plane.Height} pixels; leave the number out, as in crop=center."
            );
        }

        int channels = plane.Channels;
        if (preprocessing.Size is { } size && Math.Min(height, width) != size)
        {
            int shorter = Math.Min(height, width);
            (int Height, int Width) scaled = (
                (int)Math.Max(1, (long)height * size / shorter),
                (int)Math.Max(1, (long)width * size / shorter)
            );
            _ = Pixels.Count(scaled.Width, scaled.Height, channels, file);
            colors = Resampling.Scale(colors, (height, width), scaled, channels);
            (height, width) = scaled;
        }

        return (height, width) == (plane.Height, plane.Width)
            ? colors
            : preprocessing.Crop switch
            {
                Cropping.Fit => Resampling.Scale(colors, (height, width), (plane.Height, plane.Width), channels),
                Cropping.Center => Centred(colors, height, width, order),
                Cropping.None => throw new ArgumentException(
                    $"'{file}' has {width} x {height} pixels, but the model's input has {plane.Width} x {plane.Height}; cut it with --image crop=center, stretch it with --image crop=fit, or scale it first with size={Math.Min(plane.Width, plane.Height)}."
                ),
            };
    }

    private double[] Centred(double[] colors, int height, int width, ChannelOrder order)
    {
        int channels = plane.Channels;
        int top = Offset(plane.Height, height);
        int left = Offset(plane.Width, width);
        double[] framed = new double[plane.Height * plane.Width * channels];
        Span<double> around = stackalloc double[channels];
        if (height < plane.Height || width < plane.Width)
        {
            PixelColors.Ordered(
                PixelColors.Color(
                    preprocessing.Background
                        ?? throw new ArgumentException(
                            $"'{file}' has {width} x {height} pixels, fewer than the model's input of {plane.Width} x {plane.Height}; say what stands around it with --image background=white, or enlarge it with size={Math.Max(plane.Width, plane.Height)}."
                        )
                ),
                order,
                around
            );
        }

        for (int y = 0; y < plane.Height; y++)
        {
            for (int x = 0; x < plane.Width; x++)
            {
                (int fromY, int fromX) = (y + top, x + left);
                bool isInside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
                ReadOnlySpan<double> pixel = isInside
                    ? colors.AsSpan((fromY * width + fromX) * channels, channels)
                    : around;
                pixel.CopyTo(framed.AsSpan((y * plane.Width + x) * channels, channels));
            }
        }

        return framed;
    }

    /// <summary>Where the frame begins in the image; negative where the image begins in the frame. Halves go to the even number, as they do in torchvision.</summary>
    private static int Offset(int frame, int image) =>
        frame <= image ? (int)Math.Round((image - frame) / 2.0) : -((frame - image) / 2);
}
