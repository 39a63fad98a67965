namespace Preimage.Tracing;

/// <summary>Something that may happen on an arc.</summary>
public interface IEvent
{
    /// <summary>Looks at the arc from the last station to the corrected trial.</summary>
    TrialVerdict Inspect(Arc arc);
}
