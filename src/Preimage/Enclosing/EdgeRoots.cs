namespace Preimage.Enclosing;

/// <summary>The part [From, To] of a horizontal or vertical line.</summary>
internal readonly record struct Segment(bool IsVertical, double Line, double From, double To)
{
    public double Length => To - From;

    public Rectangle ToRectangle() => Part(From, To);

    public Rectangle Point(double at) => Part(at, at);

    private Rectangle Part(double from, double to) =>
        IsVertical ? new Rectangle(Line, from, Line, to) : new Rectangle(from, Line, to, Line);
}

/// <summary>
/// A place where f = c on an edge of the subdivision: exactly one zero of f - c lies in the segment, where f is strictly monotone along it.
/// </summary>
internal sealed class EdgeRoot(Segment segment, Interval slope)
{
    /// <summary>The isolating segment.</summary>
    public Segment Segment { get; set; } = segment;

    /// <summary>Encloses the derivative along the edge over the isolating segment; never contains 0.</summary>
    public Interval Slope { get; set; } = slope;

    /// <summary>The patch to the left of a vertical edge or below a horizontal one; null beyond the box.</summary>
    public Patch? Before { get; set; }

    /// <summary>The patch on the other side; null beyond the box.</summary>
    public Patch? After { get; set; }

    /// <summary>Whether it lies on the border of the box.</summary>
    public bool IsOnBorder => Before is null || After is null;

    public Rectangle Place => Segment.ToRectangle();

    /// <summary>The patch on the other side.</summary>
    public Patch? Beyond(Patch patch) => ReferenceEquals(Before, patch) ? After : Before;
}

/// <summary>
/// Isolates all zeros of f - c on segments: a piece is dropped where f - c cannot vanish, is a root where f is monotone along it between ends of
/// different sign, and is split else.
/// </summary>
internal sealed class EdgeRoots(EdgeFunction f, Rectangle box, double smallest)
{
    // Where to split a piece: the first of them where the sign of f - c is certain.
    private static readonly double[] Splits = [0.4973, 0.5391, 0.4409, 0.5837, 0.3761];

    private readonly Dictionary<(double, double), Interval> _vertices = [];
    private readonly Stack<Piece> _pieces = new();

    private readonly record struct Piece(double From, double To, Interval AtFrom, Interval AtTo, Interval Slope)
    {
        /// <summary>Whether the signs at its ends are.</summary>
        public bool IsCertain => !AtFrom.Contains(0) && !AtTo.Contains(0);
    }

    /// <summary>f - c at a point, remembered.</summary>
    public Interval At(double x, double y)
    {
        if (!_vertices.TryGetValue((x, y), out Interval value))
        {
            value = f.Value(Rectangle.Point(x, y));
            _vertices.Add((x, y), value);
        }

        return value;
    }

    /// <summary>Finds all zeros on a segment whose derivative along itself lies in a slope that is known already.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="slope">Encloses the derivative along it.</param>
    /// <param name="budget">The most pieces to look at.</param>
    /// <param name="found">Receives the roots in ascending order; of no meaning after a failure.</param>
    /// <param name="undecided">Receives what is not decided; where there is none, the search ends with the first of it.</param>
    /// <returns>Whether all of the segment was decided.</returns>
    public bool Find(Segment segment, Interval slope, int budget, List<EdgeRoot> found, List<Segment>? undecided = null)
    {
        double least = smallest * (segment.IsVertical ? box.Height : box.Width);
        _pieces.Clear();
        _pieces.Push(new Piece(segment.From, segment.To, At(segment, segment.From), At(segment, segment.To), slope));
        while (_pieces.TryPop(out Piece piece))
        {
            if (undecided is null && !piece.IsCertain)
            {
                return false;
            }

            if (IsDecided(segment, piece, found))
            {
                continue;
            }

            Segment part = segment with { From = piece.From, To = piece.To };
            (Interval value, Interval along) = f.Along(
                part.ToRectangle(),
                segment.IsVertical ? 0 : 1,
                segment.IsVertical ? 1 : 0
            );
            piece = piece with { Slope = along.Cut(piece.Slope) };
            if (!value.Contains(0) || IsDecided(segment, piece, found))
            {
                continue;
            }

            if (--budget < 0 || part.Length <= least || !Split(segment, piece))
            {
                if (undecided is null)
                {
                    return false;
                }

                undecided.Add(part);
            }
        }

        return undecided is null or [];
    }

    /// <summary>Narrows a root's segment by a step of the interval Newton method.</summary>
    /// <returns>Whether it became shorter.</returns>
    public bool Narrow(EdgeRoot root)
    {
        Segment s = root.Segment;
        double middle = s.From + s.Length / 2;
        if (!(middle > s.From && middle < s.To))
        {
            return false;
        }

        Interval slope = f.Slope(s.ToRectangle(), s.IsVertical ? 0 : 1, s.IsVertical ? 1 : 0);
        root.Slope = root.Slope.Cut(slope);
        Interval step = f.Value(s.Point(middle)) / root.Slope;
        Interval place = new Interval(s.From, s.To).Cut(middle - step);
        root.Segment = s with { From = place.Low, To = place.High };
        return root.Segment.Length < s.Length;
    }

    private Interval At(Segment s, double t) => s.IsVertical ? At(s.Line, t) : At(t, s.Line);

    /// <summary>Decides a piece by its ends and its slope, if they tell.</summary>
    private static bool IsDecided(Segment segment, Piece piece, List<EdgeRoot> found)
    {
        if (!piece.IsCertain)
        {
            return false;
        }

        bool differ = piece.AtFrom.Low > 0 != piece.AtTo.Low > 0;
        if (piece.Slope.Contains(0))
        {
            Interval range = new(0, (Interval.Of(piece.To) - piece.From).High);
            return !differ
                && (
                    !(piece.AtFrom + piece.Slope * range).Contains(0) || !(piece.AtTo - piece.Slope * range).Contains(0)
                );
        }

        if (differ)
        {
            Interval place = new Interval(piece.From, piece.To)
                .Cut(piece.From - piece.AtFrom / piece.Slope)
                .Cut(piece.To - piece.AtTo / piece.Slope);
            found.Add(new EdgeRoot(segment with { From = place.Low, To = place.High }, piece.Slope));
        }

        return true;
    }

    private bool Split(Segment segment, Piece piece)
    {
        foreach (double share in Splits)
        {
            double middle = piece.From + share * (piece.To - piece.From);
            if (!(middle > piece.From && middle < piece.To))
            {
                return false;
            }

            Interval value = f.Value(segment.Point(middle));
            if (!value.Contains(0))
            {
                // The lower one is looked at first, so that roots are found in order.
                _pieces.Push(piece with { From = middle, AtFrom = value });
                _pieces.Push(piece with { To = middle, AtTo = value });
                return true;
            }
        }

        return false;
    }
}
