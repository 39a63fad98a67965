using Preimage.Enclosing;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>
/// Proves a traced curve stretch by stretch, from border to border or all round: then it is a whole connected component. Stretches hold the same
/// side of f on their left, so that the way along the level set never turns back.
/// </summary>
/// <param name="f">f - c.</param>
/// <param name="curve">The curve.</param>
/// <param name="chain">The chain that it is said to be; its ends are the zeros on the border that the curve must end on.</param>
/// <param name="units">A unit of length for x and for y.</param>
internal sealed class CurveProof(PlaneEnclosure f, Curve curve, SkeletonChain chain, double[] units)
{
    // More failures than this say no more.
    private const int MostFailures = 512;

    // Where a segment cannot be proved by itself, so many together: a corner needs both its sides, a steep graph its points near to each other.
    private static readonly int[] Around = [2, 3, 8, 16];

    // So many places are looked at so thoroughly: more are steps that are too long.
    private const int MostCorners = 64;

    private int _corners;

    private readonly StretchProof _proof = new(f, curve.Points.AsMemory(), curve.Closed, units)
    {
        Patches = [.. chain.Arcs.Select(a => a.Patch)],
    };

    /// <summary>The segments that could not be proved, each by its first point, not all where they are many; none where all of the curve was.</summary>
    /// <param name="isForward">Whether the curve runs from the chain's beginning to its end.</param>
    /// <param name="cancellation">Ends the proof: the rest has failed.</param>
    public IReadOnlyList<int> Failures(bool isForward, CancellationToken cancellation)
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
            Close(first, before, isForward, failures);
        }

        return failures;
    }

    /// <summary>The longest stretch from a point that can be proved by doubling and halving the one before, and joined to it.</summary>
    private Stretch? Next(int at, ref int size, Stretch? before)
    {
        for (size = Math.Min(size, _proof.Segments - at); size > 0; size /= 2)
        {
            if (Joined(at, at + size, before, size == 1) is { } stretch)
            {
                size *= 2;
                return stretch;
            }
        }

        size = 1;
        if (_corners++ >= MostCorners)
        {
            return null;
        }

        for (int back = 0; back <= (before is { } b ? Math.Min(2, at - b.First) : 0); back++)
        {
            foreach (int more in Around)
            {
                int last = at + more - back;
                if (last > at && last <= _proof.Segments && Joined(at - back, last, before, true) is { } stretch)
                {
                    return stretch;
                }
            }
        }

        return null;
    }

    private Stretch? Joined(int first, int last, Stretch? before, bool isThorough) =>
        _proof.Prove(first, last, isThorough) is { } stretch && (before is not { } b || b.IsJoined(stretch))
            ? stretch
            : null;

    /// <summary>Joins the last stretch to the first, or both to the zeros on the border; else names them.</summary>
    private void Close(Stretch? first, Stretch? last, bool isForward, List<int> failures)
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
        if (start.Side != Inward(from) || !IsNear(from, 0, start.Slack))
        {
            failures.Add(0);
        }

        if (!IsNear(to, _proof.Count - 1, end.Slack))
        {
            failures.Add(_proof.Segments - 1);
        }
    }

    /// <summary>+1 where f is larger on the left of the way from a zero on the border into the box, -1 where it is smaller.</summary>
    private static int Inward(EdgeRoot root) =>
        (root.Slope.Low > 0 ? 1 : -1) * (root.Segment.IsVertical ? 1 : -1) * (root.Before is null ? 1 : -1);

    /// <summary>Whether a point lies on an edge within a distance, in units, of the zero there: f has other signs so far on both sides.</summary>
    private bool IsNear(EdgeRoot root, int point, double slack)
    {
        (double x, double y) = _proof.Point(point);
        Segment s = root.Segment;
        double at = s.IsVertical ? y : x;
        double reach = (s.IsVertical ? units[1] : units[0]) * slack / 4;
        double low = Math.Max(s.From, at - reach);
        double high = Math.Min(s.To, at + reach);
        return (s.IsVertical ? x : y) == s.Line
            && low <= high
            && Math.Max(at - low, high - at) <= 2 * reach
            && (low == s.From || IsOn(low, -1))
            && (high == s.To || IsOn(high, +1));

        bool IsOn(double place, int side)
        {
            Interval value = f.Value(s.Point(place));
            return (root.Slope.Low > 0 ? side : -side) > 0 ? value.Low > 0 : value.High < 0;
        }
    }
}
