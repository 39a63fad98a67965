namespace Preimage.Enclosing;

/// <summary>Two patches whose closed cells touch on a line, with what is common to their sides; a point where only corners touch.</summary>
internal readonly record struct Neighbours(Patch Before, Patch After, Segment Common);

/// <summary>Which patches touch. Neighbouring cells share the coordinate of their common line to the bit.</summary>
internal static class PatchBorders
{
    /// <summary>All pairs that touch: along vertical lines from left to right, then along horizontal ones from below.</summary>
    public static IEnumerable<Neighbours> Of(IReadOnlyList<Patch> patches) =>
        [.. Along(patches, true), .. Along(patches, false)];

    private static IEnumerable<Neighbours> Along(IReadOnlyList<Patch> patches, bool isVertical)
    {
        Dictionary<double, (List<Patch> Before, List<Patch> After)> lines = [];
        foreach (Patch patch in patches)
        {
            Rectangle c = patch.Cell;
            On(isVertical ? c.Right : c.Top).Before.Add(patch);
            On(isVertical ? c.Left : c.Bottom).After.Add(patch);
        }

        foreach ((double line, (List<Patch> before, List<Patch> after)) in lines.OrderBy(l => l.Key))
        {
            before.Sort((p, q) => Low(p).CompareTo(Low(q)));
            after.Sort((p, q) => Low(p).CompareTo(Low(q)));
            foreach (Neighbours pair in Merge(before, after, new Segment(isVertical, line, 0, 0)))
            {
                yield return pair;
            }
        }

        double Low(Patch p) => isVertical ? p.Cell.Bottom : p.Cell.Left;

        (List<Patch> Before, List<Patch> After) On(double line)
        {
            if (!lines.TryGetValue(line, out var sides))
            {
                lines.Add(line, sides = ([], []));
            }

            return sides;
        }
    }

    /// <summary>The touching pairs of two rows of disjoint sides in ascending order.</summary>
    private static IEnumerable<Neighbours> Merge(List<Patch> before, List<Patch> after, Segment line)
    {
        int first = 0;
        foreach (Patch p in before)
        {
            (double low, double high) = Side(p, line.IsVertical);
            while (first < after.Count && Side(after[first], line.IsVertical).High < low)
            {
                first++;
            }

            for (int k = first; k < after.Count && Side(after[k], line.IsVertical).Low <= high; k++)
            {
                (double from, double to) = Side(after[k], line.IsVertical);
                yield return new Neighbours(
                    p,
                    after[k],
                    line with
                    {
                        From = Math.Max(low, from),
                        To = Math.Min(high, to),
                    }
                );
            }
        }
    }

    private static (double Low, double High) Side(Patch p, bool isVertical) =>
        isVertical ? (p.Cell.Bottom, p.Cell.Top) : (p.Cell.Left, p.Cell.Right);
}
