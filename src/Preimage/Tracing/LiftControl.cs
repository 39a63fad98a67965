namespace Preimage.Tracing;

/// <summary>
/// The steps of a tracer for a lift: a surprise is the difference of the two orders of its method. However flat the output is, the direction
/// across the fibers is known to the relative accuracy of the gradient, so that a lift also leaves a saturated plateau.
/// </summary>
internal sealed record LiftControl(ChordControl Steps) : IStepControl
{
    // The error of a step of order 4 goes with its fifth power.
    private const double Power = 1.0 / 5;

    /// <inheritdoc/>
    public StepDecision Decide(Arc arc, Correction correction)
    {
        if (arc.Known == 0)
        {
            return new StepDecision(true, Steps.First);
        }

        if (correction != Correction.Converged)
        {
            return Steps.Refuse(0.25 * arc.Step);
        }

        double allowed = Steps.Surprise * Steps.Chord;
        double next = arc.Step * Math.Max(0.1, 0.9 * Math.Pow(allowed / arc.Moved, Power));
        if (arc.Pinned < 0 && arc.Moved > allowed)
        {
            return Steps.Refuse(next);
        }

        StepDecision decision = Steps.Judge(arc, false);
        return decision.Accept && arc.Pinned < 0 && arc.Moved > 0
            ? decision with
            {
                Next = Math.Max(Steps.Shortest, Math.Min(decision.Next, next)),
            }
            : decision;
    }
}
