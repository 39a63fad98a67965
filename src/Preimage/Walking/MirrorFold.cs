using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>
/// Bounds as mirrors: each coordinate is a triangle wave between its bounds, of slope 1 and -1. Piecewise an isometry, so that a walk that is uniform on the
/// unfolded fiber { u : N(fold(u)) = y0 } is uniform on the fiber in the box.
/// </summary>
public sealed record MirrorFold : IFold
{
    /// <inheritdoc/>
    public long Onto(Box box, ReadOnlySpan<double> u, Span<double> x, Span<double> slopes)
    {
        ReadOnlySpan<double> lower = box.Lower.AsSpan();
        ReadOnlySpan<double> upper = box.Upper.AsSpan();
        long contacts = 0;
        for (int i = 0; i < u.Length; i++)
        {
            x[i] = u[i];
            slopes[i] = 1;
            if (!(u[i] >= lower[i] && u[i] <= upper[i]))
            {
                contacts += Reflect(lower[i], upper[i], ref x[i], ref slopes[i]);
            }
        }

        return contacts;
    }

    private static long Reflect(double lower, double upper, ref double x, ref double slope)
    {
        if (!double.IsFinite(x))
        {
            return 0;
        }

        if (double.IsInfinity(upper - lower))
        {
            x = x < lower ? lower + (lower - x) : upper - (x - upper);
            slope = -1;
            return 1;
        }

        double width = upper - lower;
        double cells = Math.Floor((x - lower) / width);
        double within = Math.Clamp(x - lower - cells * width, 0, width);
        bool even = cells % 2 == 0;
        x = Math.Clamp(even ? lower + within : upper - within, lower, upper);
        slope = even ? 1 : -1;
        return (long)Math.Min(Math.Abs(cells), int.MaxValue);
    }
}
