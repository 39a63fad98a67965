namespace Preimage.Training.Fitting;

/// <summary>Where a training stands after an epoch: losses in scaled units; validation NaN where there is none.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs allowed.</param>
/// <param name="TrainingLoss">The mean loss of the epoch.</param>
/// <param name="ValidationLoss">The loss after it, on the points that are watched.</param>
/// <param name="ValidationAgreement">The fraction of them whose class is right; NaN where there are none.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    double TrainingLoss,
    double ValidationLoss,
    double ValidationAgreement
);

/// <summary>When to stop beside the optimiser's own tolerances.</summary>
/// <param name="Patience">Epochs without a better watched loss (validation where there is one, else training) before the training ends; 0 never ends it.</param>
/// <param name="MinimalGain">The smallest relative gain that counts as better.</param>
/// <param name="Goal">A watched loss that is good enough.</param>
public sealed record Stopping(int Patience = 0, double MinimalGain = 1e-4, double Goal = 0);

/// <summary>Looks on after every epoch: keeps the best parameters, reports, and says when to stop.</summary>
public sealed class Watch
{
    private readonly IObjective? _validation;
    private readonly Stopping _stopping;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private double _counted = double.PositiveInfinity;
    private int _countedEpoch;

    internal Watch(
        IObjective? validation,
        Stopping stopping,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellation
    )
    {
        _validation = validation;
        _stopping = stopping;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <summary>Why <see cref="Continue"/> said no.</summary>
    public TrainingEnding Ending { get; private set; }

    /// <summary>Whether the training was cancelled; for optimisers with long epochs.</summary>
    public bool Cancelled => _cancellation.IsCancellationRequested;

    /// <summary>The parameters with the smallest watched loss.</summary>
    internal double[] Best { get; private set; } = [];

    /// <summary>The smallest watched loss.</summary>
    internal double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>The epoch of the best parameters.</summary>
    internal int BestEpoch { get; private set; }

    /// <summary>The last epoch seen.</summary>
    internal int Epoch { get; private set; }

    /// <summary>Epochs that the optimiser allows itself, for progress; set by the optimiser.</summary>
    public int Epochs { get; set; }

    /// <summary>Takes note of the parameters after an epoch (0 before the first) and says whether to go on.  parameters: [P].</summary>
    public bool Continue(int epoch, ReadOnlySpan<double> parameters, double trainingLoss)
    {
        Epoch = epoch;
        (double validationLoss, double agreement) =
            _validation?.Measure(parameters) ?? new Standing(double.NaN, double.NaN);
        double watched = _validation is null ? trainingLoss : validationLoss;
        if (watched < BestLoss || Best.Length == 0)
        {
            BestLoss = watched;
            BestEpoch = epoch;
            Best = Keep(parameters);
        }

        if (watched < _counted * (1 - _stopping.MinimalGain))
        {
            _counted = watched;
            _countedEpoch = epoch;
        }

        _progress?.Report(new TrainingProgress(epoch, Epochs, trainingLoss, validationLoss, agreement));
        Ending =
            Cancelled ? TrainingEnding.Cancelled
            : !double.IsFinite(trainingLoss) || !double.IsFinite(watched) ? TrainingEnding.NotFinite
            : BestLoss <= _stopping.Goal ? TrainingEnding.GoalReached
            : _stopping.Patience > 0 && epoch - _countedEpoch >= _stopping.Patience ? TrainingEnding.PatienceSpent
            : epoch >= Epochs ? TrainingEnding.BudgetSpent
            : TrainingEnding.Unknown;
        return Ending == TrainingEnding.Unknown;
    }

    private double[] Keep(ReadOnlySpan<double> parameters)
    {
        double[] kept = Best.Length == 0 ? new double[parameters.Length] : Best;
        parameters.CopyTo(kept);
        return kept;
    }
}
