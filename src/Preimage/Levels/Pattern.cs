using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>A fixed pattern of points in a box, the same on every machine.</summary>
internal static class Pattern
{
    // A box of more inputs has too many corners.
    private const int MostCornerInputs = 6;

    /// <summary>The box's corners, where these are few, then so many points of the additive recurrence of the generalised golden ratio.</summary>
    public static IEnumerable<double[]> Of(Box box, int count)
    {
        int n = box.Dimension;
        for (int corner = 0; n <= MostCornerInputs && corner < 1 << n; corner++)
        {
            int bits = corner;
            yield return [.. Enumerable.Range(0, n).Select(i => (bits >> i & 1) == 0 ? box.Lower[i] : box.Upper[i])];
        }

        double ratio = Golden(n);
        for (int k = 1; k <= count; k++)
        {
            double[] point = new double[n];
            double step = 1;
            for (int i = 0; i < n; i++)
            {
                step /= ratio;
                double share = (0.5 + k * step) % 1;
                point[i] = Math.Clamp(box.Lower[i] + share * (box.Upper[i] - box.Lower[i]), box.Lower[i], box.Upper[i]);
            }

            yield return point;
        }
    }

    /// <summary>The positive root of x^(n + 1) = x + 1, from above by Newton's method: multiplication and division only, the same bits everywhere.</summary>
    private static double Golden(int n)
    {
        double x = 2;
        for (int k = 0; k < 64; k++)
        {
            double power = 1;
            for (int i = 0; i < n; i++)
            {
                power *= x;
            }

            x -= (power * x - x - 1) / ((n + 1) * power - 1);
        }

        return x;
    }
}
