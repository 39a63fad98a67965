using Preimage.Maps;

namespace Preimage.Enclosing;

/// <summary>
/// Encloses the range of f over a box, by branch and bound: a level outside the answer is proved to have no point in the box. From below and from
/// above alike, the box with the lowest bound is split until a point is found whose value is as low, up to the tolerance; where f is proved monotone
/// along an edge, only its better end is kept, so that extremes at corners cost next to nothing.  [JaulinWalter1993]
/// </summary>
public sealed record OutputRange
{
    /// <summary>How far a bound may lie from a value that is attained, as a part of the spread of the values seen: at least 0.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most boxes to enclose for each end.</summary>
    public long Boxes { get; init; } = 100_000;

    /// <summary>
    /// An enclosure of f over a bounded box, to the tolerance where the boxes allowed suffice; sound in any case, also when cancelled. Bounds of a
    /// map that is unbounded on the box are infinite.
    /// </summary>
    /// <exception cref="ArgumentException">f has several outputs, the box has another dimension, is unbounded or flat, or a setting is out of range.</exception>
    public Interval Find(IRelaxedMap f, Box box, CancellationToken cancellation = default)
    {
        PaverDoor.CheckScalar(f, box);
        if (!(Tolerance >= 0) || Boxes < 1)
        {
            throw new ArgumentException(
                $"A range needs a tolerance of at least 0 and at least one box, but got {Tolerance:R} and {Boxes}; the defaults are 0.000001 and 100000."
            );
        }

        double low = Least(new PaverMinimum(f, box, 1), cancellation);
        double high = Least(new PaverMinimum(f, box, -1), cancellation);
        return new Interval(low, -high);
    }

    private double Least(PaverMinimum search, CancellationToken cancellation)
    {
        search.Begin();
        while (search.Excess > Math.Max(Tolerance * search.Spread, search.Rounding) && search.Enclosures + 2 <= Boxes)
        {
            if (cancellation.IsCancellationRequested || !search.SplitLowest())
            {
                break;
            }
        }

        return search.Bound;
    }
}
