namespace Preimage.Figures.Drawing;

/// <summary>The outline polygon of a stroked polyline: mitred where it turns gently, split with round ends where it turns sharply.</summary>
internal static class Outline
{
    private const int CapSteps = 6;

    // Below this cosine between neighbouring directions (45 degrees) a mitre would look pointed.
    private const double GentleTurn = 0.7;

    /// <summary>Adds the stroke to the coverage.</summary>
    public static void Add(Coverage coverage, ReadOnlySpan<Spot> polyline, double width, bool closed)
    {
        List<Spot> points = Distinct(polyline);
        if (points.Count == 1)
        {
            AddDisc(coverage, points[0], width / 2);
            return;
        }

        if (closed)
        {
            points.Add(points[0]);
            points.Add(points[1]);
        }

        int start = 0;
        for (int i = 1; i < points.Count - 1; i++)
        {
            if (Cosine(points[i - 1], points[i], points[i + 1]) < GentleTurn)
            {
                AddPiece(coverage, points, start, i, width / 2);
                start = i;
            }
        }

        // The doubled first segment of a closed curve joins it smoothly; the repeated part would darken its edges.
        int end = closed ? points.Count - 2 : points.Count - 1;
        if (closed && start == 0)
        {
            AddRing(coverage, points, width / 2);
        }
        else if (start < end || !closed)
        {
            AddPiece(coverage, points, start, end, width / 2);
        }
    }

    public static void AddDisc(Coverage coverage, Spot center, double radius)
    {
        int steps = Math.Max(12, (int)(radius * 4));
        Spot[] polygon = new Spot[steps];
        for (int i = 0; i < steps; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / steps);
            polygon[i] = new(center.X + radius * cosine, center.Y + radius * sine);
        }

        coverage.Add(polygon);
    }

    private static List<Spot> Distinct(ReadOnlySpan<Spot> polyline)
    {
        List<Spot> points = new(polyline.Length + 2);
        foreach (Spot p in polyline)
        {
            if (points.Count == 0 || Math.Abs(p.X - points[^1].X) + Math.Abs(p.Y - points[^1].Y) > 1e-6)
            {
                points.Add(p);
            }
        }

        return points;
    }

    private static void AddPiece(Coverage coverage, List<Spot> points, int first, int last, double half)
    {
        List<Spot> polygon = new(2 * (last - first + CapSteps + 2));
        for (int i = first; i <= last; i++)
        {
            polygon.Add(Offset(points, i, first, last, half));
        }

        AddCap(polygon, points[last], points[last - 1], half);
        for (int i = last; i >= first; i--)
        {
            polygon.Add(Offset(points, i, first, last, -half));
        }

        AddCap(polygon, points[first], points[first + 1], half);
        coverage.Add(polygon.ToArray());
    }

    private static void AddRing(Coverage coverage, List<Spot> points, double half)
    {
        int count = points.Count - 2;
        Spot[] outer = new Spot[count];
        Spot[] inner = new Spot[count];
        for (int i = 0; i < count; i++)
        {
            outer[i] = Offset(points, i + 1, 0, points.Count - 1, half);
            inner[count - 1 - i] = Offset(points, i + 1, 0, points.Count - 1, -half);
        }

        coverage.Add(outer);
        coverage.Add(inner);
    }

    /// <summary>The half circle behind the end of a piece, from its left to its right side seen from the neighbour.</summary>
    private static void AddCap(List<Spot> polygon, Spot end, Spot neighbour, double half)
    {
        double angle = Math.Atan2(end.Y - neighbour.Y, end.X - neighbour.X);
        for (int i = 1; i < CapSteps; i++)
        {
            (double sine, double cosine) = Math.SinCos(angle + Math.PI * (0.5 - (double)i / CapSteps));
            polygon.Add(new(end.X + half * cosine, end.Y + half * sine));
        }
    }

    private static Spot Offset(List<Spot> points, int i, int first, int last, double distance)
    {
        Spot before = points[Math.Max(first, i - 1)];
        Spot after = points[Math.Min(last, i + 1)];
        (double ax, double ay) = Direction(i > first ? before : points[i], i > first ? points[i] : after);
        (double bx, double by) = Direction(i < last ? points[i] : before, i < last ? after : points[i]);
        double nx = -(ay + by);
        double ny = ax + bx;
        double stretch = 2 / (nx * nx + ny * ny);
        return new(points[i].X + distance * stretch * nx, points[i].Y + distance * stretch * ny);
    }

    private static (double X, double Y) Direction(Spot a, Spot b)
    {
        double x = b.X - a.X;
        double y = b.Y - a.Y;
        double length = Math.Sqrt(x * x + y * y);
        return (x / length, y / length);
    }

    private static double Cosine(Spot a, Spot b, Spot c)
    {
        (double ax, double ay) = Direction(a, b);
        (double bx, double by) = Direction(b, c);
        return ax * bx + ay * by;
    }
}
