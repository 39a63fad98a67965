namespace Preimage.Enclosing;

/// <summary>Enclosures of the second partial derivatives over a rectangle.</summary>
internal readonly record struct Bends(Interval XX, Interval XY, Interval YY)
{
    /// <summary>f_xx f_yy - f_xy^2.</summary>
    public Interval Determinant => XX * YY - XY.Square();
}

/// <summary>f over rectangles with two derivatives, f: R^2 -> R.</summary>
internal sealed class CurvedPlaneEnclosure(ICurvedEnclosedMap map) : PlaneEnclosure(map, 0)
{
    private static readonly double[] Looks = [0.4639, 0.2347, 0.8513];

    private readonly Interval[] _value = new Interval[1];
    private readonly Interval[] _slopes = new Interval[2];
    private readonly Interval[] _bends = new Interval[4];

    /// <summary>
    /// Whether second derivatives vanish or do not exist at every place that is looked at, so that f is likely made of affine pieces, and second
    /// derivatives tell nothing. Only what a search costs may rest on it.
    /// </summary>
    public bool IsStraight(Rectangle r)
    {
        foreach (double share in Looks)
        {
            Bends bends = Hessian(Rectangle.Point(r.Left + share * r.Width, r.Bottom + share * share * r.Height)).Bends;
            if (!IsStraight(bends.XX) || !IsStraight(bends.XY) || !IsStraight(bends.YY))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsStraight(Interval bend) => bend == Interval.Zero || bend == Interval.Everything;

    /// <summary>f with its first and second partial derivatives.</summary>
    public (Slopes Slopes, Bends Bends) Hessian(Rectangle r)
    {
        Place(r);
        map.EncloseHessian(Box, _value, _slopes, _bends);
        return (
            new Slopes(_value[0], _slopes[0], _slopes[1]),
            new Bends(_bends[0], _bends[1].Cut(_bends[2]), _bends[3])
        );
    }
}

/// <summary>
/// The derivative of f along an axis, whose zeros on an edge are its critical points. Its own derivative is enclosed only where the first may
/// vanish, and nowhere if f is straight.
/// </summary>
internal sealed class EdgeDerivative(CurvedPlaneEnclosure f, bool isVertical, bool isStraight) : EdgeFunction
{
    /// <inheritdoc/>
    public override Interval Value(Rectangle r) => f.Along(r, isVertical ? 0 : 1, isVertical ? 1 : 0).Slope;

    /// <inheritdoc/>
    public override (Interval Value, Interval Slope) Along(Rectangle r, double x, double y)
    {
        Interval first = Value(r);
        return (first, isStraight || !first.Contains(0) ? Interval.Everything : Slope(r, x, y));
    }

    /// <inheritdoc/>
    public override Interval Slope(Rectangle r, double x, double y)
    {
        Bends bends = f.Hessian(r).Bends;
        return isVertical ? bends.YY : bends.XX;
    }
}
