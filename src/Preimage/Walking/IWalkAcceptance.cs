namespace Preimage.Walking;

/// <summary>Decides whether a walk goes where a step landed.</summary>
public interface IWalkAcceptance
{
    /// <summary>Whether to go: the step has landed, and the row space is known there.</summary>
    bool Accepts(WalkStep step);
}
