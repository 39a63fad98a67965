namespace Preimage.Tracing;

/// <summary>One coordinate of the cubic Hermite arc from the last station to the trial, over u in [0, 1].</summary>
internal readonly struct HermiteArc
{
    private readonly double _from;
    private readonly double _to;
    private readonly double _fromSlope;
    private readonly double _toSlope;

    public HermiteArc(Arc arc, int i)
    {
        double length = Arc.ArcLength(arc.Chord, arc.Turn);
        _from = arc.From.Point[i];
        _to = arc.Trial.Point[i];
        _fromSlope = length * arc.Scale[i] * arc.From.Tangent[i];
        _toSlope = length * arc.Scale[i] * arc.Trial.Tangent[i];
    }

    /// <summary>The largest value of the coordinate's Bezier polygon, which bounds it from above.</summary>
    public double Upper => Math.Max(Math.Max(_from, _to), Math.Max(_from + _fromSlope / 3, _to - _toSlope / 3));

    /// <summary>The smallest value of the coordinate's Bezier polygon, which bounds it from below.</summary>
    public double Lower => Math.Min(Math.Min(_from, _to), Math.Min(_from + _fromSlope / 3, _to - _toSlope / 3));

    /// <summary>The coordinate at u.</summary>
    public double At(double u)
    {
        double v = 1 - u;
        return _from + u * u * (3 - 2 * u) * (_to - _from) + u * v * (v * _fromSlope - u * _toSlope);
    }

    /// <summary>The first u at which the coordinate passes a bound outwards; NaN where it does not.  outward: +1 above, -1 below.</summary>
    public double FirstExit(double bound, int outward)
    {
        const int Pieces = 32;
        for (int k = 1; k <= Pieces; k++)
        {
            if (outward * (At((double)k / Pieces) - bound) > 0)
            {
                return Bisect(bound, outward, (k - 1.0) / Pieces, (double)k / Pieces);
            }
        }

        double extremum = Extremum(outward);
        return outward * (At(extremum) - bound) > 0 ? Bisect(bound, outward, 0, extremum) : double.NaN;
    }

    /// <summary>The u with the most outward coordinate: an end, or where the derivative vanishes.</summary>
    public double Extremum(int outward)
    {
        // derivative: a u^2 + b u + c
        double rise = _to - _from;
        double a = 3 * (_fromSlope + _toSlope) - 6 * rise;
        double b = 6 * rise - 4 * _fromSlope - 2 * _toSlope;
        double root = Math.Sqrt(Math.Max(0, b * b - 4 * a * _fromSlope));
        double q = -0.5 * (b + Math.CopySign(root, b));
        double best = outward * _to > outward * _from ? 1 : 0;
        best = Better(best, q / a, outward);
        return Better(best, _fromSlope / q, outward);
    }

    private double Better(double best, double u, int outward) =>
        u is > 0 and < 1 && outward * At(u) > outward * At(best) ? u : best;

    private double Bisect(double bound, int outward, double inside, double outside)
    {
        for (int k = 0; k < 50; k++)
        {
            double middle = 0.5 * (inside + outside);
            if (outward * (At(middle) - bound) > 0)
            {
                outside = middle;
            }
            else
            {
                inside = middle;
            }
        }

        return inside;
    }
}
