using System.Numerics.Tensors;
using Preimage.Training.Losses;

namespace Preimage.Training.Fitting;

/// <summary>How good parameters are.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Agreement">The fraction of points where output and target have the same class: the largest entry, or the side of 1/2 of a single one. Only meaningful for class targets.</param>
public readonly record struct Standing(double Loss, double Agreement);

/// <summary>The mean loss over the training points as a function of the parameters p: [P]. The same parameters give the same bits, whatever the number of threads; used by one caller at a time.</summary>
public interface IObjective
{
    /// <summary>P.</summary>
    int ParameterCount { get; }

    /// <summary>The points that the mean runs over, as row numbers of the data.</summary>
    ReadOnlySpan<int> Points { get; }

    /// <summary>Points passed through the network so far, with or without derivatives.</summary>
    long Evaluations { get; }

    /// <summary>The mean loss of all points. Cost: one forward pass of them.  parameters: [P].</summary>
    Standing Measure(ReadOnlySpan<double> parameters);

    /// <summary>The mean loss of some points and its gradient. Cost: a forward and a backward pass of them.  parameters, gradient: [P], points: row numbers of the data.</summary>
    double Gradient(ReadOnlySpan<double> parameters, ReadOnlySpan<int> points, Span<double> gradient);
}

/// <summary>An objective that is a sum of squares, small enough for its normal equations.</summary>
public interface ILeastSquares : IObjective
{
    /// <summary>
    /// The mean squared error F = mean of |r|^2 / m with r = y - t, and its normal equations: H = mean of J^T J / m and g = mean of J^T r / m,
    /// J the Jacobian of the outputs by the parameters; the gradient of F is 2 g. Cost: points * m * P^2 / 2 multiplications.
    /// </summary>
    /// <param name="parameters">[P].</param>
    /// <param name="matrix">H, its lower triangle (the rest is not defined): [P * P].</param>
    /// <param name="vector">g: [P].</param>
    /// <exception cref="ArgumentException">The loss is not the mean squared error.</exception>
    double NormalEquations(ReadOnlySpan<double> parameters, Span<double> matrix, Span<double> vector);
}

/// <summary>Whether an output and a target have the same class.</summary>
internal static class Agreement
{
    /// <summary>As of <see cref="Standing"/>; an output under a sigmoid is a logit.  output, target: [m].</summary>
    public static bool Holds(Link link, ReadOnlySpan<double> output, ReadOnlySpan<double> target) =>
        output.Length == 1
            ? output[0] > (link == Link.Sigmoid ? 0 : 0.5) == target[0] > 0.5
            : TensorPrimitives.IndexOfMax(output) == TensorPrimitives.IndexOfMax(target);
}
