using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Builds the rows of one element term by term, in ordinary arithmetic, and at its end moves the offsets apart by an a-priori bound of all rounding:
/// (terms + 4) u times the magnitude of what was summed, where an error in a slope counts with the radius of its input.
/// Any order of summation keeps that bound.  [Higham2002, section 3.1]
/// </summary>
internal ref struct RelaxedSum
{
    /// <summary>Unit roundoff, with a little room for the rounding of the bound itself.</summary>
    private const double Unit = 1.1102230246251565e-16 * 1.001;

    private readonly RelaxedBox _box;
    private readonly RelaxedTensor _target;
    private readonly int _index;
    private readonly Span<double> _lower;
    private readonly Span<double> _upper;
    private double _magnitude;
    private int _terms;

    public RelaxedSum(RelaxedBox box, RelaxedTensor target, int index)
    {
        _box = box;
        _target = target;
        _index = index;
        _lower = target.Lower(index);
        _upper = target.Upper(index);
        _lower.Clear();
        _upper.Clear();
    }

    /// <summary>Adds a number.</summary>
    public void Add(double number)
    {
        _lower[^1] += number;
        _upper[^1] += number;
        Count(Math.Abs(number), 1);
    }

    /// <summary>Adds weight times an element.</summary>
    public void Add(double weight, RelaxedTensor a, int i)
    {
        if (a.Constants is { } constants)
        {
            Add(weight * constants[i]);
        }
        else if (weight != 0)
        {
            Lanes.AddScaled(_lower, weight, weight > 0 ? a.Lower(i) : a.Upper(i));
            Lanes.AddScaled(_upper, weight, weight > 0 ? a.Upper(i) : a.Lower(i));
            Count(Math.Abs(weight) * a.Magnitudes[i], 1);
        }
    }

    /// <summary>Adds a function of an element that varies, between two lines.</summary>
    public void Add(in ScalarLines lines, RelaxedTensor a, int i)
    {
        AddLine(_lower, lines.Lower, a.Lower(i), a.Upper(i));
        AddLine(_upper, lines.Upper, a.Upper(i), a.Lower(i));
        double slope = Math.Max(Math.Abs(lines.Lower.Slope), Math.Abs(lines.Upper.Slope));
        double offset = Math.Max(Math.Abs(lines.Lower.Offset), Math.Abs(lines.Upper.Offset));
        Count(slope * (a.Magnitudes[i] + Math.Abs(lines.Middle)) + offset, 4);
    }

    /// <summary>Adds sign times the product of two elements: that of two planes, and what their distances from the middles make.  [McCormick1976]</summary>
    public void AddProduct(int sign, RelaxedTensor a, int i, RelaxedTensor b, int j)
    {
        if (a.Constants is { } left)
        {
            Add(sign * left[i], b, j);
        }
        else if (b.Constants is { } right)
        {
            Add(sign * right[j], a, i);
        }
        else
        {
            double x = a.Values[i].Middle;
            double y = b.Values[j].Middle;
            Add(sign * y, a, i);
            Add(sign * x, b, j);
            Add(-sign * (x * y));
            Spread(a.Values[i].Radius * b.Values[j].Radius);
        }
    }

    /// <summary>Moves the rows apart by a number on each side.</summary>
    public void Spread(double width)
    {
        _lower[^1] -= width;
        _upper[^1] += width;
        Count(width, 2);
    }

    /// <summary>
    /// Ends the sum: accounts for rounding and settles the element's enclosure, which is the one given cut with the range of the rows. Rows that
    /// bound nothing become constants.
    /// </summary>
    public readonly void Close(Interval natural)
    {
        double slack = (_terms + 4) * (Unit * _magnitude + double.Epsilon * (1 + _box.Reach));
        _lower[^1] -= slack;
        _upper[^1] += slack;
        double below = Reach(_lower);
        double above = Reach(_upper);
        double magnitude = Math.Max(Math.Abs(_lower[^1]) + below, Math.Abs(_upper[^1]) + above);
        double error = (_lower.Length + 8) * Unit * magnitude;
        double low = Math.Max(natural.Low, _lower[^1] - below - error);
        double high = Math.Min(natural.High, _upper[^1] + above + error);
        if (!double.IsFinite(magnitude) || !(low <= high))
        {
            _target.Freeze(_index, natural);
            return;
        }

        // The sum that the magnitude is was rounded itself, once a term.
        _target.Magnitudes[_index] = magnitude + error;
        _target.Values[_index] = new Interval(low, high);
    }

    private static void AddLine(
        Span<double> row,
        ScalarLine line,
        ReadOnlySpan<double> same,
        ReadOnlySpan<double> other
    )
    {
        if (line.Slope != 0)
        {
            Lanes.AddScaled(row, line.Slope, line.Slope > 0 ? same : other);
            row[^1] -= line.Slope * line.Middle;
        }

        row[^1] += line.Offset;
    }

    private readonly double Reach(ReadOnlySpan<double> row)
    {
        double reach = 0;
        double[] radii = _box.Radii;
        for (int i = 0; i < radii.Length; i++)
        {
            reach += Math.Abs(row[i]) * radii[i];
        }

        return reach;
    }

    private void Count(double magnitude, int terms)
    {
        _magnitude += magnitude;
        _terms += terms;
    }
}
