using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>
/// A place on the perimeter of a plane box: sides are counted counterclockwise from the lower one, and a corner belongs to the side that begins
/// there. Ordered as the perimeter is walked; coordinates stay what they are, so that the order is exact.
/// </summary>
/// <param name="Side">0 below, 1 right, 2 above, 3 left.</param>
/// <param name="Along">The coordinate along the side, ascending in the direction of the walk.</param>
internal readonly record struct PerimeterPlace(int Side, double Along) : IComparable<PerimeterPlace>
{
    /// <inheritdoc/>
    public int CompareTo(PerimeterPlace other) =>
        Side != other.Side ? Side.CompareTo(other.Side) : Along.CompareTo(other.Along);

    public static bool operator <(PerimeterPlace left, PerimeterPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(PerimeterPlace left, PerimeterPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(PerimeterPlace left, PerimeterPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PerimeterPlace left, PerimeterPlace right) => left.CompareTo(right) >= 0;
}

/// <summary>The perimeter of a finite box of two inputs, walked counterclockwise from its lower left corner; it has the box on its left.</summary>
/// <param name="box">The box: two inputs, finite, of positive width.</param>
internal sealed class BoxPerimeter(Box box)
{
    /// <summary>The box's width.</summary>
    public double Width { get; } = box.Upper[0] - box.Lower[0];

    /// <summary>The box's height.</summary>
    public double Height { get; } = box.Upper[1] - box.Lower[1];

    /// <summary>The corner where a side begins; sides are counted on around the box.</summary>
    public PlanePoint Corner(int side) =>
        (side & 3) switch
        {
            0 => new(box.Lower[0], box.Lower[1]),
            1 => new(box.Upper[0], box.Lower[1]),
            2 => new(box.Upper[0], box.Upper[1]),
            _ => new(box.Lower[0], box.Upper[1]),
        };

    /// <summary>Where a point lies on the perimeter, bit for bit; null where it does not.</summary>
    public PerimeterPlace? PlaceOf(PlanePoint p)
    {
        (double x, double y) = (p.X, p.Y);
        return y == box.Lower[1] && x < box.Upper[0] ? new(0, x)
            : x == box.Upper[0] && y < box.Upper[1] ? new(1, y)
            : y == box.Upper[1] && x > box.Lower[0] ? new(2, -x)
            : x == box.Lower[0] && y > box.Lower[1] ? new(3, -y)
            : null;
    }

    /// <summary>The angle from the walk along a side to a direction into the box, in widths of the box: from 0 to pi.</summary>
    public static double Angle(int side, double dx, double dy)
    {
        (double along, double inward) = side switch
        {
            0 => (dx, dy),
            1 => (dy, -dx),
            2 => (-dx, -dy),
            _ => (-dy, dx),
        };
        return Math.Atan2(Math.Max(0, inward), along);
    }

    /// <summary>The corners that the walk passes from one place to another, the ends included: p, corners, q. Once around where q does not lie behind p.</summary>
    public List<PlanePoint> Walk(PlanePoint p, PlanePoint q, bool isAround)
    {
        int from = PlaceOf(p)!.Value.Side;
        int to = PlaceOf(q)!.Value.Side + (isAround ? 4 : 0);
        List<PlanePoint> walk = [p];
        for (int side = from + 1; side <= to; side++)
        {
            walk.Add(Corner(side));
        }

        walk.Add(q);
        return walk;
    }
}
