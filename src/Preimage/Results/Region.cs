using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>A closed polyline in the plane that does not repeat its first point, with the exact area of the smooth ring that it stands for.</summary>
/// <param name="Points">The vertices: [Count * 2]; counterclockwise for a shell, clockwise for a hole.</param>
/// <param name="Area">Signed area inside the smooth ring (cubic Hermite curves and straight borders): positive counterclockwise.</param>
public sealed record Ring(ImmutableArray<double> Points, double Area)
{
    /// <summary>Number of vertices.</summary>
    public int Count => Points.Length / 2;
}

/// <summary>A connected piece of a region: what its shell surrounds less its holes.</summary>
/// <param name="Shell">The outer ring.</param>
/// <param name="Holes">The rings inside it.</param>
public sealed record RegionPart(Ring Shell, ImmutableArray<Ring> Holes)
{
    /// <summary>Its area.</summary>
    public double Area => Shell.Area + Holes.Sum(h => h.Area);
}

/// <summary>The band { x in box : from &lt;= f(x) &lt;= to }, f: R^2 -> R, as polygons with holes.</summary>
public sealed record Region
{
    /// <summary>The lower level; minus infinity for none.</summary>
    public required double From { get; init; }

    /// <summary>The upper level; infinity for none.</summary>
    public required double To { get; init; }

    /// <summary>The connected pieces, the largest first.</summary>
    public required ImmutableArray<RegionPart> Parts { get; init; }

    /// <summary>The level set at <see cref="From"/>; null where that is infinite.</summary>
    public LevelSet? Lower { get; init; }

    /// <summary>The level set at <see cref="To"/>; null where that is infinite.</summary>
    public LevelSet? Upper { get; init; }

    /// <summary>Proved: both level sets are.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The area of all pieces, by their smooth rings.</summary>
    public double Area => Parts.Sum(p => p.Area);
}
