using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>A dense layer a -> f(W a + b).  weights: row-major [Outputs * Inputs], biases: [Outputs].</summary>
public sealed record DenseLayer(
    int Inputs,
    int Outputs,
    ImmutableArray<double> Weights,
    ImmutableArray<double> Biases,
    ScalarFunction Activation
);

/// <summary>What follows the last dense layer.</summary>
public enum DenseHead
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>exp(z_i) / sum exp(z_j).</summary>
    Softmax,

    /// <summary>z_i - ln sum exp(z_j).</summary>
    LogSoftmax,
}

/// <summary>A dense feed-forward network: layers one after the other, then the head.</summary>
public sealed record DenseNetwork(ImmutableArray<DenseLayer> Layers, DenseHead Head = DenseHead.None)
{
    /// <summary>n.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>m.</summary>
    public int Outputs => Layers[^1].Outputs;
}
