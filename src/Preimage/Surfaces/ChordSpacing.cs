namespace Preimage.Surfaces;

/// <summary>
/// Radii from the curvature: over a disc of radius r the fiber leaves a flat triangle by curvature * r^2 / 2, which is to be the tolerance;
/// r = sqrt(2 tolerance / curvature), never more than a fixed share of the box.
/// </summary>
/// <param name="Tolerance">The largest distance between surface and triangles, in half widths of the box.</param>
public sealed record ChordSpacing(double Tolerance = 1e-3) : ISpacing
{
    /// <summary>The largest radius, in half widths of the box: for planes, which would need no corner inside.</summary>
    public double Largest { get; init; } = 0.25;

    /// <summary>The smallest radius, as a share of that for curvature 1: at a kink no radius would do.</summary>
    public double Smallest { get; init; } = 0.25;

    /// <inheritdoc/>
    public double Radius(Disc disc)
    {
        double least = Smallest * Math.Sqrt(2 * Tolerance);
        double wanted = disc.Height > 0 ? disc.Radius * Math.Sqrt(Tolerance / disc.Height) : Largest;
        return Math.Clamp(wanted, Math.Min(least, Largest), Largest);
    }
}
