namespace Preimage.Tracing;

/// <summary>Decides when a run has had enough.</summary>
public interface IStop
{
    /// <summary>Whether to stop before the next step.</summary>
    bool Reached(Arc arc);
}
