using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>What a critical point is.</summary>
public enum CriticalKind
{
    /// <summary>Not decided.</summary>
    Unknown,

    /// <summary>A minimum.</summary>
    Minimum,

    /// <summary>A maximum.</summary>
    Maximum,

    /// <summary>A saddle, where branches of a level set cross.</summary>
    Saddle,
}

/// <summary>Where in the box a critical point lies: of f itself, of f along an edge of the box, or a corner.</summary>
public enum CriticalPlace
{
    /// <summary>Inside the box: the gradient vanishes.</summary>
    Interior,

    /// <summary>On an edge: the derivative along the edge vanishes.</summary>
    Edge,

    /// <summary>A corner of the box.</summary>
    Corner,
}

/// <summary>A point whose value may change the topology of the level sets of f in a box when the level passes it.</summary>
public sealed record CriticalPoint
{
    /// <summary>The best known place, in the enclosing cell: [n].</summary>
    public required ImmutableArray<double> At { get; init; }

    /// <summary>f there.</summary>
    public required double Value { get; init; }

    /// <summary>What it is; of an edge, what it is along the edge.</summary>
    public required CriticalKind Kind { get; init; }

    /// <summary>Where it lies.</summary>
    public CriticalPlace Place { get; init; }

    /// <summary>Proved: exactly one such point lies in <see cref="Enclosure"/>. Unknown: there may be none or several.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Where the point lies, or where nothing could be excluded.</summary>
    public required Cell Enclosure { get; init; }

    /// <summary>A lower bound of f over the enclosure.</summary>
    public required double ValueLower { get; init; }

    /// <summary>An upper bound of f over the enclosure.</summary>
    public required double ValueUpper { get; init; }
}
