using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Fitting;

namespace Preimage.Training;

/// <content>Models of any architecture.</content>
public sealed partial record Trainer
{
    /// <summary>How many threads pass points of a batch through a model; null for as many as the machine has. The bits do not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// Fits the weights of a model, from those that it has. Data are taken in its units: nothing is scaled. The result is the best seen, rounded to what
    /// the model's file can hold, however the training ended. Same arguments, same kind of machine: same bits.
    /// </summary>
    /// <exception cref="ArgumentException">The model does not fit the data or the loss, or a setting is out of range.</exception>
    /// <exception cref="ModelException">The model holds something of which no derivative is taken.</exception>
    public FamilyResult Fit(
        Dataset data,
        NetworkFamily family,
        int seed = 1,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        (int[] training, int[] validation) = Split(data.Count, seed);
        var objective = new FamilyObjective(family, Loss, data, training, Threads);
        FamilyObjective? watched =
            validation.Length == 0 ? null : new FamilyObjective(family, Loss, data, validation, Threads);
        var watch = new Watch(watched, Stopping, progress, cancellation);
        TrainingEnding ending = Optimiser.Minimise(objective, [.. family.Start], watch);

        double[] best = family.Round(watch.Best);
        return new FamilyResult(family, [.. best])
        {
            Training = objective.Measure(best),
            Validation = watched?.Measure(best),
            Loss = watch.BestLoss,
            Epochs = watch.Epoch,
            BestEpoch = watch.BestEpoch,
            Evaluations = objective.Evaluations + (watched?.Evaluations ?? 0),
            Ending = ending,
            Trainer = this,
            Seed = seed,
        };
    }
}
