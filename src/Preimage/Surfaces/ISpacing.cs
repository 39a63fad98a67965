namespace Preimage.Surfaces;

/// <summary>How dense the corners of a mesh stand.</summary>
public interface ISpacing
{
    /// <summary>
    /// The radius wanted for a disc of the tangent plane, such that corners this far apart, and no place of the surface farther from one, do.
    /// Lengths are in the run's coordinates, half widths of the box.
    /// </summary>
    /// <param name="disc">The disc that was looked at.</param>
    double Radius(Disc disc);
}

/// <summary>A disc of a tangent plane and how far the fiber leaves it.</summary>
/// <param name="Radius">The disc's radius r.</param>
/// <param name="Height">The largest distance between disc and fiber at distance r from the centre; about curvature * r^2 / 2.</param>
public readonly record struct Disc(double Radius, double Height);
