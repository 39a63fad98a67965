namespace Preimage.Surfaces;

/// <summary>The same radius everywhere.</summary>
/// <param name="Edge">The longest edge of a triangle, in half widths of the box: twice the radius.</param>
public sealed record EvenSpacing(double Edge) : ISpacing
{
    /// <inheritdoc/>
    public double Radius(Disc disc) => 0.5 * Edge;
}
