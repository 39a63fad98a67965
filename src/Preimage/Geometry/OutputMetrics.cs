using System.Collections.Immutable;

namespace Preimage.Geometry;

/// <summary>G = I: differences of outputs are measured as they stand.</summary>
public sealed record IdentityMetric : IOutputMetric
{
    /// <inheritdoc/>
    public int Apply(ReadOnlySpan<double> value, ReadOnlySpan<double> matrix, Span<double> product)
    {
        matrix.CopyTo(product);
        return value.Length;
    }
}

/// <summary>G = diag(w): the square of each output's difference is weighted.</summary>
public sealed class DiagonalMetric : IOutputMetric
{
    private readonly ImmutableArray<double> _roots;

    /// <summary>Makes the metric from its weights.  weights: [m].</summary>
    /// <exception cref="ArgumentException">A weight is negative, NaN or infinite.</exception>
    public DiagonalMetric(ReadOnlySpan<double> weights)
    {
        foreach (double weight in weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException(
                    $"A weight of an output metric is {weight:R}; give weights that are finite and not negative."
                );
            }
        }

        _roots = [.. weights.ToArray().Select(Math.Sqrt)];
    }

    /// <inheritdoc/>
    public int Apply(ReadOnlySpan<double> value, ReadOnlySpan<double> matrix, Span<double> product)
    {
        OutputMetrics.CheckOutputs(_roots.Length, value.Length);
        OutputMetrics.ScaleRows(_roots.AsSpan(), matrix, product);
        return _roots.Length;
    }
}

/// <summary>G dense, symmetric and positive definite; factored once, G = L L^T, R = L^T.</summary>
public sealed class DenseMetric : IOutputMetric
{
    private readonly int _size;
    private readonly double[] _lower;

    /// <summary>Factors the metric by Cholesky.  metric: [m * m] row-major. Cost m^3 / 3.</summary>
    /// <exception cref="ArgumentException">The matrix is not square, not symmetric or not positive definite.</exception>
    public DenseMetric(ReadOnlySpan<double> metric)
    {
        _size = (int)Math.Round(Math.Sqrt(metric.Length));
        if (_size * _size != metric.Length)
        {
            throw new ArgumentException(
                $"A dense output metric needs m * m entries, but got {metric.Length}; give the whole matrix row by row."
            );
        }

        _lower = Cholesky.Factor(metric, _size);
    }

    /// <inheritdoc/>
    public int Apply(ReadOnlySpan<double> value, ReadOnlySpan<double> matrix, Span<double> product)
    {
        OutputMetrics.CheckOutputs(_size, value.Length);
        int columns = matrix.Length / _size;
        product[..matrix.Length].Clear();
        for (int i = 0; i < _size; i++)
        {
            for (int j = i; j < _size; j++)
            {
                // R_ij = L_ji
                Vectors.AddScaled(
                    product.Slice(i * columns, columns),
                    _lower[j * _size + i],
                    matrix.Slice(j * columns, columns)
                );
            }
        }

        return _size;
    }
}

/// <summary>G(y) supplied point by point: the function writes a factor R, [m * m] row-major, so that G = R^T R.</summary>
public sealed class PointwiseMetric(PointwiseMetric.Factor factor) : IOutputMetric
{
    /// <summary>Writes R at the output y.  value: [m], r: [m * m] row-major, zero on entry.</summary>
    public delegate void Factor(ReadOnlySpan<double> value, Span<double> r);

    /// <inheritdoc/>
    public int Apply(ReadOnlySpan<double> value, ReadOnlySpan<double> matrix, Span<double> product)
    {
        int size = value.Length;
        int columns = matrix.Length / size;
        double[] r = new double[size * size];
        factor(value, r);
        product[..matrix.Length].Clear();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                Vectors.AddScaled(
                    product.Slice(i * columns, columns),
                    r[i * size + j],
                    matrix.Slice(j * columns, columns)
                );
            }
        }

        return size;
    }
}

internal static class OutputMetrics
{
    public static void CheckOutputs(int metric, int map)
    {
        if (metric != map)
        {
            throw new ArgumentException(
                $"The output metric is for {metric} outputs, but the map has {map}; give one for {map}."
            );
        }
    }

    /// <summary>product = diag(scales) matrix.  scales: [m].</summary>
    public static void ScaleRows(ReadOnlySpan<double> scales, ReadOnlySpan<double> matrix, Span<double> product)
    {
        int columns = matrix.Length / scales.Length;
        for (int i = 0; i < scales.Length; i++)
        {
            for (int j = i * columns; j < (i + 1) * columns; j++)
            {
                product[j] = scales[i] * matrix[j];
            }
        }
    }
}
