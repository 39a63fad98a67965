using Preimage.Tracing;

namespace Preimage.Levels;

/// <summary>Another step control, with steps that are never longer than a component's size asks for.</summary>
/// <param name="Steps">Judges and sizes steps.</param>
/// <param name="Longest">The longest step, in the run's coordinates.</param>
internal sealed record ShortSteps(IStepControl Steps, double Longest) : IStepControl
{
    /// <inheritdoc/>
    public StepDecision Decide(Arc arc, Correction correction)
    {
        StepDecision decision = Steps.Decide(arc, correction);
        return decision with { Next = Math.Min(decision.Next, Longest) };
    }
}
