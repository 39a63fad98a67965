using Preimage.Results;

namespace Preimage.Enclosing;

/// <summary>Critical points of f along the edges of a box, and its corners.</summary>
internal sealed class CriticalPointsOnBorder(CurvedPlaneEnclosure f, Rectangle box, CriticalPointSearch limits)
{
    // Newton's method doubles the digits of a root's place: more steps only turn in rounding.
    private const int NarrowSteps = 8;

    private readonly bool _isStraight = f.IsStraight(box);

    public IEnumerable<CriticalPoint> Find() =>
        [
            .. On(new Segment(false, box.Bottom, box.Left, box.Right)),
            .. On(new Segment(false, box.Top, box.Left, box.Right)),
            .. On(new Segment(true, box.Left, box.Bottom, box.Top)),
            .. On(new Segment(true, box.Right, box.Bottom, box.Top)),
            .. Corner(box.Left, box.Bottom),
            .. Corner(box.Right, box.Bottom),
            .. Corner(box.Left, box.Top),
            .. Corner(box.Right, box.Top),
        ];

    private IEnumerable<CriticalPoint> On(Segment edge)
    {
        EdgeRoots search = new(new EdgeDerivative(f, edge.IsVertical, _isStraight), box, limits.Smallest);
        List<EdgeRoot> roots = [];
        List<Segment> undecided = [];
        search.Find(edge, Interval.Everything, limits.Cells, roots, undecided);
        foreach (EdgeRoot root in roots)
        {
            Interval side = new(edge.From, edge.To);
            for (int step = 0; step < NarrowSteps; step++)
            {
                Interval before = new(root.Segment.From, root.Segment.To);
                if (
                    !search.Narrow(root)
                    || CriticalPoints.IsRounding(new Interval(root.Segment.From, root.Segment.To), before, side)
                )
                {
                    break;
                }
            }

            CriticalKind kind = root.Slope.Low > 0 ? CriticalKind.Minimum : CriticalKind.Maximum;
            yield return Entry(root.Segment, kind, Verdict.Proved);
        }

        undecided.Sort((s, t) => s.From.CompareTo(t.From));
        for (int k = 0; k < undecided.Count; k++)
        {
            Segment piece = undecided[k];
            while (k + 1 < undecided.Count && undecided[k + 1].From == piece.To)
            {
                piece = piece with { To = undecided[++k].To };
            }

            yield return Entry(piece, CriticalKind.Unknown, Verdict.Unknown);
        }
    }

    private CriticalPoint Entry(Segment place, CriticalKind kind, Verdict verdict)
    {
        Interval range = new(place.From, place.To);
        double middle = range.Middle;
        (double x, double y) = place.IsVertical ? (0.0, 1.0) : (1.0, 0.0);
        (Interval value, Interval slope) = f.Along(place.ToRectangle(), x, y);
        Interval mean = f.Value(place.Point(middle)) + slope * (range - middle);
        return CriticalPoints.Entry(place.ToRectangle(), mean.Cut(value), kind, verdict) with
        {
            Place = CriticalPlace.Edge,
        };
    }

    /// <summary>The corner, unless f rises along one of its edges and falls along the other: level sets move past it as they are.</summary>
    private IEnumerable<CriticalPoint> Corner(double x, double y)
    {
        Rectangle corner = Rectangle.Point(x, y);
        Slopes slopes = f.Gradient(corner);
        Interval inX = x == box.Left ? slopes.DX : -slopes.DX;
        Interval inY = y == box.Bottom ? slopes.DY : -slopes.DY;
        bool isRegular = inX.Low > 0 && inY.High < 0 || inX.High < 0 && inY.Low > 0;
        if (!isRegular)
        {
            CriticalKind kind =
                inX.Low > 0 && inY.Low > 0 ? CriticalKind.Minimum
                : inX.High < 0 && inY.High < 0 ? CriticalKind.Maximum
                : CriticalKind.Unknown;
            yield return CriticalPoints.Entry(corner, slopes.Value, kind, Verdict.Proved) with
            {
                Place = CriticalPlace.Corner,
            };
        }
    }
}

/// <summary>How critical points are written down.</summary>
internal static class CriticalPoints
{
    // Below this share of the box a step of Newton's method that does not halve a place has come to rounding.
    private const double Fine = 1.0 / (1L << 40);

    /// <summary>Whether narrowing a place further would only turn in rounding.</summary>
    public static bool IsRounding(Interval place, Interval before, Interval box) =>
        place == before || place.Width <= Fine * box.Width && place.Width > before.Width / 2;

    public static CriticalPoint Entry(Rectangle place, Interval value, CriticalKind kind, Verdict verdict) =>
        new()
        {
            At = [place.X.Middle, place.Y.Middle],
            Value = value.Middle,
            Kind = kind,
            Verdict = verdict,
            Enclosure = place.ToCell(),
            ValueLower = value.Low,
            ValueUpper = value.High,
        };
}
