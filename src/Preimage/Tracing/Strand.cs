using System.Buffers;
using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>The points of a run in one direction, the start first, with what the result needs of each, one row a point.</summary>
internal sealed class Strand : ISink, IDisposable
{
    private const int FirstRows = 64;
    private readonly ISink? _next;
    private readonly PullbackFrame? _frame;
    private readonly IOutputMetric _metric;
    private readonly double[] _scale;
    private readonly bool _isScaled;
    private double[] _rows;

    public Strand(int inputs, int outputs, double[] scale, IOutputMetric metric, ISink? next)
    {
        Inputs = inputs;
        Outputs = outputs;
        _scale = scale;
        _isScaled = Array.Exists(scale, unit => unit != scale[0]);
        _metric = metric;
        _next = next;
        // With one output measured as it stands, the singular value is the length of the gradient.
        _frame = outputs == 1 && metric is IdentityMetric ? null : new PullbackFrame(inputs, outputs, metric);
        _rows = ArrayPool<double>.Shared.Rent(FirstRows * Width);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public int Count { get; private set; }

    // A row is x [n], the unit tangent in input units [n], N(x) [m], the singular values [m], the defect.
    public int TangentAt => Inputs;

    public int ValueAt => 2 * Inputs;

    public int SpectrumAt => 2 * Inputs + Outputs;

    public int DefectAt => 2 * Inputs + 2 * Outputs;

    private int Width => 2 * Inputs + 2 * Outputs + 1;

    public ReadOnlySpan<double> Row(int i) => _rows.AsSpan(i * Width, Width);

    /// <summary>Gives the rows back: nothing may be read afterwards.</summary>
    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(_rows);
        _rows = [];
    }

    public void Accept(in TracePoint point)
    {
        Span<double> row = Add();
        Copy(point.Point, row);
        Unscale(point.Tangent, row[TangentAt..]);
        Copy(point.Value, row[ValueAt..]);
        row[DefectAt] = point.Defect;
        if (_frame is null)
        {
            row[SpectrumAt] = Vectors.Norm(point.Jacobian);
        }
        else
        {
            row.Slice(SpectrumAt, Outputs).Clear();
            _frame.At(point.Value, point.Jacobian);
            _frame.SingularValues.CopyTo(row[SpectrumAt..]);
        }

        _next?.Accept(point);
    }

    /// <summary>A strand of the other direction: the start alone.</summary>
    public Strand Start()
    {
        Strand other = new(Inputs, Outputs, _scale, _metric, _next);
        Span<double> row = other.Add();
        Row(0).CopyTo(row);
        Vectors.Scale(row.Slice(TangentAt, Inputs), -1);
        return other;
    }

    /// <summary>Changes the last point's tangent, where the curve has a corner.  tangent: unit, in the run's coordinates [n].</summary>
    public void Turn(ReadOnlySpan<double> tangent) =>
        Unscale(tangent, _rows.AsSpan((Count - 1) * Width + TangentAt, Inputs));

    /// <summary>Forgets all points but the start.</summary>
    public void KeepStart() => Count = Math.Min(1, Count);

    /// <summary>Takes over the points of a curve from its start (a place among its points) to one end.  step: +1 or -1.</summary>
    public void Take(Curve curve, int start, int step)
    {
        for (int i = start; i >= 0 && i < curve.Count; i += step)
        {
            Span<double> row = Add();
            curve.Point(i).CopyTo(row);
            curve.Tangent(i).CopyTo(row[TangentAt..]);
            Vectors.Scale(row.Slice(TangentAt, Inputs), step);
            curve.Value(i).CopyTo(row[ValueAt..]);
            curve.Spectrum(i).CopyTo(row[SpectrumAt..]);
            row[DefectAt] = curve.Defects[i];
        }
    }

    private Span<double> Add()
    {
        if ((Count + 1) * Width > _rows.Length)
        {
            double[] longer = ArrayPool<double>.Shared.Rent(2 * _rows.Length);
            _rows.AsSpan(0, Count * Width).CopyTo(longer);
            ArrayPool<double>.Shared.Return(_rows);
            _rows = longer;
        }

        return _rows.AsSpan(Count++ * Width, Width);
    }

    /// <summary>From the run's coordinates to input units: diag(scale) t, normalised; the same bits where all scales are equal.</summary>
    private void Unscale(ReadOnlySpan<double> tangent, Span<double> unscaled)
    {
        Copy(tangent, unscaled);
        if (_isScaled)
        {
            unscaled = unscaled[..tangent.Length];
            for (int i = 0; i < unscaled.Length; i++)
            {
                unscaled[i] *= _scale[i];
            }

            Vectors.Scale(unscaled, 1 / Vectors.Norm(unscaled));
        }
    }

    /// <summary>A plain loop: rows are short.</summary>
    private static void Copy(ReadOnlySpan<double> from, Span<double> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }
}
