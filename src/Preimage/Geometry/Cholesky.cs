namespace Preimage.Geometry;

/// <summary>G = L L^T.</summary>
internal static class Cholesky
{
    // A metric written by hand is symmetric to the digits written.
    private const double Asymmetry = 1e-12;

    /// <summary>L, [size * size] row-major, lower triangular.  metric: [size * size].</summary>
    public static double[] Factor(ReadOnlySpan<double> metric, int size)
    {
        double[] lower = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                CheckSymmetric(metric, size, i, j);
                double sum = metric[i * size + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= lower[i * size + k] * lower[j * size + k];
                }

                if (i == j && !(sum > 0 && double.IsFinite(sum)))
                {
                    throw new ArgumentException(
                        $"The output metric is not positive definite: pivot {i + 1} of its Cholesky factor is {sum:R}; give a symmetric positive definite matrix."
                    );
                }

                lower[i * size + j] = i == j ? Math.Sqrt(sum) : sum / lower[j * size + j];
            }
        }

        return lower;
    }

    private static void CheckSymmetric(ReadOnlySpan<double> metric, int size, int i, int j)
    {
        double above = metric[j * size + i];
        double below = metric[i * size + j];
        if (!(Math.Abs(above - below) <= Asymmetry * (Math.Abs(above) + Math.Abs(below))))
        {
            throw new ArgumentException(
                $"The output metric is not symmetric: entries ({i + 1}, {j + 1}) and ({j + 1}, {i + 1}) are {below:R} and {above:R}; make them equal."
            );
        }
    }
}
