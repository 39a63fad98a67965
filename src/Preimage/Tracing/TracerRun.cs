using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tracing;

public sealed partial record Tracer
{
    // A correction that was moved onto so many faces of the box in turn goes nowhere.
    private const int FacesInTurn = 8;

    // A strength that fell to this share of the largest says that the steps became small for want of rank.
    private const double LostStrength = 1e-6;

    /// <summary>One trial: whether its point was accepted, the ending if the run ends, and the step to try next.</summary>
    private readonly record struct Attempt(bool Accepted, Ending Ending, double Next);

    private Progress Run(Arc arc, double step, int direction, ISink sink, CancellationToken cancellation)
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
                arc.Advance(step);
                sink.Accept(new TracePoint(arc.From, arc.Length, direction));
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
        Verdict verdict = Boundary.Confine(arc);
        if (verdict.Kind == VerdictKind.EndBefore)
        {
            return new Attempt(false, verdict.Ending, step);
        }

        StepDecision decision = default;
        for (int face = 0; face == 0 || verdict.Kind == VerdictKind.Moved && face < FacesInTurn; face++)
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
                Ending reason = decision.Next > 0 ? Ending.Unknown : Reason(arc, correction);
                return new Attempt(false, reason, decision.Next);
            }

            arc.IsCorrected = true;
            verdict = Boundary.Confine(arc);
        }

        verdict = Inspect(arc, verdict);
        return verdict.Kind switch
        {
            VerdictKind.Pass => new Attempt(true, Ending.Unknown, decision.Next),
            VerdictKind.EndAtTrial => new Attempt(true, verdict.Ending, decision.Next),
            VerdictKind.EndBefore => new Attempt(false, verdict.Ending, step),
            VerdictKind.Shorten => new Attempt(false, Ending.Unknown, verdict.Step),
            VerdictKind.Moved => new Attempt(false, Ending.Unknown, 0.5 * step),
        };
    }

    /// <summary>Asks the events about an arc that the boundary lets pass; each that speaks overrules the ones before.</summary>
    private Verdict Inspect(Arc arc, Verdict verdict)
    {
        if (verdict.Kind is VerdictKind.Pass or VerdictKind.EndAtTrial)
        {
            foreach (IEvent happening in Events)
            {
                Verdict said = happening.Inspect(arc);
                verdict = said.Kind == VerdictKind.Pass ? verdict : said;
            }
        }

        return verdict;
    }

    private static Ending Reason(Arc arc, Correction correction) =>
        correction == Correction.NotFinite ? Ending.NotFinite
        : correction == Correction.Singular || Math.Abs(arc.From.Strength) <= LostStrength * arc.Strongest
            ? Ending.Singular
        : Ending.StepTooSmall;

    /// <summary>Stands at the start, checks that a curve goes through it, and hands its first point out.</summary>
    private Arc Enter(Problem problem, ReadOnlySpan<double> start, double[] scale, Strand strand)
    {
        Progress nowhere = new()
        {
            Scale = [.. scale],
            Points = [],
            Tangents = [],
            Arcs = [],
            Origin = [.. start],
            OriginTangent = [],
            Strength = 0,
            Strongest = 0,
            Bend = 0,
            Step = 0,
            Evaluations = 1, // the target
        };
        Arc arc = new(problem, nowhere, RankTolerance);
        start.CopyTo(arc.Trial.Point);
        if (!arc.Linearize())
        {
            Door.CheckFinite([double.NaN], []);
        }

        if (!Direction.Orient(arc))
        {
            throw new GeometryException("No single direction leaves the start; start a little to the side.");
        }

        arc.Advance(Steps.Decide(arc, Correction.Converged).Next);
        strand.Accept(new TracePoint(arc.From, 0, +1));
        return arc;
    }

    /// <summary>The state that begins the other direction: from the start, with the first points of the first direction behind it.</summary>
    private static Progress Reversed(Progress start, Strand forward, Arc arc)
    {
        int known = Math.Min(Arc.Memory, forward.Count);
        int inputs = forward.Points.Width;
        double[] points = new double[known * inputs];
        double[] tangents = new double[known * inputs];
        double[] arcs = new double[known - 1];
        for (int k = 0; k < known; k++)
        {
            forward.Points[k].CopyTo(points.AsSpan(k * inputs));
            forward.EarlyTangents[k].CopyTo(tangents.AsSpan(k * inputs));
            if (k > 0)
            {
                double turn = Vectors.Distance(forward.EarlyTangents[k - 1], forward.EarlyTangents[k]);
                arcs[k - 1] = Arc.ArcLength(arc.Distance(forward.Points[k - 1], forward.Points[k]), turn);
            }
        }

        Vectors.Scale(tangents, -1);
        return start with
        {
            Points = [.. points],
            Tangents = [.. tangents],
            Arcs = [.. arcs],
            OriginTangent = [.. tangents.AsSpan(0, inputs)],
            Strength = -start.Strength,
            Strongest = arc.Strongest,
            Step = known > 2 ? arc.EarlyStep : start.Step,
            Evaluations = 0,
        };
    }

    private static bool IsUnfinished(Progress progress) =>
        progress.Ending is Ending.Unknown or Ending.BudgetSpent or Ending.Cancelled;

    private Fiber Finish(
        Problem problem,
        (Progress State, Strand Strand) forward,
        (Progress State, Strand Strand) backward
    )
    {
        bool closed = forward.State.Ending == Ending.Closed;
        Curve curve = Weaving.Join(
            backward.Strand,
            forward.Strand,
            closed ? Ending.Closed : backward.State.Ending,
            forward.State.Ending
        );
        return new Fiber
        {
            Curve = curve,
            Target = problem.Target,
            PseudoLength = Weaving.PseudoLength(curve, Metric),
            Evaluations = forward.State.Evaluations + backward.State.Evaluations,
            Rejections = forward.State.Rejections + backward.State.Rejections,
            RankTolerance = RankTolerance,
            Forward = forward.State,
            Backward = backward.State,
        };
    }

    private static ImmutableArray<double> TargetAt(IMap map, ReadOnlySpan<double> start)
    {
        double[] value = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        map.Linearize(start, value, jacobian);
        Door.CheckFinite(value, jacobian);
        return [.. value];
    }

    private static void CheckInside(ReadOnlySpan<double> start, Box box)
    {
        if (box.Dimension != start.Length)
        {
            throw new ArgumentException(
                $"The box has {box.Dimension} sides, but the map takes {start.Length} inputs; give one interval for each input."
            );
        }

        for (int i = 0; i < start.Length; i++)
        {
            if (!(start[i] >= box.Lower[i] && start[i] <= box.Upper[i]))
            {
                throw new ArgumentException(
                    $"The start lies outside the box: coordinate {i + 1} is {start[i]:R}, but the box allows {box.Lower[i]:R} to {box.Upper[i]:R}; move the start or give a larger box."
                );
            }
        }
    }
}
