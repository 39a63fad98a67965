using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>What a boundary or an event says of a trial.</summary>
/// <param name="Kind">What to do with the trial.</param>
/// <param name="Ending">The ending, where the run ends.</param>
/// <param name="Step">The step to try instead, where the trial came too far; the longest next step, where it passes; zero for no opinion.</param>
public readonly record struct Verdict(VerdictKind Kind, Ending Ending = Ending.Unknown, double Step = 0)
{
    /// <summary>Nothing happened.</summary>
    public static Verdict Pass => new(VerdictKind.Pass);

    /// <summary>Nothing happened yet, but the next step should not be longer than this.</summary>
    public static Verdict Ahead(double step) => new(VerdictKind.Pass, Ending.Unknown, step);

    /// <summary>The trial was moved and must be corrected again.</summary>
    public static Verdict Moved => new(VerdictKind.Moved);

    /// <summary>The trial came too far: try this step.</summary>
    public static Verdict Shorten(double step) => new(VerdictKind.Shorten, Ending.Unknown, step);

    /// <summary>The run ends at the trial.</summary>
    public static Verdict EndAtTrial(Ending ending) => new(VerdictKind.EndAtTrial, ending);

    /// <summary>The run ends at the last station; the trial is dropped.</summary>
    public static Verdict EndBefore(Ending ending) => new(VerdictKind.EndBefore, ending);
}

/// <summary>What to do with a trial.</summary>
public enum VerdictKind
{
    /// <summary>Go on.</summary>
    Pass,

    /// <summary>Correct the trial again: it was moved.</summary>
    Moved,

    /// <summary>Drop the trial and try a shorter step.</summary>
    Shorten,

    /// <summary>Accept the trial as the last point.</summary>
    EndAtTrial,

    /// <summary>Drop the trial and end.</summary>
    EndBefore,
}
