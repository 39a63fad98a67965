namespace Preimage.Tracing;

/// <summary>Keeps a run inside its box.</summary>
public interface IBoundary
{
    /// <summary>Looks at the trial, before its correction and after it; may move it onto a face and pin it there.</summary>
    TrialVerdict Confine(Arc arc);
}
