using System.Collections.Immutable;

namespace Preimage.Enclosing;

/// <summary>
/// The topology of { x in box : f(x) = c }, f: R^2 -> R, proved: every chain is one connected component that crosses the sides of its patches
/// where its roots are and nowhere else, and outside the chains and the clusters there is none of the level set.
/// </summary>
internal sealed record Skeleton
{
    /// <summary>Nothing: the level lies outside the range of f.</summary>
    public static Skeleton Empty { get; } =
        new()
        {
            Chains = [],
            Clusters = [],
            Enclosures = 0,
            IsUnlucky = false,
        };

    /// <summary>The components, and the pieces that lead into clusters.</summary>
    public required ImmutableArray<SkeletonChain> Chains { get; init; }

    /// <summary>Touching undecided cells, as their hulls.</summary>
    public required ImmutableArray<SkeletonCluster> Clusters { get; init; }

    /// <summary>How many enclosures it took.</summary>
    public required long Enclosures { get; init; }

    /// <summary>Whether a cluster stands where f is monotone, and only a vertex or a side of the subdivision lies badly: cut elsewhere, it may vanish.</summary>
    public required bool IsUnlucky { get; init; }

    /// <summary>Whether nothing is undecided.</summary>
    public bool IsComplete => Clusters.IsEmpty;
}

/// <summary>An undecided place.</summary>
/// <param name="Hull">The hull of its cells.</param>
/// <param name="Cells">How many cells it has.</param>
/// <param name="IsMonotone">Whether f is monotone along some direction in each of its cells.</param>
internal readonly record struct SkeletonCluster(Rectangle Hull, int Cells, bool IsMonotone);

/// <summary>The part of a component in one patch: the graph across the patch's direction between two roots.</summary>
internal sealed record SkeletonArc(Patch Patch, EdgeRoot Low, EdgeRoot High)
{
    /// <summary>The end that is not the given one.</summary>
    public EdgeRoot Other(EdgeRoot root) => ReferenceEquals(root, Low) ? High : Low;
}

/// <summary>A connected component, or a piece of one between clusters: its arcs in order.</summary>
/// <param name="Arcs">The arcs in order.</param>
/// <param name="Roots">Their ends in order: one more than arcs; on a closed chain the last is the first.</param>
/// <param name="StartCluster">The cluster that it begins in; -1 where it begins on the border of the box or is closed.</param>
/// <param name="EndCluster">The cluster that it ends in, likewise.</param>
internal sealed record SkeletonChain(
    ImmutableArray<SkeletonArc> Arcs,
    ImmutableArray<EdgeRoot> Roots,
    int StartCluster,
    int EndCluster
)
{
    /// <summary>Whether it is a closed curve.</summary>
    public bool Closed => ReferenceEquals(Roots[0], Roots[^1]);

    /// <summary>Whether it is a whole component.</summary>
    public bool IsWhole => StartCluster < 0 && EndCluster < 0;
}

/// <summary>Finds the skeleton of a level set by subdivision.</summary>
internal sealed record SkeletonSearch
{
    // Where cells are split: off the middle and different in x and y, so that the symmetric levels of symmetric maps do not pass through
    // vertices; the others where the first is unlucky.
    private static readonly (double, double)[] Fractions = [(0.4871, 0.5063), (0.5217, 0.4793), (0.4639, 0.5381)];

    /// <summary>The smallest side of a cell, as a share of the box's: near a critical point of a level the rounding of f hides what is smaller.</summary>
    public double Smallest { get; init; } = 1.0 / (1 << 26);

    /// <summary>The most cells to look at.</summary>
    public int Cells { get; init; } = 100_000;

    /// <summary>Finds the skeleton. What was not decided when cancelled is in clusters.</summary>
    /// <param name="f">f: R^2 -> R.</param>
    /// <param name="level">c.</param>
    /// <param name="box">A bounded box.</param>
    /// <param name="cancellation">Ends the search.</param>
    public Skeleton Find(ITangentEnclosedMap f, double level, Rectangle box, CancellationToken cancellation)
    {
        PlaneEnclosure enclosure = new(f, level);
        Skeleton? best = null;
        foreach ((double, double) fraction in Fractions)
        {
            Subdivision subdivision = new(enclosure, box, this, fraction);
            subdivision.Run(cancellation);
            Skeleton skeleton = new PatchWeaving(subdivision).Join(cancellation);
            best = best is null || skeleton.Clusters.Length < best.Clusters.Length ? skeleton : best;
            if (!skeleton.IsUnlucky || cancellation.IsCancellationRequested)
            {
                break;
            }
        }

        return best! with
        {
            Enclosures = enclosure.Count,
        };
    }
}
