using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>Bounds are mirrors; a coordinate that starts on one leaves it. Inputs whose bounds are equal stay.</summary>
public sealed record MirrorBounds : IWalkBounds
{
    /// <inheritdoc/>
    public Confinement Enter(Box box, ReadOnlySpan<double> start) => new(Points(box), new MirrorFold(), true);

    /// <summary>The inputs whose bounds are equal, from 0.</summary>
    internal static ImmutableArray<int> Points(Box box) =>
        [.. Enumerable.Range(0, box.Dimension).Where(i => box.Lower[i] == box.Upper[i])];
}
