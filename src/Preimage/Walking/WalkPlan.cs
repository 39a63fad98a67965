namespace Preimage.Walking;

/// <summary>How long to walk, how often, and what to keep.</summary>
public sealed record WalkPlan
{
    /// <summary>Steps of each chain after the warm-up, refused ones counted.</summary>
    public long Steps { get; init; } = 1000;

    /// <summary>Chains, each with its own stream of random numbers.</summary>
    public int Chains { get; init; } = 1;

    /// <summary>Chooses the random numbers: the same seed gives the same bits.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Steps of each chain in which the length of the steps is adapted; they are not kept. In them a chain also leaves its start: its first step that lands on the
    /// fiber is accepted whatever the ratio, since a start on kinks, as of an image whose pooled pixels tie, may have no step that the ratio lets go. Without a
    /// warm-up every step is put to the test, the first one too, and a chain from such a start may stay there.
    /// </summary>
    public long WarmUp { get; init; } = 500;

    /// <summary>Every so-many-th point after the warm-up is kept.</summary>
    public long Every { get; init; } = 1;

    /// <summary>
    /// Steps of each chain, warm-up counted, after which a run returns with what it has, to be stored and resumed: the bits are those of a run without
    /// pauses. 0 for none.
    /// </summary>
    public long Pause { get; init; }

    /// <summary>The most chains that walk at a time; 0 for as many as there are processors. It changes no bit.</summary>
    public int Threads { get; init; }

    /// <summary>Refuses a plan that cannot be carried out.</summary>
    /// <exception cref="ArgumentException">A number is negative, or there are no chains or nothing between kept points.</exception>
    internal void Demand()
    {
        Demand(Steps >= 0, $"{Steps} steps are asked for; ask for 0 or more.");
        Demand(Chains >= 1, $"{Chains} chains are asked for; ask for 1 or more.");
        Demand(WarmUp >= 0, $"A warm-up of {WarmUp} steps is asked for; ask for 0 or more.");
        Demand(Every >= 1, $"Every {Every}-th point is to be kept; keep every 1st, 2nd or so.");
        Demand(Pause >= 0, $"A pause after {Pause} steps is asked for; ask for 1 or more, or 0 for none.");
        Demand(Threads >= 0, $"{Threads} threads are asked for; ask for 1 or more, or 0 for all processors.");
    }

    private static void Demand(bool holds, string refusal)
    {
        if (!holds)
        {
            throw new ArgumentException(refusal);
        }
    }
}
