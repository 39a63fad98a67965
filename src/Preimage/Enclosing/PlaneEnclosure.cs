namespace Preimage.Enclosing;

/// <summary>Enclosures of f - c and its partial derivatives over a rectangle.</summary>
internal readonly record struct Slopes(Interval Value, Interval DX, Interval DY);

/// <summary>A function of the plane whose zeros on edges are looked for.</summary>
internal abstract class EdgeFunction
{
    /// <summary>Encloses the function.</summary>
    public abstract Interval Value(Rectangle r);

    /// <summary>Encloses the function and its derivative along (x, y).</summary>
    public abstract (Interval Value, Interval Slope) Along(Rectangle r, double x, double y);

    /// <summary>Encloses the derivative along (x, y) where the function is known to vanish.</summary>
    public virtual Interval Slope(Rectangle r, double x, double y) => Along(r, x, y).Slope;
}

/// <summary>
/// f - c over rectangles, f: R^2 -> R, with every enclosure counted. Holds its own scratch: for one thread.
/// </summary>
internal class PlaneEnclosure(ITangentEnclosedMap map, double level) : EdgeFunction
{
    private protected readonly Interval[] Box = new Interval[2];
    private readonly Interval[] _value = new Interval[1];
    private readonly Interval[] _slopes = new Interval[2];
    private readonly double[] _direction = new double[2];

    /// <summary>How often the map was enclosed.</summary>
    public long Count { get; private protected set; }

    /// <inheritdoc/>
    public override Interval Value(Rectangle r)
    {
        Place(r);
        map.Enclose(Box, _value);
        return _value[0] - level;
    }

    /// <summary>f - c and its partial derivatives.</summary>
    public Slopes Gradient(Rectangle r)
    {
        Place(r);
        map.EncloseJacobian(Box, _value, _slopes);
        return new Slopes(_value[0] - level, _slopes[0], _slopes[1]);
    }

    /// <inheritdoc/>
    public override (Interval Value, Interval Slope) Along(Rectangle r, double x, double y)
    {
        Place(r);
        (_direction[0], _direction[1]) = (x, y);
        map.EncloseTangent(Box, _direction, _value, _slopes.AsSpan(0, 1));
        return (_value[0] - level, _slopes[0]);
    }

    private protected void Place(Rectangle r)
    {
        (Box[0], Box[1]) = (r.X, r.Y);
        Count++;
    }
}
