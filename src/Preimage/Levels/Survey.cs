using System.Collections.Immutable;
using Preimage.Enclosing;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Levels;

/// <summary>The critical points of f in a box, and what follows from them alone.</summary>
internal sealed record Survey(Box Box, ImmutableArray<CriticalPoint> CriticalPoints)
{
    // A level this near to a critical value, in ulp of it, passes through the critical point as far as doubles can tell.
    private const double ValueUlps = 16;

    // A cause lies at most so many hull sizes away from an undecided place, or at the least so many smallest cells.
    private const double Near = 1;
    private const double NearCells = 4.0 / (1 << 26);

    /// <summary>An enclosure of f over the whole box.</summary>
    public Interval Whole { get; init; } = Interval.Everything;

    /// <summary>Bounds of f over the box: it is least and largest at critical points, borders and corners included, where these were looked for.</summary>
    public (double Lower, double Upper) Range
    {
        get
        {
            if (CriticalPoints.IsEmpty)
            {
                return (Whole.Low, Whole.High);
            }

            Interval attained = new(CriticalPoints.Min(p => p.ValueLower), CriticalPoints.Max(p => p.ValueUpper));
            Interval range = attained.Cut(Whole);
            return (range.Low, range.High);
        }
    }

    public bool IsOutside(double level) => level < Range.Lower || level > Range.Upper;

    /// <summary>The critical point near a place that the level passes by, proved ones first, then the nearest in value.</summary>
    public int? CauseOf(Rectangle place, double level)
    {
        Rectangle near = place.Grown(
            Math.Max(Near * place.Width, NearCells * (Box.Upper[0] - Box.Lower[0])),
            Math.Max(Near * place.Height, NearCells * (Box.Upper[1] - Box.Lower[1]))
        );
        int? cause = null;
        for (int i = 0; i < CriticalPoints.Length; i++)
        {
            Cell c = CriticalPoints[i].Enclosure;
            Rectangle enclosure = new(c.Lower[0], c.Lower[1], c.Upper[0], c.Upper[1]);
            if (near.Meets(enclosure) && (cause is not { } best || Order(i).CompareTo(Order(best)) < 0))
            {
                cause = i;
            }
        }

        return cause;

        (Verdict, double) Order(int i) =>
            (
                CriticalPoints[i].Verdict == Verdict.Proved ? Verdict.Unknown : Verdict.Proved,
                Distance(CriticalPoints[i], level)
            );
    }

    /// <summary>Whether the level passes through a proved critical point as far as doubles can tell.</summary>
    public static bool IsThrough(CriticalPoint point, double level) =>
        point.Verdict == Verdict.Proved
        && Distance(point, level) <= ValueUlps * Rounding.Epsilon * Math.Max(Math.Abs(level), Math.Abs(point.Value));

    /// <summary>The gaps between the critical values, with the components that a level in each has.</summary>
    public ImmutableArray<LevelGap> Gaps(Func<double, Skeleton> search)
    {
        List<LevelGap> gaps = [];
        double from = double.NegativeInfinity;
        bool isKnown = true;
        foreach (CriticalPoint point in CriticalPoints.OrderBy(p => p.ValueLower))
        {
            if (double.IsFinite(from) && point.ValueLower > Math.BitIncrement(from))
            {
                gaps.Add(Gap(from, point.ValueLower, isKnown, search));
            }

            from = Math.Max(from, point.ValueUpper);
            isKnown = isKnown && double.IsFinite(point.ValueUpper);
        }

        return [.. gaps];
    }

    private static LevelGap Gap(double from, double to, bool isKnown, Func<double, Skeleton> search)
    {
        Skeleton skeleton = search(from / 2 + to / 2);
        int closed = skeleton.Chains.Count(c => c.Closed);
        Verdict verdict = isKnown && skeleton.IsComplete ? Verdict.Proved : Verdict.Unknown;
        return new LevelGap(from, to, closed, skeleton.Chains.Length - closed, verdict);
    }

    private static double Distance(CriticalPoint point, double level) =>
        Math.Max(0, Math.Max(point.ValueLower - level, level - point.ValueUpper));
}
