namespace Preimage.Walking;

/// <summary>Leaves the proposal where it is: the published algorithms do not correct. The defect is what they drifted.</summary>
public sealed record NoReturn : IFiberReturn
{
    /// <inheritdoc/>
    public bool Land(WalkWay way) => way.Evaluate();
}
