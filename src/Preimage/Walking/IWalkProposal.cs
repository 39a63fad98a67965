namespace Preimage.Walking;

/// <summary>Proposes where to step.</summary>
public interface IWalkProposal
{
    /// <summary>Writes the offset of <see cref="WalkStep.Way"/>, a vector at <see cref="WalkStep.Point"/>.</summary>
    void Propose(WalkStep step);
}
