using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>
/// Coordinates that start on a bound stay on it, as the black margin of a digit does; for the others bounds are mirrors. Uniform on the fiber in that face
/// of the box.
/// </summary>
public sealed record FaceBounds : IWalkBounds
{
    /// <inheritdoc/>
    public Confinement Enter(Box box, ReadOnlySpan<double> start)
    {
        List<int> held = [];
        for (int i = 0; i < start.Length; i++)
        {
            if (start[i] == box.Lower[i] || start[i] == box.Upper[i])
            {
                held.Add(i);
            }
        }

        return new Confinement([.. held], new MirrorFold(), false);
    }
}
