namespace Preimage.Enclosing;

/// <summary>Looks for a direction along which f is strictly monotone in a cell.</summary>
internal static class MonotoneDirection
{
    /// <summary>The input along which f is monotone, the steeper one where both are; zero where none is.</summary>
    public static (double X, double Y) Axis(Slopes slopes) =>
        slopes.DX.Mignitude == 0 && slopes.DY.Mignitude == 0 ? (0, 0)
        : slopes.DX.Mignitude >= slopes.DY.Mignitude ? (1, 0)
        : (0, 1);

    /// <summary>The direction (x, y), with the cell's sides as units, if f is monotone along it: enclosed as one derivative, terms cancel.</summary>
    public static (double X, double Y) Towards(PlaneEnclosure f, Rectangle cell, double x, double y) =>
        Along(f, cell, x * cell.Width * cell.Width, y * cell.Height * cell.Height);

    /// <summary>
    /// The direction of a kink that crosses the cell, if f is monotone along it. Units of a network that bend on one line add multiples of its
    /// normal to the gradient, so that the widths of the enclosed derivatives tell the normal up to a sign; along the line their part vanishes,
    /// also of units whose kinks cancel in f but not in its enclosure.
    /// </summary>
    public static (double X, double Y) AlongKink(PlaneEnclosure f, Rectangle cell, Slopes slopes)
    {
        double x = slopes.DX.Width;
        double y = slopes.DY.Width;
        (double X, double Y) direction = Along(f, cell, y, -x);
        return direction == (0, 0) ? Along(f, cell, y, x) : direction;
    }

    private static (double X, double Y) Along(PlaneEnclosure f, Rectangle cell, double x, double y)
    {
        double size = Math.Max(Math.Abs(x), Math.Abs(y));
        if (!(size > 0 && double.IsFinite(size)))
        {
            return (0, 0);
        }

        (double X, double Y) direction = (x / size, y / size);
        return f.Along(cell, direction.X, direction.Y).Slope.Contains(0) ? (0, 0) : direction;
    }
}
