using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>
/// A recipe that traces the one-dimensional fiber { x : N(x) = N(x0) } through a point, in both directions, joined into one ordered curve.
/// Steps, chords and turns are measured in the coordinates x_i / scale_i (see <see cref="Scale"/>); results are in input units.
/// A tracer is immutable and may be shared between threads.  [Keller1977], [AllgowerGeorg2003]
/// </summary>
public sealed partial record Tracer
{
    /// <summary>Which way the curve goes.</summary>
    public IDirection Direction { get; init; } = new NullDirection();

    /// <summary>Guesses the next point.</summary>
    public IPredictor Predictor { get; init; } = new HermitePredictor();

    /// <summary>Brings the guess onto the curve.</summary>
    public ICorrector Corrector { get; init; } = new GaussNewton();

    /// <summary>Judges and sizes steps.</summary>
    public IStepControl Steps { get; init; } = new ChordControl();

    /// <summary>Keeps the run inside its box.</summary>
    public IBoundary Boundary { get; init; } = new FaceBoundary();

    /// <summary>Goes on at corners, where the map has a kink.</summary>
    public ICorner Corner { get; init; } = new KinkCrossing();

    /// <summary>What may happen on the way, the most important last.</summary>
    public ImmutableArray<IEvent> Events { get; init; } = [new BranchPoint(), new ReturnToOrigin()];

    /// <summary>When to stop.</summary>
    public IStop Stop { get; init; } = new Budget();

    /// <summary>The unit of length of each input.</summary>
    public IScale Scale { get; init; } = new HalfWidths();

    /// <summary>Measures outputs: for singular values and pseudo-length.</summary>
    public IOutputMetric Metric { get; init; } = new IdentityMetric();

    /// <summary>
    /// Singular values below this share of the largest count as zero. Looser than rounding, since the Jacobian of a network with a softmax,
    /// whose rank is one less than its outputs, is singular only to the network's own rounding.
    /// </summary>
    public double RankTolerance { get; init; } = 1e-12;

    /// <summary>Predictor-corrector continuation: points on the fiber to rounding, chords within 1e-4, exact ends.</summary>
    public static Tracer Continuation { get; } = new();

    /// <summary>The same recipe, ending where the curve reaches a point of it: the last point is that point, bit for bit.  point: [n].</summary>
    public Tracer Until(ReadOnlySpan<double> point) => this with { Events = Events.Add(new ReachPoint([.. point])) };

    /// <summary>Traces the fiber through a point.</summary>
    /// <param name="map">N: R^n -> R^m.</param>
    /// <param name="start">x0, in the box: [n].</param>
    /// <param name="box">Where to trace.</param>
    /// <param name="sink">Receives the points as they come, the start first.</param>
    /// <param name="cancellation">Ends the run with what was traced so far.</param>
    /// <exception cref="ArgumentException">The start has another length than the map's inputs, is not finite, or lies outside the box.</exception>
    /// <exception cref="GeometryException">The output is constant at the start, the start is singular, or the fiber's dimension is not 1.</exception>
    public Fiber Trace(
        IMap map,
        ReadOnlySpan<double> start,
        Box box,
        ISink? sink = null,
        CancellationToken cancellation = default
    )
    {
        Station station = Evaluated(map, start, box);
        return Trace(new Problem(map, box, [.. station.Value]), station, sink, cancellation);
    }

    /// <summary>Traces the fiber of a given output.</summary>
    /// <param name="problem">The map, the box, and the output.</param>
    /// <param name="start">A point in the box that has this output to rounding: [n]. Its defect is told as that of every point.</param>
    /// <param name="sink">Receives the points as they come, the start first.</param>
    /// <param name="cancellation">Ends the run with what was traced so far.</param>
    /// <exception cref="ArgumentException">The start has another length than the map's inputs, is not finite, or lies outside the box; or the target has another length than its outputs.</exception>
    /// <exception cref="GeometryException">The output is constant at the start, the start is singular, or the fiber's dimension is not 1.</exception>
    public Fiber Trace(
        Problem problem,
        ReadOnlySpan<double> start,
        ISink? sink = null,
        CancellationToken cancellation = default
    )
    {
        if (problem.Target.Length != problem.Map.Outputs)
        {
            throw new ArgumentException(
                $"The output to trace has {problem.Target.Length} values, but the map has {problem.Map.Outputs} outputs; give one for each."
            );
        }

        Station station = Evaluated(problem.Map, start, problem.Box);
        station.Defect = Vectors.LargestDifference(station.Value, problem.Target.AsSpan());
        return Trace(problem, station, sink, cancellation);
    }

    /// <summary>Goes on with a fiber whose directions were stopped by budget or cancellation; the same bits as without the stop.</summary>
    /// <param name="map">The map of the fiber.</param>
    /// <param name="fiber">What was traced so far, by the same recipe except for its <see cref="Stop"/>.</param>
    /// <param name="box">The box of the fiber.</param>
    /// <param name="sink">Receives the new points as they come.</param>
    /// <param name="cancellation">Ends the run again.</param>
    /// <exception cref="ArgumentException">The fiber carries no state to go on from.</exception>
    public Fiber Resume(IMap map, Fiber fiber, Box box, ISink? sink = null, CancellationToken cancellation = default)
    {
        if (fiber is not { Forward: { } there, Backward: { } back })
        {
            throw new ArgumentException("The fiber carries no state to resume from; trace it anew.");
        }

        if (fiber.Curve.Closed)
        {
            return fiber;
        }

        Problem problem = new(map, box, fiber.Target);
        using Strand forward = new(map.Inputs, map.Outputs, [.. there.Scale], Metric, sink);
        using Strand backward = new(map.Inputs, map.Outputs, [.. back.Scale], Metric, sink);
        int start = (int)back.Accepted;
        forward.Take(fiber.Curve, start, +1);
        backward.Take(fiber.Curve, start, -1);
        if (IsUnfinished(there))
        {
            there = Run(problem, there, +1, forward, cancellation);
        }

        if (there.Ending != Ending.Closed && IsUnfinished(back))
        {
            back = Run(problem, back, -1, backward, cancellation);
        }

        return Finish(problem, (there, forward), (back, backward));
    }

    /// <summary>Runs on from a state in one direction, until something ends the run.</summary>
    /// <returns>The state at the end, with its ending.</returns>
    public Progress Run(Problem problem, Progress from, int direction, ISink sink, CancellationToken cancellation) =>
        Run(new Arc(problem, from, RankTolerance), from.Step, direction, sink, cancellation);
}
