using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>
/// The two halves of R^n at a point x of a map with output metric G = R^T R: with A = R J, the row space (directions that change
/// the output) and the null space (directions that do not) of the pullback metric g = A^T A = J^T G J, whose spectrum is the
/// squares of A's singular values. From the thin QR of A^T and the singular values of its triangular factor; nothing n x n is formed.
/// A frame is a workspace: make one per thread and use it again. Cost of a point O(m^2 n).  [GolubVanLoan2013, section 5.2]
/// </summary>
public sealed class PullbackFrame : RowSpace
{
    private readonly IOutputMetric _metric;
    private readonly double _relative;
    private readonly double[] _value;
    private readonly double[] _jacobian;
    private readonly double[] _factor; // A: [rows * n]; after the QR of A^T its reflectors
    private readonly double[] _taus;
    private readonly double[] _small; // left or triangular factor, turned into singular vectors
    private readonly double[] _right;
    private readonly double[] _singular;
    private readonly double[] _rows; // right singular vectors of A: [count * n]
    private readonly double[] _left; // left singular vectors of A: [count * rows]
    private readonly double[] _residual;
    private int _rowCount;
    private int _rank;

    /// <summary>Makes the workspace for maps R^inputs -> R^outputs.</summary>
    /// <param name="inputs">n.</param>
    /// <param name="outputs">m.</param>
    /// <param name="metric">G; the identity where null.</param>
    /// <param name="relativeTolerance">Singular values below this share of the largest count as zero; max(m, n) * 2^-52 where null.</param>
    public PullbackFrame(int inputs, int outputs, IOutputMetric? metric = null, double? relativeTolerance = null)
    {
        DenseJacobian.Demand(inputs, outputs);
        Inputs = inputs;
        Outputs = outputs;
        _metric = metric ?? new IdentityMetric();
        _relative = relativeTolerance ?? Math.Max(inputs, outputs) * Rounding.Epsilon;
        int count = Math.Min(inputs, outputs);
        _value = new double[outputs];
        _jacobian = new double[outputs * inputs];
        _factor = new double[outputs * inputs];
        _taus = new double[count];
        _small = new double[count * outputs];
        _right = new double[count * count];
        _singular = new double[count];
        _rows = new double[count * inputs];
        _left = new double[count * outputs];
        _residual = new double[outputs];
    }

    /// <summary>n.</summary>
    public int Inputs { get; }

    /// <summary>m.</summary>
    public int Outputs { get; }

    /// <summary>The singular values of A, largest first; their squares are the spectrum of g (with zeros to n): [min(m, n)].</summary>
    public ReadOnlySpan<double> SingularValues => _singular;

    /// <summary>How many singular values exceed <see cref="Tolerance"/>.</summary>
    public override int Rank => _rank;

    /// <summary>The value up to which a singular value counts as zero.</summary>
    public double Tolerance { get; private set; }

    /// <summary>y = f(x): [Outputs].</summary>
    public override ReadOnlySpan<double> Value => _value;

    /// <inheritdoc/>
    public override bool IsFinite => Vectors.AreFinite(_value) && Vectors.AreFinite(_singular);

    /// <summary>J = Df(x), row-major: [Outputs * Inputs].</summary>
    public ReadOnlySpan<double> Jacobian => _jacobian;

    /// <summary>The i-th right singular vector of A, an orthonormal basis of the row space for i &lt; Rank: [Inputs].</summary>
    public ReadOnlySpan<double> RowDirection(int i) => _rows.AsSpan(i * Inputs, Inputs);

    /// <summary>Linearizes the map at x and splits R^n there.  x: [Inputs].</summary>
    public override void At(IMap map, ReadOnlySpan<double> x)
    {
        map.Linearize(x, _value, _jacobian);
        Factor();
    }

    /// <summary>Splits R^n for a value and Jacobian that are known.  value: [Outputs], jacobian: [Outputs * Inputs].</summary>
    public void At(ReadOnlySpan<double> value, ReadOnlySpan<double> jacobian)
    {
        value.CopyTo(_value);
        jacobian.CopyTo(_jacobian);
        Factor();
    }

    /// <summary>projection = v - V V^T v, the part of v that the map ignores to first order.  v, projection: [Inputs].</summary>
    public override void ProjectNull(ReadOnlySpan<double> v, Span<double> projection)
    {
        v.CopyTo(projection);
        for (int i = 0; i < Rank; i++)
        {
            Vectors.AddScaled(projection, -Vectors.Dot(RowDirection(i), projection), RowDirection(i));
        }
    }

    /// <summary>step = A^+ R r, the shortest step with A step = R r in least squares.  residual r: [Outputs], step: [Inputs].</summary>
    public override void MinimumNormStep(ReadOnlySpan<double> residual, Span<double> step)
    {
        _metric.Apply(_value, residual, _residual);
        step.Clear();
        for (int i = 0; i < Rank; i++)
        {
            double dot = Vectors.Dot(_left.AsSpan(i * _rowCount, _rowCount), _residual.AsSpan(0, _rowCount));
            Vectors.AddScaled(step, dot / _singular[i], RowDirection(i));
        }
    }

    /// <summary>sqrt(g(v, v)) = |A v|.  v: [Inputs].</summary>
    public double PseudoNorm(ReadOnlySpan<double> v)
    {
        double square = 0;
        for (int i = 0; i < _singular.Length; i++)
        {
            double part = _singular[i] * Vectors.Dot(RowDirection(i), v);
            square += part * part;
        }

        return Math.Sqrt(square);
    }

    /// <summary>g(v, v) / 2, the energy density of a curve with velocity v.  v: [Inputs].</summary>
    public double Energy(ReadOnlySpan<double> v) => 0.5 * PseudoNorm(v) * PseudoNorm(v);

    /// <summary>An orthonormal basis of the null space, one direction after the other: [(Inputs - Rank) * Inputs]. Cost O(n^2 (n - rank)): for small n.</summary>
    public double[] NullBasis()
    {
        double[] basis = new double[(Inputs - Rank) * Inputs];
        double[] columns = _rows.AsSpan(0, Rank * Inputs).ToArray();
        double[] taus = new double[Rank];
        HouseholderQr.Factor(columns, Rank, Inputs, taus);
        for (int i = 0; i < Inputs - Rank; i++)
        {
            Span<double> direction = basis.AsSpan(i * Inputs, Inputs);
            direction[Rank + i] = 1;
            HouseholderQr.Apply(columns, Rank, Inputs, taus, direction);
        }

        return basis;
    }

    /// <summary>The i-th direction of an orthonormal basis of the null space, i &lt; Inputs - Rank, without the others: [Inputs]. Cost O(m n).</summary>
    internal void NullDirection(int i, Span<double> direction)
    {
        int count = _singular.Length;
        if (Rank + i < count)
        {
            RowDirection(Rank + i).CopyTo(direction);
            return;
        }

        // A^T = Q T with A's rows fewer than n: the columns of Q behind the first are orthogonal to all rows.
        direction.Clear();
        direction[Rank + i] = 1;
        HouseholderQr.Apply(_factor, _rowCount, Inputs, _taus, direction);
    }

    /// <summary>g = A^T A, row-major: [Inputs * Inputs]. Only for small n: nothing else here needs it.</summary>
    public double[] Metric()
    {
        double[] metric = new double[Inputs * Inputs];
        for (int k = 0; k < _singular.Length; k++)
        {
            ReadOnlySpan<double> row = RowDirection(k);
            for (int i = 0; i < Inputs; i++)
            {
                Vectors.AddScaled(metric.AsSpan(i * Inputs, Inputs), _singular[k] * _singular[k] * row[i], row);
            }
        }

        return metric;
    }

    /// <summary>
    /// The unit null vector where exactly one direction is null (Rank = n - 1), without allocation; with det [A; t^T] > 0 where A has n - 1 rows.
    /// tangent: [Inputs].
    /// </summary>
    /// <returns>Whether that determinant exists.</returns>
    internal bool NullVector(Span<double> tangent)
    {
        tangent.Clear();
        tangent[^1] = 1;
        if (_rowCount == Inputs - 1)
        {
            // A^T = Q T and t = Q e_n, so det [A; t^T] = det T det Q.
            HouseholderQr.Apply(_factor, _rowCount, Inputs, _taus, tangent);
            bool negative = false;
            for (int j = 0; j < _rowCount; j++)
            {
                negative ^= _factor[j * Inputs + j] < 0 ^ _taus[j] != 0;
            }

            if (negative)
            {
                Vectors.Scale(tangent, -1);
            }

            return true;
        }

        int count = Inputs - 1;
        Span<double> columns = _factor.AsSpan(0, count * Inputs);
        _rows.AsSpan(0, count * Inputs).CopyTo(columns);
        HouseholderQr.Factor(columns, count, Inputs, _taus);
        HouseholderQr.Apply(columns, count, Inputs, _taus, tangent);
        return false;
    }

    private void Factor()
    {
        _rowCount = _metric.Apply(_value, _jacobian, _factor);
        Array.Clear(_singular);
        Array.Clear(_rows);
        if (_rowCount <= Inputs)
        {
            FactorWide();
        }
        else
        {
            FactorTall();
        }

        Tolerance = _relative * (_singular.Length == 0 ? 0 : _singular[0]);
        _rank = 0;
        while (_rank < _singular.Length && _singular[_rank] > Tolerance)
        {
            _rank++;
        }
    }

    /// <summary>rows &lt;= n: A^T = Q T, T = Z S W^T, so A = W S (Q Z)^T.</summary>
    private void FactorWide()
    {
        int k = _rowCount;
        HouseholderQr.Factor(_factor, k, Inputs, _taus);
        Span<double> triangle = _small.AsSpan(0, k * k);
        triangle.Clear();
        for (int j = 0; j < k; j++)
        {
            _factor.AsSpan(j * Inputs, j + 1).CopyTo(triangle.Slice(j * k, k));
        }

        JacobiSvd.Factor(triangle, k, k, _right, _singular);
        _right.AsSpan(0, k * k).CopyTo(_left);
        for (int i = 0; i < k; i++)
        {
            Span<double> row = _rows.AsSpan(i * Inputs, Inputs);
            triangle.Slice(i * k, k).CopyTo(row);
            HouseholderQr.Apply(_factor, k, Inputs, _taus, row);
        }
    }

    /// <summary>rows &gt; n: A = Z S W^T directly on its n columns.</summary>
    private void FactorTall()
    {
        for (int i = 0; i < _rowCount; i++)
        {
            for (int j = 0; j < Inputs; j++)
            {
                _left[j * _rowCount + i] = _factor[i * Inputs + j];
            }
        }

        JacobiSvd.Factor(_left, Inputs, _rowCount, _rows, _singular);
    }
}
