namespace Preimage.Tracing;

/// <summary>Goes on where the steps became too small for a smooth curve.</summary>
public interface ICorner
{
    /// <summary>Puts the trial on the curve beyond a corner, with its tangent and strength.</summary>
    /// <returns>Whether there is one; the trial is then the next station, and the curve begins anew behind it.</returns>
    bool Cross(Arc arc);
}
