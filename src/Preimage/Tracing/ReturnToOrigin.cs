using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>
/// The curve is closed: it comes back to its origin through the hyperplane there, in the same direction. The step is shortened to land
/// at the origin, so that a neighbouring strand is not taken for it; the landing point itself is not repeated.
/// </summary>
public sealed record ReturnToOrigin : IEvent
{
    /// <inheritdoc/>
    public TrialVerdict Inspect(Arc arc)
    {
        TrialVerdict landing = Landing.Inspect(arc, arc.Origin.AsSpan(), arc.OriginTangent.AsSpan());
        return landing.Kind == TrialVerdictKind.EndAtTrial ? TrialVerdict.EndBefore(Ending.Closed) : landing;
    }
}
