using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// The steps p that keep the linearised outputs and the inputs within their bounds: { p : rowLower &lt;= J p &lt;= rowUpper, stepLower &lt;= p &lt;= stepUpper }.
/// With bounds of 0 and infinity it is a tangent cone; with the distances to the bounds, the set that the cone touches.
/// </summary>
internal readonly ref struct Polyhedron
{
    /// <summary>J, row-major: [m * n].</summary>
    public required ReadOnlySpan<double> Jacobian { get; init; }

    /// <summary>Rows that stand below those of J: r of [n].</summary>
    public IReadOnlyList<double[]> Below { get; init; }

    /// <summary>Row k of both.</summary>
    public ReadOnlySpan<double> Row(int k)
    {
        int n = StepLower.Length;
        int m = Jacobian.Length / n;
        return k < m ? Jacobian.Slice(k * n, n) : Below[k - m];
    }

    /// <summary>Least change of each row, -infinity for none: [m + r].</summary>
    public required ReadOnlySpan<double> RowLower { get; init; }

    /// <summary>Largest change of each row: [m + r].</summary>
    public required ReadOnlySpan<double> RowUpper { get; init; }

    /// <summary>Least change of each input: [n].</summary>
    public required ReadOnlySpan<double> StepLower { get; init; }

    /// <summary>Largest change of each input: [n].</summary>
    public required ReadOnlySpan<double> StepUpper { get; init; }
}

/// <summary>
/// The nearest point p to a vector v in a polyhedron of few rows and many simple bounds: p = clip(v + J^T lambda) where lambda in R^m is the largest of a concave,
/// piecewise quadratic function, climbed by Newton's method on its pieces. A piece is an active set: inputs that are clipped leave the
/// free set, rows whose multiplier is 0 are not held, and both come back when their sign turns. A Newton step solves J_F J_F^T through the QR of J_F^T, the
/// columns of the free inputs alone; nothing n x n is formed. A workspace: one per thread. Cost O(m^2 n) a piece.  [NocedalWright2006, chapter 16]
/// </summary>
internal sealed class TangentCone
{
    private const int MostPieces = 200;
    private const int MostTrials = 60;

    // A step after which so much of the slope is left was too short: no input stands in its way yet.
    private const double StillFlat = 0.5;
    private const double FlatGrowth = 4;

    /// <summary>A row is held when its error is this small against what the step could change in it: some ulp of n products.</summary>
    private const double RowTolerance = 1e-14;

    private readonly double _relative;
    private readonly double[] _image; // J^T lambda, then v + J^T lambda: [n]
    private readonly RowFactor _factor;
    private double[] _multipliers = [];
    private double[] _gradient = [];
    private double[] _trialGradient = [];
    private double[] _direction = [];
    private double[] _trial = [];
    private double[] _scale = []; // what a step of the expected size can change in a row: |J_k| |v|
    private bool[] _working = [];

    /// <summary>A workspace for n inputs.</summary>
    /// <param name="inputs">n.</param>
    /// <param name="relativeTolerance">Singular values below this share of the largest count as zero.</param>
    public TangentCone(int inputs, double relativeTolerance)
    {
        _relative = relativeTolerance;
        _image = new double[inputs];
        _factor = new RowFactor(inputs);
    }

    /// <summary>
    /// lambda of the last projection: positive where a row is held at its lower bound, negative at its upper one; v - p = -J^T lambda and what the bounds on the
    /// step push: [rows]. The next projection starts from it.
    /// </summary>
    public ReadOnlySpan<double> Multipliers => _multipliers;

    /// <summary>The rows change their places: row k is gone, and those after it move up.</summary>
    public void Forget(int k)
    {
        if (k < _multipliers.Length)
        {
            _multipliers = [.. _multipliers.AsSpan(0, k), .. _multipliers.AsSpan(k + 1)];
        }
    }

    /// <summary>Pieces visited by all projections so far.</summary>
    public long Pieces { get; private set; }

    /// <summary>p, the nearest point of the polyhedron to v.  v, p: [n].</summary>
    /// <returns>Whether it was found; not where the polyhedron is empty, or a number is not finite.</returns>
    public bool Project(in Polyhedron set, ReadOnlySpan<double> v, Span<double> p)
    {
        Fit(set.RowLower.Length);
        if (Ascend(set, v, p))
        {
            return true;
        }

        Array.Clear(_multipliers);
        return Ascend(set, v, p);
    }

    private bool Ascend(in Polyhedron set, ReadOnlySpan<double> v, Span<double> p)
    {
        Start(set, v);
        for (int piece = 0; piece < MostPieces; piece++)
        {
            Pieces++;
            double error = Gradient(set, v, _multipliers, p, _gradient);
            if (!double.IsFinite(error))
            {
                return false;
            }

            if (error <= RowTolerance)
            {
                return true;
            }

            bool climbs = NewtonDirection(set);
            if (_factor.Dropped > 0 && Reachable() <= RowTolerance)
            {
                return true;
            }

            if (!climbs || !Climb(set, v, p))
            {
                // Rounding ends the climb a little above the tolerance; what is left is the caller's to correct.
                return error <= 1e4 * RowTolerance;
            }
        }

        return false;
    }

    /// <summary>The dual function: |p - v|^2 / 2 + lambda . slope.</summary>
    private static double Height(
        ReadOnlySpan<double> v,
        ReadOnlySpan<double> p,
        ReadOnlySpan<double> multipliers,
        ReadOnlySpan<double> gradient
    ) => 0.5 * Square(Vectors.Distance(v, p)) + Vectors.Dot(multipliers, gradient);

    private static double Square(double x) => x * x;

    private void Fit(int rows)
    {
        Array.Resize(ref _multipliers, rows);
        if (_gradient.Length != rows)
        {
            _gradient = new double[rows];
            _trialGradient = new double[rows];
            _direction = new double[rows];
            _trial = new double[rows];
            _scale = new double[rows];
            _working = new bool[rows];
        }
    }

    /// <summary>The scale of each row, what a step as long as the expected one can change in it, and multipliers of the signs that the rows allow.</summary>
    private void Start(in Polyhedron set, ReadOnlySpan<double> v)
    {
        double size = Vectors.Norm(v);
        for (int k = 0; k < _scale.Length; k++)
        {
            _scale[k] = Vectors.Norm(set.Row(k));
            double residual = Math.Max(0, Math.Max(set.RowLower[k], -set.RowUpper[k]));
            size = _scale[k] > 0 ? Math.Max(size, residual / _scale[k]) : size;
        }

        for (int k = 0; k < _scale.Length; k++)
        {
            _scale[k] *= size;
            double multiplier = _multipliers[k];
            bool isOpen = multiplier > 0 ? double.IsInfinity(set.RowLower[k]) : double.IsInfinity(set.RowUpper[k]);
            _multipliers[k] = isOpen || !double.IsFinite(multiplier) ? 0 : multiplier;
        }
    }

    /// <summary>p = clip(v + J^T lambda) and the slope of the dual function at lambda, of each row; returns the largest slope against its scale.</summary>
    private double Gradient(
        in Polyhedron set,
        ReadOnlySpan<double> v,
        ReadOnlySpan<double> multipliers,
        Span<double> p,
        Span<double> gradient
    )
    {
        int n = v.Length;
        v.CopyTo(_image);
        for (int k = 0; k < multipliers.Length; k++)
        {
            if (multipliers[k] != 0)
            {
                Vectors.AddScaled(_image, multipliers[k], set.Row(k));
            }
        }

        for (int i = 0; i < n; i++)
        {
            p[i] = Math.Min(Math.Max(_image[i], set.StepLower[i]), set.StepUpper[i]);
        }

        double largest = 0;
        for (int k = 0; k < multipliers.Length; k++)
        {
            double change = Vectors.Dot(set.Row(k), p);
            bool isLower = multipliers[k] > 0 || multipliers[k] == 0 && change < set.RowLower[k];
            bool isUpper = multipliers[k] < 0 || multipliers[k] == 0 && change > set.RowUpper[k];
            gradient[k] =
                isLower ? set.RowLower[k] - change
                : isUpper ? set.RowUpper[k] - change
                : 0 * change;
            gradient[k] = _scale[k] == 0 ? 0 * gradient[k] : gradient[k]; // no step changes this row
            double error = gradient[k] == 0 ? 0 : Math.Abs(gradient[k]) / _scale[k];
            largest = double.IsNaN(error) ? double.NaN : Math.Max(largest, error);
        }

        return largest;
    }

    /// <summary>delta with J_F J_F^T delta = slope on the rows that are held or should be; rows that would turn to the wrong sign at once are left out.</summary>
    private bool NewtonDirection(in Polyhedron set)
    {
        for (int k = 0; k < _working.Length; k++)
        {
            _working[k] = _gradient[k] != 0 || _multipliers[k] != 0;
        }

        while (true)
        {
            _factor.Factor(set, _image, _working);
            _factor.Solve(set, _gradient, _direction, _relative);
            bool changed = false;
            for (int k = 0; k < _working.Length; k++)
            {
                bool turnsWrong = _multipliers[k] == 0 && _direction[k] * _gradient[k] < 0 && IsRange(set, k);
                if (_working[k] && turnsWrong)
                {
                    _working[k] = false;
                    changed = true;
                }
            }

            if (!changed)
            {
                return Vectors.Dot(_direction, _gradient) > 0;
            }
        }
    }

    /// <summary>The largest slope against its scale without the parts that no step can change.</summary>
    private double Reachable()
    {
        double largest = 0;
        for (int k = 0; k < _gradient.Length; k++)
        {
            double part = _gradient[k] - _factor.Unreachable(k);
            largest = _working[k] && part != 0 ? Math.Max(largest, Math.Abs(part) / _scale[k]) : largest;
        }

        return largest;
    }

    /// <summary>Whether the row may lie anywhere between two bounds, so that the sign of its multiplier says which of them holds it.</summary>
    private static bool IsRange(in Polyhedron set, int k) => set.RowLower[k] < set.RowUpper[k];

    /// <summary>
    /// Goes up along the direction: as far as Newton's step, further where the slope is flat and stays, less where it has turned round before, and to the
    /// first multiplier of a range that reaches 0.
    /// </summary>
    private bool Climb(in Polyhedron set, ReadOnlySpan<double> v, Span<double> p)
    {
        double slope = Vectors.Dot(_direction, _gradient);
        double height = Height(v, p, _multipliers, _gradient);
        (double limit, int stopper) = FirstStop(set);
        double t = Math.Min(1, limit);
        double best = 0;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            double there = SlopeAt(set, v, p, (t, t == limit ? stopper : -1));
            bool isHigher =
                there >= 0 || (there >= -0.1 * slope && Height(v, p, _trial, _trialGradient) > height && best == 0);
            if (isHigher && there > StillFlat * slope && t < limit)
            {
                best = t;
                t = Math.Min(FlatGrowth * t, limit);
            }
            else if (isHigher)
            {
                best = t;
                break;
            }
            else if (best > 0)
            {
                break; // the last one was before the turn
            }
            else
            {
                t *= trial < 4 ? Math.Clamp(0.99 * slope / (slope - there), 0.01, 0.9) : 0.1; // far out the slope is flat, and says nothing
            }
        }

        return best > 0 && Move(best, best == limit ? stopper : -1);
    }

    /// <summary>How far along the direction the first multiplier of a range reaches 0, and which; infinity and -1 where none does.</summary>
    private (double Reach, int Row) FirstStop(in Polyhedron set)
    {
        double reach = double.PositiveInfinity;
        int stopper = -1;
        for (int k = 0; k < _direction.Length; k++)
        {
            double ratio = -_multipliers[k] / _direction[k];
            if (IsRange(set, k) && _multipliers[k] != 0 && ratio > 0 && ratio < reach)
            {
                reach = ratio;
                stopper = k;
            }
        }

        return (reach, stopper);
    }

    /// <summary>The slope along the direction at t; where a multiplier reaches 0 there, the slope before it: behind 0 it is another.</summary>
    private double SlopeAt(in Polyhedron set, ReadOnlySpan<double> v, Span<double> p, (double T, int Stopper) at)
    {
        _multipliers.CopyTo(_trial, 0);
        Vectors.AddScaled(_trial, at.T, _direction);
        if (at.Stopper >= 0)
        {
            _trial[at.Stopper] = Math.CopySign(double.Epsilon, _multipliers[at.Stopper]);
        }

        Gradient(set, v, _trial, p, _trialGradient);
        return Vectors.Dot(_direction, _trialGradient);
    }

    /// <summary>Moves the multipliers; says whether any changed.</summary>
    private bool Move(double t, int stopper)
    {
        _multipliers.CopyTo(_trial, 0);
        Vectors.AddScaled(_trial, t, _direction);
        if (stopper >= 0)
        {
            _trial[stopper] = 0;
        }

        bool moved = !_trial.AsSpan().SequenceEqual(_multipliers);
        _trial.CopyTo(_multipliers, 0);
        return moved;
    }
}
