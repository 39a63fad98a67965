using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;
using Preimage.Training.Optimisers;

namespace Preimage.Training;

/// <summary>A recipe for fitting dense networks to data: an optimiser, a loss, and how the data are scaled, split and watched.</summary>
public sealed partial record Trainer(IOptimiser Optimiser, ILoss Loss)
{
    /// <summary>Up to so many parameters the normal equations are the faster way.</summary>
    private const int FewParameters = 1000;

    /// <summary>The optimiser that suits: Levenberg-Marquardt for the mean squared error of up to a thousand parameters, else Adam.</summary>
    public static IOptimiser Suited(Architecture architecture, ILoss loss) =>
        loss is MeanSquaredError && architecture.ParameterCount <= FewParameters
            ? new LevenbergMarquardt()
            : new Adam();

    /// <summary>How inputs are scaled; folded into the first layer afterwards.</summary>
    public IScaling InputScaling { get; init; } = new MinMaxScaling(-1, 1);

    /// <summary>
    /// How targets are scaled; folded into the end of the network afterwards. Null chooses: none for a cross-entropy, else by the range of the output's
    /// activation: [0.1, 0.9] for a sigmoid, [-0.9, 0.9] for tanh, [-1, 1] for others.
    /// </summary>
    public IScaling? TargetScaling { get; init; }

    /// <summary>The fraction of the points, drawn by the seed, that is kept from the optimiser and watched instead; 0 for none.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>When to stop beside the optimiser's own tolerances.</summary>
    public Stopping Stopping { get; init; } = new();

    /// <summary>
    /// Fits a network. The result is the best network seen (by validation loss, or training loss without validation), in physical units, however the
    /// training ended. Same arguments, same machine: same bits.
    /// </summary>
    /// <exception cref="ArgumentException">The architecture does not fit the data or the loss, the targets are no probabilities for a cross-entropy, or a setting is out of range.</exception>
    public TrainingResult Fit(
        Dataset data,
        Architecture architecture,
        int seed = 1,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        architecture.Check(data.Signature.Inputs.Length, data.Signature.Outputs.Length);
        LinkRules.Check(Loss.Link, architecture, data);
        if (TargetScaling is not null && Loss.Link != Link.Direct)
        {
            throw new ArgumentException("A cross-entropy takes its labels as they are; leave out the target scaling.");
        }

        (int[] training, int[] validation) = Split(data.Count, seed);
        var layout = new ParameterLayout(architecture.Widths, LinkRules.Trained(Loss.Link, architecture));
        var scaled = new ScaledData(data, InputScaling, TargetScaling ?? LinkRules.Scaling(Loss.Link, architecture));
        var objective = new DenseObjective(layout, Loss, scaled, training);
        DenseObjective? watched = validation.Length == 0 ? null : new DenseObjective(layout, Loss, scaled, validation);
        var watch = new Watch(watched, Stopping, progress, cancellation);
        double[] parameters = Initialisation.Draw(layout, seed);
        TrainingEnding ending = Optimiser.Minimise(objective, parameters, watch);

        DenseNetwork network = LinkRules.Finish(Loss.Link, architecture, layout.Network(watch.Best));
        network = Folding.FoldOutputs(Folding.FoldInputs(network, scaled.InputMaps), scaled.TargetMaps);
        DenseNetwork comparable = LinkRules.Comparable(Loss.Link, network);
        return new TrainingResult(network, LinkRules.Signature(Loss.Link, architecture, data.Signature))
        {
            Training = ErrorFigures.Measure(comparable, data, training),
            Validation = validation.Length == 0 ? null : ErrorFigures.Measure(comparable, data, validation),
            Loss = watch.BestLoss,
            Epochs = watch.Epoch,
            BestEpoch = watch.BestEpoch,
            Evaluations = objective.Evaluations + (watched?.Evaluations ?? 0),
            Ending = ending,
            Trainer = this,
            Architecture = architecture,
            Seed = seed,
        };
    }

    private (int[] Training, int[] Validation) Split(int count, int seed)
    {
        if (!(ValidationFraction >= 0 && ValidationFraction < 1))
        {
            throw new ArgumentException(
                $"The validation fraction is {ValidationFraction:R}; give 0 for none, or a fraction below 1."
            );
        }

        int kept = (int)Math.Round(ValidationFraction * count);
        if (kept == count)
        {
            throw new ArgumentException(
                $"A validation fraction of {ValidationFraction:R} leaves none of the {count} rows for training; give a smaller one."
            );
        }

        int[] rows = [.. Enumerable.Range(0, count)];
        if (kept > 0)
        {
            new Generator(seed, stream: 4).Shuffle(rows);
        }

        int[] validation = rows[..kept];
        int[] training = rows[kept..];
        Array.Sort(validation);
        Array.Sort(training);
        return (training, validation);
    }
}
