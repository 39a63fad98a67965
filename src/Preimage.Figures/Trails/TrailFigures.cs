using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>What is computed of a trail for its figures.</summary>
internal static class TrailFigures
{
    // Two outputs closer than this share of the first point's largest one are equal up to rounding, and their order says nothing.
    private const double Rounding = 16 * 2.220446049250313e-16;

    /// <summary>Euclidean distances of the points from the target, or from the start where there is none: [Count].</summary>
    public static double[] Distances(TrailReport report, Cloud cloud) =>
        Distances(cloud, (report.Target.IsEmpty ? report.Start : report.Target).AsSpan());

    /// <summary>How often the outputs' order changed: over the whole run where it was counted, else over the points.</summary>
    public static long Changes(Trail trail) => trail.RankingChanges ?? RankingChanges(trail).Count;

    /// <summary>The points at which the outputs' order of size is not that of the point before it in its chain.</summary>
    public static List<int> RankingChanges(Trail trail)
    {
        List<int> changes = [];
        Cloud cloud = trail.Cloud;
        int[] order = [];
        double tolerance = Rounding * Largest(cloud.Value(0));
        for (int i = 0; i < cloud.Count; i++)
        {
            ReadOnlySpan<double> value = cloud.Value(i);
            bool isFirst = i == 0 || (!trail.Chains.IsEmpty && trail.Chains[i] != trail.Chains[i - 1]);
            if (!isFirst && IsOrdered(value, order, tolerance))
            {
                continue;
            }

            if (!isFirst)
            {
                changes.Add(i);
            }

            double[] falling = value.ToArray();
            order = [.. Enumerable.Range(0, falling.Length).OrderByDescending(k => falling[k])];
        }

        return changes;
    }

    /// <summary>The largest finite size; 0 of none.</summary>
    public static double Largest(ReadOnlySpan<double> value)
    {
        double largest = 0;
        foreach (double v in value)
        {
            largest = double.IsFinite(v) ? Math.Max(largest, Math.Abs(v)) : largest;
        }

        return largest;
    }

    private static bool IsOrdered(ReadOnlySpan<double> value, int[] order, double tolerance)
    {
        for (int k = 1; k < order.Length; k++)
        {
            if (value[order[k]] - value[order[k - 1]] > tolerance)
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Distances(Cloud cloud, ReadOnlySpan<double> from)
    {
        double[] distances = new double[cloud.Count];
        for (int i = 0; i < distances.Length; i++)
        {
            ReadOnlySpan<double> point = cloud.Point(i);
            double sum = 0;
            for (int d = 0; d < point.Length; d++)
            {
                double difference = point[d] - from[d];
                sum += difference * difference;
            }

            distances[i] = Math.Sqrt(sum);
        }

        return distances;
    }
}
