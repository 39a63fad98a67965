using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>What a boundary or an event says of a trial.</summary>
/// <param name="Kind">What to do with the trial.</param>
/// <param name="Ending">The ending, where the run ends.</param>
/// <param name="Step">The step to try instead, where the trial came too far; the longest next step, where it passes; zero for no opinion.</param>
public readonly record struct TrialVerdict(TrialVerdictKind Kind, Ending Ending = Ending.Unknown, double Step = 0)
{
    /// <summary>Nothing happened.</summary>
    public static TrialVerdict Pass => new(TrialVerdictKind.Pass);

    /// <summary>Nothing happened yet, but the next step should not be longer than this.</summary>
    public static TrialVerdict Ahead(double step) => new(TrialVerdictKind.Pass, Ending.Unknown, step);

    /// <summary>The trial was moved and must be corrected again.</summary>
    public static TrialVerdict Moved => new(TrialVerdictKind.Moved);

    /// <summary>The trial came too far: try this step.</summary>
    public static TrialVerdict Shorten(double step) => new(TrialVerdictKind.Shorten, Ending.Unknown, step);

    /// <summary>The run ends at the trial.</summary>
    public static TrialVerdict EndAtTrial(Ending ending) => new(TrialVerdictKind.EndAtTrial, ending);

    /// <summary>The run ends at the last station; the trial is dropped.</summary>
    public static TrialVerdict EndBefore(Ending ending) => new(TrialVerdictKind.EndBefore, ending);
}

/// <summary>What to do with a trial.</summary>
public enum TrialVerdictKind
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
