using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>Stops before the first step out of the box, as the published algorithms do.</summary>
public sealed record StopInside : IBoundary
{
    /// <inheritdoc/>
    public TrialVerdict Confine(Arc arc) =>
        arc.Box.Contains(arc.Trial.Point) ? TrialVerdict.Pass : TrialVerdict.EndBefore(Ending.StoppedInside);
}
