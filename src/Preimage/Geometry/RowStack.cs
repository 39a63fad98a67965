namespace Preimage.Geometry;

/// <summary>
/// A tall matrix M of rows of length n that come one by one, known by M^T M: when it grows long, it is replaced by a shorter one with the same M^T M,
/// by its triangular factor where n rows are few enough, else by its leading singular vectors.
/// </summary>
internal sealed class RowStack
{
    private readonly bool _whole;
    private readonly int _kept;
    private readonly double[] _rows;

    /// <summary>An empty stack.</summary>
    /// <param name="width">n.</param>
    /// <param name="widestWhole">Up to which width nothing is lost.</param>
    /// <param name="kept">How many rows stay beyond.</param>
    public RowStack(int width, int widestWhole, int kept)
    {
        Width = width;
        _whole = width <= widestWhole;
        _kept = _whole ? width : Math.Min(kept, width);
        _rows = new double[(_kept + Math.Max(_kept, 64)) * (long)width];
    }

    /// <summary>n.</summary>
    public int Width { get; }

    /// <summary>Rows that stand.</summary>
    public int Count { get; private set; }

    /// <summary>The part of the trace of M^T M that was dropped.</summary>
    public double Lost { get; private set; }

    /// <summary>Adds scale times a row.  row: [Width].</summary>
    public void Add(double scale, ReadOnlySpan<double> row)
    {
        if ((Count + 1) * (long)Width > _rows.Length)
        {
            Shorten();
        }

        Vectors.AddScaled(Cleared(Count++), scale, row);
    }

    /// <summary>The rows that stand, as a map; not to be used after the next <see cref="Add"/>.</summary>
    public ILinearMap Matrix => new RowMatrix(_rows, Count, Width);

    private Span<double> Row(int i) => _rows.AsSpan(i * Width, Width);

    private Span<double> Cleared(int i)
    {
        Span<double> row = Row(i);
        row.Clear();
        return row;
    }

    private void Shorten()
    {
        if (_whole)
        {
            Triangularize();
        }
        else
        {
            Truncate();
        }
    }

    /// <summary>M = Q T: T has the same T^T T.</summary>
    private void Triangularize()
    {
        double[] columns = new double[Width * Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Width; j++)
            {
                columns[j * Count + i] = _rows[i * Width + j];
            }
        }

        HouseholderQr.Factor(columns, Width, Count, new double[Width]);
        for (int i = 0; i < Width; i++)
        {
            Span<double> row = Cleared(i);
            for (int j = i; j < Width; j++)
            {
                row[j] = columns[j * Count + i];
            }
        }

        Count = Width;
    }

    /// <summary>M = Z S V^T: the first rows of S V^T.</summary>
    private void Truncate()
    {
        PullbackFrame frame = new(Width, Count);
        frame.At(new double[Count], _rows.AsSpan(0, Count * Width));
        for (int i = _kept; i < frame.SingularValues.Length; i++)
        {
            Lost += frame.SingularValues[i] * frame.SingularValues[i];
        }

        for (int i = 0; i < _kept; i++)
        {
            Vectors.AddScaled(Cleared(i), frame.SingularValues[i], frame.RowDirection(i));
        }

        Count = _kept;
    }
}

/// <summary>A matrix by its rows.  rows: [count * width].</summary>
internal sealed class RowMatrix(double[] rows, int count, int width) : ILinearMap
{
    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<double> v, Span<double> u)
    {
        for (int i = 0; i < count; i++)
        {
            u[i] = Vectors.Dot(rows.AsSpan(i * width, width), v);
        }
    }

    /// <inheritdoc/>
    public void ApplyTransposed(ReadOnlySpan<double> u, Span<double> v)
    {
        v.Clear();
        for (int i = 0; i < count; i++)
        {
            Vectors.AddScaled(v, u[i], rows.AsSpan(i * width, width));
        }
    }
}
