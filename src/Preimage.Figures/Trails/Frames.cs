namespace Preimage.Figures.Trails;

/// <summary>Which points of a trail are shown, where all are too many.</summary>
internal static class Frames
{
    /// <summary>At most so many of the places 0 to count - 1, evenly, the first and the last among them.</summary>
    public static int[] Even(int count, int most) =>
        count <= most ? [.. Enumerable.Range(0, count)]
        : most < 2 ? [0]
        : [.. Enumerable.Range(0, most).Select(k => (int)Math.Round(k * (count - 1.0) / (most - 1)))];

    /// <summary>The chains as ranges of points: from, and how many.</summary>
    public static IEnumerable<(int From, int Count)> Chains(Trail trail)
    {
        int from = 0;
        for (int i = 1; i <= trail.Cloud.Count; i++)
        {
            if (i == trail.Cloud.Count || (!trail.Chains.IsEmpty && trail.Chains[i] != trail.Chains[i - 1]))
            {
                yield return (from, i - from);
                from = i;
            }
        }
    }

    /// <summary>At most so many points, evenly from every chain.</summary>
    public static int[] Even(Trail trail, int most)
    {
        (int From, int Count)[] chains = [.. Chains(trail)];
        int each = Math.Max(1, most / chains.Length);
        return [.. chains.SelectMany(c => Even(c.Count, each).Select(i => c.From + i)).Take(most)];
    }
}
