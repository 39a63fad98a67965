namespace Preimage.Geometry;

/// <summary>
/// The Fisher metric of a categorical distribution whose probabilities p are the map's outputs: G = diag(1 / p), R = diag(p^(-1/2)).
/// [Amari2016, section 2.2]
/// </summary>
public sealed record ProbabilityFisherMetric : IOutputMetric
{
    // Softmax outputs of networks stored in single precision sum to one within this.
    private const double SumRounding = 1e-5;

    /// <inheritdoc/>
    /// <exception cref="GeometryException">The outputs are not positive probabilities with the sum 1.</exception>
    public int Apply(ReadOnlySpan<double> value, ReadOnlySpan<double> matrix, Span<double> product)
    {
        double sum = 0;
        foreach (double probability in value)
        {
            sum += probability;
        }

        if (!(Math.Abs(sum - 1) <= SumRounding))
        {
            throw new GeometryException(
                $"The Fisher metric of probabilities needs outputs that sum to 1, but they sum to {sum:R}; use it on softmax outputs."
            );
        }

        int columns = matrix.Length / value.Length;
        for (int i = 0; i < value.Length; i++)
        {
            if (!(value[i] > 0))
            {
                throw new GeometryException(
                    $"The Fisher metric needs positive probabilities, but output {i + 1} is {value[i]:R}; take the logits or log-probabilities as outputs and their Fisher metric."
                );
            }

            double scale = 1 / Math.Sqrt(value[i]);
            for (int j = i * columns; j < (i + 1) * columns; j++)
            {
                product[j] = scale * matrix[j];
            }
        }

        return value.Length;
    }
}

/// <summary>
/// The Fisher metric of p = softmax(z) for a map whose outputs are the logits z: G = diag(p) - p p^T,
/// R = diag(p^(1/2)) (I - 1 p^T). Its rank is m - 1: adding a constant to all logits changes nothing.  [Amari2016, section 2.2]
/// </summary>
public sealed record LogitFisherMetric : IOutputMetric
{
    /// <inheritdoc/>
    public int Apply(ReadOnlySpan<double> value, ReadOnlySpan<double> matrix, Span<double> product)
    {
        int columns = matrix.Length / value.Length;
        double largest = double.NegativeInfinity;
        foreach (double logit in value)
        {
            largest = Math.Max(largest, logit);
        }

        double sum = 0;
        foreach (double logit in value)
        {
            sum += Math.Exp(logit - largest);
        }

        for (int j = 0; j < columns; j++)
        {
            double mean = 0; // (p^T M)_j
            for (int i = 0; i < value.Length; i++)
            {
                mean += Math.Exp(value[i] - largest) / sum * matrix[i * columns + j];
            }

            for (int i = 0; i < value.Length; i++)
            {
                double root = Math.Sqrt(Math.Exp(value[i] - largest) / sum);
                product[i * columns + j] = root * (matrix[i * columns + j] - mean);
            }
        }

        return value.Length;
    }
}

/// <summary>
/// The Fisher metric of a categorical distribution for a map whose outputs are the log-probabilities l (log-softmax):
/// G = diag(p), R = diag(p^(1/2)), p = exp(l).  [Amari2016, section 2.2]
/// </summary>
public sealed record LogProbabilityFisherMetric : IOutputMetric
{
    /// <inheritdoc/>
    public int Apply(ReadOnlySpan<double> value, ReadOnlySpan<double> matrix, Span<double> product)
    {
        int columns = matrix.Length / value.Length;
        for (int i = 0; i < value.Length; i++)
        {
            double root = Math.Exp(value[i] / 2);
            for (int j = i * columns; j < (i + 1) * columns; j++)
            {
                product[j] = root * matrix[j];
            }
        }

        return value.Length;
    }
}
