namespace Preimage.Surfaces;

/// <summary>The same radius everywhere, but where the fiber bends too much for it.</summary>
/// <param name="Edge">The longest edge of a triangle, in half widths of the box: twice the radius.</param>
public sealed record EvenSpacing(double Edge) : ISpacing
{
    // Over a disc that the fiber leaves at more than this slope it is no gentle graph.
    private const double Slope = 0.3;

    /// <summary>The smallest radius, as a share of the other: at a kink no radius would do.</summary>
    public double Smallest { get; init; } = 1.0 / 16;

    /// <inheritdoc/>
    public double Radius(Disc disc) => 0.5 * Edge * (disc.Height <= Slope * disc.Radius ? 1 : Smallest);
}
