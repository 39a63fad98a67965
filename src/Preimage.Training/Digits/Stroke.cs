using System.Collections.Immutable;
using System.Globalization;

namespace Preimage.Training.Digits;

/// <summary>A point of the page: x to the right, y down.</summary>
internal readonly record struct PagePoint(double X, double Y)
{
    public static PagePoint operator +(PagePoint a, PagePoint b) => new(a.X + b.X, a.Y + b.Y);

    public static PagePoint operator *(double s, PagePoint a) => new(s * a.X, s * a.Y);
}

/// <summary>One movement of the pen, through points.</summary>
internal sealed record Stroke(ImmutableArray<PagePoint> Points)
{
    /// <summary>Pieces of the curve between two points.</summary>
    private const int Pieces = 8;

    /// <summary>Points written "0.5,0 0.5,1".</summary>
    public static Stroke Parse(string text) =>
        new([
            .. text.Split(' ')
                .Select(word => word.Split(','))
                .Select(w => new PagePoint(
                    double.Parse(w[0], CultureInfo.InvariantCulture),
                    double.Parse(w[1], CultureInfo.InvariantCulture)
                )),
        ]);

    /// <summary>A polyline along the cubic curve through the points whose tangents are the chords of their neighbours; straight on at the ends and at corners.</summary>
    public IEnumerable<PagePoint> Polyline()
    {
        yield return Points[0];
        for (int i = 0; i + 1 < Points.Length; i++)
        {
            (PagePoint from, PagePoint to) = (Points[i], Points[i + 1]);
            if (from == to)
            {
                continue;
            }

            PagePoint before = i > 0 ? Points[i - 1] : from;
            PagePoint after = i + 2 < Points.Length ? Points[i + 2] : to;
            for (int k = 1; k <= Pieces; k++)
            {
                yield return Between([before, from, to, after], (double)k / Pieces);
            }
        }
    }

    /// <summary>The curve of Catmull and Rom between the middle two of four points, t in [0, 1].</summary>
    private static PagePoint Between(ReadOnlySpan<PagePoint> p, double t)
    {
        double u = t * t;
        double v = u * t;
        return 0.5 * (-v + 2 * u - t) * p[0]
            + 0.5 * (3 * v - 5 * u + 2) * p[1]
            + 0.5 * (-3 * v + 4 * u + t) * p[2]
            + 0.5 * (v - u) * p[3];
    }
}
