using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Training.Fitting;

/// <summary>Where each layer's weights (row-major) and biases stand in the one vector of parameters, layer after layer.</summary>
internal sealed class ParameterLayout
{
    public ParameterLayout(ImmutableArray<int> widths, ImmutableArray<ScalarFunction> activations)
    {
        Widths = widths;
        Activations = activations;
        Weights = new int[activations.Length];
        Biases = new int[activations.Length];
        for (int l = 0; l < activations.Length; l++)
        {
            Weights[l] = Count;
            Biases[l] = Count + widths[l] * widths[l + 1];
            Count = Biases[l] + widths[l + 1];
        }
    }

    /// <summary>n, hidden widths, m: [Layers + 1].</summary>
    public ImmutableArray<int> Widths { get; }

    /// <summary>One an affine layer: [Layers].</summary>
    public ImmutableArray<ScalarFunction> Activations { get; }

    /// <summary>Offset of each layer's weights: [Layers].</summary>
    public int[] Weights { get; }

    /// <summary>Offset of each layer's biases: [Layers].</summary>
    public int[] Biases { get; }

    /// <summary>Number of affine layers.</summary>
    public int Layers => Activations.Length;

    /// <summary>Number of parameters.</summary>
    public int Count { get; }

    /// <summary>The network that the parameters describe.  parameters: [Count].</summary>
    public DenseNetwork Network(ReadOnlySpan<double> parameters)
    {
        var layers = ImmutableArray.CreateBuilder<DenseLayer>(Layers);
        for (int l = 0; l < Layers; l++)
        {
            int inputs = Widths[l];
            int outputs = Widths[l + 1];
            layers.Add(
                new DenseLayer(
                    inputs,
                    outputs,
                    [.. parameters.Slice(Weights[l], inputs * outputs)],
                    [.. parameters.Slice(Biases[l], outputs)],
                    Activations[l]
                )
            );
        }

        return new DenseNetwork(layers.MoveToImmutable());
    }
}
