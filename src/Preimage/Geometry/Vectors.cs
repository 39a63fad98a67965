using System.Numerics.Tensors;

namespace Preimage.Geometry;

/// <summary>Vector arithmetic on spans: plain loops for short ones, wide registers for long ones.</summary>
internal static class Vectors
{
    // Below this length the call costs more than the loop.
    private const int Short = 16;

    /// <summary>x . y.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length > Short)
        {
            return TensorPrimitives.Dot(x, y);
        }

        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>y += a x.</summary>
    public static void AddScaled(Span<double> y, double a, ReadOnlySpan<double> x)
    {
        if (x.Length > Short)
        {
            TensorPrimitives.MultiplyAdd(x, a, y, y);
            return;
        }

        for (int i = 0; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    /// <summary>x *= a.</summary>
    public static void Scale(Span<double> x, double a)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= a;
        }
    }

    /// <summary>The Euclidean norm; scaled where the squares would leave the normal range.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        double square = Dot(x, x);
        return square is > 1e-280 and < 1e280 || square == 0 && LargestMagnitude(x) == 0
            ? Math.Sqrt(square)
            : ScaledNorm(x);
    }

    /// <summary>max |x_i|; NaN where there is one.</summary>
    public static double LargestMagnitude(ReadOnlySpan<double> x)
    {
        double largest = 0;
        foreach (double value in x)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    /// <summary>max |x_i - y_i|; NaN where there is one.</summary>
    public static double LargestDifference(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double largest = 0;
        for (int i = 0; i < x.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(x[i] - y[i]));
        }

        return largest;
    }

    /// <summary>|x - y|.</summary>
    public static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double square = 0;
        for (int i = 0; i < x.Length; i++)
        {
            square += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return Math.Sqrt(square);
    }

    /// <summary>Whether every entry is a finite number.</summary>
    public static bool AreFinite(ReadOnlySpan<double> x)
    {
        double zero = 0;
        foreach (double value in x)
        {
            zero += 0 * value; // NaN where the value is not finite
        }

        return zero == 0;
    }

    private static double ScaledNorm(ReadOnlySpan<double> x)
    {
        double largest = LargestMagnitude(x);
        if (!double.IsFinite(largest) || largest == 0)
        {
            return largest;
        }

        double sum = 0;
        foreach (double value in x)
        {
            sum += value / largest * (value / largest);
        }

        return largest * Math.Sqrt(sum);
    }
}
