namespace Preimage.Training.Fitting;

/// <summary>How a training ended. Only the first two say that the optimiser had nothing left to do.</summary>
public enum TrainingEnding
{
    /// <summary>Nothing has been said yet.</summary>
    Unknown,

    /// <summary>A minimum to rounding: no step that the optimiser can represent lowers the loss.</summary>
    Converged,

    /// <summary>The loss asked for was reached.</summary>
    GoalReached,

    /// <summary>The training loss fell too slowly to go on; a valley, not proved to be a minimum.</summary>
    Stalled,

    /// <summary>The watched loss has not become better for the epochs of the patience.</summary>
    PatienceSpent,

    /// <summary>The epochs allowed are spent.</summary>
    BudgetSpent,

    /// <summary>The loss became NaN or infinite.</summary>
    NotFinite,

    /// <summary>The training was cancelled.</summary>
    Cancelled,
}

/// <summary>What endings mean to a person.</summary>
public static class TrainingEndingAdvice
{
    /// <summary>One sentence: what happened and what to do.</summary>
    public static string Advice(this TrainingEnding ending) =>
        ending switch
        {
            TrainingEnding.Unknown => "The training has not ended.",
            TrainingEnding.Converged =>
                "A minimum was reached to rounding; another seed or a wider network may find a better one.",
            TrainingEnding.GoalReached => "The loss asked for was reached.",
            TrainingEnding.Stalled =>
                "The loss fell too slowly to go on; another seed or a wider network may do better.",
            TrainingEnding.PatienceSpent =>
                "The loss stopped improving and the best weights were kept; more data or another network may help.",
            TrainingEnding.BudgetSpent => "The epochs allowed are spent; allow more to go on improving.",
            TrainingEnding.NotFinite =>
                "The loss became NaN or infinite and the best weights before were kept; lower the learning rate or scale the data.",
            TrainingEnding.Cancelled => "The training was cancelled; the best weights so far were kept.",
        };
}
