using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>Stops before the first step out of the box, as the published algorithms do.</summary>
public sealed record StopInside : IBoundary
{
    /// <inheritdoc/>
    public Verdict Confine(Arc arc) =>
        arc.Box.Contains(arc.Trial.Point) ? Verdict.Pass : Verdict.EndBefore(Ending.StoppedInside);
}
