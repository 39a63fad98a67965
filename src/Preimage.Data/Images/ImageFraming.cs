namespace Preimage.Data.Images;

/// <summary>Gives an image the size of a model's input.</summary>
internal sealed class ImageFraming(Preprocessing preprocessing, ImageShape input, string file)
{
    /// <summary>The image in the input's size: [input.Height * input.Width * channels].</summary>
    /// <exception cref="ArgumentException">It does not fit and nothing says what to do.</exception>
    public double[] Apply(double[] colors, int height, int width, ChannelOrder order)
    {
        if (preprocessing.CropSize is { } side && (side != input.Height || side != input.Width))
        {
            throw new ArgumentException(
                $"crop={side} does not fit the model's input of {input.Width} x {input.Height} pixels; leave the number out, as in crop=center."
            );
        }

        int channels = input.Channels;
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

        return (height, width) == (input.Height, input.Width)
            ? colors
            : preprocessing.Crop switch
            {
                Cropping.Fit => Resampling.Scale(colors, (height, width), (input.Height, input.Width), channels),
                Cropping.Center => Centred(colors, height, width, order),
                Cropping.None => throw new ArgumentException(
                    $"'{file}' has {width} x {height} pixels, but the model's input has {input.Width} x {input.Height}; cut it with --image crop=center, stretch it with --image crop=fit, or scale it first with size={Math.Min(input.Width, input.Height)}."
                ),
            };
    }

    private double[] Centred(double[] colors, int height, int width, ChannelOrder order)
    {
        int channels = input.Channels;
        int top = Offset(input.Height, height);
        int left = Offset(input.Width, width);
        double[] framed = new double[input.Height * input.Width * channels];
        Span<double> around = stackalloc double[channels];
        if (height < input.Height || width < input.Width)
        {
            PixelColors.Ordered(
                PixelColors.Color(
                    preprocessing.Background
                        ?? throw new ArgumentException(
                            $"'{file}' has {width} x {height} pixels, fewer than the model's input of {input.Width} x {input.Height}; say what stands around it with --image background=white, or enlarge it with size={Math.Max(input.Width, input.Height)}."
                        )
                ),
                order,
                around
            );
        }

        for (int y = 0; y < input.Height; y++)
        {
            for (int x = 0; x < input.Width; x++)
            {
                (int fromY, int fromX) = (y + top, x + left);
                bool isInside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
                ReadOnlySpan<double> pixel = isInside
                    ? colors.AsSpan((fromY * width + fromX) * channels, channels)
                    : around;
                pixel.CopyTo(framed.AsSpan((y * input.Width + x) * channels, channels));
            }
        }

        return framed;
    }

    /// <summary>Where the frame begins in the image; negative where the image begins in the frame. Halves go to the even number, as they do in torchvision.</summary>
    private static int Offset(int frame, int image) =>
        frame <= image ? (int)Math.Round((image - frame) / 2.0) : -((frame - image) / 2);
}
