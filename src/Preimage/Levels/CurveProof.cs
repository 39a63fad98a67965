using Preimage.Enclosing;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>
/// Proves a traced curve stretch by stretch, from border to border or all round: then it is a whole connected component. Stretches hold the same
/// side of f on their left, so that the way along the level set never turns back.
/// </summary>
internal sealed class CurveProof(PlaneEnclosure f, Curve curve, double[] units)
{
    // More failures than this are no place, but a curve whose steps are too long everywhere.
    private const int MostFailures = 32;

    private readonly StretchProof _proof = new(f, curve.Points.AsMemory(), curve.Closed, units);

    /// <summary>The segments that could not be proved, each by its first point, up to the first thirty-two; none where all of the curve was.</summary>
    /// <param name="chain">The chain that the curve is said to be; its ends are the zeros on the border that the curve must end on.</param>
    /// <param name="isForward">Whether the curve runs from the chain's beginning to its end.</param>
    /// <param name="cancellation">Ends the proof: the rest has failed.</param>
    public IReadOnlyList<int> Failures(SkeletonChain chain, bool isForward, CancellationToken cancellation)
    {
        int segments = _proof.Segments;
        List<int> failures = [];
        Stretch? first = null;
        Stretch? before = null;
        int size = 1;
        for (int at = 0; at < segments && failures.Count < MostFailures; )
        {
            Stretch? next = cancellation.IsCancellationRequested ? null : Next(at, ref size, before);
            if (next is { } stretch)
            {
                first ??= stretch;
                at = stretch.Last;
            }
            else
            {
                failures.Add(at++);
            }

            before = next;
        }

        if (failures.Count == 0)
        {
            Close(first, before, chain, isForward, failures);
        }

        return failures;
    }

    /// <summary>The longest stretch from a point that can be proved by doubling and halving the one before, and joined to it.</summary>
    private Stretch? Next(int at, ref int size, Stretch? before)
    {
        for (size = Math.Min(size, _proof.Segments - at); size > 0; size /= 2)
        {
            if (Joined(at, at + size, before) is { } stretch)
            {
                size *= 2;
                return stretch;
            }
        }

        size = 1;
        for (int back = 0; back <= (before is { } b && b.First < at ? 1 : 0); back++)
        {
            for (int last = at + 2 - back; last <= Math.Min(at + 3 - back, _proof.Segments); last++)
            {
                if (Joined(at - back, last, before) is { } stretch)
                {
                    return stretch;
                }
            }
        }

        return null;
    }

    private Stretch? Joined(int first, int last, Stretch? before) =>
        _proof.Prove(first, last) is { } stretch && (before is not { } b || b.IsJoined(stretch)) ? stretch : null;

    /// <summary>Joins the last stretch to the first, or both to the zeros on the border; else names them.</summary>
    private void Close(Stretch? first, Stretch? last, SkeletonChain chain, bool isForward, List<int> failures)
    {
        if (first is not { } start || last is not { } end)
        {
            failures.Add(0);
            return;
        }

        if (curve.Closed)
        {
            if (!end.IsJoined(start))
            {
                failures.Add(0);
            }

            return;
        }

        EdgeRoot from = isForward ? chain.Roots[0] : chain.Roots[^1];
        EdgeRoot to = isForward ? chain.Roots[^1] : chain.Roots[0];
        if (start.Side != Inward(from) || !(Distance(from, 0) <= start.Slack))
        {
            failures.Add(0);
        }

        if (!(Distance(to, _proof.Count - 1) <= end.Slack))
        {
            failures.Add(_proof.Segments - 1);
        }
    }

    /// <summary>+1 where f is larger on the left of the way from a zero on the border into the box, -1 where it is smaller.</summary>
    private static int Inward(EdgeRoot root) =>
        (root.Slope.Low > 0 ? 1 : -1) * (root.Segment.IsVertical ? 1 : -1) * (root.Before is null ? 1 : -1);

    /// <summary>The distance from a point on an edge to the zero there, at most, in units.</summary>
    private double Distance(EdgeRoot root, int point)
    {
        (double x, double y) = _proof.Point(point);
        Segment s = root.Segment;
        double at = s.IsVertical ? y : x;
        double distance = Math.Max(Math.Abs(at - s.From), Math.Abs(at - s.To));
        if (at >= s.From && at <= s.To)
        {
            distance = Math.Min(distance, f.Value(s.Point(at)).Magnitude / root.Slope.Mignitude);
        }

        distance = Math.BitIncrement(distance);
        bool isOnEdge = (s.IsVertical ? x : y) == s.Line;
        return !isOnEdge ? double.PositiveInfinity
            : s.IsVertical ? _proof.Length(0, distance)
            : _proof.Length(distance, 0);
    }
}
