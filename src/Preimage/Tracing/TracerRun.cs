using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tracing;

public sealed partial record Tracer
{
    // A correction that was moved onto so many faces of the box in turn goes nowhere.
    private const int FacesInTurn = 8;

    // A step, in the run's coordinates, that is lost in rounding.
    private const double Vanishing = 1e-14;

    // The first step behind a corner, in the run's coordinates; the step control finds the right one from there.
    private const double BehindCorner = 1e-3;

    // A strength that fell to this share of the largest says that the steps became small for want of rank.
    private const double LostStrength = 1e-6;

    /// <summary>One trial: whether its point was accepted, the ending if the run ends, and the step to try next.</summary>
    private readonly record struct Attempt(bool Accepted, Ending Ending, double Next);

    /// <summary>Both directions from a start that was evaluated.</summary>
    private Fiber Trace(Problem problem, Station station, ISink? sink, CancellationToken cancellation)
    {
        double[] scale = Scale.Units(problem.Box);
        using Strand forward = new(problem.Map.Inputs, problem.Map.Outputs, scale, Metric, sink);
        (Arc arc, Progress here) = Enter(problem, station, scale);
        forward.Accept(new TracePoint(arc.From, 0, +1));
        using Strand backward = forward.Start();
        Progress there = Run(arc, here.Step, +1, forward, cancellation);
        Progress back = Reversed(here);
        if (there.Ending != Ending.Closed)
        {
            back = Run(problem, back, -1, backward, cancellation);
        }

        return Finish(problem, (there, forward), (back, backward));
    }

    internal Progress Run(Arc arc, double step, int direction, ISink sink, CancellationToken cancellation)
    {
        while (true)
        {
            if (cancellation.IsCancellationRequested)
            {
                return arc.Save(step, Ending.Cancelled);
            }

            if (Stop.Reached(arc))
            {
                return arc.Save(step, Ending.BudgetSpent);
            }

            Attempt attempt = Try(arc, step);
            step = attempt.Next;
            if (attempt.Accepted)
            {
                arc.Advance();
                sink.Accept(new TracePoint(arc.From, arc.Length, direction));
                if (arc.IsCorner)
                {
                    arc.BeginAnew();
                }
            }
            else
            {
                arc.Reject();
            }

            if (attempt.Ending != Ending.Unknown)
            {
                return arc.Save(step, attempt.Ending);
            }
        }
    }

    private Attempt Try(Arc arc, double step)
    {
        arc.Begin(step);
        Predictor.Predict(arc);
        TrialVerdict verdict = Boundary.Confine(arc);
        if (verdict.Kind == TrialVerdictKind.EndBefore)
        {
            return new Attempt(false, verdict.Ending, step);
        }

        StepDecision decision = default;
        for (int face = 0; face == 0 || verdict.Kind == TrialVerdictKind.Moved && face < FacesInTurn; face++)
        {
            Correction correction = Corrector.Correct(arc);
            if (correction == Correction.Converged)
            {
                correction = Direction.Orient(arc) ? Correction.Converged : Correction.Singular;
                arc.Measure();
            }

            decision = Steps.Decide(arc, correction);
            if (!decision.Accept)
            {
                return decision.Next > 0 ? new Attempt(false, Ending.Unknown, decision.Next) : Turn(arc, correction);
            }

            arc.IsCorrected = true;
            verdict = Boundary.Confine(arc);
        }

        verdict = Inspect(arc, verdict);
        return verdict.Kind switch
        {
            TrialVerdictKind.Pass => new Attempt(true, Ending.Unknown, Math.Min(decision.Next, verdict.Step)),
            TrialVerdictKind.EndAtTrial => new Attempt(true, verdict.Ending, decision.Next),
            TrialVerdictKind.EndBefore => new Attempt(false, verdict.Ending, step),
            TrialVerdictKind.Shorten when verdict.Step < Vanishing => new Attempt(false, Ending.StepTooSmall, step),
            TrialVerdictKind.Shorten => new Attempt(false, Ending.Unknown, verdict.Step),
            TrialVerdictKind.Moved => new Attempt(false, Ending.Unknown, 0.5 * step),
        };
    }

    /// <summary>The steps are at their smallest: a corner to cross, or the end.</summary>
    private Attempt Turn(Arc arc, Correction correction)
    {
        Ending reason = Reason(arc, correction);
        if (reason == Ending.StepTooSmall && Crossroads.IsNext(arc, correction == Correction.Converged))
        {
            reason = Ending.Singular;
        }

        if (reason != Ending.StepTooSmall || !Corner.Cross(arc))
        {
            return new Attempt(false, reason, 0);
        }

        arc.IsCorner = true;
        arc.Measure();
        TrialVerdict verdict = Inspect(arc, TrialVerdict.Pass);
        return verdict.Kind switch
        {
            TrialVerdictKind.EndAtTrial => new Attempt(true, verdict.Ending, BehindCorner),
            TrialVerdictKind.EndBefore => new Attempt(false, verdict.Ending, BehindCorner),
            _ => new Attempt(true, Ending.Unknown, BehindCorner),
        };
    }

    /// <summary>Asks the events about an arc that the boundary lets pass; each that speaks overrules the ones before.</summary>
    private TrialVerdict Inspect(Arc arc, TrialVerdict verdict)
    {
        double ahead = double.PositiveInfinity;
        if (verdict.Kind is TrialVerdictKind.Pass or TrialVerdictKind.EndAtTrial)
        {
            foreach (IEvent happening in Events)
            {
                TrialVerdict said = happening.Inspect(arc);
                verdict = said.Kind == TrialVerdictKind.Pass ? verdict : said;
                ahead = said.Kind == TrialVerdictKind.Pass && said.Step > 0 ? Math.Min(ahead, said.Step) : ahead;
            }
        }

        return verdict.Kind == TrialVerdictKind.Pass ? TrialVerdict.Ahead(ahead) : verdict;
    }

    private static Ending Reason(Arc arc, Correction correction) =>
        correction == Correction.NotFinite ? Ending.NotFinite
        : correction == Correction.Singular || Math.Abs(arc.From.Strength) <= LostStrength * arc.Strongest
            ? Ending.Singular
        : Ending.StepTooSmall;

    /// <summary>Stands at the start and checks that a curve goes through it.</summary>
    private (Arc Arc, Progress Start) Enter(Problem problem, Station start, double[] scale)
    {
        Arc arc = Before(problem, start, scale);
        if (!Direction.Orient(arc))
        {
            throw new GeometryException("No single direction leaves the start; start a little to the side.");
        }

        StepDecision decision = Steps.Decide(arc, Correction.Converged);
        if (!decision.Accept)
        {
            throw new GeometryException(
                "The output is flat around the start: its rounding hides the curve; start where the network responds to its inputs, or allow a larger chord."
            );
        }

        arc.Advance();
        return (arc, arc.Save(decision.Next, Ending.Unknown));
    }

    /// <summary>A run that has not begun: the start is its trial.</summary>
    internal Arc Before(Problem problem, Station start, double[] scale)
    {
        Progress nowhere = new()
        {
            Scale = [.. scale],
            Points = [],
            Tangents = [],
            Arcs = [],
            Origin = [.. start.Point],
            OriginTangent = [],
            Strength = 0,
            Strongest = 0,
            Bend = 0,
            Step = 0,
            Evaluations = 1, // at the start
        };
        Arc arc = new(problem, nowhere, RankTolerance);
        arc.Trial.CopyFrom(start);
        return arc;
    }

    /// <summary>The same start, in the other direction.</summary>
    private static Progress Reversed(Progress start)
    {
        double[] tangent = [.. start.Tangents];
        Vectors.Scale(tangent, -1);
        return start with
        {
            Tangents = [.. tangent],
            OriginTangent = [.. tangent],
            Strength = -start.Strength,
            Evaluations = 0,
        };
    }

    private static bool IsUnfinished(Progress progress) =>
        progress.Ending == Ending.Unknown || progress.Ending.CanGoOn();

    private Fiber Finish(
        Problem problem,
        (Progress State, Strand Strand) forward,
        (Progress State, Strand Strand) backward
    )
    {
        // A direction that came back to the start has the whole component, and the other one, if it ran at all, a part of it again.
        bool closedThere = forward.State.Ending == Ending.Closed;
        bool closedBack = backward.State.Ending == Ending.Closed && !IsUnfinished(forward.State);
        if (closedThere)
        {
            backward.Strand.KeepStart();
        }
        else if (closedBack)
        {
            forward.Strand.KeepStart();
        }

        bool closed = closedThere || closedBack;
        Curve curve = Weaving.Join(
            backward.Strand,
            forward.Strand,
            closed ? Ending.Closed : backward.State.Ending,
            closed ? Ending.Closed : forward.State.Ending
        );
        return new Fiber
        {
            Curve = curve,
            Target = problem.Target,
            PseudoLength = Weaving.PseudoLength(curve, Metric),
            Evaluations = forward.State.Evaluations + backward.State.Evaluations,
            Rejections = forward.State.Rejections + backward.State.Rejections,
            Noise = Math.Max(forward.State.Noise, backward.State.Noise),
            RankTolerance = RankTolerance,
            Forward = forward.State,
            Backward = backward.State,
        };
    }

    internal static Station Evaluated(IMap map, ReadOnlySpan<double> start, Box box)
    {
        Door.CheckPoint(map, start, "The start");
        Door.CheckInside(start, box);
        Station station = new(map.Inputs, map.Outputs);
        start.CopyTo(station.Point);
        map.Linearize(start, station.Value, station.Jacobian);
        Door.CheckFinite(station.Value, station.Jacobian);
        return station;
    }
}
