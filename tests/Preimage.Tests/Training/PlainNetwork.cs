using Preimage.Networks;

namespace Preimage.Tests.Training;

/// <summary>The plain evaluation of a dense network, one point at a time, by the tables: what errors are measured with.</summary>
internal static class PlainNetwork
{
    /// <summary>y = N(x).  x: [Inputs], y: [Outputs].</summary>
    public static void Evaluate(DenseNetwork network, ReadOnlySpan<double> x, Span<double> y)
    {
        double[] values = x.ToArray();
        foreach (DenseLayer layer in network.Layers)
        {
            double[] next = new double[layer.Outputs];
            for (int i = 0; i < layer.Outputs; i++)
            {
                double sum = layer.Biases[i];
                for (int j = 0; j < layer.Inputs; j++)
                {
                    sum += layer.Weights[i * layer.Inputs + j] * values[j];
                }

                next[i] = ScalarFunctions.Value(layer.Activation, sum);
            }

            values = next;
        }

        ApplyHead(network.Head, values);
        values.CopyTo(y);
    }

    private static void ApplyHead(DenseHead head, double[] z)
    {
        if (head == DenseHead.None)
        {
            return;
        }

        double largest = z.Max();
        double logSum = Math.Log(z.Sum(v => Math.Exp(v - largest)));
        for (int i = 0; i < z.Length; i++)
        {
            double log = z[i] - largest - logSum;
            z[i] = head == DenseHead.LogSoftmax ? log : Math.Exp(log);
        }
    }
}
