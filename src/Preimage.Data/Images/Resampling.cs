namespace Preimage.Data.Images;

/// <summary>
/// Scales an image with a triangle of weights around each new pixel: linear between the two nearest where it grows, and as wide as the
/// step between new pixels where it shrinks, so that nothing is jumped over ("bilinear with antialiasing").
/// </summary>
internal static class Resampling
{
    /// <summary>The image in another size.  values: [height * width * channels], the result: [newHeight * newWidth * channels].</summary>
    public static double[] Scale(
        double[] values,
        (int Height, int Width) from,
        (int Height, int Width) to,
        int channels
    )
    {
        double[] wide = Along(values, (from.Height, from.Width, channels), to.Width);
        return Along(wide, (1, from.Height, to.Width * channels), to.Height);
    }

    /// <summary>Scales the middle one of three dimensions.</summary>
    private static double[] Along(double[] values, (int Outer, int Length, int Inner) shape, int length)
    {
        (int outer, int old, int inner) = shape;
        if (length == old)
        {
            return values;
        }

        double[] scaled = new double[outer * length * inner];
        for (int i = 0; i < length; i++)
        {
            (int first, double[] weights) = Weights(i, old, length);
            for (int o = 0; o < outer; o++)
            {
                Span<double> target = scaled.AsSpan((o * length + i) * inner, inner);
                for (int k = 0; k < weights.Length; k++)
                {
                    ReadOnlySpan<double> source = values.AsSpan((o * old + first + k) * inner, inner);
                    for (int c = 0; c < inner; c++)
                    {
                        target[c] += weights[k] * source[c];
                    }
                }
            }
        }

        return scaled;
    }

    /// <summary>What a new pixel takes of the old ones, from the first of them; the weights add up to 1.</summary>
    private static (int First, double[] Weights) Weights(int index, int old, int length)
    {
        double step = (double)old / length;
        double reach = Math.Max(1, step);
        double centre = (index + 0.5) * step;
        int first = Math.Max(0, (int)Math.Floor(centre - reach));
        int end = Math.Min(old, (int)Math.Ceiling(centre + reach));
        double[] weights = new double[end - first];
        double sum = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = Math.Max(0, 1 - Math.Abs(first + k + 0.5 - centre) / reach);
            sum += weights[k];
        }

        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] /= sum;
        }

        return (first, weights);
    }
}
