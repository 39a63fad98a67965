using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>
/// A branch point lies on the arc: det [J; t^T] changes its sign. The step is shortened to just before the zero of the signed singular value,
/// which it meets linearly, until the shortest step is reached. Or the arc passes by a saddle whose level differs from the curve's by rounding
/// only: the curve then turns there, this way or that as the rounding has it, and where it goes is not known.  [AllgowerGeorg2003, section 8.1]
/// </summary>
/// <param name="Shortest">How near to the branch point the run ends, in the run's coordinates.</param>
public sealed record BranchPoint(double Shortest = 1e-9) : IEvent
{
    private const double JustBefore = 0.99;

    /// <inheritdoc/>
    public TrialVerdict Inspect(Arc arc)
    {
        double before = arc.From.Strength;
        double after = arc.Trial.Strength;
        if (before * after >= 0)
        {
            return Crossroads.IsPassed(arc) ? TrialVerdict.EndBefore(Ending.Singular) : TrialVerdict.Pass;
        }

        double step = JustBefore * arc.Step * Math.Abs(before) / (Math.Abs(before) + Math.Abs(after));
        return step < Shortest ? TrialVerdict.EndBefore(Ending.Singular) : TrialVerdict.Shorten(step);
    }
}
