using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>The points of a run in one direction, the start first, with what the result needs of each.</summary>
internal sealed class Strand : ISink
{
    private readonly ISink? _next;
    private readonly PullbackFrame? _frame;
    private readonly double[] _scale;
    private readonly IOutputMetric _metric;

    public Strand(int inputs, int outputs, double[] scale, IOutputMetric metric, ISink? next)
    {
        _scale = scale;
        _metric = metric;
        _next = next;
        // With one output measured as it stands, the singular value is the length of the gradient.
        _frame = outputs == 1 && metric is IdentityMetric ? null : new PullbackFrame(inputs, outputs, metric);
        Points = new Column(inputs);
        Tangents = new Column(inputs);
        Values = new Column(outputs);
        Spectra = new Column(outputs);
        Defects = new Column(1);
    }

    public Column Points { get; }

    /// <summary>Unit tangents in input units, in the direction of the run.</summary>
    public Column Tangents { get; }

    public Column Values { get; }

    public Column Spectra { get; }

    public Column Defects { get; }

    public int Count => Defects.Count;

    public void Accept(in TracePoint point)
    {
        point.Point.CopyTo(Points.Add());
        Unscale(point.Tangent, Tangents.Add());
        point.Value.CopyTo(Values.Add());
        Defects.Add()[0] = point.Defect;
        Span<double> spectrum = Spectra.Add();
        if (_frame is null)
        {
            spectrum[0] = Vectors.Norm(point.Jacobian);
        }
        else
        {
            spectrum.Clear();
            _frame.At(point.Value, point.Jacobian);
            _frame.SingularValues.CopyTo(spectrum);
        }

        _next?.Accept(point);
    }

    /// <summary>A strand of the other direction: the start alone.</summary>
    public Strand Start()
    {
        Strand other = new(Points.Width, Values.Width, _scale, _metric, _next);
        Points[0].CopyTo(other.Points.Add());
        Span<double> tangent = other.Tangents.Add();
        Tangents[0].CopyTo(tangent);
        Vectors.Scale(tangent, -1);
        Values[0].CopyTo(other.Values.Add());
        Spectra[0].CopyTo(other.Spectra.Add());
        Defects[0].CopyTo(other.Defects.Add());
        return other;
    }

    /// <summary>Takes over the points of a curve from its start (a place among its points) to one end.  step: +1 or -1.</summary>
    public void Take(Curve curve, int start, int step)
    {
        for (int i = start; i >= 0 && i < curve.Count; i += step)
        {
            curve.Point(i).CopyTo(Points.Add());
            Span<double> tangent = Tangents.Add();
            curve.Tangent(i).CopyTo(tangent);
            if (step < 0)
            {
                Vectors.Scale(tangent, -1);
            }

            curve.Value(i).CopyTo(Values.Add());
            curve.Spectrum(i).CopyTo(Spectra.Add());
            Defects.Add()[0] = curve.Defects[i];
        }
    }

    /// <summary>From the run's coordinates to input units: diag(scale) t, normalised; the same bits where all scales are one.</summary>
    private void Unscale(ReadOnlySpan<double> tangent, Span<double> unscaled)
    {
        bool same = true;
        for (int i = 0; i < unscaled.Length; i++)
        {
            same &= _scale[i] == _scale[0];
            unscaled[i] = _scale[i] * tangent[i];
        }

        if (same)
        {
            tangent.CopyTo(unscaled);
        }
        else
        {
            Vectors.Scale(unscaled, 1 / Vectors.Norm(unscaled));
        }
    }
}

/// <summary>A growing array of rows of one width.</summary>
internal sealed class Column(int width)
{
    private double[] _data = new double[64 * width];

    public int Width => width;

    public int Count { get; private set; }

    public ReadOnlySpan<double> this[int row] => _data.AsSpan(row * width, width);

    /// <summary>A new row, of undefined content.</summary>
    public Span<double> Add()
    {
        if ((Count + 1) * width > _data.Length)
        {
            Array.Resize(ref _data, 2 * _data.Length);
        }

        return _data.AsSpan(Count++ * width, width);
    }
}
