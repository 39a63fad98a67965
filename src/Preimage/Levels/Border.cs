using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>A point of the border g = 0, with two points next to it where g has different signs.</summary>
/// <param name="Point">The point: [n].</param>
/// <param name="Distance">Its distance from the start.</param>
/// <param name="Bracket">The two points: [2 * n].</param>
internal sealed record BorderPoint(double[] Point, double Distance, double[] Bracket);

/// <summary>Finds and proves by evaluation points of the border { g = 0 } near a start: wherever g changes its sign it has a zero in between.</summary>
internal sealed class Border
{
    // How far apart the two points of a bracket are at most, as a share of the scale.
    private const double BracketShare = 1e-12;

    // A border is looked for within this share of the scale of a point that is said to lie on it.
    private const double Vicinity = 1e-6;

    private readonly IMap _map;
    private readonly double[] _origin;
    private readonly Box _box;
    private readonly NearestDescent _descent;
    private readonly double[] _value = new double[1];

    public Border(IMap map, double[] origin, Box box)
    {
        _map = map;
        _origin = origin;
        _box = box;
        Scale = Vectors.LargestMagnitude(origin);
        for (int i = 0; i < origin.Length; i++)
        {
            Scale = Math.Max(Scale, 0.5 * (box.Upper[i] - box.Lower[i]));
        }

        _descent = new NearestDescent(map, origin, box, Scale);
        Sign = SignAt(origin);
    }

    /// <summary>The size of the inputs: the largest of the start's coordinates and the box's half widths.</summary>
    public double Scale { get; }

    /// <summary>The sign of g at the start.</summary>
    public int Sign { get; }

    /// <summary>Whether g has another sign at x than at the start; NaN is no sign.  x: [n].</summary>
    public bool IsBeyond(ReadOnlySpan<double> x) => SignAt(x) is var sign && sign != Sign && sign != NoSign;

    /// <summary>The distance from the start.</summary>
    public double Distance(ReadOnlySpan<double> x) => Vectors.Distance(x, _origin);

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
        BorderPoint? crossing = Narrow(inside, beyond);
        if (SignAt(inside) == 0 || SignAt(beyond) == 0)
        {
            crossing = Bracketed(crossing.Point);
        }

        if (crossing is null)
        {
            return null;
        }

        return Near(crossing.Point) is { } nearer && nearer.Distance < crossing.Distance ? nearer : crossing;
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
        for (double reach = 4 * Rounding.Epsilon * Scale; reach <= Vicinity * Scale; reach *= 8)
        {
            Place(x, normal, -reach, before);
            Place(x, normal, reach, behind);
            (int first, int second) = (SignAt(before), SignAt(behind));
            if (first != second && first != NoSign && second != NoSign)
            {
                return Narrow(before, behind, x);
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

    private double Magnitude(ReadOnlySpan<double> x)
    {
        _map.Evaluate(x, _value);
        return Math.Abs(_value[0]);
    }

    /// <summary>Bisects between two points of different signs down to the bracket; x stands for the border if it lies on it as well as any.</summary>
    private BorderPoint Narrow(double[] one, double[] other, double[]? x = null)
    {
        int sign = SignAt(one);
        double[] middle = new double[one.Length];
        double apart = 0.5 * BracketShare * Scale;
        for (double gap = Vectors.Distance(one, other); gap > apart; gap = Vectors.Distance(one, other))
        {
            for (int i = 0; i < middle.Length; i++)
            {
                middle[i] = one[i] + 0.5 * (other[i] - one[i]);
            }

            middle.CopyTo(SignAt(middle) == sign ? one : other, 0);
        }

        double[] best = Magnitude(one) <= Magnitude(other) ? [.. one] : [.. other];
        bool isOn = x is not null && Vectors.Distance(x, one) <= 2 * apart && Magnitude(x) <= Magnitude(best);
        best = isOn ? x! : best;
        double[] inBox = [.. best.Select((value, i) => Math.Clamp(value, _box.Lower[i], _box.Upper[i]))];
        return new BorderPoint(inBox, Distance(inBox), [.. one, .. other]);
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
