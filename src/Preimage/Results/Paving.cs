using System.Collections.Immutable;

namespace Preimage.Results;

/// <summary>
/// What is proved of the band { x in box : from &lt;= f(x) &lt;= to }, f: R^n -> R: boxes inside it, and boxes that may meet its border; everything
/// else of the box lies outside. Boxes do not overlap. [JaulinWalter1993]
/// </summary>
public sealed record Paving
{
    /// <summary>n.</summary>
    public required int Dimension { get; init; }

    /// <summary>The box that was paved.</summary>
    public required Cell Box { get; init; }

    /// <summary>Boxes proved to lie in the band.</summary>
    public required ImmutableArray<Cell> Inner { get; init; }

    /// <summary>Boxes of which nothing is proved as a whole.</summary>
    public required ImmutableArray<Cell> Boundary { get; init; }

    /// <summary>A lower bound of the band's share of the box; may exceed that of the inner boxes, where linear bounds prove parts of boundary boxes.</summary>
    public required double ShareInner { get; init; }

    /// <summary>An upper bound of the band's share of the box.</summary>
    public required double ShareOuter { get; init; }

    /// <summary>The same lower bound as a volume; 0 where the box's own volume is too small for a number.</summary>
    public required double VolumeInner { get; init; }

    /// <summary>The same upper bound as a volume; infinite where the box's own volume is too large for a number.</summary>
    public required double VolumeOuter { get; init; }

    /// <summary>How many boxes were enclosed.</summary>
    public required long Enclosures { get; init; }

    /// <summary>How the paving ended: by its gap, its budget, or cancelled.</summary>
    public required PavingEnding Ending { get; init; }

    /// <summary>ShareOuter - ShareInner: what is undecided, as a share of the box, whatever its size.</summary>
    public double Gap => ShareOuter - ShareInner;
}

/// <summary>How a paving ended.</summary>
public enum PavingEnding
{
    /// <summary>Nothing has been said yet.</summary>
    Unknown,

    /// <summary>The gap asked for was reached.</summary>
    GapReached,

    /// <summary>The boxes allowed are spent; what was proved stands.</summary>
    BudgetSpent,

    /// <summary>What is left cannot be split further.</summary>
    SmallestBoxes,

    /// <summary>Cancelled; what was proved stands.</summary>
    Cancelled,
}
