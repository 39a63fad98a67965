using System.Diagnostics;

namespace Preimage.Enclosing;

/// <summary>The box of one relaxation by its middle and its radii, rounded up.</summary>
internal sealed class RelaxedBox(int inputs)
{
    /// <summary>n.</summary>
    public int Inputs => inputs;

    /// <summary>The middle: [n].</summary>
    public double[] Middle { get; } = new double[inputs];

    /// <summary>The largest distance from the middle: [n].</summary>
    public double[] Radii { get; } = new double[inputs];

    /// <summary>The radii summed: what an underflow in a slope may cost.</summary>
    public double Reach { get; private set; }

    /// <summary>Takes a box.  x: [n].</summary>
    public void Load(ReadOnlySpan<Interval> x)
    {
        Reach = 0;
        for (int i = 0; i < x.Length; i++)
        {
            Middle[i] = x[i].Middle;
            Radii[i] = x[i].Radius;
            Reach += Radii[i];
        }
    }
}

/// <summary>
/// Affine bounds of the elements of a vector over one box, as rows of n slopes and an offset around the box's middle, with the enclosures that
/// they give. A constant vector has no rows.
/// </summary>
internal sealed class RelaxedTensor
{
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly int _width;

    /// <summary>Room for the bounds of a vector that varies.</summary>
    public RelaxedTensor(int size, int inputs)
    {
        _width = inputs + 1;
        _lower = new double[size * _width];
        _upper = new double[size * _width];
        Magnitudes = new double[size];
        Values = new Interval[size];
    }

    /// <summary>A vector that does not vary.</summary>
    public RelaxedTensor(double[] constants)
    {
        _lower = _upper = [];
        Constants = constants;
        Magnitudes = [.. constants.Select(Math.Abs)];
        Values = [.. constants.Select(Interval.Of)];
    }

    /// <summary>The numbers of a vector that does not vary; else null.</summary>
    public double[]? Constants { get; }

    /// <summary>At least |offset| + sum |slope_i| radius_i of both rows: what rounding errors are counted in.</summary>
    public double[] Magnitudes { get; }

    /// <summary>Enclosures of the elements.</summary>
    public Interval[] Values { get; }

    /// <summary>The lower row of an element that varies.</summary>
    public Span<double> Lower(int i) => _lower.AsSpan(i * _width, _width);

    /// <summary>The upper row of an element that varies.</summary>
    public Span<double> Upper(int i) => _upper.AsSpan(i * _width, _width);

    /// <summary>Takes the element of another vector as it is.</summary>
    public void Copy(int i, RelaxedTensor source, int k)
    {
        if (source.Constants is { } constants)
        {
            Freeze(i, Interval.Of(constants[k]));
            return;
        }

        Debug.Assert(source._width == _width);
        source.Lower(k).CopyTo(Lower(i));
        source.Upper(k).CopyTo(Upper(i));
        Magnitudes[i] = source.Magnitudes[k];
        Values[i] = source.Values[k];
    }

    /// <summary>Bounds an element by the constants of an interval.</summary>
    public void Freeze(int i, Interval value)
    {
        Lower(i).Clear();
        Upper(i).Clear();
        Lower(i)[^1] = value.Low;
        Upper(i)[^1] = value.High;
        Magnitudes[i] = value.Magnitude;
        Values[i] = value;
    }
}
