using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>One run of a morph. A workspace: used once.</summary>
internal sealed partial class MorphRun
{
    /// <summary>A step that is this small against the way it could go no longer matters.</summary>
    private const double Smallest = 1e-14;

    /// <summary>Nearer than this share of the first distance to a target that is itself allowed, the target is taken.</summary>
    private const double Arrival = 1e-9;

    /// <summary>Walls stand this share of the longest way before their kinks: more than rounding, and nothing to be seen.</summary>
    private const double WallMargin = 1e-10;

    /// <summary>Where no more than this share of the direction to the target is free, steps that bring nothing are rounding.</summary>
    private const double Unseen = 1e-6;

    /// <summary>Where rounding hides the fall of the distance though more than this share is free, the outputs are at fault and not the place.</summary>
    private const double Hidden = 1e-3;

    /// <summary>How many kinks are looked for or gone through between two accepted steps.</summary>
    private const int MostLooks = 200;

    /// <summary>The most walls at a time: each is a row of the projections.</summary>
    private const int MostWalls = 96;

    /// <summary>Steps below this share of the longest way that keep less than they promise are held up by kinks.</summary>
    private const double Chatter = 1e-4;

    /// <summary>After how many steps a wall that was not met is forgotten.</summary>
    private const int WallAge = 8;

    private readonly Morpher _recipe;
    private readonly MorphProblem _problem;
    private readonly MorphGround _ground;
    private readonly MorphTrail _trail;
    private readonly KinkSearch _kinks;
    private readonly double[] _step;
    private readonly double[] _jacobian;
    private readonly double[] _guess;
    private readonly double _firstDistance;
    private readonly double _reach; // how far the path can go: targets may lie far outside the box
    private readonly double _scale;
    private readonly bool _targetIsAllowed;
    private MorphPoint _here;
    private MorphPoint _there;
    private double _time = 0.1;
    private double _distance;
    private double _stationarity;
    private double _defect;
    private long _steps;
    private double _debt; // how much squared distance going through kinks has cost since the last accepted step
    private int _looks;

    public MorphRun(Morpher recipe, MorphProblem problem, MorphPoint first)
    {
        _recipe = recipe;
        _problem = problem;
        _here = first;
        _there = new MorphPoint(problem.Map.Inputs, problem.Map.Outputs);
        _firstDistance = _distance = Vectors.Distance(first.X, problem.Target);
        _reach = Math.Min(_firstDistance, Vectors.Distance(problem.Box.Lower.AsSpan(), problem.Box.Upper.AsSpan()));
        _scale = first.Scale(_reach);
        _ground = new MorphGround(problem, recipe.RankTolerance)
        {
            Tolerance = recipe.DefectTolerance * _scale,
            ValueRounding = 8 * Rounding.Epsilon * _scale,
        };
        _kinks = new KinkSearch(problem);
        _trail = new MorphTrail(Math.Max(4 * recipe.Frames, 64));
        _step = new double[first.X.Length];
        _guess = new double[first.X.Length];
        _jacobian = new double[first.Jacobian.Length];
        _trail.Add(first.X, 0);
        _ground.Margin = WallMargin * _reach;
        _targetIsAllowed = problem.Box.Contains(problem.Target) && TargetDefect() <= _ground.Tolerance;
    }

    /// <summary>Goes on until something ends the path.</summary>
    public Ending Go(IProgress<MorphProgress>? sink, CancellationToken cancellation)
    {
        if (!Measure(_here))
        {
            _stationarity = 1; // nothing is known of it
            return Ending.Singular;
        }

        while (true)
        {
            if (_targetIsAllowed && _distance <= Arrival * _firstDistance)
            {
                Arrive();
                return Ending.ReachedTarget;
            }

            _stationarity = _distance == 0 ? 0 : Vectors.Norm(_here.Free) / _distance;
            sink?.Report(new MorphProgress(_steps, _distance, _stationarity));
            if (GoesThrough() || (_stationarity <= _recipe.Tolerance && Refresh()))
            {
                if (!Measure(_here))
                {
                    return Ending.StepTooSmall;
                }

                continue;
            }

            if (_stationarity <= _recipe.Tolerance)
            {
                return Ending.Stationary;
            }

            Ending stop =
                cancellation.IsCancellationRequested ? Ending.Cancelled
                : _steps >= _recipe.MostSteps ? Ending.BudgetSpent
                : Advance(cancellation);
            if (stop != Ending.Unknown)
            {
                return stop;
            }
        }
    }

    /// <summary>One accepted step, after as many rejected ones as it takes.</summary>
    /// <returns>Unknown where it was done; why it could not be.</returns>
    private Ending Advance(CancellationToken cancellation)
    {
        bool isFinite = true;
        while (!cancellation.IsCancellationRequested)
        {
            double length = Propose();
            if (!(length > Smallest * _reach))
            {
                return !isFinite ? Ending.NotFinite
                    : _stationarity <= Unseen ? Ending.Stationary
                    : Ending.StepTooSmall;
            }

            MorphTrial trial = Try(length, out double defect);
            isFinite = !double.IsNaN(defect);
            (bool kept, _time) = _recipe.Steps.Judge(trial);
            bool isClean = trial.Correction <= 0.02 * length && trial.Kept >= 0.9 * trial.Promised;
            if (kept && !isClean && length < Chatter * _reach && Meets())
            {
                _time = trial.Time;
                return Measure(_here) ? Ending.Unknown : Ending.StepTooSmall;
            }

            if (kept && trial.Kept > _debt)
            {
                _debt = 0;
                _looks = 0;
                _ground.Age(WallAge);
                _trail.Add(_there.X, Vectors.Distance(_here.X, _there.X));
                (_here, _there) = (_there, _here);
                _distance = Vectors.Distance(_here.X, _problem.Target);
                _defect = Math.Max(_defect, defect);
                _steps++;
                return Ending.Unknown;
            }

            if (Square(_stationarity * _distance) <= Noise())
            {
                return _stationarity <= Hidden ? Ending.Stationary
                    : _ground.Walls.Count > 0 ? Ending.StepTooSmall
                    : Ending.Singular;
            }

            if (Meets())
            {
                _time = _looks % 2 == 1 ? trial.Time : 0.5 * trial.Time;
                return Measure(_here) ? Ending.Unknown : Ending.StepTooSmall;
            }

            _time = Math.Min(_time, 0.5 * trial.Time);
        }

        return Ending.Cancelled;
    }

    /// <summary>The step at the present time, or at the shorter one at which it is no longer than allowed.</summary>
    /// <returns>Its length; NaN where there is none.</returns>
    private double Propose()
    {
        double longest = _recipe.LongestStep * _reach;
        double length = double.NaN;
        for (int i = 0; i < 8; i++)
        {
            if (!_ground.Step(_here, _time, _step))
            {
                return double.NaN;
            }

            length = Vectors.Norm(_step);
            if (length <= 1.1 * longest)
            {
                break;
            }

            _time *= longest / length;
        }

        return length;
    }

    /// <summary>Corrects the step and measures the point that it leads to.</summary>
    private MorphTrial Try(double length, out double defect)
    {
        _here.X.CopyTo(_there.X, 0);
        _ground.Add(_there.X, _step);
        double promised = Fall(_here.X, _there.X);
        _there.X.CopyTo(_guess, 0);
        _here.Jacobian.CopyTo(_jacobian, 0);
        defect = _ground.Correct(_there.X, _jacobian);
        double correction = Vectors.Distance(_guess, _there.X);
        bool corrected = double.IsFinite(defect);
        double kept = Fall(_here.X, _there.X);
        double secant = double.NaN;
        if (corrected && kept > 0 && _there.Linearize(_problem.Map) && Measure(_there))
        {
            secant = Secant();
        }

        return new MorphTrial
        {
            Time = _time,
            Length = length,
            Correction = corrected ? correction : double.PositiveInfinity,
            Promised = promised,
            Kept = kept,
            Secant = secant,
        };
    }

    /// <summary>
    /// Up to what change of the squared distance rounding hides whether it fell: that of the distance itself, and that of the defects, which move a point
    /// across the fiber, seen from the target.
    /// </summary>
    private double Noise()
    {
        double pull = 0;
        foreach (double multiplier in _ground.Multipliers)
        {
            pull += Math.Abs(multiplier);
        }

        return 8 * (Rounding.Epsilon * _distance * _distance + pull * Math.Max(_defect, Rounding.Epsilon * _scale));
    }

    private static double Square(double x) => x * x;

    private bool Measure(MorphPoint at) => _ground.FreeDirection(at);

    /// <summary>1 / kappa, kappa = s . (d_here - d_there) / s . s along the step s.</summary>
    private double Secant()
    {
        double change = 0;
        double square = 0;
        for (int i = 0; i < _step.Length; i++)
        {
            double s = _there.X[i] - _here.X[i];
            change += s * (_here.Free[i] - _there.Free[i]);
            square += s * s;
        }

        return change > 0 ? square / change : double.PositiveInfinity;
    }

    /// <summary>|from - b|^2 - |to - b|^2, without cancellation.</summary>
    private double Fall(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        double fall = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double b = _problem.Target[i];
            fall += (from[i] - to[i]) * (from[i] - b + (to[i] - b));
        }

        return fall;
    }

    private double TargetDefect()
    {
        double[] value = new double[_problem.Map.Outputs];
        _problem.Map.Evaluate(_problem.Target, value);
        return Vectors.AreFinite(value) ? _problem.Band.Defect(value) : double.PositiveInfinity;
    }

    /// <summary>The last point becomes the target itself.</summary>
    private void Arrive()
    {
        _trail.Add(_problem.Target, _distance);
        _defect = Math.Max(_defect, TargetDefect());
        _distance = 0;
        _stationarity = 0;
    }

    /// <summary>The path with its frames.</summary>
    public Morphing Result(Ending ending)
    {
        MorphFrames frames = new(_problem, _ground);
        (Cloud cloud, ImmutableArray<double> lengths) = frames.Along(_trail, _recipe.Frames);
        return new Morphing
        {
            Frames = cloud,
            Lengths = lengths,
            Distances =
            [
                .. Enumerable.Range(0, cloud.Count).Select(i => Vectors.Distance(cloud.Point(i), _problem.Target)),
            ],
            Target = [.. _problem.Target],
            Defect = Math.Max(_defect, cloud.Defect),
            Stationarity = _stationarity,
            Ending = ending,
            Steps = _steps,
            Evaluations = 0,
        };
    }
}
