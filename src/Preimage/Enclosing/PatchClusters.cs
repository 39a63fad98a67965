using System.Collections.Immutable;

namespace Preimage.Enclosing;

/// <summary>Clusters of touching undecided patches.</summary>
internal static class PatchClusters
{
    /// <summary>Numbers the clusters of touching undecided patches.</summary>
    public static ImmutableArray<SkeletonCluster> Gather(IReadOnlyList<Patch> patches, IReadOnlyList<Neighbours> pairs)
    {
        Dictionary<Patch, Patch> parents = [];
        foreach (Neighbours pair in pairs)
        {
            if (!pair.Before.IsDecided && !pair.After.IsDecided)
            {
                Patch first = Root(pair.Before);
                Patch second = Root(pair.After);
                if (!ReferenceEquals(first, second))
                {
                    parents[second] = first;
                }
            }
        }

        List<SkeletonCluster> clusters = [];
        foreach (Patch patch in patches.Where(p => !p.IsDecided))
        {
            Patch root = Root(patch);
            if (root.Cluster < 0)
            {
                root.Cluster = clusters.Count;
                clusters.Add(new SkeletonCluster(root.Cell, 0, true));
            }

            patch.Cluster = root.Cluster;
            SkeletonCluster cluster = clusters[root.Cluster];
            clusters[root.Cluster] = new SkeletonCluster(
                cluster.Hull.Hull(patch.Cell),
                cluster.Cells + 1,
                cluster.IsMonotone && patch.IsMonotone
            );
        }

        return [.. clusters];

        Patch Root(Patch patch)
        {
            while (parents.TryGetValue(patch, out Patch? parent))
            {
                if (parents.TryGetValue(parent, out Patch? further))
                {
                    parents[patch] = further;
                }

                patch = parent;
            }

            return patch;
        }
    }
}
