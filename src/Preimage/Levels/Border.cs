using Preimage.Enclosing;
using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>
/// Finds points of the border { g = 0 } by evaluation, and proves them by enclosures: between two points at which g is proved to have different
/// signs it has a zero. A value of g that is 0 by rounding is no sign.
/// </summary>
internal sealed class Border
{
    // How far apart the two points of a bracket are at most, as a share of the scale, where enclosures tell their signs.
    private const double BracketShare = 1e-12;

    // A border is looked for within this share of the scale of a point that is said to lie on it.
    private const double Vicinity = 1e-6;

    // Else they move apart until these do, up to this share of the tolerance to either side.
    private const double ToleranceShare = 0.1;

    private readonly IMap _map;
    private readonly IEnclosedMap _enclosure;
    private readonly double[] _origin;
    private readonly Limits _limits;
    private readonly Box _box;
    private readonly NearestDescent _descent;
    private readonly double[] _value = new double[1];
    private readonly Interval[] _bounds = new Interval[1];
    private readonly Interval[] _place;

    public Border(IMap map, IEnclosedMap enclosure, double[] origin, Box box, Limits limits)
    {
        _map = map;
        _enclosure = enclosure;
        _limits = limits;
        _place = new Interval[origin.Length];
        _origin = origin;
        _box = box;
        Scale = Vectors.LargestMagnitude(origin);
        for (int i = 0; i < origin.Length; i++)
        {
            Scale = Math.Max(Scale, 0.5 * (box.Upper[i] - box.Lower[i]));
        }

        _descent = new NearestDescent(map, origin, box, Scale, limits.Cancellation);
        int proved = ProvedSignAt(origin);
        IsZeroAtStart = _bounds[0] == Interval.Zero;
        Sign = proved == 0 ? SignAt(origin) : proved;
        IsSignProved = proved != 0;
    }

    /// <summary>How nearly the distance is asked for, relative to it, and what ends the search.</summary>
    public readonly record struct Limits(double Tolerance, CancellationToken Cancellation);

    /// <summary>The size of the inputs: the largest of the start's coordinates and the box's half widths.</summary>
    public double Scale { get; }

    /// <summary>How far a bracket reaches to either side: no distance is told more exactly.</summary>
    public double Width => 0.5 * BracketShare * Scale;

    /// <summary>The sign of g at the start: proved, or else that of its rounded value.</summary>
    public int Sign { get; }

    /// <summary>Whether the sign at the start is proved.</summary>
    public bool IsSignProved { get; }

    /// <summary>Whether g is proved to be 0 at the start.</summary>
    public bool IsZeroAtStart { get; }

    /// <summary>Whether g is proved to have the other sign at x than at the start, or to be 0; a 0 by rounding and NaN are neither.  x: [n].</summary>
    public bool IsBeyond(ReadOnlySpan<double> x)
    {
        int sign = SignAt(x);
        return (sign == 0 || sign == -Sign) && (ProvedSignAt(x) == -Sign || _bounds[0] == Interval.Zero);
    }

    /// <summary>The distance from the start.</summary>
    public double Distance(ReadOnlySpan<double> x)
    {
        double largest = Vectors.LargestDifference(x, _origin);
        if (largest is 0 or (> 1e-140 and < 1e140))
        {
            return Vectors.Distance(x, _origin);
        }

        // The squares would underflow or overflow.
        double square = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double share = (x[i] - _origin[i]) / largest;
            square += share * share;
        }

        return largest * Math.Sqrt(square);
    }

    /// <summary>The start as a point of the border, where it is one or has one nearer than the width of a bracket; else null.</summary>
    public BorderPoint? AtStart()
    {
        BorderPoint start = new(_origin, 0, [.. _origin, .. _origin], IsZeroAtStart);
        if (IsSignProved)
        {
            return null;
        }

        BorderPoint proved = Proved(start with { IsProved = false });
        return proved.IsProved ? proved
            : start.IsProved ? start
            : null;
    }

    /// <summary>See <see cref="NearestDescent.Residual"/>.</summary>
    public double Residual(ReadOnlySpan<double> x) => _descent.Residual(x);

    /// <summary>See <see cref="NearestDescent.Multiplier"/>.</summary>
    public double Multiplier(ReadOnlySpan<double> x) => _descent.Multiplier(x);

    /// <summary>Where a descent leads to from a point.  point: [n].</summary>
    public double[] Descend(ReadOnlySpan<double> point) => _descent.Improve(point);

    /// <summary>
    /// The border on the way from the start to a point beyond it, and the nearest point that a descent from there leads to, if that is nearer.
    /// Where g is only touched by 0, without a change of sign, null.  point: [n].
    /// </summary>
    public BorderPoint? Before(ReadOnlySpan<double> point)
    {
        double[] inside = [.. _origin];
        double[] beyond = point.ToArray();
        BorderPoint crossing = Narrow(inside, beyond, -Sign);
        bool isChange = crossing.IsProved || SignAt(inside) * SignAt(beyond) == -1;
        return BorderPoint.Better(isChange ? crossing : null, Near(crossing.Point));
    }

    /// <summary>The nearest point that a descent leads to from a point that may be on the border; null where g does not change its sign there.</summary>
    public BorderPoint? Near(ReadOnlySpan<double> point) => Bracketed(_descent.Improve(point));

    /// <summary>The point on the border that is next to x along the gradient; null where g does not change its sign there.  x: [n].</summary>
    public BorderPoint? Bracketed(double[] x)
    {
        double[] normal = Normal(x);
        if (normal.Length == 0)
        {
            return null;
        }

        double[] before = new double[x.Length];
        double[] behind = new double[x.Length];
        for (double reach = 4 * Rounding.Epsilon * Scale; IsWithin(reach, Vicinity * Scale); reach *= 8)
        {
            Place(x, normal, -reach, before);
            Place(x, normal, reach, behind);
            (int first, int second) = (SignAt(before), SignAt(behind));
            if (first * second == -1)
            {
                return Narrow(before, behind, second, x);
            }
        }

        return null;
    }

    private const int NoSign = 2;

    private int SignAt(ReadOnlySpan<double> x)
    {
        _map.Evaluate(x, _value);
        return double.IsNaN(_value[0]) ? NoSign : Math.Sign(_value[0]);
    }

    /// <summary>The sign that the enclosure proves; 0 where it proves none.</summary>
    private int ProvedSignAt(ReadOnlySpan<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            _place[i] = x[i];
        }

        _enclosure.Enclose(_place, _bounds);
        return _bounds[0].Low > 0 ? 1
            : _bounds[0].High < 0 ? -1
            : 0;
    }

    private bool IsWithin(double reach, double limit) =>
        reach <= limit && !_limits.Cancellation.IsCancellationRequested;

    private double Magnitude(ReadOnlySpan<double> x)
    {
        _map.Evaluate(x, _value);
        return Math.Abs(_value[0]);
    }

    /// <summary>Bisects down to the bracket, the sign given being that of the other point; x stands for the border if it lies on it as well as any.</summary>
    private BorderPoint Narrow(double[] one, double[] other, int sign, double[]? x = null)
    {
        double[] middle = new double[one.Length];
        double side = Width / Math.Sqrt(one.Length);
        while (Vectors.LargestDifference(one, other) > side && !_limits.Cancellation.IsCancellationRequested)
        {
            for (int i = 0; i < middle.Length; i++)
            {
                middle[i] = one[i] + 0.5 * (other[i] - one[i]);
            }

            if (middle.AsSpan().SequenceEqual(one) || middle.AsSpan().SequenceEqual(other))
            {
                break;
            }

            middle.CopyTo(SignAt(middle) == sign ? other : one, 0);
        }

        double[] best = Magnitude(one) <= Magnitude(other) ? [.. one] : [.. other];
        bool isOn = x is not null && Vectors.Distance(x, one) <= 2 * Width && Magnitude(x) <= Magnitude(best);
        best = isOn ? x! : best;
        double[] inBox = [.. best.Select((value, i) => Math.Clamp(value, _box.Lower[i], _box.Upper[i]))];
        return Proved(new BorderPoint(inBox, Distance(inBox), [.. one, .. other]));
    }

    /// <summary>The same point with a bracket whose signs are proved, wider where it must be; as it is where the tolerance allows none.</summary>
    private BorderPoint Proved(BorderPoint found)
    {
        int n = _origin.Length;
        double[] before = found.Bracket[..n];
        double[] behind = found.Bracket[n..];
        if (ProvedSignAt(before) * ProvedSignAt(behind) == -1)
        {
            return found with { IsProved = true };
        }

        double[] normal = Normal(found.Point);
        double limit = Math.Max(Width, ToleranceShare * _limits.Tolerance * found.Distance);
        double reach = normal.Length == 0 ? double.PositiveInfinity : 4 * Rounding.Epsilon * Scale;
        for (; IsWithin(reach, limit); reach *= 2)
        {
            Place(found.Point, normal, -reach, before);
            Place(found.Point, normal, reach, behind);
            if (reach > Width)
            {
                Clamp(before);
                Clamp(behind);
            }

            if (ProvedSignAt(before) * ProvedSignAt(behind) == -1)
            {
                return found with { Bracket = [.. before, .. behind], IsProved = true };
            }
        }

        return found;
    }

    private void Clamp(double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = Math.Clamp(x[i], _box.Lower[i], _box.Upper[i]);
        }
    }

    /// <summary>The unit gradient in the inputs that the box does not hold; the whole one at a corner; the way from the start where it vanishes.</summary>
    private double[] Normal(double[] x)
    {
        double[] gradient = new double[x.Length];
        _map.Linearize(x, _value, gradient);
        double[] free = [.. gradient.Select((slope, i) => x[i] > _box.Lower[i] && x[i] < _box.Upper[i] ? slope : 0)];
        double[] way = [.. x.Select((value, i) => value - _origin[i])];
        foreach (double[] candidate in (double[][])[free, gradient, way])
        {
            double norm = Vectors.Norm(candidate);
            if (norm > 0 && double.IsFinite(norm))
            {
                Vectors.Scale(candidate, 1 / norm);
                return candidate;
            }
        }

        return [];
    }

    private static void Place(double[] x, double[] normal, double reach, double[] place)
    {
        for (int i = 0; i < x.Length; i++)
        {
            place[i] = x[i] + reach * normal[i];
        }
    }
}
