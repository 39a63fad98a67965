using System.Diagnostics;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Walking;

/// <summary>A walk by one recipe.</summary>
/// <param name="Name">What the recipe is called.</param>
/// <param name="Walker">The recipe.</param>
/// <param name="Plan">How long it walks, and what it keeps.</param>
internal sealed record Stroll(string Name, Walker Walker, WalkPlan Plan)
{
    /// <summary>Whether its points are a fair sample of the fiber, so that it says something how many independent ones they are worth.</summary>
    public bool IsFair => Walker.Acceptance is ReversibleMetropolis;
}

/// <summary>
/// Walks from one start, one recipe after the other, in short parts: after each it looks whether it is to stop, and now and then it writes its
/// journal. The parts change no bit.
/// </summary>
internal sealed class WalkSession(IMap map, double[] start, Box box, IReadOnlyList<Stroll> strolls)
{
    /// <summary>The time between two looks.</summary>
    private static readonly TimeSpan Part = TimeSpan.FromMilliseconds(200);

    /// <summary>The least time between two states on disk.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    /// <summary>A state takes at most one part in so many of the time.</summary>
    private const int Share = 20;

    // A walk that cannot begin is refused before anything is written.
    private readonly Walk[] _begun = [.. strolls.Select(stroll => stroll.Walker.Begin(map, start, box, stroll.Plan))];
    private readonly Stopwatch _walking = new();
    private readonly Stopwatch _sinceCommit = new();
    private TimeSpan _commit;

    /// <summary>All chains, stroll by stroll.</summary>
    public KeptChain[] Chains { get; } =
    [
        .. strolls.SelectMany(stroll =>
            Enumerable.Range(0, stroll.Plan.Chains).Select(_ => new KeptChain(map.Inputs, map.Outputs))
        ),
    ];

    /// <summary>How long the strolls took in this session, without the writing: [strolls].</summary>
    public double[] Seconds { get; } = new double[strolls.Count];

    /// <summary>How many steps the strolls took in this session, warm-ups included: [strolls].</summary>
    public long[] Taken { get; } = new long[strolls.Count];

    /// <summary>All steps that there are to do, warm-ups included.</summary>
    public long Total => strolls.Sum(s => s.Plan.Chains * (s.Plan.Steps + s.Plan.WarmUp));

    /// <summary>Walks to the end, or until it is cancelled; says how many steps are done.</summary>
    public Walk[] Run(WalkJournal? journal, Action<long> progress, CancellationToken cancellation)
    {
        journal?.Commit(Chains);
        _sinceCommit.Restart();
        Walk[] walks = new Walk[strolls.Count];
        int first = 0;
        for (int k = 0; k < strolls.Count; k++)
        {
            walks[k] = Run(k, first, journal, progress, cancellation);
            first += strolls[k].Plan.Chains;
        }

        journal?.Commit(Chains);
        return walks;
    }

    private Walk Run(int k, int first, WalkJournal? journal, Action<long> progress, CancellationToken cancellation)
    {
        Stroll stroll = strolls[k];
        ArraySegment<KeptChain> chains = new(Chains, first, stroll.Plan.Chains);
        Walk begun = _begun[k];
        for (int i = 0; i < chains.Count; i++)
        {
            chains[i].State ??= begun.Chains[i].State;
        }

        Walk bare = begun with { Chains = [.. chains.Select(chain => chain.Bare)] };
        for (long part = 1; !Walker.IsDone(bare, stroll.Plan) && !cancellation.IsCancellationRequested; )
        {
            long before = Done(chains);
            _walking.Restart();
            Walk gone = stroll.Walker.Resume(map, bare, box, stroll.Plan with { Pause = part }, cancellation);
            TimeSpan time = _walking.Elapsed;
            for (int i = 0; i < chains.Count; i++)
            {
                ChainPart made = ChainPart.Of(gone.Chains[i]);
                chains[i].State = gone.Chains[i].State;
                chains[i].Add(made);
                journal?.Append(first + i, made);
            }

            Seconds[k] += time.TotalSeconds;
            Taken[k] += Done(chains) - before;
            part = Next(part, time);
            bare = begun with { Chains = [.. chains.Select(chain => chain.Bare)] };
            CommitWhenDue(journal);
            progress(Done(Chains));
        }

        return begun with
        {
            Chains = [.. chains.Select(chain => chain.Whole)],
        };
    }

    /// <summary>As many steps as fit the time between two looks; at most twice as many as before.</summary>
    private static long Next(long part, TimeSpan time) =>
        Math.Max(1, (long)Math.Min(2.0 * part, part * (Part / (time + TimeSpan.FromTicks(1)))));

    private void CommitWhenDue(WalkJournal? journal)
    {
        if (journal is null || _sinceCommit.Elapsed < Rest || _sinceCommit.Elapsed < Share * _commit)
        {
            return;
        }

        _sinceCommit.Restart();
        journal.Commit(Chains);
        _commit = _sinceCommit.Elapsed;
    }

    private static long Done(IEnumerable<KeptChain> chains) =>
        chains.Sum(chain => chain.State is { } state ? state.Steps + state.WarmUp : 0);
}
