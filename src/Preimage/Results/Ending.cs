namespace Preimage.Results;

/// <summary>How a run along a curve ended. Only the first four say that nothing is missing on that side.</summary>
public enum Ending
{
    /// <summary>Nothing has been said yet.</summary>
    Unknown,

    /// <summary>The curve came back to its start: the whole component is there.</summary>
    Closed,

    /// <summary>The curve ends exactly on a face of the box.</summary>
    LeftBox,

    /// <summary>The point that was asked for was reached.</summary>
    ReachedTarget,

    /// <summary>No direction that is free here leads nearer to the target.</summary>
    Stationary,

    /// <summary>The next step would have left the box, and the recipe does not end on it: the last point lies inside.</summary>
    StoppedInside,

    /// <summary>The steps or evaluations allowed are spent; resume, or allow more.</summary>
    BudgetSpent,

    /// <summary>The steps became too small to go on; the map may not be smooth here.</summary>
    StepTooSmall,

    /// <summary>The Jacobian loses rank here: branches may meet, or the curve may turn back.</summary>
    Singular,

    /// <summary>The map gave NaN or infinity here.</summary>
    NotFinite,

    /// <summary>The run was cancelled; what was done is valid.</summary>
    Cancelled,
}

/// <summary>What endings mean to a person.</summary>
public static class EndingAdvice
{
    /// <summary>One sentence: what happened and what to do.</summary>
    public static string Advice(this Ending ending) =>
        ending switch
        {
            Ending.Unknown => "The run has not ended.",
            Ending.Closed => "The fiber closes on itself: the whole component is here.",
            Ending.LeftBox => "The fiber ends exactly on the box; give a larger box to follow it further.",
            Ending.StoppedInside => "The next step would leave the box; the published recipe stops before it, inside.",
            Ending.ReachedTarget => "The point asked for was reached.",
            Ending.Stationary => "No direction inside the fiber and the box leads nearer to the target from here.",
            Ending.BudgetSpent => "The steps allowed are spent; allow more with --steps, or resume.",
            Ending.StepTooSmall =>
                "The steps became too small: several kinks may meet here, or the output may be flat to rounding; give a larger --chord, or start on the other side.",
            Ending.Singular =>
                "The Jacobian loses rank here: fibers may branch or end in a point; start a little to the side to follow a branch.",
            Ending.NotFinite => "The network gave NaN or infinity here; give a smaller box.",
            Ending.Cancelled => "The run was cancelled; what was traced so far is valid.",
        };

    /// <summary>Whether the run was stopped while it could have gone on: by its budget or by cancellation.</summary>
    public static bool CanGoOn(this Ending ending) => ending is Ending.BudgetSpent or Ending.Cancelled;

    /// <summary>Whether nothing is missing on this side: the ending is a fact about the curve, not about the run.</summary>
    public static bool IsComplete(this Ending ending) =>
        ending is Ending.Closed or Ending.LeftBox or Ending.ReachedTarget or Ending.Stationary;
}
