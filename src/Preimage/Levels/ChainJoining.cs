using System.Collections.Immutable;
using Preimage.Enclosing;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>
/// Makes components of traced chains: a chain that ends nowhere undecided is one; chains that lead to a proved critical point through which the
/// level passes, as far as doubles can tell, are branches of one, each led on to that point.
/// </summary>
internal sealed class ChainJoining(Survey survey, ImmutableArray<UndecidedCell> undecided, ChainTracing tracing)
{
    public IEnumerable<LevelComponent> Join(IReadOnlyList<TracedChain> chains)
    {
        int[] parents = [.. Enumerable.Range(0, undecided.Length + chains.Count)];
        for (int i = 0; i < chains.Count; i++)
        {
            foreach (int cluster in (ReadOnlySpan<int>)[chains[i].Chain.StartCluster, chains[i].Chain.EndCluster])
            {
                if (Crossing(cluster) is not null)
                {
                    parents[Root(undecided.Length + i)] = Root(cluster);
                }
            }
        }

        return Enumerable
            .Range(0, chains.Count)
            .GroupBy(i => Root(undecided.Length + i))
            .Select(group => new LevelComponent
            {
                Branches = [.. group.Select(i => Branch(chains[i])).OrderByDescending(c => c.Length)],
                Verdict = group.All(i => chains[i].Verdict == Verdict.Proved) ? Verdict.Proved : Verdict.Unknown,
            });

        int Root(int i)
        {
            while (parents[i] != i)
            {
                parents[i] = parents[parents[i]];
                i = parents[i];
            }

            return i;
        }
    }

    /// <summary>The critical point in a cluster through which the level passes.</summary>
    private CriticalPoint? Crossing(int cluster) =>
        cluster >= 0
        && undecided[cluster].Cause is { } cause
        && Survey.IsThrough(survey.CriticalPoints[cause], tracing.Level)
            ? survey.CriticalPoints[cause]
            : null;

    private Curve Branch(TracedChain traced)
    {
        Curve curve = traced.Curve;
        SkeletonChain chain = traced.Chain;
        (int first, int last) = traced.IsForward
            ? (chain.StartCluster, chain.EndCluster)
            : (chain.EndCluster, chain.StartCluster);
        if (Crossing(first) is { } start)
        {
            curve = curve.With(tracing.Map, tracing.Level, start.At.AsSpan(), false);
        }

        return Crossing(last) is { } end ? curve.With(tracing.Map, tracing.Level, end.At.AsSpan(), true) : curve;
    }
}
