using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>Chooses the direction of the curve at a corrected trial point.</summary>
public interface IDirection
{
    /// <summary>Writes the trial's unit tangent and strength; continues the direction of the last station, if there is one.</summary>
    /// <returns>Whether there is exactly one such direction.</returns>
    /// <exception cref="GeometryException">At the start of a run: no curve goes through the point.</exception>
    bool Orient(Arc arc);
}

/// <summary>Guesses the next point.</summary>
public interface IPredictor
{
    /// <summary>Writes the trial point at the arc's step from the last station.</summary>
    void Predict(Arc arc);
}

/// <summary>Brings a guess onto the curve.</summary>
public interface ICorrector
{
    /// <summary>Moves the trial point until N(x) equals the target, and leaves value, Jacobian and defect there.</summary>
    Correction Correct(Arc arc);
}

/// <summary>How a correction ended.</summary>
public enum Correction
{
    /// <summary>Nothing has been corrected.</summary>
    Unknown,

    /// <summary>The trial point is on the curve.</summary>
    Converged,

    /// <summary>It contracted too slowly, went too far or took too long: the step was too long.</summary>
    Failed,

    /// <summary>The Jacobian lost rank.</summary>
    Singular,

    /// <summary>The map gave NaN or infinity.</summary>
    NotFinite,
}

/// <summary>Judges a trial and sizes the next step.</summary>
public interface IStepControl
{
    /// <summary>Decides on the arc from the last station to the trial, whose correction ended so.</summary>
    StepDecision Decide(Arc arc, Correction correction);
}

/// <summary>Whether a trial is good, and the step to try next; zero where no step is worth trying.</summary>
public readonly record struct StepDecision(bool Accept, double Next);

/// <summary>Keeps a run inside its box.</summary>
public interface IBoundary
{
    /// <summary>Looks at the trial, before its correction and after it; may move it onto a face and pin it there.</summary>
    Verdict Confine(Arc arc);
}

/// <summary>Something that may happen on an arc.</summary>
public interface IEvent
{
    /// <summary>Looks at the arc from the last station to the corrected trial.</summary>
    Verdict Inspect(Arc arc);
}

/// <summary>Decides when a run has had enough.</summary>
public interface IStop
{
    /// <summary>Whether to stop before the next step.</summary>
    bool Reached(Arc arc);
}

/// <summary>Chooses the unit of length of each input; a run measures steps, chords and turns in these units.</summary>
public interface IScale
{
    /// <summary>The units for a box: [box.Dimension], positive and finite.</summary>
    double[] Units(Box box);
}

/// <summary>Receives the points of a run as they come.</summary>
public interface ISink
{
    /// <summary>Takes the next point. The spans are valid during the call only.</summary>
    void Accept(in TracePoint point);
}

/// <summary>A point of a run, as a sink sees it.</summary>
public readonly ref struct TracePoint(Station station, double length, int direction)
{
    /// <summary>x: [n].</summary>
    public ReadOnlySpan<double> Point => station.Point;

    /// <summary>Unit tangent in the run's coordinates, in the direction of the run: [n].</summary>
    public ReadOnlySpan<double> Tangent => station.Tangent;

    /// <summary>N(x): [m].</summary>
    public ReadOnlySpan<double> Value => station.Value;

    /// <summary>DN(x), row-major: [m * n].</summary>
    public ReadOnlySpan<double> Jacobian => station.Jacobian;

    /// <summary>Max norm of N(x) - target.</summary>
    public double Defect => station.Defect;

    /// <summary>Length from the start, in the run's coordinates.</summary>
    public double Length => length;

    /// <summary>+1 for the first direction, -1 for the second.</summary>
    public int Direction => direction;
}

/// <summary>What a boundary or an event says of a trial.</summary>
/// <param name="Kind">What to do with the trial.</param>
/// <param name="Ending">The ending, where the run ends.</param>
/// <param name="Step">The step to try instead, where the trial came too far; the longest next step, where it passes; zero for no opinion.</param>
public readonly record struct Verdict(VerdictKind Kind, Ending Ending = Ending.Unknown, double Step = 0)
{
    /// <summary>Nothing happened.</summary>
    public static Verdict Pass => new(VerdictKind.Pass);

    /// <summary>Nothing happened yet, but the next step should not be longer than this.</summary>
    public static Verdict Ahead(double step) => new(VerdictKind.Pass, Ending.Unknown, step);

    /// <summary>The trial was moved and must be corrected again.</summary>
    public static Verdict Moved => new(VerdictKind.Moved);

    /// <summary>The trial came too far: try this step.</summary>
    public static Verdict Shorten(double step) => new(VerdictKind.Shorten, Ending.Unknown, step);

    /// <summary>The run ends at the trial.</summary>
    public static Verdict EndAtTrial(Ending ending) => new(VerdictKind.EndAtTrial, ending);

    /// <summary>The run ends at the last station; the trial is dropped.</summary>
    public static Verdict EndBefore(Ending ending) => new(VerdictKind.EndBefore, ending);
}

/// <summary>What to do with a trial.</summary>
public enum VerdictKind
{
    /// <summary>Go on.</summary>
    Pass,

    /// <summary>Correct the trial again: it was moved.</summary>
    Moved,

    /// <summary>Drop the trial and try a shorter step.</summary>
    Shorten,

    /// <summary>Accept the trial as the last point.</summary>
    EndAtTrial,

    /// <summary>Drop the trial and end.</summary>
    EndBefore,
}
