using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Levels;

/// <summary>
/// A recipe for a family of fibers at given levels of one output: the lift through the start crosses them, and each is traced from where it does.
/// A level that the lift does not reach has no leaf; the lift's endings say why. Immutable, may be shared between threads.
/// </summary>
public sealed record Foliations
{
    /// <summary>The way across the fibers.</summary>
    public Lift Lift { get; init; } = new();

    /// <summary>Traces each leaf.</summary>
    public Tracer Tracer { get; init; } = Tracer.Continuation;

    /// <summary>The published way: leaves of SiMEC-1D through the points of a SiMExp-1D run.</summary>
    /// <param name="delta">The step of both, in input units.</param>
    /// <exception cref="ArgumentException">Delta is not positive.</exception>
    public static PublishedFoliations Published(double delta) => new(delta);

    /// <summary>count levels from one to another, both among them, evenly spaced; the middle where count is 1.</summary>
    /// <exception cref="ArgumentException">The count is not positive, or a level is not finite.</exception>
    public static ImmutableArray<double> Evenly(double from, double to, int count)
    {
        if (count < 1 || !double.IsFinite(from) || !double.IsFinite(to))
        {
            throw new ArgumentException(
                $"Levels from {from:R} to {to:R}, {count} of them, cannot be laid out; give finite levels and a positive count."
            );
        }

        return count == 1
            ? [from + (to - from) / 2]
            : [.. Enumerable.Range(0, count).Select(k => k == count - 1 ? to : from + (to - from) * k / (count - 1))];
    }

    /// <summary>The level and so many below and above it, spaced evenly.</summary>
    /// <exception cref="ArgumentException">A count is negative, or the spacing not positive and finite.</exception>
    public static ImmutableArray<double> Around(double level, double spacing, int below, int above)
    {
        if (below < 0 || above < 0 || !(spacing > 0 && double.IsFinite(spacing)))
        {
            throw new ArgumentException(
                $"{below} levels below and {above} above, {spacing:R} apart, cannot be laid out; give counts from 0 and a positive spacing."
            );
        }

        return [.. Enumerable.Range(-below, below + 1 + above).Select(k => level + k * spacing)];
    }

    /// <summary>How far the lift through the start goes in the box: the lowest and the highest output on it.</summary>
    /// <exception cref="ArgumentException">As <see cref="Trace"/>.</exception>
    /// <exception cref="GeometryException">The gradient vanishes at the start.</exception>
    public (double Lowest, double Highest) Reach(
        IMap map,
        ReadOnlySpan<double> start,
        Box box,
        CancellationToken cancellation = default
    )
    {
        double[] ends = [double.NegativeInfinity, double.PositiveInfinity];
        Curve curve = Lift.Through(map, start, ends, box, cancellation).Curve;
        return (curve.Values[0], curve.Values[^1]);
    }

    /// <summary>Traces the leaves at the levels.</summary>
    /// <param name="map">f: R^n -> R, with fibers of one dimension: n = 2.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="levels">The levels, in any order; those above f(x0) are reached upward, those below downward.</param>
    /// <param name="box">Where to trace.</param>
    /// <param name="cancellation">Ends the work with the leaves that are traced so far.</param>
    /// <returns>The leaves, the lowest level first.</returns>
    /// <exception cref="ArgumentException">The map has several outputs; the start has another length than its inputs, is not finite, or lies outside the box; a level is NaN.</exception>
    /// <exception cref="GeometryException">The gradient vanishes at the start, or the fibers have another dimension than 1.</exception>
    public Foliation Trace(
        IMap map,
        ReadOnlySpan<double> start,
        ReadOnlySpan<double> levels,
        Box box,
        CancellationToken cancellation = default
    )
    {
        CheckPlane(map);
        HorizontalLift lift = Lift.Through(map, start, levels, box, cancellation);
        var leaves = ImmutableArray.CreateBuilder<Leaf>();
        List<MissedLevel> missed = Unreached(lift, levels);
        for (int k = 0; k < lift.Stations.Length; k++)
        {
            double level = lift.Outputs[k];
            if (cancellation.IsCancellationRequested)
            {
                missed.Add(new MissedLevel([level], Ending.Cancelled.Advice()));
                continue;
            }

            ReadOnlySpan<double> point = lift.Curve.Point(lift.Stations[k]);
            try
            {
                leaves.Add(new Leaf([level], [.. point], Tracer.Trace(map, point, box, null, cancellation)));
            }
            catch (GeometryException refusal)
            {
                missed.Add(new MissedLevel([level], refusal.Message));
            }
        }

        return new Foliation
        {
            Leaves = leaves.ToImmutable(),
            Lift = lift.Curve,
            Asked = levels.Length,
            Missed = [.. missed.OrderBy(level => level.Level[0])],
            Evaluations = lift.Evaluations + leaves.Sum(leaf => leaf.Fiber.Evaluations),
        };
    }

    /// <summary>The levels before which the lift ended.</summary>
    private static List<MissedLevel> Unreached(HorizontalLift lift, ReadOnlySpan<double> levels)
    {
        List<MissedLevel> missed = [];
        foreach (double level in levels)
        {
            if (!lift.Outputs.Contains(level))
            {
                Ending ending = level < lift.Curve.Values[0] ? lift.Curve.Start : lift.Curve.End;
                missed.Add(new MissedLevel([level], Reason(ending)));
            }
        }

        return missed;
    }

    private static string Reason(Ending ending) =>
        ending switch
        {
            Ending.LeftBox => "The way across leaves the box before this output.",
            Ending.Singular => "The way across comes to a critical point, beyond which the output does not go.",
            _ => $"The way across ended before this output. {ending.Advice()}",
        };

    internal static void CheckPlane(IMap map)
    {
        if (map.Outputs != 1)
        {
            throw new ArgumentException(
                $"The map has {map.Outputs} outputs, but a foliation is by the levels of one; select one of the outputs."
            );
        }

        if (map.Inputs != 2)
        {
            throw new ArgumentException(
                $"The map has {map.Inputs} inputs, so its fibers are no curves; fix all but 2 of the inputs."
            );
        }
    }
}
