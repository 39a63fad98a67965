namespace Preimage.Tracing;

/// <summary>
/// Steps as long as the chord tolerance allows: the distance of an arc from its chord is h^2 curvature / 8, so h = sqrt(8 Chord / curvature).
/// Refuses an arc that is farther from its chord, that turns too much, or whose correction failed.  [AllgowerGeorg2003, chapter 6]
/// </summary>
/// <param name="Chord">The largest distance between curve and polyline, in the run's coordinates.</param>
public sealed record ChordControl(double Chord = 1e-4) : IStepControl
{
    /// <summary>The largest distance between curve and polyline, in the run's coordinates.</summary>
    public double Chord { get; } =
        Chord > 0 && double.IsFinite(Chord)
            ? Chord
            : throw new ArgumentException($"The chord tolerance is {Chord:R}; give a positive number.");

    // Aim below the tolerance, so that a curvature that grows a little does not cost a rejection.
    private const double Safety = 0.85;

    // The first step measures the curvature; it is short enough for a hundred box widths' worth, and the second may be much longer.
    private const double FirstCurvature = 100;
    private const double FirstGrowth = 8;

    // The uncertainty of a point that is noise to the chord tolerance; a network rounds some ten times worse than its output shows.
    private const double FlatShare = 1.0 / 64;

    // The defect that a correction leaves.
    private const double RoundingUlps = 4;

    // The defect that the noise of a network may leave.
    private const double NoiseUlps = 64;

    /// <summary>The longest step, in the run's coordinates.</summary>
    public double Longest { get; init; } = 0.25;

    /// <summary>The longest correction, in chord tolerances: a curve that is seen as it is does not surprise its predictor, one that was left for another does.</summary>
    public double Surprise { get; init; } = 0.02;

    /// <summary>The shortest step worth trying, in the run's coordinates.</summary>
    public double Shortest { get; init; } = 1e-10;

    /// <summary>The largest turn of the tangent over one step, in radians.</summary>
    public double Turn { get; init; } = 0.35;

    /// <summary>The largest ratio of a step to the one before.</summary>
    public double Growth { get; init; } = 2;

    /// <summary>The step to begin with.</summary>
    internal double First => Math.Min(Longest, Math.Sqrt(8 * Safety * Chord / FirstCurvature));

    /// <inheritdoc/>
    public StepDecision Decide(Arc arc, Correction correction)
    {
        if (arc.Known == 0)
        {
            return new StepDecision(!IsFlat(arc.Uncertainty(1)), First);
        }

        if (correction != Correction.Converged)
        {
            return Refuse(arc.Step * (correction == Correction.NotFinite ? 0.25 : 0.5));
        }

        double unit = arc.Uncertainty(1);
        if (IsFlat(unit))
        {
            return new StepDecision(false, 0);
        }

        return Judge(arc, arc.Pinned < 0 && arc.Moved > Surprise * Chord + NoiseUlps * unit);
    }

    /// <summary>Decides on a corrected arc by its turn, by whether its correction was a surprise, and by its chord.</summary>
    internal StepDecision Judge(Arc arc, bool isSurprise)
    {
        if (arc.Turn > Turn)
        {
            return Refuse(arc.Step * Math.Max(0.1, 0.8 * Turn / arc.Turn));
        }

        if (isSurprise)
        {
            return Refuse(0.5 * arc.Step);
        }

        double distance = arc.Chord * arc.Angles / 8;
        if (distance > Chord)
        {
            return Refuse(arc.Step * Math.Max(0.1, 0.9 * Math.Sqrt(Chord / distance)));
        }

        double curvature = arc.Angles / arc.Chord;
        double next = Next(arc, curvature);
        arc.Trial.Bend = curvature;
        return new StepDecision(true, next);
    }

    /// <summary>Whether the output is so flat that its rounding hides the curve: points could lie anywhere within the chord tolerance.</summary>
    private bool IsFlat(double unit) => RoundingUlps * unit > FlatShare * Chord;

    /// <summary>The step for the curvature that the last two arcs let expect in the middle of the next one.</summary>
    private double Next(Arc arc, double curvature)
    {
        double expected = curvature;
        double growth = FirstGrowth;
        if (arc.Known > 1)
        {
            double rise = (curvature - arc.From.Bend) * (2 * arc.Chord / (arc.Chord + arc.ArcBack(0)));
            expected = Math.Max(curvature, curvature + rise);
            growth = Growth;
        }

        double next = Math.Min(Longest, growth * arc.Chord);
        next = Math.Min(next, 0.8 * Turn / expected);
        return Math.Max(Shortest, Math.Min(next, Math.Sqrt(8 * Safety * Chord / expected)));
    }

    internal StepDecision Refuse(double next) => new(false, next < Shortest ? 0 : next);
}
