namespace Preimage.Enclosing;

/// <summary>Enclosures of f - c and its partial derivatives over a rectangle.</summary>
internal readonly record struct Slopes(Interval Value, Interval DX, Interval DY);

/// <summary>
/// f - c over rectangles, f: R^2 -> R, with every enclosure counted. Holds its own scratch: for one thread.
/// </summary>
internal sealed class PlaneEnclosure(ITangentEnclosedMap map, double level)
{
    private readonly Interval[] _box = new Interval[2];
    private readonly Interval[] _value = new Interval[1];
    private readonly Interval[] _slopes = new Interval[2];
    private readonly double[] _direction = new double[2];

    /// <summary>How often the map was enclosed.</summary>
    public long Count { get; private set; }

    public Interval Value(Rectangle r)
    {
        Place(r);
        map.Enclose(_box, _value);
        return _value[0] - level;
    }

    public Slopes Gradient(Rectangle r)
    {
        Place(r);
        map.EncloseJacobian(_box, _value, _slopes);
        return new Slopes(_value[0] - level, _slopes[0], _slopes[1]);
    }

    /// <summary>f - c and its derivative along (x, y).</summary>
    public (Interval Value, Interval Slope) Along(Rectangle r, double x, double y)
    {
        Place(r);
        (_direction[0], _direction[1]) = (x, y);
        map.EncloseTangent(_box, _direction, _value, _slopes.AsSpan(0, 1));
        return (_value[0] - level, _slopes[0]);
    }

    private void Place(Rectangle r)
    {
        (_box[0], _box[1]) = (r.X, r.Y);
        Count++;
    }
}
