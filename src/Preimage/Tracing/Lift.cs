using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>
/// A recipe for the horizontal lift x' = J^+ y' through a point: the curve across the fibers, orthogonal to them, along which the output follows a
/// straight path from N(x0) to one output after the other. It passes through the outputs asked for to rounding, ends exactly on the box, and ends
/// <see cref="Ending.Singular"/> where the Jacobian loses rank: at a critical point, beyond which no output of the path follows.
/// A lift is immutable and may be shared between threads. Cost: six evaluations a step.  [BenfenatiMarta2023b]
/// </summary>
public sealed record Lift
{
    // Outputs that are closer than this are one: the corrector's own rounding.
    private const double RoundingUlps = 4;

    /// <summary>How long the steps are: by the largest distance between the lift and its polyline.</summary>
    public ChordControl Steps { get; init; } = new();

    /// <summary>Brings points onto the outputs asked for.</summary>
    public GaussNewton Corrector { get; init; } = new();

    /// <summary>When to stop on the way from one output to the next.</summary>
    public IStop Stop { get; init; } = new Budget();

    /// <summary>
    /// The unit of length of each input, in which the lift is orthogonal to the fibers and its steps are measured. Equal units, as by default, make
    /// it orthogonal in the input units; <see cref="HalfWidths"/> let inputs of very different size count alike.
    /// </summary>
    public IScale Scale { get; init; } = new LargestHalfWidth();

    /// <summary>The parts of one leg of the way.</summary>
    internal sealed record Parts(IDirection Direction, IPredictor Predictor, ICorrector Corrector, GaussNewton Newton);

    /// <summary>How far a direction came: the places of the outputs reached, its ending, its cost.</summary>
    private sealed record Way(
        List<(int Place, double[] Output)> Reached,
        Ending Ending,
        long Evaluations,
        long Rejections
    );

    /// <summary>The lift of the way from N(x0) straight to the first output, from there to the second, and so on.</summary>
    /// <param name="map">N: R^n -> R^m.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="outputs">The outputs, one after the other: [k * m]. With m = 1 the last may be infinite: as far as the lift goes.</param>
    /// <param name="box">Where to lift.</param>
    /// <param name="cancellation">Ends the lift with what was done so far.</param>
    /// <returns>The lift, the start first.</returns>
    /// <exception cref="ArgumentException">The start has another length than the map's inputs, is not finite, or lies outside the box; an output is NaN.</exception>
    /// <exception cref="GeometryException">The output does not change to first order at the start, or not in the direction asked for.</exception>
    public HorizontalLift Trace(
        IMap map,
        ReadOnlySpan<double> start,
        ReadOnlySpan<double> outputs,
        Box box,
        CancellationToken cancellation = default
    )
    {
        Station station = Enter(map, start, outputs, box);
        using Strand forward = Begin(map, station, Scale.Units(box));
        using Strand backward = forward.Start();
        Way way = Follow(new Problem(map, box, [.. station.Value]), station, outputs, forward, cancellation);
        return Finish(backward, forward, new Way([], Ending.ReachedTarget, 0, 0), way, outputs.Length / map.Outputs);
    }

    /// <summary>The lift of one output up and down, through all these levels: the curve from the lowest to the highest.</summary>
    /// <param name="map">f: R^n -> R.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="levels">The levels, in any order: those above f(x0) are reached upward, those below downward. Infinite ones: as far as the lift goes.</param>
    /// <param name="box">Where to lift.</param>
    /// <param name="cancellation">Ends the lift with what was done so far.</param>
    /// <exception cref="ArgumentException">The map has several outputs; or as <see cref="Trace"/>.</exception>
    /// <exception cref="GeometryException">The gradient vanishes at the start.</exception>
    public HorizontalLift Through(
        IMap map,
        ReadOnlySpan<double> start,
        ReadOnlySpan<double> levels,
        Box box,
        CancellationToken cancellation = default
    )
    {
        if (map.Outputs != 1)
        {
            throw new ArgumentException(
                $"The map has {map.Outputs} outputs, but levels are of one; select one of the outputs."
            );
        }

        Station station = Enter(map, start, levels, box);
        double here = station.Value[0];
        double[] up = [.. levels.ToArray().Where(level => level >= here).Order()];
        double[] down = [.. levels.ToArray().Where(level => level < here).OrderDescending()];
        using Strand forward = Begin(map, station, Scale.Units(box));
        using Strand backward = forward.Start();
        Problem problem = new(map, box, [here]);
        Way above = Follow(problem, station, up, forward, cancellation);
        Way below = Follow(problem, station, down, backward, cancellation);
        return Finish(backward, forward, below, above, levels.Length);
    }

    private static Station Enter(IMap map, ReadOnlySpan<double> start, ReadOnlySpan<double> outputs, Box box)
    {
        Door.CheckPoint(map, start, "The start");
        Door.CheckInside(start, box);
        if (outputs.Length % map.Outputs != 0)
        {
            throw new ArgumentException(
                $"The outputs to reach are {outputs.Length} numbers, but the map has {map.Outputs} outputs; give as many for each."
            );
        }

        for (int j = 0; j < outputs.Length; j++)
        {
            if (double.IsNaN(outputs[j]) || (map.Outputs > 1 && double.IsInfinity(outputs[j])))
            {
                throw new ArgumentException($"An output to reach is {outputs[j]:R}; give a finite number.");
            }
        }

        Station station = Tracer.Evaluated(map, start, box);
        if (Vectors.Norm(station.Jacobian) == 0)
        {
            throw new GeometryException(
                "The output does not change to first order at the start, so no direction leads across the fibers; start a little to the side."
            );
        }

        return station;
    }

    private static Strand Begin(IMap map, Station start, double[] scale)
    {
        Strand strand = new(map.Inputs, map.Outputs, scale, new IdentityMetric(), null);
        double size = Vectors.LargestMagnitude(start.Jacobian);
        for (int i = 0; i < map.Inputs; i++)
        {
            start.Tangent[i] = start.Jacobian[i] / size * scale[i]; // the first output's, until a direction is known
        }

        Vectors.Scale(start.Tangent, 1 / Math.Max(Vectors.Norm(start.Tangent), double.Epsilon));
        strand.Accept(new TracePoint(start, 0, +1));
        return strand;
    }

    /// <summary>Goes from one output to the next until one is not reached.  outputs: [k * m].</summary>
    private Way Follow(
        Problem problem,
        Station start,
        ReadOnlySpan<double> outputs,
        Strand strand,
        CancellationToken cancellation
    )
    {
        int m = problem.Map.Outputs;
        double[] scale = Scale.Units(problem.Box);
        Arc? arc = null;
        OutputPath? before = null;
        double step = Steps.First;
        Way way = new([], Ending.ReachedTarget, 0, 0);
        ReadOnlySpan<double> from = start.Value;
        for (int k = 0; k < outputs.Length / m && way.Ending == Ending.ReachedTarget; k++)
        {
            ReadOnlySpan<double> to = outputs.Slice(k * m, m);
            if (!AreOne(from, to))
            {
                OutputPath path = new(from, to);
                Tracer leg = Leg(path);
                if (arc is null || !path.IsParallelTo(before))
                {
                    way = Add(way, arc);
                    arc = leg.Before(problem, arc?.From ?? start, scale);
                    way = way with { Ending = TurnInto(arc, leg, strand) };
                    step = Steps.First;
                }

                if (way.Ending == Ending.ReachedTarget)
                {
                    Progress end = leg.Run(arc, step, +1, strand, cancellation);
                    step = end.Step > 0 ? end.Step : Steps.First;
                    way = way with { Ending = end.Ending };
                }

                before = path;
                from = to;
            }

            if (way.Ending == Ending.ReachedTarget)
            {
                way.Reached.Add((strand.Count - 1, to.ToArray()));
            }
        }

        return Add(way, arc);
    }

    /// <summary>Whether two outputs differ by rounding only: there is no way between them.</summary>
    private static bool AreOne(ReadOnlySpan<double> from, ReadOnlySpan<double> to) =>
        Vectors.LargestDifference(from, to) <= RoundingUlps * Rounding.Epsilon * Vectors.LargestMagnitude(from);

    private static Way Add(Way way, Arc? arc) =>
        arc is null
            ? way
            : way with
            {
                Evaluations = way.Evaluations + arc.Evaluations,
                Rejections = way.Rejections + arc.Rejections,
            };

    /// <summary>Takes the direction of a leg at the point where it begins.</summary>
    private static Ending TurnInto(Arc arc, Tracer leg, Strand strand)
    {
        if (!leg.Direction.Orient(arc))
        {
            return Ending.Singular;
        }

        strand.Turn(arc.Trial.Tangent);
        arc.Advance();
        return Ending.ReachedTarget;
    }

    private Tracer Leg(OutputPath path)
    {
        AcrossFibers direction = new(path);
        CashKarp predictor = new(direction);
        OntoPath corrector = new(path, Corrector);
        return new Tracer
        {
            Direction = direction,
            Predictor = predictor,
            Corrector = corrector,
            Steps = new LiftControl(Steps),
            Boundary = new LiftBoundary(predictor, corrector),
            Corner = new LiftCorner(direction, corrector),
            Events = [new ReachOutput(path, new Parts(direction, predictor, corrector, Corrector))],
            Stop = Stop,
            Scale = Scale,
        };
    }

    private static HorizontalLift Finish(Strand backward, Strand forward, Way below, Way above, int asked)
    {
        int before = backward.Count - 1;
        (int Place, double[] Output)[] reached =
        [
            .. below.Reached.Select(station => (before - station.Place, station.Output)).Reverse(),
            .. above.Reached.Select(station => (before + station.Place, station.Output)),
        ];
        return new HorizontalLift
        {
            Curve = Weaving.Join(backward, forward, below.Ending, above.Ending),
            Stations = [.. reached.Select(station => station.Place)],
            Outputs = [.. reached.SelectMany(station => station.Output)],
            Asked = asked,
            Evaluations = below.Evaluations + above.Evaluations,
            Rejections = below.Rejections + above.Rejections,
        };
    }
}
