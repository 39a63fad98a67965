using System.Numerics.Tensors;

namespace Preimage.Training.Optimisers;

/// <summary>A = L L^T of a symmetric positive definite matrix, and solutions with it. [GolubVanLoan2013, section 4.2]</summary>
internal static class Cholesky
{
    /// <summary>Overwrites the lower triangle by L; false where a pivot is not positive. Cost n^3 / 6 multiplications.  matrix: [n * n].</summary>
    public static bool Factor(Span<double> matrix, int n)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = matrix.Slice(i * n, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> above = matrix.Slice(j * n, j + 1);
                row[j] = (row[j] - TensorPrimitives.Dot(row[..j], above[..j])) / above[j];
            }

            double pivot = row[i] - TensorPrimitives.Dot<double>(row[..i], row[..i]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Solves L L^T x = b in place.  factor: [n * n], b: [n].</summary>
    public static void Solve(ReadOnlySpan<double> factor, Span<double> b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
        {
            b[i] = (b[i] - TensorPrimitives.Dot(factor.Slice(i * n, i), b[..i])) / factor[i * n + i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            b[i] /= factor[i * n + i];
            TensorPrimitives.MultiplyAdd(factor.Slice(i * n, i), -b[i], b[..i], b[..i]);
        }
    }
}
