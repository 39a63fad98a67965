namespace Preimage.Walking;

/// <summary>Goes wherever a step landed: no fair sample, but nothing stands in the way.</summary>
public sealed record AlwaysAccept : IWalkAcceptance
{
    /// <inheritdoc/>
    public bool Accepts(WalkStep step) => true;
}
