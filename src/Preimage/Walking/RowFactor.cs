using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// J_F J_F^T of the rows that are held and the inputs that are free, factored without being formed: J_F^T = Q T, so J_F J_F^T = T^T T; where a row nearly depends
/// on those before it, through T = Z S W^T. A workspace: one per thread.  [GolubVanLoan2013, section 5.2]
/// </summary>
internal sealed class RowFactor(int inputs)
{
    /// <summary>A row whose part across those before it is a smaller share of it goes by singular values.</summary>
    private const double Dependent = 1e-6;

    /// <summary>How far along a direction of the rows without a free input is looked at first, against one with all inputs free.</summary>
    private const double FlatReach = 1e2;

    private readonly bool[] _free = new bool[inputs];
    private double[] _columns = [];
    private double[] _gathered = []; // what was factored last: [factored]
    private double[] _now = [];
    private long _factored = -1;
    private double[] _triangle = [];
    private double[] _right = [];
    private double[] _taus = [];
    private double[] _singular = [];
    private double[] _sizes = [];
    private double[] _slopes = [];
    private double[] _unreachable = [];
    private int[] _rows = [];
    private int _count;
    private int _length;
    private double _whole;
    private bool _isTriangular;

    /// <summary>Factors the rows that work, in the inputs that are strictly between their bounds.  image: the unclipped step [n], working: [rows].</summary>
    public void Factor(in Polyhedron set, ReadOnlySpan<double> image, ReadOnlySpan<bool> working)
    {
        int free = 0;
        for (int i = 0; i < image.Length; i++)
        {
            _free[i] = image[i] > set.StepLower[i] && image[i] < set.StepUpper[i];
            free += _free[i] ? 1 : 0;
        }

        _count = working.Count(true);
        Fit(working.Length, Math.Max(free, _count));
        _whole = 0;
        int place = 0;
        for (int k = 0; k < working.Length; k++)
        {
            if (working[k])
            {
                Gather(set.Row(k), _now.AsSpan(place * _length, _length));
                _sizes[place] = Vectors.Norm(set.Row(k));
                _whole = Math.Max(_whole, _sizes[place]);
                _rows[place++] = k;
            }
        }

        int size = _count * _length;
        if (_factored == size && _now.AsSpan(0, size).SequenceEqual(_gathered.AsSpan(0, size)))
        {
            return; // the same rows and free inputs as the last time
        }

        _factored = size;
        (_now, _gathered) = (_gathered, _now);
        _gathered.AsSpan(0, size).CopyTo(_columns);
        Decompose();
    }

    /// <summary>How many directions of the rows no input can change, in the last solution.</summary>
    public int Dropped { get; private set; }

    /// <summary>The part of g along these, in a row.</summary>
    public double Unreachable(int row) => Dropped > 0 ? _unreachable[row] : 0;

    /// <summary>
    /// delta = (J_F J_F^T)^+ g on the rows that work, 0 on the others. A part of g that no free input can meet, but a clipped one could, is answered by a
    /// long step, in which inputs may come free; one that none can meet is dropped.  g, delta: [rows].
    /// </summary>
    public void Solve(in Polyhedron set, ReadOnlySpan<double> g, Span<double> delta, double relative)
    {
        delta.Clear();
        Dropped = 0;
        Span<double> right = _slopes.AsSpan(0, _count);
        for (int k = 0; k < _count; k++)
        {
            right[k] = g[_rows[k]];
        }

        if (_isTriangular)
        {
            Substitute(right);
            for (int k = 0; k < _count; k++)
            {
                delta[_rows[k]] = right[k];
            }

            return;
        }

        Array.Clear(_unreachable);
        double tolerance = relative * _whole;
        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<double> w = _right.AsSpan(i * _count, _count);
            double dot = Vectors.Dot(w, right);
            double size = _singular[i];
            if (size <= tolerance)
            {
                size = Whole(set, w) / FlatReach;
                if (size <= tolerance)
                {
                    Drop(w, dot);
                    continue;
                }
            }

            for (int k = 0; k < _count; k++)
            {
                delta[_rows[k]] += dot / size / size * w[k];
            }
        }
    }

    private void Drop(ReadOnlySpan<double> w, double dot)
    {
        Dropped++;
        for (int k = 0; k < _count; k++)
        {
            _unreachable[_rows[k]] += dot * w[k];
        }
    }

    /// <summary>|J^T w| over all inputs, the clipped ones, too.</summary>
    private double Whole(in Polyhedron set, ReadOnlySpan<double> w)
    {
        double[] sum = new double[_free.Length];
        for (int k = 0; k < _count; k++)
        {
            Vectors.AddScaled(sum, w[k], set.Row(_rows[k]));
        }

        return Vectors.Norm(sum);
    }

    private void Fit(int rows, int length)
    {
        _length = length;
        if (_rows.Length < rows)
        {
            _rows = new int[rows];
            _taus = new double[rows];
            _singular = new double[rows];
            _sizes = new double[rows];
            _slopes = new double[rows];
            _unreachable = new double[rows];
        }

        if (_columns.Length < _count * (long)length)
        {
            long room = Math.Max(_count * (long)length, 3 * (long)_columns.Length / 2);
            _columns = new double[room];
            _gathered = new double[room];
            _now = new double[room];
            _factored = -1;
        }
    }

    /// <summary>The free entries of a row; zeros fill up where fewer inputs are free than rows work.</summary>
    private void Gather(ReadOnlySpan<double> row, Span<double> column)
    {
        int place = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (_free[i])
            {
                column[place++] = row[i];
            }
        }

        column[place..].Clear();
    }

    private void Decompose()
    {
        _isTriangular = true;
        HouseholderQr.Factor(_columns, _count, _length, _taus);
        for (int j = 0; j < _count; j++)
        {
            _isTriangular &= Math.Abs(_columns[j * _length + j]) > Dependent * _sizes[j];
        }

        if (_isTriangular)
        {
            return;
        }

        if (_triangle.Length < _count * _count)
        {
            _triangle = new double[_count * _count];
            _right = new double[_count * _count];
        }

        Span<double> triangle = _triangle.AsSpan(0, _count * _count);
        triangle.Clear();
        for (int j = 0; j < _count; j++)
        {
            _columns.AsSpan(j * _length, j + 1).CopyTo(triangle.Slice(j * _count, _count));
        }

        JacobiSvd.Factor(triangle, _count, _count, _right, _singular);
    }

    /// <summary>T^T y = x, then T x = y; T_ij stands at column j, entry i.</summary>
    private void Substitute(Span<double> x)
    {
        for (int j = 0; j < x.Length; j++)
        {
            ReadOnlySpan<double> column = _columns.AsSpan(j * _length, j + 1);
            x[j] = (x[j] - Vectors.Dot(column[..j], x[..j])) / column[j];
        }

        for (int j = x.Length - 1; j >= 0; j--)
        {
            ReadOnlySpan<double> column = _columns.AsSpan(j * _length, j + 1);
            x[j] /= column[j];
            Vectors.AddScaled(x[..j], -x[j], column[..j]);
        }
    }
}
