namespace Preimage.Tracing;

/// <summary>Always the same step, as the published algorithms have it.</summary>
/// <param name="Delta">The step, in the run's coordinates.</param>
public sealed record FixedStep(double Delta) : IStepControl
{
    /// <summary>The step, in the run's coordinates.</summary>
    public double Delta { get; } =
        Delta > 0 && double.IsFinite(Delta)
            ? Delta
            : throw new ArgumentException($"The step delta is {Delta:R}; give a positive number.");

    /// <inheritdoc/>
    public StepDecision Decide(Arc arc, Correction correction) =>
        correction == Correction.Converged ? new(true, Delta) : new(false, 0);
}
