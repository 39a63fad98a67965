using Preimage.Enclosing;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>
/// Proves that a chain of a skeleton stays by a traced curve that runs through it, where no slope can be bounded, as at kinks. In a patch f is
/// monotone along u and its arc is a graph across u; where f has one sign beside a segment on one side, and the other on the other side, the arc
/// runs between them. Values alone decide that, and enclosures of values always narrow when the sides are cut into pieces.
/// </summary>
/// <param name="f">f - c.</param>
/// <param name="curve">The curve, found to run through all of the chain.</param>
/// <param name="chain">The chain.</param>
/// <param name="units">A unit of length for x and for y.</param>
internal sealed class CorridorProof(PlaneEnclosure f, Curve curve, SkeletonChain chain, double[] units)
{
    // Half the width of a corridor, as a share of its segment, and the least, in units: a corner that turns by little may lie between two points.
    private const double WidthShare = 1.0 / 16;
    private const double LeastWidth = 1e-9;

    // A patch's direction may lean towards its arc so far.
    private const double LeastSine = 1.0 / 64;

    // The most pieces of a side to look at.
    private const int Pieces = 4096;

    // From a side of the box down to rounding.
    private const int Halvings = 48;

    // What rounding does to the place of a side, in ulp of its coordinates.
    private const double Ulps = 8 * 2.220446049250313e-16;

    private readonly int _count = chain.Arcs.Length;
    private readonly Stack<(double From, double To)> _pieces = new();
    private readonly Dictionary<Patch, int> _sides = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<EdgeRoot, (double X, double Y)> _places = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether every arc of the chain stays by the curve.</summary>
    /// <param name="seed">A point of the curve.</param>
    /// <param name="arc">The arc that it lies on.</param>
    /// <param name="isForward">Whether the curve runs from the chain's beginning to its end; a closed one is tried both ways.</param>
    /// <param name="cancellation">Ends the proof, which has then failed.</param>
    public bool Holds(int seed, int arc, bool isForward, CancellationToken cancellation) =>
        chain.Closed
            ? Runs(seed, arc, +1, cancellation) || Runs(seed, arc, -1, cancellation)
            : Runs(0, isForward ? 0 : _count - 1, isForward ? +1 : -1, cancellation);

    /// <summary>Walks through the points and the roots between them, arc by arc.</summary>
    private bool Runs(int first, int arc, int direction, CancellationToken cancellation)
    {
        (double X, double Y) from = chain.Closed ? At(first) : Place(Entrance(arc, direction));
        int passed = 0;
        int last = chain.Closed ? curve.Count : curve.Count - 1;
        for (int i = chain.Closed ? 1 : 0; i <= last; i++)
        {
            int point = (first + i) % curve.Count;
            bool isBack = chain.Closed && i == last;
            while (isBack ? passed < _count : !ChainFollowing.IsOn(Arc(arc, direction * passed), curve.Point(point)))
            {
                (double X, double Y) exit = Place(Entrance(arc + direction * passed, -direction));
                if (passed == _count || !IsBeside(from, exit, Arc(arc, direction * passed).Patch))
                {
                    return false;
                }

                (from, passed) = (exit, passed + 1);
            }

            if (cancellation.IsCancellationRequested || !IsBeside(from, At(point), Arc(arc, direction * passed).Patch))
            {
                return false;
            }

            from = At(point);
        }

        return chain.Closed || passed == _count - 1;
    }

    private SkeletonArc Arc(int first, int steps) => chain.Arcs[((first + steps) % _count + _count) % _count];

    /// <summary>The root by which the way in a direction comes into an arc.</summary>
    private EdgeRoot Entrance(int arc, int direction)
    {
        int k = (arc % _count + _count) % _count;
        return chain.Roots[direction > 0 ? k : k + 1];
    }

    private (double X, double Y) At(int point) => (curve.Point(point)[0], curve.Point(point)[1]);

    /// <summary>A root's place: its segment has other signs at its ends, and is halved until rounding decides.</summary>
    private (double X, double Y) Place(EdgeRoot root)
    {
        if (_places.TryGetValue(root, out (double X, double Y) known))
        {
            return known;
        }

        (double low, double high) = (root.Segment.From, root.Segment.To);
        for (int k = 0; k < Halvings; k++)
        {
            double middle = low + (high - low) / 2;
            Interval value = f.Value(root.Segment.Point(middle));
            if (value.Contains(0))
            {
                (low, high) = (middle, middle);
                break;
            }

            (low, high) = value.Low > 0 == root.Slope.Low > 0 ? (low, middle) : (middle, high);
        }

        Rectangle place = root.Segment.Point(low + (high - low) / 2);
        _places.Add(root, (place.Left, place.Bottom));
        return (place.Left, place.Bottom);
    }

    /// <summary>Whether the arc of a patch runs by the segment between two points of it.</summary>
    private bool IsBeside((double X, double Y) p, (double X, double Y) q, Patch patch)
    {
        Rectangle cell = patch.Cell;
        p = (Math.Clamp(p.X, cell.Left, cell.Right), Math.Clamp(p.Y, cell.Bottom, cell.Top));
        q = (Math.Clamp(q.X, cell.Left, cell.Right), Math.Clamp(q.Y, cell.Bottom, cell.Top));
        double length = Norm(q.X - p.X, q.Y - p.Y);
        double norm = Norm(patch.Direction.X, patch.Direction.Y);
        double area = (q.X - p.X) * patch.Direction.Y - (q.Y - p.Y) * patch.Direction.X;
        double sine = length > 0 ? Math.Abs(area) / (units[0] * units[1] * length * norm) : 1;
        double share = Math.Max(WidthShare * length, LeastWidth) / (norm * Math.Max(LeastSine, sine));
        (double x, double y) = (patch.Direction.X * share, patch.Direction.Y * share);
        int sign = Side(patch);
        return HasSign((p.X + x, p.Y + y), (q.X + x, q.Y + y), cell, sign)
            && HasSign((p.X - x, p.Y - y), (q.X - x, q.Y - y), cell, -sign);
    }

    /// <summary>+1 where f grows along the patch's direction, -1 where it falls.</summary>
    private int Side(Patch patch)
    {
        if (!_sides.TryGetValue(patch, out int side))
        {
            side = f.Along(patch.Cell, patch.Direction.X, patch.Direction.Y).Slope.Low > 0 ? +1 : -1;
            _sides.Add(patch, side);
        }

        return side;
    }

    /// <summary>Whether f - c has a sign all along a segment, as far as it lies in a cell.</summary>
    private bool HasSign((double X, double Y) p, (double X, double Y) q, Rectangle cell, int sign)
    {
        double slackX = Ulps * Math.Max(Math.Abs(p.X), Math.Abs(q.X));
        double slackY = Ulps * Math.Max(Math.Abs(p.Y), Math.Abs(q.Y));
        int left = Pieces;
        _pieces.Clear();
        _pieces.Push((0, 1));
        while (_pieces.TryPop(out (double From, double To) piece))
        {
            Rectangle place = Between(p, q, piece.From).Hull(Between(p, q, piece.To)).Grown(slackX, slackY);
            if (!place.Meets(cell))
            {
                continue;
            }

            Interval value = f.Value(place.Cut(cell));
            if (sign > 0 ? value.Low > 0 : value.High < 0)
            {
                continue;
            }

            if (--left < 0 || (sign > 0 ? value.High < 0 : value.Low > 0))
            {
                return false;
            }

            double middle = (piece.From + piece.To) / 2;
            _pieces.Push((piece.From, middle));
            _pieces.Push((middle, piece.To));
        }

        return true;
    }

    private static Rectangle Between((double X, double Y) p, (double X, double Y) q, double t) =>
        Rectangle.Point((1 - t) * p.X + t * q.X, (1 - t) * p.Y + t * q.Y);

    private double Norm(double x, double y) => Math.Sqrt(x / units[0] * (x / units[0]) + y / units[1] * (y / units[1]));
}
