namespace Preimage.Tracing;

/// <summary>Chooses the direction of the curve at a corrected trial point.</summary>
public interface IDirection
{
    /// <summary>Writes the trial's unit tangent and strength; continues the direction of the last station, if there is one.</summary>
    /// <returns>Whether there is exactly one such direction.</returns>
    /// <exception cref="GeometryException">At the start of a run: no curve goes through the point.</exception>
    bool Orient(Arc arc);
}
