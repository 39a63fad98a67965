using Preimage.Enclosing;
using Preimage.Tracing;

namespace Preimage.Levels;

/// <summary>Another stop, and so many evaluations; and, for a chain that ends somewhere undecided, where the run leaves its cells.</summary>
/// <param name="Stop">The other stop.</param>
/// <param name="Evaluations">The most evaluations in each direction.</param>
/// <param name="Cells">The cells not to leave; empty where there is no such bound.</param>
internal sealed record ChainStop(IStop Stop, long Evaluations, IReadOnlyList<Rectangle> Cells) : IStop
{
    /// <summary>The bound for a chain.</summary>
    public static ChainStop Of(IStop stop, long evaluations, SkeletonChain chain) =>
        new(stop, evaluations, chain.IsWhole ? [] : [.. CellsOf(chain)]);

    /// <inheritdoc/>
    public bool Reached(Arc arc) => arc.Evaluations >= Evaluations || IsOutside(arc.From.Point) || Stop.Reached(arc);

    private bool IsOutside(double[] point)
    {
        foreach (Rectangle cell in Cells)
        {
            if (cell.Contains(point[0], point[1]))
            {
                return false;
            }
        }

        return Cells.Count > 0;
    }

    /// <summary>The cells of a chain's arcs, and the undecided ones behind its ends.</summary>
    private static IEnumerable<Rectangle> CellsOf(SkeletonChain chain)
    {
        foreach (SkeletonArc arc in chain.Arcs)
        {
            yield return arc.Patch.Cell;
        }

        if (chain.Roots[0].Beyond(chain.Arcs[0].Patch) is { } before)
        {
            yield return before.Cell;
        }

        if (chain.Roots[^1].Beyond(chain.Arcs[^1].Patch) is { } behind)
        {
            yield return behind.Cell;
        }
    }
}
