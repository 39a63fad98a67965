using System.Numerics.Tensors;
using Preimage.Networks;

namespace Preimage.Training.Fitting;

/// <summary>Activations on many numbers at once: vectorised for the usual ones, by the tables for all others.</summary>
internal static class RowActivations
{
    /// <summary>z becomes f(z); slopes become f'(z) unless empty (and are left alone for the identity).  z: [k], slopes: [k] or [0].</summary>
    public static void Apply(ScalarFunction f, Span<double> z, Span<double> slopes)
    {
        switch (f)
        {
            case Identity:
                break;
            case Sigmoid:
                TensorPrimitives.Sigmoid(z, z);
                LogisticSlopes(z, slopes);
                break;
            case HyperbolicTangent:
                // tanh z = 2 sigmoid(2z) - 1: off by an ulp of 1, which training does not feel.
                TensorPrimitives.Multiply(z, 2, z);
                TensorPrimitives.Sigmoid(z, z);
                LogisticSlopes(z, slopes);
                TensorPrimitives.Multiply(slopes, 4, slopes);
                TensorPrimitives.Multiply(z, 2, z);
                TensorPrimitives.Subtract(z, 1, z);
                break;
            default:
                ByTable(f, z, slopes);
                break;
        }
    }

    /// <summary>s (1 - s).</summary>
    private static void LogisticSlopes(ReadOnlySpan<double> s, Span<double> slopes)
    {
        if (!slopes.IsEmpty)
        {
            TensorPrimitives.Subtract(1, s, slopes);
            TensorPrimitives.Multiply(slopes, s, slopes);
        }
    }

    private static void ByTable(ScalarFunction f, Span<double> z, Span<double> slopes)
    {
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] = ScalarFunctions.Derivative(f, z[i]);
        }

        for (int i = 0; i < z.Length; i++)
        {
            z[i] = ScalarFunctions.Value(f, z[i]);
        }
    }
}
