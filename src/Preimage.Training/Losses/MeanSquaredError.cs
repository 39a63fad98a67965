namespace Preimage.Training.Losses;

/// <summary>l(y, t) = 1/m sum (y_i - t_i)^2.</summary>
public sealed record MeanSquaredError : ILoss
{
    /// <inheritdoc/>
    public Link Link => Link.Direct;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> output, ReadOnlySpan<double> target, Span<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < output.Length; i++)
        {
            double residual = output[i] - target[i];
            sum += residual * residual;
            gradient[i] = 2 * residual / output.Length;
        }

        return sum / output.Length;
    }
}
