using Preimage.Training.Fitting;

namespace Preimage.Training.Optimisers;

/// <summary>A way to lower the mean loss.</summary>
public interface IOptimiser
{
    /// <summary>
    /// Moves the parameters towards a minimum of the objective, calling <see cref="Watch.Continue"/> once an epoch and ending when it says so.
    /// The best parameters seen are kept by the watch, not by the optimiser.  parameters: [P].
    /// </summary>
    TrainingEnding Minimise(IObjective objective, Span<double> parameters, Watch watch);
}
