using System.Collections.Immutable;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>The curve reaches a point of it that was named; the last point is that point, bit for bit.</summary>
public sealed class ReachPoint(ImmutableArray<double> point) : IEvent
{
    /// <inheritdoc/>
    public TrialVerdict Inspect(Arc arc)
    {
        TrialVerdict landing = Landing.Inspect(arc, point.AsSpan(), arc.Trial.Tangent);
        if (landing.Kind != TrialVerdictKind.EndAtTrial)
        {
            return landing;
        }

        point.CopyTo(arc.Trial.Point);
        return arc.Linearize()
            ? TrialVerdict.EndAtTrial(Ending.ReachedTarget)
            : TrialVerdict.EndBefore(Ending.NotFinite);
    }
}
