namespace Preimage.Maps;

/// <summary>x -> W x + b. Composed before a map it restricts that map to an affine subspace, or changes the units of its inputs.</summary>
public sealed class AffineMap : IProductMap
{
    private readonly double[] _matrix;
    private readonly double[] _offset;

    /// <summary>Makes the map.  matrix W: [Outputs * Inputs] row-major, offset b: [Outputs].</summary>
    /// <exception cref="ArgumentException">The matrix is not a whole number of columns of the offset's length, or an entry is not finite.</exception>
    public AffineMap(ReadOnlySpan<double> matrix, ReadOnlySpan<double> offset)
    {
        if (offset.IsEmpty || matrix.IsEmpty || matrix.Length % offset.Length != 0)
        {
            throw new ArgumentException(
                $"The matrix has {matrix.Length} entries and the offset {offset.Length}; give outputs times inputs entries and one offset for each output."
            );
        }

        _matrix = matrix.ToArray();
        _offset = offset.ToArray();
        if (!_matrix.All(double.IsFinite) || !_offset.All(double.IsFinite))
        {
            throw new ArgumentException("An entry of the affine map is NaN or infinite; give finite numbers.");
        }
    }

    /// <inheritdoc/>
    public int Inputs => _matrix.Length / _offset.Length;

    /// <inheritdoc/>
    public int Outputs => _offset.Length;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Lengths.Demand(this, x.Length, y.Length);
        for (int j = 0; j < _offset.Length; j++)
        {
            y[j] = Product(j, x, _offset[j]);
        }
    }

    /// <inheritdoc/>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        Evaluate(x, y);
        _matrix.CopyTo(jacobian);
    }

    /// <inheritdoc/>
    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        int count = Lengths.DemandDirections(this, x.Length, v.Length, derivative.Length);
        for (int k = 0; k < count; k++)
        {
            ReadOnlySpan<double> direction = v.Slice(k * Inputs, Inputs);
            for (int j = 0; j < Outputs; j++)
            {
                derivative[k * Outputs + j] = Product(j, direction, 0);
            }
        }
    }

    /// <inheritdoc/>
    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        int count = Lengths.DemandCovectors(this, x.Length, w.Length, gradient.Length);
        gradient.Clear();
        for (int k = 0; k < count; k++)
        {
            Span<double> sum = gradient.Slice(k * Inputs, Inputs);
            for (int j = 0; j < Outputs; j++)
            {
                double factor = w[k * Outputs + j];
                ReadOnlySpan<double> row = _matrix.AsSpan(j * Inputs, Inputs);
                for (int i = 0; i < row.Length; i++)
                {
                    sum[i] += factor * row[i];
                }
            }
        }
    }

    /// <summary>start + row . v, from left to right.</summary>
    private double Product(int output, ReadOnlySpan<double> v, double start)
    {
        ReadOnlySpan<double> row = _matrix.AsSpan(output * v.Length, v.Length);
        for (int i = 0; i < row.Length; i++)
        {
            start += row[i] * v[i];
        }

        return start;
    }
}
