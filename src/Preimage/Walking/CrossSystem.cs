using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>Small symmetric systems.</summary>
internal static class CrossSystem
{
    /// <summary>Solves A x = b in place by Cholesky's method; A is lost.  matrix: [k * k] row-major, right: [k].</summary>
    /// <returns>Whether A is positive definite to rounding.</returns>
    public static bool Solve(Span<double> matrix, Span<double> right)
    {
        int size = right.Length;
        for (int j = 0; j < size; j++)
        {
            Span<double> row = matrix.Slice(j * size, size);
            double pivot = row[j] - Vectors.Dot(row[..j], row[..j]);
            if (!(pivot > 0))
            {
                return false;
            }

            row[j] = Math.Sqrt(pivot);
            right[j] = (right[j] - Vectors.Dot(row[..j], right[..j])) / row[j];
            for (int i = j + 1; i < size; i++)
            {
                Span<double> below = matrix.Slice(i * size, size);
                below[j] = (below[j] - Vectors.Dot(below[..j], row[..j])) / row[j];
            }
        }

        for (int i = size - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < size; j++)
            {
                right[i] -= matrix[j * size + i] * right[j];
            }

            right[i] /= matrix[i * size + i];
        }

        return true;
    }
}
