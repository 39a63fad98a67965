using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Enclosing;

/// <summary>
/// Paves a band { x in box : from &lt;= f(x) &lt;= to } by branch and prune: boxes proved inside, boxes proved outside, and boxes at the border, of which
/// affine bounds of f prove parts. The box with the largest undecided volume is split first, along the edge that bends f most, until the undecided
/// volume is the share of the box that was asked for. Where f is smooth and not flat at the border the gap falls with the square of the boxes' size.
/// The same inputs give the same bits.  [JaulinWalter1993; Zhang2018]
/// </summary>
public sealed record Paver
{
    /// <summary>The undecided share of the box's volume to stop at: at least 0.</summary>
    public double Gap { get; init; } = 1e-3;

    /// <summary>The most boxes to enclose.</summary>
    public long Boxes { get; init; } = 1_000_000;

    /// <summary>
    /// Paves the band in a bounded box. A band without a lower or upper end has from = minus infinity or to = infinity. What was proved stands
    /// however the paving ended. Cost: one relaxation a box, and one Jacobian for each box that is split.
    /// </summary>
    /// <exception cref="ArgumentException">f has several outputs, the ends are reversed or NaN, the box has another dimension, is unbounded or flat, or a setting is out of range.</exception>
    public Paving Pave(IRelaxedMap f, double from, double to, Box box, CancellationToken cancellation = default)
    {
        PaverDoor.CheckScalar(f, box);
        PaverDoor.CheckBand(from, to);
        if (!(Gap >= 0) || Boxes < 1)
        {
            throw new ArgumentException(
                $"A paving needs a gap of at least 0 and at least one box, but got {Gap:R} and {Boxes}; the defaults are 0.001 and 1000000."
            );
        }

        PaverRun run = new(PaverBand.Of(f, from, to), box);
        PavingEnding ending = Run(run, cancellation);
        Paving paving = run.Paving(ending);
        // The running sum is rounded to nearest; only the certified volumes say whether the gap was reached.
        bool claimed = ending == PavingEnding.GapReached && paving.Gap > Gap;
        return claimed ? paving with { Ending = PavingEnding.SmallestBoxes } : paving;
    }

    private PavingEnding Run(PaverRun run, CancellationToken cancellation)
    {
        // A hair below the gap, so that the certified sums, rounded outward, keep it as well.
        double target = Gap * (1 - 1e-6);
        run.Begin();
        while (run.UndecidedShare > target)
        {
            if (cancellation.IsCancellationRequested)
            {
                return PavingEnding.Cancelled;
            }

            if (run.Enclosures + 2 > Boxes)
            {
                return PavingEnding.BudgetSpent;
            }

            if (!run.SplitLargest())
            {
                return PavingEnding.SmallestBoxes;
            }
        }

        return PavingEnding.GapReached;
    }
}
