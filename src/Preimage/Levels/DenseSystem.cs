namespace Preimage.Levels;

/// <summary>A x = b by elimination with partial pivoting, for a few unknowns.  [GolubVanLoan2013, section 3.4]</summary>
internal static class DenseSystem
{
    /// <summary>Overwrites A, and b by x.  matrix: [n * n] row-major, right: [n].</summary>
    /// <returns>Whether A is regular and all is finite.</returns>
    public static bool Solve(double[] matrix, double[] right)
    {
        int n = right.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                pivot = Math.Abs(matrix[i * n + k]) > Math.Abs(matrix[pivot * n + k]) ? i : pivot;
            }

            double head = matrix[pivot * n + k];
            if (head == 0 || !double.IsFinite(head))
            {
                return false;
            }

            for (int j = 0; j < n; j++)
            {
                (matrix[k * n + j], matrix[pivot * n + j]) = (matrix[pivot * n + j], matrix[k * n + j]);
            }

            (right[k], right[pivot]) = (right[pivot], right[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = matrix[i * n + k] / head;
                for (int j = k; j < n; j++)
                {
                    matrix[i * n + j] -= factor * matrix[k * n + j];
                }

                right[i] -= factor * right[k];
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < n; j++)
            {
                right[k] -= matrix[k * n + j] * right[j];
            }

            right[k] /= matrix[k * n + k];
        }

        return Array.TrueForAll(right, double.IsFinite);
    }
}
