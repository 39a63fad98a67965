using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Training.Fitting;

/// <summary>Takes scalings into a network, so that it takes and gives physical units.</summary>
internal static class Folding
{
    /// <summary>W (S x + s) + b = (W S) x + (W s + b).</summary>
    public static DenseNetwork FoldInputs(DenseNetwork network, ImmutableArray<Affine> maps)
    {
        DenseLayer first = network.Layers[0];
        double[] weights = [.. first.Weights];
        double[] biases = [.. first.Biases];
        for (int i = 0; i < first.Outputs; i++)
        {
            for (int j = 0; j < first.Inputs; j++)
            {
                biases[i] += weights[i * first.Inputs + j] * maps[j].Offset;
                weights[i * first.Inputs + j] *= maps[j].Factor;
            }
        }

        return network with
        {
            Layers = network.Layers.SetItem(0, first with { Weights = [.. weights], Biases = [.. biases] }),
        };
    }

    /// <summary>The inverse maps y = (s - offset) / factor go into the last layer where its activation is the identity, else into one more diagonal layer.</summary>
    public static DenseNetwork FoldOutputs(DenseNetwork network, ImmutableArray<Affine> maps)
    {
        if (maps.All(map => map == new Affine(1, 0)))
        {
            return network;
        }

        DenseLayer last = network.Layers[^1];
        if (last.Activation is not Identity)
        {
            return network with { Layers = network.Layers.Add(Diagonal(maps)) };
        }

        double[] weights = [.. last.Weights];
        double[] biases = [.. last.Biases];
        for (int i = 0; i < last.Outputs; i++)
        {
            for (int j = 0; j < last.Inputs; j++)
            {
                weights[i * last.Inputs + j] /= maps[i].Factor;
            }

            biases[i] = (biases[i] - maps[i].Offset) / maps[i].Factor;
        }

        return network with
        {
            Layers = network.Layers.SetItem(
                network.Layers.Length - 1,
                last with
                {
                    Weights = [.. weights],
                    Biases = [.. biases],
                }
            ),
        };
    }

    private static DenseLayer Diagonal(ImmutableArray<Affine> maps)
    {
        int m = maps.Length;
        double[] weights = new double[m * m];
        double[] biases = new double[m];
        for (int i = 0; i < m; i++)
        {
            weights[i * m + i] = 1 / maps[i].Factor;
            biases[i] = -maps[i].Offset / maps[i].Factor;
        }

        return new DenseLayer(m, m, [.. weights], [.. biases], new Identity());
    }
}
