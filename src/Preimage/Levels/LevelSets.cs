using System.Collections.Immutable;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Levels;

/// <summary>
/// A recipe that finds all of { x in box : f(x) = c }, f: R^2 -> R, and proves that it did: a subdivision by enclosures proves how many
/// components there are and through which cells and borders each runs; a tracer gives each its points to rounding; and every traced point is
/// looked up in the proof. Where both agree the component is proved; where they do not it is unknown, never silently.
/// What cannot be decided at the smallest size is listed with the critical point that causes it.  [Snyder1992]
/// </summary>
public sealed record LevelSets
{
    /// <summary>Traces the components; its steps are shortened for small ones.</summary>
    public Tracer Tracer { get; init; } = Tracer.Continuation;

    /// <summary>
    /// Finds the critical points, which bound f and explain what is undecided, on a budget; null leaves them out. No component is proved by them, but
    /// without them branches that meet in a saddle stay apart.
    /// </summary>
    public CriticalPointSearch? CriticalPoints { get; init; } = new() { Cells = 5_000 };

    /// <summary>The smallest side of a cell, as a share of the box's.</summary>
    public double Smallest { get; init; } = new SkeletonSearch().Smallest;

    /// <summary>The most cells to look at.</summary>
    public int Cells { get; init; } = new SkeletonSearch().Cells;

    /// <summary>The most evaluations of the map for tracing all components: what they do not reach has an unknown verdict.</summary>
    public long Evaluations { get; init; } = 4_000_000;

    /// <summary>Finds all components of a level set.</summary>
    /// <param name="map">f.</param>
    /// <param name="enclosure">Encloses the same f.</param>
    /// <param name="level">c.</param>
    /// <param name="box">A bounded box of the plane.</param>
    /// <param name="cancellation">Ends the search: what was not decided is undecided, what was not traced has an unknown verdict.</param>
    /// <exception cref="ArgumentException">The maps have not two inputs and one output, the level is not finite, or the box is not bounded or has no width.</exception>
    public LevelSet Find(
        IMap map,
        ICurvedEnclosedMap enclosure,
        double level,
        Box box,
        CancellationToken cancellation = default
    )
    {
        Check(map, level);
        Rectangle rectangle = Rectangle.Of(enclosure, box);
        CurvedPlaneEnclosure plane = new(enclosure);
        Survey survey = Survey(plane, rectangle, cancellation);
        LevelSet found = Find(map, enclosure, level, survey, cancellation);
        return found with { Enclosures = found.Enclosures + plane.Count };
    }

    /// <summary>What is known of f before a level is chosen.</summary>
    internal Survey Survey(CurvedPlaneEnclosure f, Rectangle box, CancellationToken cancellation) =>
        new(new Box([box.Left, box.Bottom], [box.Right, box.Top]), CriticalPoints?.Find(f, box, cancellation) ?? [])
        {
            Whole = f.Value(box),
        };

    /// <summary>The same with critical points that are known already.</summary>
    internal LevelSet Find(
        IMap map,
        ICurvedEnclosedMap enclosure,
        double level,
        Survey survey,
        CancellationToken cancellation
    )
    {
        CountingMap counting = new(map);
        Skeleton skeleton = survey.IsOutside(level)
            ? Skeleton.Empty
            : Search.Find(enclosure, level, Rectangle.Of(enclosure, survey.Box), cancellation);
        ImmutableArray<UndecidedCell> undecided =
        [
            .. skeleton.Clusters.Select(c => new UndecidedCell(c.Hull.ToCell(), survey.CauseOf(c.Hull, level))),
        ];
        PlaneEnclosure plane = new(enclosure, level);
        ChainTracing tracing = new(Tracer, new Problem(counting, survey.Box, [level]), plane, Evaluations);
        TracedChain[] traced = [.. skeleton.Chains.Select(chain => tracing.Trace(chain, cancellation))];
        ImmutableArray<LevelComponent> components =
        [
            .. new ChainJoining(survey, undecided, tracing).Join(traced).OrderByDescending(c => c.Length),
        ];
        bool isProved = undecided.IsEmpty && components.All(c => c.Verdict == Verdict.Proved);
        return new LevelSet
        {
            Level = level,
            Components = components,
            Undecided = undecided,
            CriticalPoints = survey.CriticalPoints,
            Verdict = isProved ? Verdict.Proved : Verdict.Unknown,
            Range = survey.Range,
            Enclosures = skeleton.Enclosures + plane.Count,
            Evaluations = counting.Evaluations,
        };
    }

    /// <summary>
    /// The table of critical values: between two consecutive ones the number of components is the same for every level, if all critical points
    /// are proved; a level in each gap counts them.
    /// </summary>
    /// <param name="enclosure">Encloses f.</param>
    /// <param name="box">A bounded box of the plane.</param>
    /// <param name="cancellation">Ends the search; gaps that were not reached are of unknown verdict.</param>
    /// <exception cref="ArgumentException">The map has not two inputs and one output, or the box is not bounded or has no width.</exception>
    public ImmutableArray<LevelGap> Table(
        ICurvedEnclosedMap enclosure,
        Box box,
        CancellationToken cancellation = default
    )
    {
        Rectangle rectangle = Rectangle.Of(enclosure, box);
        LevelSets whole = this with { CriticalPoints = CriticalPoints ?? new() };
        return whole
            .Survey(new CurvedPlaneEnclosure(enclosure), rectangle, cancellation)
            .Gaps(level => Search.Find(enclosure, level, rectangle, cancellation));
    }

    private SkeletonSearch Search => new() { Smallest = Smallest, Cells = Cells };

    private static void Check(IMap map, double level)
    {
        if (map.Outputs != 1)
        {
            throw new ArgumentException(
                $"Level sets are those of one output, but the map has {map.Outputs}; select one of them, or a margin between two."
            );
        }

        if (map.Inputs != 2)
        {
            throw new ArgumentException(
                $"Level curves need two free inputs, but the map has {map.Inputs}; fix the others."
            );
        }

        if (!double.IsFinite(level))
        {
            throw new ArgumentException($"The level is {level:R}; give a finite number.");
        }
    }
}
