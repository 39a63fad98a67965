using Preimage.Maps;

namespace Preimage.Enclosing;

/// <summary>The state of a search for the least value of sign * f over a box.</summary>
internal sealed class PaverMinimum
{
    // Where slopes are unbounded the widths decide.
    private const double Steep = 1e100;

    // Some hundred roundings of the lowest value: no splitting brings a bound nearer.
    private const double Noise = 1e-14;

    private readonly IRelaxedMap _f;
    private readonly int _sign;
    private readonly Interval[] _whole;
    private readonly PriorityQueue<Interval[], (double, long)> _queue = new();
    private readonly Interval[] _y = new Interval[1];
    private readonly Interval[] _jacobian;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private double _done = double.PositiveInfinity;
    private double _attained = double.PositiveInfinity;
    private double _highest = double.NegativeInfinity;
    private long _order;

    public PaverMinimum(IRelaxedMap f, Box box, int sign)
    {
        _f = f;
        _sign = sign;
        _whole = [.. box.Lower.Zip(box.Upper, (low, high) => new Interval(low, high))];
        _jacobian = new Interval[f.Inputs];
        _lower = new double[f.Inputs + 1];
        _upper = new double[f.Inputs + 1];
    }

    /// <summary>How many boxes were relaxed.</summary>
    public long Enclosures { get; private set; }

    /// <summary>A lower bound of sign * f.</summary>
    public double Bound => _queue.TryPeek(out _, out (double Low, long) key) ? Math.Min(key.Low, _done) : _done;

    /// <summary>How far the bound lies below a value that is attained.</summary>
    public double Excess => _attained - Bound;

    /// <summary>How far apart the values seen are.</summary>
    public double Spread => Math.Max(0, _highest - _attained);

    /// <summary>What the bound may lose to rounding.</summary>
    public double Rounding => Noise * Math.Abs(_attained);

    /// <summary>Looks at the whole box.</summary>
    public void Begin() => Add(_whole);

    /// <summary>Splits the box with the lowest bound; false where it cannot be split.</summary>
    public bool SplitLowest()
    {
        if (!_queue.TryDequeue(out Interval[]? box, out (double Low, long) key))
        {
            return false;
        }

        Interval[] shrunk = Shrink(box, out int axis);
        double middle = shrunk[axis].Middle;
        if (middle > shrunk[axis].Low && middle < shrunk[axis].High)
        {
            Add(With(shrunk, axis, new Interval(shrunk[axis].Low, middle)));
            Add(With(shrunk, axis, new Interval(middle, shrunk[axis].High)));
            return true;
        }

        if (shrunk.AsSpan().SequenceEqual(box))
        {
            _done = Math.Min(_done, key.Low);
            return false;
        }

        Add(shrunk);
        return true;
    }

    private void Add(Interval[] box)
    {
        _f.Relax(box, _y, _lower, _upper);
        Enclosures++;
        double low = _sign > 0 ? _y[0].Low : -_y[0].High;
        Try([.. box.Select(x => x.Middle)]);
        Try([.. box.Select(LowestCorner)]);
        if (low <= _attained)
        {
            _queue.Enqueue(box, (low, _order++));
        }
    }

    /// <summary>The end of an edge where the affine bound is lowest.</summary>
    private double LowestCorner(Interval x, int i) => (_sign > 0 ? _lower[i] : -_upper[i]) > 0 ? x.Low : x.High;

    /// <summary>The value at a point, by its own enclosure.</summary>
    private void Try(double[] p)
    {
        Interval[] value = new Interval[1];
        _f.Enclose([.. p.Select(Interval.Of)], value);
        Interval signed = value[0] * _sign;
        _attained = Math.Min(_attained, signed.High);
        _highest = Math.Max(_highest, signed.Low);
    }

    /// <summary>The part of a box where the least value must lie, and the edge along which f can vary most.</summary>
    private Interval[] Shrink(Interval[] box, out int axis)
    {
        _f.EncloseJacobian(box, _y, _jacobian);
        Interval[] shrunk = [.. box];
        double most = -1;
        axis = 0;
        for (int i = 0; i < box.Length; i++)
        {
            Interval slope = _jacobian[i] * _sign;
            shrunk[i] =
                slope.Low >= 0 ? box[i].Low
                : slope.High <= 0 ? box[i].High
                : box[i];
            double reach = shrunk[i].Width * Math.Min(slope.Magnitude, Steep);
            if (reach > most)
            {
                most = reach;
                axis = i;
            }
        }

        return shrunk;
    }

    private static Interval[] With(Interval[] box, int axis, Interval edge)
    {
        Interval[] changed = [.. box];
        changed[axis] = edge;
        return changed;
    }
}
