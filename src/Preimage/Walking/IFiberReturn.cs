namespace Preimage.Walking;

/// <summary>Brings a proposal back onto the fiber.</summary>
public interface IFiberReturn
{
    /// <summary>Moves the landing of a way, which begins at its base plus its offset, until the map has the target's value there, and leaves that value evaluated.</summary>
    /// <returns>Whether it landed on the fiber.</returns>
    bool Land(WalkWay way);
}
