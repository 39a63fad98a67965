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

    /// <summary>One sentence: how the mesh ended and what to do.</summary>
    public string Advice =>
        Ending switch
        {
            Ending.Closed => "The surface closes on itself: the whole component is here.",
            Ending.LeftBox => "The surface ends exactly on the box; give a larger box to see more of it.",
            Ending.BudgetSpent =>
                "The triangles allowed are spent; allow more with --steps, or make them larger with --chord or --edge.",
            Ending.StepTooSmall =>
                "The surface folds too sharply somewhere for triangles of this size, and has a gap there; give a smaller --chord or --edge.",
            Ending.Singular =>
                "The Jacobian loses rank at a point of the surface, as at the tip of a cone: the mesh goes up to it, and its Euler number says nothing.",
            Ending.NotFinite =>
                "The network gave NaN or infinity next to the surface, which ends there; give a smaller box.",
            Ending.Cancelled => "The run was cancelled; what was meshed so far is valid.",
            _ => Ending.Advice(),
        };
}
