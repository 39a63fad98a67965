using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>All of { x in box : f(x) = level }, f: R^2 -> R, with what was proved of it.</summary>
public sealed record LevelSet
{
    /// <summary>c.</summary>
    public required double Level { get; init; }

    /// <summary>The components, the longest first.</summary>
    public required ImmutableArray<LevelComponent> Components { get; init; }

    /// <summary>Where nothing could be decided at the smallest size: clusters of touching cells, as their hulls.</summary>
    public required ImmutableArray<UndecidedCell> Undecided { get; init; }

    /// <summary>Critical points of f in the box, borders included, by ascending value.</summary>
    public required ImmutableArray<CriticalPoint> CriticalPoints { get; init; }

    /// <summary>Proved: the components are all there are, and each is what it is said to be.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>A lower bound of f over the box, and an upper one.</summary>
    public required (double Lower, double Upper) Range { get; init; }

    /// <summary>How many cells were enclosed.</summary>
    public required long Enclosures { get; init; }

    /// <summary>How often the map was evaluated.</summary>
    public required long Evaluations { get; init; }
}

/// <summary>One connected component of a level set.</summary>
public sealed record LevelComponent
{
    /// <summary>The one curve of it; where the level passes through a saddle, the branches between crossings and ends.</summary>
    public required ImmutableArray<Curve> Branches { get; init; }

    /// <summary>Proved: the component is one closed curve, or one that ends at two proved points of the border, and no other is near it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Whether it is one closed curve.</summary>
    public bool Closed => Branches is [{ Closed: true }];

    /// <summary>Euclidean length of all branches.</summary>
    public double Length => Branches.Sum(b => b.Length);

    /// <summary>The largest defect.</summary>
    public double Defect => Branches.Max(b => b.Defect);
}

/// <summary>A place where nothing could be decided.</summary>
/// <param name="Cell">The hull of the touching cells.</param>
/// <param name="Cause">The critical point by which the level passes, an index into the critical points; null where none was found there.</param>
public sealed record UndecidedCell(Cell Cell, int? Cause);
