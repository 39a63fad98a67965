using Preimage.Networks;
using Preimage.Training.Fitting;

namespace Preimage.Tests.Training;

/// <summary>Output and Jacobian by the parameters of one point, by the tables and plain loops: the oracle of the block kernels.</summary>
internal static class PlainBackpropagation
{
    /// <summary>dy_k / dp_j at [k * P + j], and y: [m].</summary>
    public static (double[] Output, double[] Jacobian) At(ParameterLayout layout, double[] p, double[] x)
    {
        double[][] values = new double[layout.Layers + 1][];
        double[][] slopes = new double[layout.Layers][];
        values[0] = x;
        for (int l = 0; l < layout.Layers; l++)
        {
            int inputs = layout.Widths[l];
            double[] sums =
            [
                .. Enumerable
                    .Range(0, layout.Widths[l + 1])
                    .Select(i =>
                        p[layout.Biases[l] + i]
                        + Enumerable.Range(0, inputs).Sum(j => p[layout.Weights[l] + i * inputs + j] * values[l][j])
                    ),
            ];
            ScalarFunction f = layout.Activations[l];
            values[l + 1] = [.. sums.Select(z => ScalarFunctions.Value(f, z))];
            slopes[l] = [.. sums.Select(z => ScalarFunctions.Derivative(f, z))];
        }

        int m = layout.Widths[^1];
        double[] jacobian = new double[m * layout.Count];
        for (int k = 0; k < m; k++)
        {
            Row(layout, p, values, slopes, k, jacobian.AsSpan(k * layout.Count, layout.Count));
        }

        return (values[^1], jacobian);
    }

    private static void Row(
        ParameterLayout layout,
        double[] p,
        double[][] values,
        double[][] slopes,
        int output,
        Span<double> row
    )
    {
        double[] delta = new double[layout.Widths[^1]];
        delta[output] = slopes[^1][output];
        for (int l = layout.Layers - 1; l >= 0; l--)
        {
            int inputs = layout.Widths[l];
            double[] below = new double[inputs];
            for (int i = 0; i < delta.Length; i++)
            {
                row[layout.Biases[l] + i] = delta[i];
                for (int j = 0; j < inputs; j++)
                {
                    row[layout.Weights[l] + i * inputs + j] = delta[i] * values[l][j];
                    below[j] += delta[i] * p[layout.Weights[l] + i * inputs + j] * (l > 0 ? slopes[l - 1][j] : 1);
                }
            }

            delta = below;
        }
    }
}
