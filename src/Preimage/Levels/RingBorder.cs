using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>A point of a border with the direction in which the border goes on.</summary>
/// <param name="At">The point, in input units.</param>
/// <param name="Dx">The first coordinate of the unit tangent, in widths of the box.</param>
/// <param name="Dy">The second coordinate of the unit tangent, in heights of the box.</param>
internal readonly record struct RingPoint(PlanePoint At, double Dx, double Dy);

/// <summary>A piece of a level curve, walked so that the band lies on its left: cubic Hermite segments between points, in units of the box.</summary>
/// <param name="Level">f on the border.</param>
/// <param name="Points">The points; a closed border does not repeat its first.</param>
/// <param name="Closed">Whether the last point is joined to the first.</param>
internal sealed record RingBorder(double Level, ImmutableArray<RingPoint> Points, bool Closed)
{
    /// <summary>Where the border begins.</summary>
    public PlanePoint Start => Points[0].At;

    /// <summary>Where an open border ends.</summary>
    public PlanePoint End => Points[^1].At;

    /// <summary>
    /// The area between a Hermite segment and its chord, positive where the segment lies to the right of the chord: with D the chord and L s, L t the
    /// derivatives at the ends, D x (L t - L s) / 10 - (L s x L t) / 60, which is exact for the cubic.
    /// </summary>
    public static double Bulge(RingPoint from, RingPoint to, BoxPerimeter box)
    {
        double dx = (to.At.X - from.At.X) / box.Width;
        double dy = (to.At.Y - from.At.Y) / box.Height;
        double length = Hermite.Length([0, 0], [dx, dy], [from.Dx, from.Dy], [to.Dx, to.Dy]);
        double turn = dx * (to.Dy - from.Dy) - dy * (to.Dx - from.Dx);
        double twist = from.Dx * to.Dy - from.Dy * to.Dx;
        return length * (turn / 10 - length * twist / 60) * box.Width * box.Height;
    }

    /// <summary>The same curve the other way.</summary>
    public RingBorder Reversed() =>
        this with
        {
            Points = [.. Points.Reverse().Select(p => new RingPoint(p.At, -p.Dx, -p.Dy))],
        };

    /// <summary>The pieces between the points that lie on the perimeter: where a curve touches it, rings meet in a point.</summary>
    public IEnumerable<RingBorder> Split(BoxPerimeter box)
    {
        int[] stops =
        [
            .. Enumerable
                .Range(0, Points.Length)
                .Where(i => !Closed && (i == 0 || i == Points.Length - 1) || box.PlaceOf(Points[i].At) is not null),
        ];
        if (Closed && stops.Length == 0)
        {
            return [this];
        }

        RingPoint[] around = Closed ? [.. Points[stops[0]..], .. Points[..(stops[0] + 1)]] : [.. Points];
        int[] cuts = Closed ? [.. stops.Select(s => s - stops[0]), Points.Length] : stops;
        return cuts.Zip(cuts.Skip(1), (from, to) => new RingBorder(Level, [.. around[from..(to + 1)]], Closed: false));
    }

    /// <summary>The curve with a point more in the middle of each segment, corrected onto the level.</summary>
    public RingBorder Refined(IMap map, Box box)
    {
        BoxPerimeter perimeter = new(box);
        List<RingPoint> points = new(2 * Points.Length);
        for (int i = 0; i < Points.Length; i++)
        {
            points.Add(Points[i]);
            RingPoint next = Points[(i + 1) % Points.Length];
            if ((i + 1 < Points.Length || Closed) && next.At != Points[i].At)
            {
                points.Add(Middle(map, box, perimeter, (Points[i], next)));
            }
        }

        return this with
        {
            Points = [.. points],
        };
    }

    private RingPoint Middle(IMap map, Box box, BoxPerimeter perimeter, (RingPoint From, RingPoint To) segment)
    {
        (RingPoint p, RingPoint q) = segment;
        double dx = (q.At.X - p.At.X) / perimeter.Width;
        double dy = (q.At.Y - p.At.Y) / perimeter.Height;
        double length = Hermite.Length([0, 0], [dx, dy], [p.Dx, p.Dy], [q.Dx, q.Dy]);
        double[] x =
        [
            0.5 * (p.At.X + q.At.X) + perimeter.Width * length * (p.Dx - q.Dx) / 8,
            0.5 * (p.At.Y + q.At.Y) + perimeter.Height * length * (p.Dy - q.Dy) / 8,
        ];
        double[] direction = [1.5 * dx - length * (p.Dx + q.Dx) / 4, 1.5 * dy - length * (p.Dy + q.Dy) / 4];
        double[] y = new double[1];
        double[] jacobian = new double[2];
        for (int k = 0; k < 2; k++)
        {
            map.Linearize(x, y, jacobian);
            double gx = jacobian[0] * perimeter.Width;
            double gy = jacobian[1] * perimeter.Height;
            double share = (Level - y[0]) / (gx * gx + gy * gy);
            double step = Math.Abs(share) * Math.Sqrt(gx * gx + gy * gy);
            if (!(step < 0.1 * length))
            {
                break; // no better than the Hermite curve: a kink or a plateau lies beside it
            }

            x[0] = Math.Clamp(x[0] + share * gx * perimeter.Width, box.Lower[0], box.Upper[0]);
            x[1] = Math.Clamp(x[1] + share * gy * perimeter.Height, box.Lower[1], box.Upper[1]);
        }

        double norm = Math.Sqrt(direction[0] * direction[0] + direction[1] * direction[1]);
        return new RingPoint(new(x[0], x[1]), direction[0] / norm, direction[1] / norm);
    }
}
