using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>
/// The piece of curve under way: the last stations and the trial. The parts of a tracer read it and write the trial.
/// Distances are taken in the run's coordinates x_i / Scale_i.
/// </summary>
public sealed partial class Arc
{
    /// <summary>How many stations an arc remembers.</summary>
    public const int Memory = 4;

    private readonly Station[] _back; // the last stations, the newest first
    private readonly double[] _residual;
    private readonly double[] _inverse; // 1 / Scale
    private readonly double[] _target;
    private readonly double[] _shift;
    private readonly double[] _arcs = new double[Memory - 1];

    internal Arc(Problem problem, Progress from, double rankTolerance)
    {
        Map = problem.Map;
        Box = problem.Box;
        Target = problem.Target;
        Inputs = Map.Inputs;
        Scale = [.. from.Scale];
        Trial = new Station(Map.Inputs, Map.Outputs);
        _back = new Station[Memory];
        for (int k = 0; k < Memory; k++)
        {
            _back[k] = new Station(Map.Inputs, Map.Outputs);
        }

        _residual = new double[Map.Outputs];
        _inverse = Array.ConvertAll(Scale, unit => 1 / unit);
        _target = [.. Target];
        _shift = new double[Inputs];
        Frame = new TrialFrame(Map.Inputs, Map.Outputs, Scale, rankTolerance);
        Origin = from.Origin;
        OriginTangent = from.OriginTangent;
        TargetSize = Vectors.LargestMagnitude(_target);
        Restore(from);
    }

    /// <summary>N.</summary>
    public IMap Map { get; }

    /// <summary>The box that the run stays in.</summary>
    public Box Box { get; }

    /// <summary>y0: [m].</summary>
    public ImmutableArray<double> Target { get; }

    /// <summary>Unit of length of each input: [n].</summary>
    public double[] Scale { get; }

    /// <summary>Where the run began: [n].</summary>
    public ImmutableArray<double> Origin { get; }

    /// <summary>Unit tangent there, in the run's coordinates: [n]; empty while the run begins.</summary>
    public ImmutableArray<double> OriginTangent { get; private set; }

    /// <summary>How many stations lie behind: 0 at the start, then 1 to <see cref="Memory"/>.</summary>
    public int Known { get; private set; }

    /// <summary>The last station.</summary>
    public Station From => _back[0];

    /// <summary>The point under trial.</summary>
    public Station Trial { get; private set; }

    /// <summary>The step under trial.</summary>
    public double Step { get; set; }

    /// <summary>Whether the trial has been corrected.</summary>
    public bool IsCorrected { get; internal set; }

    /// <summary>Whether a corner lies between the last station and the trial, which are next to it.</summary>
    public bool IsCorner { get; internal set; }

    /// <summary>The coordinate that the trial is pinned to the box in, or -1.</summary>
    public int Pinned { get; private set; } = -1;

    /// <summary>|x1 - x0| between the last station and the corrected trial.</summary>
    public double Chord { get; private set; }

    /// <summary>|t1 - t0|: the angle by which the tangent turns, to second order.</summary>
    public double Turn { get; private set; }

    /// <summary>
    /// The sum of the two angles between the chord and the tangents at its ends: the turn on a circle, and not zero on an S, which turns back.
    /// The arc's distance from its chord is Chord Angles / 8.
    /// </summary>
    public double Angles { get; private set; }

    /// <summary>How far the trial was moved since it was predicted, or put on a face.</summary>
    public double Moved { get; private set; }

    /// <summary>Whether the pinned face is known to be crossed: the pin was set after a correction, not on a guess.</summary>
    public bool IsExit { get; private set; }

    /// <summary>Length so far.</summary>
    public double Length { get; private set; }

    /// <summary>Points accepted so far.</summary>
    public long Accepted { get; private set; }

    /// <summary>Evaluations of the map so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Steps refused so far.</summary>
    public long Rejections { get; private set; }

    /// <summary>The rounding noise of the map's value, in the max norm; 0 until <see cref="MeasureNoise"/> was called.</summary>
    public double Noise { get; private set; }

    /// <summary>What rounding the start alone makes of the output: outputs that are closer than this are not told apart.</summary>
    public double Doubt { get; private set; }

    /// <summary>The largest strength so far.</summary>
    public double Strongest { get; private set; }

    internal TrialFrame Frame { get; }

    private int Inputs { get; }

    private double TargetSize { get; set; }

    /// <summary>The station k places back; 0 is the last.</summary>
    public Station Back(int k) => _back[k];

    /// <summary>The arc length between the stations k and k + 1 places back.</summary>
    public double ArcBack(int k) => _arcs[k];

    /// <summary>Evaluates map and Jacobian at the trial and sets its defect.</summary>
    /// <returns>Whether all is finite.</returns>
    public bool Linearize()
    {
        Station trial = Trial;
        Map.Linearize(trial.Point, trial.Value, trial.Jacobian);
        Evaluations++;
        trial.Defect = Vectors.LargestDifference(trial.Value, _target);
        return double.IsFinite(trial.Defect) && Vectors.AreFinite(trial.Jacobian);
    }

    /// <summary>Takes another target from now on: a lift's moves with it.  target: [m].</summary>
    internal void Aim(ReadOnlySpan<double> target)
    {
        target.CopyTo(_target);
        TargetSize = Vectors.LargestMagnitude(_target);
        Trial.Defect = Vectors.LargestDifference(Trial.Value, _target);
    }

    /// <summary>The shortest step (in the run's coordinates) that takes the defect away to first order, pinned coordinates kept.  step: [n].</summary>
    /// <returns>Its length; NaN or infinite where the Jacobian is singular.</returns>
    public double NewtonStep(Span<double> step)
    {
        Station trial = Trial;
        for (int j = 0; j < _residual.Length; j++)
        {
            _residual[j] = _target[j] - trial.Value[j];
        }

        Frame.Factor(trial, Pinned);
        Frame.Step(_residual, step);
        if (Pinned >= 0)
        {
            step[Pinned] = 0; // not a rounding error more
        }

        return Vectors.Norm(step);
    }

    /// <summary>
    /// Changes a step by as little as changes the rounding error of its end: by a distance along the curve, or, where a coordinate is pinned,
    /// by some ulp of the others.  step: [n].
    /// </summary>
    internal void Shift(Span<double> step, double distance, int ulps)
    {
        if (Pinned >= 0)
        {
            for (int i = 0; i < step.Length; i++)
            {
                step[i] += i == Pinned ? 0 : ulps * Rounding.Epsilon * Trial.Point[i] * _inverse[i];
            }
        }
        else if (Frame.Rank == Inputs - 1)
        {
            Frame.NullVector(_shift);
            Vectors.AddScaled(step, distance, _shift);
        }
    }

    /// <summary>Moves the trial by a step of this length in the run's coordinates.  step: [n].</summary>
    public void Move(ReadOnlySpan<double> step, double length)
    {
        double[] point = Trial.Point;
        for (int i = 0; i < point.Length; i++)
        {
            point[i] += Scale[i] * step[i];
        }

        Moved += length;
    }

    /// <summary>
    /// The output's scale at the trial: max(|y0|, |J| |x|) in the max norm. One ulp of it is what one ulp in the target
    /// or one ulp in the inputs makes of the output.
    /// </summary>
    public double OutputScale() => Rounding.OutputScale(TargetSize, Trial.Jacobian, Trial.Point);

    /// <summary>
    /// How far off the curve the trial may lie, in the run's coordinates, with a defect of so many ulp of the output's scale:
    /// where the output is flat this is not small.
    /// </summary>
    public double Uncertainty(double ulps) => ulps * Rounding.Epsilon * OutputScale() / Math.Abs(Trial.Strength);

    /// <summary>Whether the trial's defect is at most so many ulp of the output's scale.</summary>
    public bool IsOnTarget(double ulps) =>
        Trial.Defect <= ulps * Rounding.Epsilon * TargetSize || Trial.Defect <= ulps * Rounding.Epsilon * OutputScale();

    /// <summary>Whether the trial's defect is within the map's measured noise, and that is more than so many ulp of the output's scale.</summary>
    public bool IsNoise(double ulps) => Trial.Defect <= Noise && Noise > ulps * Rounding.Epsilon * OutputScale();

    /// <summary>
    /// Measures the rounding noise of the map's value around the trial: the largest of several |N(x + d) - N(x) - J d|, with d so small that only
    /// rounding is left. A map whose terms cancel rounds much worse than its output shows.
    /// </summary>
    internal void MeasureNoise()
    {
        Noise = RoundingNoise.Around(Map, Trial, [.. Scale.Select(unit => Math.Abs(Step) * unit)]);
        Evaluations += RoundingNoise.Samples;
    }

    /// <summary>Puts the trial's coordinate i exactly on a bound and holds it there during the next correction.</summary>
    public void Pin(int i, double bound)
    {
        Pinned = i;
        IsExit = IsCorrected;
        Moved = 0;
        Trial.Point[i] = bound;
    }

    /// <summary>Lets the trial's coordinates go again.</summary>
    public void Unpin() => Pinned = -1;

    /// <summary>The distance from p to q in the run's coordinates.  p, q: [n].</summary>
    public double Distance(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double square = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double difference = (q[i] - p[i]) * _inverse[i];
            square += difference * difference;
        }

        return Math.Sqrt(square);
    }

    /// <summary>t . (q - p) in the run's coordinates.  t, p, q: [n].</summary>
    public double Along(ReadOnlySpan<double> t, ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += t[i] * ((q[i] - p[i]) * _inverse[i]);
        }

        return sum;
    }

    /// <summary>
    /// Gives the trial the unit null vector for a tangent, with the sign of det [J; t^T] of the last station; where there is no determinant,
    /// with the direction of the given tangent.  tangent: [n].
    /// </summary>
    /// <returns>Whether there is just one null direction.</returns>
    internal bool Follow(ReadOnlySpan<double> tangent)
    {
        Station trial = Trial;
        Frame.Factor(trial, -1);
        if (Frame.Rank != Inputs - 1)
        {
            return false;
        }

        bool signed = Frame.NullVector(trial.Tangent);
        bool turned = signed ? From.Strength < 0 : Vectors.Dot(trial.Tangent, tangent) < 0;
        if (turned)
        {
            Vectors.Scale(trial.Tangent, -1);
        }

        trial.Strength = Math.CopySign(Frame.Smallest, From.Strength);
        return true;
    }

    /// <summary>The angle, to second order, between the trial's tangent and another.  tangent: [n].</summary>
    internal double TurnFrom(ReadOnlySpan<double> tangent) => Vectors.Distance(Trial.Tangent, tangent);

    /// <summary>Measures chord, turn and angles of the arc to the corrected and oriented trial.</summary>
    internal void Measure()
    {
        Station from = From;
        Station to = Trial;
        Chord = Distance(from.Point, to.Point);
        double slope = 1 / Chord;
        double turn = 0;
        double first = 0;
        double second = 0;
        double size = 0;
        for (int i = 0; i < Scale.Length; i++)
        {
            double direction = (to.Point[i] - from.Point[i]) * (_inverse[i] * slope);
            double a = direction - from.Tangent[i];
            double b = to.Tangent[i] - direction;
            first += a * a;
            second += b * b;
            turn += (a + b) * (a + b);
            size = Math.Max(size, Math.Abs(to.Point[i]) * _inverse[i]);
        }

        Turn = Math.Sqrt(turn);
        // The direction of a chord is known to the rounding of its ends only, and these only as well as the output tells.
        // Tangents are known to the rounding of the Jacobian, magnified by its condition.
        double strength = Math.Abs(to.Strength);
        double ends = 8 * Rounding.Epsilon * size + 4 * to.Defect / strength;
        double tangents = 8 * Rounding.Epsilon * Frame.Largest / strength;
        Angles = Math.Max(0, Math.Sqrt(first) + Math.Sqrt(second) - ends * slope - tangents);
    }

    internal void Reject() => Rejections++;

    /// <summary>The trial becomes the last station.</summary>
    internal void Advance()
    {
        if (Known > 0)
        {
            double length = ArcLength(Chord, Turn);
            for (int k = _arcs.Length - 1; k > 0; k--)
            {
                _arcs[k] = _arcs[k - 1];
            }

            _arcs[0] = length;
            Length += length;
            Accepted++;
        }
        else
        {
            OriginTangent = [.. Trial.Tangent];
            Doubt = Rounding.Epsilon * Math.Max(OutputScale(), Frame.Largest);
        }

        Strongest = Math.Max(Strongest, Math.Abs(Trial.Strength));
        Known = Math.Min(Memory, Known + 1);
        Station oldest = _back[Memory - 1];
        for (int k = Memory - 1; k > 0; k--)
        {
            _back[k] = _back[k - 1];
        }

        _back[0] = Trial;
        Trial = oldest;
    }

    /// <summary>Arc length from chord and |t1 - t0|: a circle's c (angle / 2) / sin(angle / 2), of fourth order on any curve.</summary>
    internal static double ArcLength(double chord, double turn)
    {
        double q = turn * turn;
        return chord * (1 + q * (1.0 / 24 + q * (3.0 / 640)));
    }
}
