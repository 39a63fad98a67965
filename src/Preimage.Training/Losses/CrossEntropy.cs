using System.Numerics.Tensors;
using Preimage.Networks;

namespace Preimage.Training.Losses;

/// <summary>l(z, t) = ln sum exp(z_j) - sum t_i z_i for logits z and class probabilities t that sum to 1: the cross-entropy of softmax(z) relative to t.</summary>
public sealed record SoftmaxCrossEntropy : ILoss
{
    /// <inheritdoc/>
    public Link Link => Link.Softmax;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> output, ReadOnlySpan<double> target, Span<double> gradient)
    {
        double largest = TensorPrimitives.Max(output);
        double sum = 0;
        double linear = 0;
        for (int i = 0; i < output.Length; i++)
        {
            gradient[i] = Math.Exp(output[i] - largest);
            sum += gradient[i];
            linear += target[i] * (output[i] - largest);
        }

        for (int i = 0; i < output.Length; i++)
        {
            gradient[i] = gradient[i] / sum - target[i];
        }

        return Math.Log(sum) - linear;
    }
}

/// <summary>l(z, t) = 1/m sum (ln(1 + exp(z_i)) - t_i z_i) for logits z and probabilities t_i in [0, 1], each output a yes or no of its own.</summary>
public sealed record SigmoidCrossEntropy : ILoss
{
    /// <inheritdoc/>
    public Link Link => Link.Sigmoid;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> output, ReadOnlySpan<double> target, Span<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < output.Length; i++)
        {
            sum += SpecialFunctions.Softplus(output[i]) - target[i] * output[i];
            gradient[i] = (SpecialFunctions.Sigmoid(output[i]) - target[i]) / output.Length;
        }

        return sum / output.Length;
    }
}
