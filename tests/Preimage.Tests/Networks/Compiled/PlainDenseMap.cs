using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>The plain interpretation of a dense network, straight from the definitions: the oracle of the compiled plan.</summary>
internal sealed class PlainDenseMap(DenseNetwork network) : IMap
{
    public int Inputs => network.Inputs;
    public int Outputs => network.Outputs;

    public void Evaluate(ReadOnlySpan<double> x, Span<double> y) => Linearize(x, y, new double[Inputs * Outputs]);

    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        double[] value = x.ToArray();
        double[,] derivative = new double[Inputs, Inputs];
        for (int i = 0; i < Inputs; i++)
        {
            derivative[i, i] = 1;
        }

        foreach (DenseLayer layer in network.Layers)
        {
            (value, derivative) = Apply(layer, value, derivative);
        }

        (value, derivative) = ApplyHead(value, derivative);
        value.CopyTo(y);
        for (int i = 0; i < Outputs; i++)
        {
            for (int k = 0; k < Inputs; k++)
            {
                jacobian[i * Inputs + k] = derivative[i, k];
            }
        }
    }

    private (double[] Value, double[,] Derivative) Apply(DenseLayer layer, double[] x, double[,] dx)
    {
        double[] y = new double[layer.Outputs];
        double[,] dy = new double[layer.Outputs, Inputs];
        for (int i = 0; i < layer.Outputs; i++)
        {
            double z = layer.Biases[i];
            for (int j = 0; j < layer.Inputs; j++)
            {
                z += layer.Weights[i * layer.Inputs + j] * x[j];
            }

            y[i] = ScalarFunctions.Value(layer.Activation, z);
            double slope = ScalarFunctions.Derivative(layer.Activation, z);
            for (int k = 0; k < Inputs; k++)
            {
                for (int j = 0; j < layer.Inputs; j++)
                {
                    dy[i, k] += slope * layer.Weights[i * layer.Inputs + j] * dx[j, k];
                }
            }
        }

        return (y, dy);
    }

    private (double[] Value, double[,] Derivative) ApplyHead(double[] z, double[,] dz)
    {
        if (network.Head == DenseHead.None)
        {
            return (z, dz);
        }

        double largest = z.Max();
        double sum = z.Sum(zi => Math.Exp(zi - largest));
        double[] s = [.. z.Select(zi => Math.Exp(zi - largest) / sum)];
        bool isSoftmax = network.Head == DenseHead.Softmax;
        double[] y = isSoftmax ? s : [.. z.Select(zi => zi - largest - Math.Log(sum))];
        double[,] dy = new double[z.Length, Inputs];
        for (int k = 0; k < Inputs; k++)
        {
            double mean = s.Select((si, i) => si * dz[i, k]).Sum();
            for (int i = 0; i < z.Length; i++)
            {
                dy[i, k] = (isSoftmax ? s[i] : 1) * (dz[i, k] - mean);
            }
        }

        return (y, dy);
    }
}
