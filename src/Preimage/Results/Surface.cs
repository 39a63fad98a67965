using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>A two-dimensional fiber in R^n, or the part of it in a box, as a mesh of triangles whose corners are on the fiber to rounding.</summary>
public sealed record Surface
{
    /// <summary>The corners of the triangles, with the map's values and defects.</summary>
    public required Cloud Corners { get; init; }

    /// <summary>Three corners of each triangle, from 0, all in one sense where the surface can be oriented: [3 * triangles].</summary>
    public required ImmutableArray<int> Triangles { get; init; }

    /// <summary>Area, of the order in the edges' length that <see cref="AreaOrder"/> says.</summary>
    public required double Area { get; init; }

    /// <summary>The order p: the area's error falls as the p-th power of the edges' length on a smooth surface.</summary>
    public required int AreaOrder { get; init; }

    /// <summary>Corners less edges plus triangles.</summary>
    public required int Euler { get; init; }

    /// <summary>How many loops the border has; 0 of a closed surface.</summary>
    public required int Borders { get; init; }

    /// <summary>The largest distance found between the middle of an edge and the fiber, in half widths of the box.</summary>
    public required double Chord { get; init; }

    /// <summary>How the mesh ended: Closed (no border), LeftBox (every border edge lies on the box), BudgetSpent, Singular, NotFinite, Cancelled.</summary>
    public required Ending Ending { get; init; }

    /// <summary>y0: [Corners.Outputs].</summary>
    public required ImmutableArray<double> Target { get; init; }

    /// <summary>How often the map was evaluated, with or without its Jacobian.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Whether the surface has no border.</summary>
    public bool Closed => Ending == Ending.Closed;

    /// <summary>The number of handles, (2 - Euler - Borders) / 2: fibers are orientable. It means nothing where the mesh is not complete.</summary>
    public int Genus => (2 - Euler - Borders) / 2;

    /// <summary>The largest defect of a corner.</summary>
    public double Defect => Corners.Defect;
}
