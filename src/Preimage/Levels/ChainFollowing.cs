using Preimage.Enclosing;
using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>
/// Which points of a curve lie on a chain of a skeleton, from the first to the last, whether they run through all of it, and whether forward.
/// </summary>
internal readonly record struct Following(int First, int Last, bool IsWhole, bool IsForward);

/// <summary>
/// Looks up the points of a traced curve in a skeleton's chain. An arc of the chain is all of the level set in its patch between two values of
/// the coordinate across it, so a point of the level set tells which arc it lies on. The points must run along the chain in order, from its
/// beginning to its end, and end on the proved roots: then the curve is that component and nothing else.
/// </summary>
internal sealed class ChainFollowing(SkeletonChain chain, Curve curve)
{
    // A point is known to the rounding of its coordinates, and to a share of the cell that no other arc comes near to.
    private const double Ulps = 32;
    private const double CellShare = 1e-8;

    // A point's own error, in its defect.
    private const double DefectShare = 4;

    // Lengths of polylines agree with sums of distances to rounding.
    private const double LengthRounding = 1e-9;

    private readonly int _count = chain.Arcs.Length;

    /// <summary>Follows the curve from one of its points, which lies on a known arc, both ways.</summary>
    public Following Follow(int seed, int arc)
    {
        if (curve.Closed)
        {
            bool isLoop = chain.Closed && (IsLoop(seed, arc, +1) || IsLoop(seed, arc, -1));
            bool isWhole = isLoop && curve.Length >= LeastLength() * (1 - LengthRounding);
            return new Following(0, curve.Count - 1, isWhole, true);
        }

        Following ahead = Open(seed, arc, +1);
        Following back = Open(seed, arc, -1);
        return ahead.IsWhole ? ahead
            : back.IsWhole ? back
            : ahead.Last - ahead.First >= back.Last - back.First ? ahead
            : back;
    }

    /// <summary>A lower bound of the chain's length: the sum of the distances between its roots.</summary>
    public double LeastLength()
    {
        double sum = 0;
        for (int k = 0; k < _count; k++)
        {
            Rectangle p = chain.Roots[k].Place;
            Rectangle q = chain.Roots[k + 1].Place;
            double x = Math.Max(0, Math.Max(p.Left - q.Right, q.Left - p.Right));
            double y = Math.Max(0, Math.Max(p.Bottom - q.Top, q.Bottom - p.Top));
            sum += Math.Sqrt(x * x + y * y);
        }

        return sum;
    }

    /// <summary>Whether a closed curve goes round the chain once in this direction.</summary>
    private bool IsLoop(int seed, int arc, int direction)
    {
        int passed = 0;
        for (int i = 1; i < curve.Count; i++)
        {
            ReadOnlySpan<double> point = curve.Point((seed + i) % curve.Count);
            int next = passed;
            while (next <= _count && !IsOn(chain.Arcs[Wrapped(arc + direction * next)], point))
            {
                next++;
            }

            if (next > _count)
            {
                return false;
            }

            passed = next;
        }

        return true;
    }

    private Following Open(int seed, int arc, int direction)
    {
        (int last, bool isEnd) = Reach(seed, arc, direction, +1);
        (int first, bool isStart) = Reach(seed, arc, -direction, -1);
        return new Following(first, last, isEnd && isStart && !chain.Closed, direction > 0);
    }

    /// <summary>How far the points run along the chain from the seed, and whether they end on the border where the chain does.</summary>
    private (int Point, bool IsEnd) Reach(int seed, int arc, int direction, int step)
    {
        int point = seed;
        for (int i = seed + step; i >= 0 && i < curve.Count; i += step)
        {
            int next = arc;
            while (next >= 0 && next < _count && !IsOn(chain.Arcs[next], curve.Point(i)))
            {
                next += direction;
            }

            if (next < 0 || next >= _count)
            {
                // A point in the undecided cell behind the chain's last arc still belongs to the chain, as far as that is known.
                return (IsBeyond(direction, curve.Point(i)) ? i : point, false);
            }

            (arc, point) = (next, i);
        }

        EdgeRoot root = direction > 0 ? chain.Roots[^1] : chain.Roots[0];
        int cluster = direction > 0 ? chain.EndCluster : chain.StartCluster;
        Ending ending = step > 0 ? curve.End : curve.Start;
        bool isLast = arc == (direction > 0 ? _count - 1 : 0);
        return (
            point,
            isLast && cluster < 0 && ending == Ending.LeftBox && IsAt(chain.Arcs[arc], root, curve.Point(point))
        );
    }

    internal static bool IsOn(SkeletonArc arc, ReadOnlySpan<double> point)
    {
        Rectangle cell = arc.Patch.Cell;
        double x = CellShare * cell.Width + Ulps * Rounding.Epsilon * Math.Abs(point[0]);
        double y = CellShare * cell.Height + Ulps * Rounding.Epsilon * Math.Abs(point[1]);
        if (!cell.Grown(x, y).Contains(point[0], point[1]))
        {
            return false;
        }

        Interval range = arc.Patch.Across(arc.Low.Place).Hull(arc.Patch.Across(arc.High.Place));
        Interval here = arc.Patch.Across(Rectangle.Point(point[0], point[1]).Grown(x, y));
        return range.Meets(here);
    }

    private bool IsBeyond(int direction, ReadOnlySpan<double> point)
    {
        SkeletonArc last = direction > 0 ? chain.Arcs[^1] : chain.Arcs[0];
        EdgeRoot root = direction > 0 ? chain.Roots[^1] : chain.Roots[0];
        return root.Beyond(last.Patch) is { } patch && patch.Cell.Contains(point[0], point[1]);
    }

    /// <summary>Whether a point is a root's place, to the rounding of the point and of the map.</summary>
    private bool IsAt(SkeletonArc arc, EdgeRoot root, ReadOnlySpan<double> point)
    {
        Rectangle place = root.Place;
        Rectangle cell = arc.Patch.Cell;
        double noise = DefectShare * curve.Defect / root.Slope.Mignitude;
        double x = CellShare * cell.Width + Ulps * Rounding.Epsilon * Math.Abs(point[0]) + noise;
        double y = CellShare * cell.Height + Ulps * Rounding.Epsilon * Math.Abs(point[1]) + noise;
        return root.Segment.IsVertical
            ? point[0] == place.Left && place.Grown(0, y).Contains(point[0], point[1])
            : point[1] == place.Bottom && place.Grown(x, 0).Contains(point[0], point[1]);
    }

    private int Wrapped(int k) => (k % _count + _count) % _count;
}
