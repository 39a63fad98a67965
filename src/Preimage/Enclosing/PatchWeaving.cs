using System.Collections.Immutable;

namespace Preimage.Enclosing;

/// <summary>
/// Joins the patches of a subdivision to components. The zeros on each common side of two patches are isolated once for both. In a patch where f
/// is monotone along u the level set is a graph over the line across u that ends only at the patch's sides, so its crossings, sorted across u,
/// are the ends of its arcs in pairs.  [Snyder1992]
/// </summary>
internal sealed class PatchWeaving(Subdivision subdivision)
{
    // Zeros on a common side must be isolated with so many pieces.
    private const int SidePieces = 4096;

    // Each step of Newton's method halves a root's place at least: more tell that rounding is reached.
    private const int NarrowSteps = 60;

    private readonly List<Patch> _patches = subdivision.Patches;
    private readonly List<EdgeRoot> _found = [];

    /// <summary>The skeleton; what is not joined when cancelled is in clusters.</summary>
    public Skeleton Join(CancellationToken cancellation)
    {
        Neighbours[] pairs = [.. PatchBorders.Of(_patches)];
        foreach (Neighbours pair in pairs)
        {
            if (cancellation.IsCancellationRequested)
            {
                pair.Before.IsDecided = false;
                pair.After.IsDecided = false;
            }
            else if ((pair.Before.IsDecided || pair.After.IsDecided) && pair.Common.Length > 0)
            {
                Cross(pair);
            }
        }

        foreach (Patch patch in _patches)
        {
            patch.IsDecided = patch.IsDecided && !cancellation.IsCancellationRequested && Pair(patch);
        }

        ImmutableArray<SkeletonCluster> clusters = PatchClusters.Gather(_patches, pairs);
        return new Skeleton
        {
            Chains = Chains(),
            Clusters = clusters,
            Enclosures = 0, // counted by the search, over all its subdivisions
            IsUnlucky = clusters.Any(c => c.IsMonotone && !IsOnBorder(c.Hull)),
        };
    }

    private bool IsOnBorder(Rectangle r)
    {
        Rectangle box = subdivision.Box;
        return r.Left == box.Left || r.Right == box.Right || r.Bottom == box.Bottom || r.Top == box.Top;
    }

    /// <summary>Isolates the roots on a common side.</summary>
    private void Cross(Neighbours pair)
    {
        bool isVertical = pair.Common.IsVertical;
        Interval slope = isVertical ? pair.Before.DY.Cut(pair.After.DY) : pair.Before.DX.Cut(pair.After.DX);
        _found.Clear();
        if (!subdivision.Edges.Find(pair.Common, slope, SidePieces, _found))
        {
            pair.Before.IsDecided = false;
            pair.After.IsDecided = false;
            return;
        }

        foreach (EdgeRoot root in _found)
        {
            (root.Before, root.After) = (pair.Before, pair.After);
            pair.Before.Roots.Add(root);
            pair.After.Roots.Add(root);
        }
    }

    /// <summary>Sorts a patch's roots across its direction and pairs them.</summary>
    /// <returns>Whether their order could be told.</returns>
    private bool Pair(Patch patch)
    {
        List<EdgeRoot> roots = patch.Roots;
        if (roots.Count % 2 != 0)
        {
            return false;
        }

        if (roots.Count > 2)
        {
            if (!Sort(patch))
            {
                return false;
            }
        }

        for (int k = 0; k < roots.Count; k += 2)
        {
            patch.Arcs.Add(new SkeletonArc(patch, roots[k], roots[k + 1]));
        }

        return true;
    }

    private bool Sort(Patch patch)
    {
        List<EdgeRoot> roots = patch.Roots;
        for (int step = 0; step < NarrowSteps; step++)
        {
            roots.Sort((p, q) => patch.Across(p.Place).Low.CompareTo(patch.Across(q.Place).Low));
            bool isSorted = true;
            for (int k = 0; k + 1 < roots.Count; k++)
            {
                if (patch.Across(roots[k].Place).High >= patch.Across(roots[k + 1].Place).Low)
                {
                    isSorted = false;
                    subdivision.Edges.Narrow(roots[k]);
                    subdivision.Edges.Narrow(roots[k + 1]);
                }
            }

            if (isSorted)
            {
                return true;
            }
        }

        return false;
    }

    private ImmutableArray<SkeletonChain> Chains()
    {
        HashSet<SkeletonArc> walked = new(ReferenceEqualityComparer.Instance);
        List<SkeletonChain> chains = [];
        SkeletonArc[] arcs = [.. _patches.Where(p => p.IsDecided).SelectMany(p => p.Arcs)];
        foreach (SkeletonArc arc in arcs)
        {
            foreach (EdgeRoot root in (ReadOnlySpan<EdgeRoot>)[arc.Low, arc.High])
            {
                if (!walked.Contains(arc) && root.Beyond(arc.Patch) is not { IsDecided: true })
                {
                    chains.Add(Walk(arc, root, walked));
                }
            }
        }

        // What no border and no cluster cuts is closed.
        foreach (SkeletonArc arc in arcs)
        {
            if (!walked.Contains(arc))
            {
                chains.Add(Walk(arc, arc.Low, walked));
            }
        }

        return [.. chains];
    }

    /// <summary>Walks from an end of an arc until the border, a cluster, or the beginning.</summary>
    private static SkeletonChain Walk(SkeletonArc? arc, EdgeRoot from, HashSet<SkeletonArc> walked)
    {
        List<SkeletonArc> arcs = [];
        List<EdgeRoot> roots = [from];
        int start = Outside(from.Beyond(arc!.Patch));
        int end = -1;
        while (arc is not null && walked.Add(arc))
        {
            arcs.Add(arc);
            from = arc.Other(from);
            roots.Add(from);
            Patch? next = from.Beyond(arc.Patch);
            end = Outside(next);
            arc = next is { IsDecided: true }
                ? next.Arcs.Find(a => ReferenceEquals(a.Low, from) || ReferenceEquals(a.High, from))
                : null;
        }

        return new SkeletonChain([.. arcs], [.. roots], start, end);

        static int Outside(Patch? patch) => patch is { IsDecided: false } ? patch.Cluster : -1;
    }
}
