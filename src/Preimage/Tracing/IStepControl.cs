namespace Preimage.Tracing;

/// <summary>Judges a trial and sizes the next step.</summary>
public interface IStepControl
{
    /// <summary>Decides on the arc from the last station to the trial, whose correction ended so.</summary>
    StepDecision Decide(Arc arc, Correction correction);
}

/// <summary>Whether a trial is good, and the step to try next; zero where no step is worth trying.</summary>
public readonly record struct StepDecision(bool Accept, double Next);
