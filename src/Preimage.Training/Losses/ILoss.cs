namespace Preimage.Training.Losses;

/// <summary>How wrong an output is at one point; training minimises its mean over the points.</summary>
public interface ILoss
{
    /// <summary>The loss l(y, t) and its gradient by y.  output, target, gradient: [m].</summary>
    double Evaluate(ReadOnlySpan<double> output, ReadOnlySpan<double> target, Span<double> gradient);

    /// <summary>How the outputs that the loss reads become the network's.</summary>
    Link Link { get; }
}

/// <summary>How the outputs that a loss reads become the outputs of the network.</summary>
public enum Link
{
    /// <summary>They are the network's outputs, after the last activation, in scaled units.</summary>
    Direct,

    /// <summary>They are logits z; the network gives softmax(z) (its head), or z itself without a head. Targets are probabilities that sum to 1.</summary>
    Softmax,

    /// <summary>They are logits z; the network gives sigmoid(z) (its last activation), or z itself. Targets lie in [0, 1].</summary>
    Sigmoid,
}
