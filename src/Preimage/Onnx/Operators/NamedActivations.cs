using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>The activations that recurrent layers and fused nodes name in an attribute.</summary>
internal static class NamedActivations
{
    /// <summary>The function of a name, whatever its case.</summary>
    /// <param name="n">The node.</param>
    /// <param name="name">The name of an operator, such as LeakyRelu.</param>
    /// <param name="alpha">The first parameter; is told the default. Called once, and only for activations that have one.</param>
    /// <param name="beta">The second one.</param>
    /// <exception cref="ModelException">There is no such activation.</exception>
    public static ScalarFunction Of(NodeReader n, string name, Func<double, double> alpha, Func<double, double> beta) =>
        name.ToUpperInvariant() switch
        {
            "RELU" => new Rectifier(),
            "TANH" => new HyperbolicTangent(),
            "SIGMOID" => new Sigmoid(),
            "SOFTSIGN" => new Softsign(),
            "SOFTPLUS" => new Softplus(),
            "HARDSWISH" => new HardSwish(),
            "LEAKYRELU" => new LeakyRectifier(alpha(0.01)),
            "THRESHOLDEDRELU" => new ThresholdedRectifier(alpha(1)),
            "ELU" => new ExponentialLinear(alpha(1)),
            "HARDSIGMOID" => new HardSigmoid(alpha(0.2), beta(0.5)),
            "CLIP" => new Clip(alpha(double.NegativeInfinity), beta(double.PositiveInfinity)),
            _ => throw n.Fail($"names the activation '{name}', which is not known"),
        };
}
