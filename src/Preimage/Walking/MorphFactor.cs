using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// J_F J_F^T of the rows that are held and the inputs that are free, factored without being formed: J_F^T = Q T, T = Z S W^T. A workspace: one per thread.
/// [GolubVanLoan2013, section 5.2]
/// </summary>
internal sealed class RowFactor(int inputs, int outputs)
{
    private readonly double[] _columns = new double[Math.Max(inputs, outputs) * (long)outputs];
    private readonly double[] _taus = new double[outputs];
    private readonly double[] _triangle = new double[outputs * outputs];
    private readonly double[] _right = new double[outputs * outputs];
    private readonly double[] _singular = new double[outputs];
    private readonly int[] _rows = new int[outputs];
    private int _count;
    private double _size;
    private double _whole;

    /// <summary>Factors the rows that work, in the inputs that are strictly between their bounds.  image: the unclipped step [n], working: [m].</summary>
    public void Factor(in Polyhedron set, ReadOnlySpan<double> image, ReadOnlySpan<bool> working)
    {
        int n = image.Length;
        int free = 0;
        for (int i = 0; i < n; i++)
        {
            free += IsFree(set, image, i) ? 1 : 0;
        }

        // A thin QR needs as many entries as rows: zeros fill up where fewer inputs are free.
        int length = Math.Max(free, outputs);
        _count = 0;
        _whole = 0;
        Span<double> columns = _columns.AsSpan();
        for (int k = 0; k < outputs; k++)
        {
            if (working[k])
            {
                ReadOnlySpan<double> row = set.Jacobian.Slice(k * n, n);
                _whole = Math.Max(_whole, Vectors.Norm(row));
                Gather(set, image, row, columns.Slice(_count * length, length));
                _rows[_count++] = k;
            }
        }

        Decompose(length);
    }

    /// <summary>
    /// delta = (J_F J_F^T)^+ g on the rows that work, 0 on the others. A part of g that no free input can meet is answered by a long step along it, in
    /// which clipped inputs may come free.  g, delta: [m].
    /// </summary>
    public void Solve(ReadOnlySpan<double> g, Span<double> delta, double relative, double flatReach)
    {
        delta.Clear();
        double tolerance = relative * _size;
        double largest = 0;
        for (int k = 0; k < _count; k++)
        {
            largest = Math.Max(largest, Math.Abs(g[_rows[k]]));
        }

        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<double> w = _right.AsSpan(i * _count, _count);
            double dot = 0;
            for (int k = 0; k < _count; k++)
            {
                dot += w[k] * g[_rows[k]];
            }

            bool isFlat = _singular[i] <= tolerance;
            double square = isFlat ? _whole * _whole / flatReach : _singular[i] * _singular[i];
            if (square == 0 || isFlat && Math.Abs(dot) <= 1e-9 * largest)
            {
                continue;
            }

            for (int k = 0; k < _count; k++)
            {
                delta[_rows[k]] += dot / square * w[k];
            }
        }
    }

    private static bool IsFree(in Polyhedron set, ReadOnlySpan<double> image, int i) =>
        image[i] > set.StepLower[i] && image[i] < set.StepUpper[i];

    private static void Gather(
        in Polyhedron set,
        ReadOnlySpan<double> image,
        ReadOnlySpan<double> row,
        Span<double> column
    )
    {
        int place = 0;
        for (int i = 0; i < row.Length; i++)
        {
            if (IsFree(set, image, i))
            {
                column[place++] = row[i];
            }
        }

        column[place..].Clear();
    }

    private void Decompose(int length)
    {
        HouseholderQr.Factor(_columns, _count, length, _taus);
        Span<double> triangle = _triangle.AsSpan(0, _count * _count);
        triangle.Clear();
        for (int j = 0; j < _count; j++)
        {
            _columns.AsSpan(j * length, j + 1).CopyTo(triangle.Slice(j * _count, _count));
        }

        JacobiSvd.Factor(triangle, _count, _count, _right, _singular);
        _size = _count == 0 ? 0 : _singular[0];
    }
}
