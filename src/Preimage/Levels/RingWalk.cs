namespace Preimage.Levels;

/// <summary>
/// Joins borders to rings. The band lies on the left of every border and of the perimeter walked counterclockwise: where a border arrives at the
/// perimeter, the ring goes on along it to the next border that starts there; where it arrives at a crossing of borders, it goes on along the next one
/// clockwise, which bounds the same sector of the band.
/// </summary>
internal sealed class RingWalk
{
    // Ends this near to each other, in units of the box, are one crossing: a trace ends some 1e-9 before it.
    private const double CrossingReach = 1e-6;

    private readonly BandBorder _band;
    private readonly BoxPerimeter _perimeter;
    private readonly RingBorder[] _borders;

    // For each open border, the way from its end to the start of the next one.
    private readonly Dictionary<RingBorder, (RingBorder Next, List<PlanePoint> Way)> _links = new(
        ReferenceEqualityComparer.Instance
    );

    /// <summary>An end of an open border.</summary>
    /// <param name="Border">The border.</param>
    /// <param name="IsStart">Whether the border begins here.</param>
    private sealed record Stop(RingBorder Border, bool IsStart)
    {
        public PlanePoint At => IsStart ? Border.Start : Border.End;

        /// <summary>The direction from here along the border.</summary>
        public (double X, double Y) Ray =>
            IsStart ? (Border.Points[0].Dx, Border.Points[0].Dy) : (-Border.Points[^1].Dx, -Border.Points[^1].Dy);
    }

    public RingWalk(BandBorder band, IEnumerable<RingBorder> borders)
    {
        _band = band;
        _perimeter = new BoxPerimeter(band.Box);
        _borders = [.. borders];
    }

    /// <summary>All rings of the band, each simple.</summary>
    /// <exception cref="GeometryException">The borders do not bound a band.</exception>
    public IEnumerable<RingOutline> Rings() => Outlines().SelectMany(o => o.Simple()).Where(o => !o.IsEmpty);

    private List<RingOutline> Outlines()
    {
        List<RingOutline> outlines = [];
        foreach (RingBorder border in _borders.Where(b => b.Closed))
        {
            RingOutline outline = new();
            outline.Add(border, _perimeter);
            outlines.Add(outline);
        }

        Stop[] stops = [.. _borders.Where(b => !b.Closed).SelectMany(b => new Stop[] { new(b, true), new(b, false) })];
        Stop[] outside = [.. stops.Where(s => _perimeter.PlaceOf(s.At) is not null)];
        if (outside.Length > 0)
        {
            LinkPerimeter(outside);
        }
        else if (IsPerimeterInside())
        {
            RingOutline outline = new();
            outline.Add(Enumerable.Range(0, 4).Select(_perimeter.Corner));
            outlines.Add(outline);
        }

        LinkCrossings([.. stops.Except(outside)]);
        return [.. outlines, .. Cycles()];
    }

    private IEnumerable<RingOutline> Cycles()
    {
        HashSet<RingBorder> walked = new(ReferenceEqualityComparer.Instance);
        foreach (RingBorder first in _borders.Where(b => !b.Closed))
        {
            if (walked.Contains(first))
            {
                continue;
            }

            RingOutline outline = new();
            for (RingBorder border = first; walked.Add(border); border = _links[border].Next)
            {
                outline.Add(border, _perimeter);
                outline.Add(_links[border].Way);
            }

            yield return outline;
        }
    }

    /// <summary>Joins each arrival to the next start; between them the perimeter lies in the band, elsewhere it does not.</summary>
    private void LinkPerimeter(Stop[] stops)
    {
        Stop[] ordered =
        [
            .. stops
                .OrderBy(s => _perimeter.PlaceOf(s.At)!.Value)
                // At one place, the walk meets the borders in the order of their angles, the one behind it first.
                .ThenByDescending(s => BoxPerimeter.Angle(_perimeter.PlaceOf(s.At)!.Value.Side, s.Ray.X, s.Ray.Y)),
        ];
        for (int i = 0; i < ordered.Length; i++)
        {
            Stop here = ordered[i];
            Stop next = ordered[(i + 1) % ordered.Length];
            List<PlanePoint> way = _perimeter.Walk(here.At, next.At, isAround: i == ordered.Length - 1);
            if (here.IsStart == next.IsStart || IsContradicted(way, isInside: !here.IsStart))
            {
                throw Contradiction(here.At, next.At);
            }

            if (!here.IsStart)
            {
                _links[here.Border] = (next.Border, way);
            }
        }
    }

    /// <summary>Whether a way along the perimeter contradicts what it should be, in the middle of a piece or at a corner.</summary>
    private bool IsContradicted(List<PlanePoint> way, bool isInside)
    {
        for (int i = 1; i < way.Count; i++)
        {
            (PlanePoint p, PlanePoint q) = (way[i - 1], way[i]);
            PlanePoint middle = new(p.X + 0.5 * (q.X - p.X), p.Y + 0.5 * (q.Y - p.Y));
            if (_band.Contains(middle) == !isInside || i + 1 < way.Count && _band.Contains(q) == !isInside)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a perimeter where no border ends lies in the band: all of it does, or nothing; what lies on a level belongs to the band.</summary>
    private bool IsPerimeterInside()
    {
        const int Places = 12;
        var found = Enumerable.Range(0, Places).Select(k => Along(k / 3, k % 3 / 3.0)).ToLookup(_band.Contains);
        return found[true].Any() && found[false].Any()
            ? throw Contradiction(found[true].First(), found[false].First())
            : !found[false].Any();
    }

    private PlanePoint Along(int side, double share)
    {
        (PlanePoint p, PlanePoint q) = (_perimeter.Corner(side), _perimeter.Corner(side + 1));
        return new(p.X + share * (q.X - p.X), p.Y + share * (q.Y - p.Y));
    }

    /// <summary>Joins the ends inside the box, crossing by crossing.</summary>
    private void LinkCrossings(List<Stop> stops)
    {
        while (stops.Count > 0)
        {
            PlanePoint crossing = stops[0].At;
            Stop[] here =
            [
                .. stops
                    .Where(s => Distance(s.At, crossing) <= CrossingReach)
                    .OrderBy(s => Math.Atan2(s.Ray.Y, s.Ray.X)),
            ];
            stops.RemoveAll(s => here.Contains(s));
            for (int i = 0; i < here.Length; i++)
            {
                Stop before = here[(i + here.Length - 1) % here.Length];
                if (here[i].IsStart == before.IsStart)
                {
                    throw Loose(here[i], here.Length);
                }

                if (!here[i].IsStart)
                {
                    _links[here[i].Border] = (before.Border, [crossing]);
                }
            }
        }
    }

    private double Distance(PlanePoint p, PlanePoint q) =>
        Math.Max(Math.Abs(p.X - q.X) / _perimeter.Width, Math.Abs(p.Y - q.Y) / _perimeter.Height);

    private static GeometryException Loose(Stop stop, int count) =>
        new(
            count == 1
                ? $"The level curve at {stop.Border.Level:R} ends inside the box at ({stop.At.X:R}, {stop.At.Y:R}), so it bounds no region; choose a level a little higher or lower."
                : $"The level curves at {stop.Border.Level:R} that meet at ({stop.At.X:R}, {stop.At.Y:R}) have the band on no side in turn; choose a level a little higher or lower."
        );

    private static GeometryException Contradiction(PlanePoint p, PlanePoint q) =>
        new(
            $"The level curves do not bound a region on the border of the box between ({p.X:R}, {p.Y:R}) and ({q.X:R}, {q.Y:R}): some are missing or touch it; choose levels or a box that differ a little."
        );
}
