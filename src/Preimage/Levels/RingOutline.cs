using Preimage.Results;

namespace Preimage.Levels;

/// <summary>A vertex of a ring, with the area between its way to the next vertex and the chord.</summary>
internal readonly record struct OutlinePoint(PlanePoint At, double Bulge);

/// <summary>A ring as it is walked: the band on its left.</summary>
internal sealed class RingOutline
{
    private readonly List<OutlinePoint> _points = [];

    public RingOutline() { }

    private RingOutline(List<OutlinePoint> points) => _points = points;

    /// <summary>Whether it surrounds anything: two vertices do where the way between them is curved.</summary>
    public bool IsEmpty => _points.Count < 3 && _points.TrueForAll(p => p.Bulge == 0);

    /// <summary>Goes straight on to points.</summary>
    public void Add(IEnumerable<PlanePoint> points)
    {
        foreach (PlanePoint p in points)
        {
            Add(new OutlinePoint(p, 0));
        }
    }

    /// <summary>Goes straight on to the border's start, then along it.</summary>
    public void Add(RingBorder border, BoxPerimeter box)
    {
        int segments = border.Closed ? border.Points.Length : border.Points.Length - 1;
        for (int i = 0; i < segments; i++)
        {
            RingPoint next = border.Points[(i + 1) % border.Points.Length];
            Add(new OutlinePoint(border.Points[i].At, RingBorder.Bulge(border.Points[i], next, box)));
        }

        if (!border.Closed)
        {
            Add(new OutlinePoint(border.End, 0));
        }
    }

    /// <summary>The simple rings that the outline falls into where it comes back to a vertex; what surrounds nothing is left out.</summary>
    public IEnumerable<RingOutline> Simple()
    {
        List<OutlinePoint> open = [];
        Dictionary<PlanePoint, int> places = [];
        foreach (OutlinePoint p in _points)
        {
            if (places.TryGetValue(p.At, out int first))
            {
                List<OutlinePoint> ring = open[first..];
                ring.ForEach(q => places.Remove(q.At));
                open.RemoveRange(first, open.Count - first);
                yield return new RingOutline(ring);
            }

            places[p.At] = open.Count;
            open.Add(p);
        }

        yield return new RingOutline(open);
    }

    /// <summary>The ring with its area.</summary>
    public Ring Close() => new([.. _points.SelectMany(p => new[] { p.At.X, p.At.Y })], Area());

    // Sum of the triangles from the first vertex and of the bulges, with the roundings of the sum carried along (Neumaier); the difference of
    // products by fused multiplication (Kahan). What is left is the rounding of the coordinates.
    private double Area()
    {
        double sum = 0;
        double carried = 0;
        PlanePoint origin = _points[0].At;
        for (int i = 0; i < _points.Count; i++)
        {
            PlanePoint p = _points[i].At;
            PlanePoint q = _points[(i + 1) % _points.Count].At;
            Add(0.5 * Cross(p.X - origin.X, p.Y - origin.Y, q.X - origin.X, q.Y - origin.Y));
            Add(_points[i].Bulge);
        }

        return sum + carried;

        void Add(double term)
        {
            double next = sum + term;
            carried += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }
    }

    private static double Cross(double a, double b, double c, double d)
    {
        double second = b * c;
        double error = Math.FusedMultiplyAdd(-b, c, second);
        return Math.FusedMultiplyAdd(a, d, -second) + error;
    }

    /// <summary>A point that is where the outline already stands only sets how it goes on.</summary>
    private void Add(OutlinePoint point)
    {
        if (_points.Count > 0 && _points[^1].At == point.At && _points[^1].Bulge == 0)
        {
            _points[^1] = point;
        }
        else
        {
            _points.Add(point);
        }
    }
}
