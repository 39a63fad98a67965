using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Steps beyond a bound are clamped to it, which leaves the fiber: the published way. [BenfenatiMarta2024]</summary>
public sealed record ClampBounds : IWalkBounds
{
    /// <inheritdoc/>
    public Confinement Enter(Box box, ReadOnlySpan<double> start) => new([], new ClampFold(), false);
}
