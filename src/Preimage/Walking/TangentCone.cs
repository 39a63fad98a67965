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

    /// <summary>Least change of each output, -infinity for none: [m].</summary>
    public required ReadOnlySpan<double> RowLower { get; init; }

    /// <summary>Largest change of each output: [m].</summary>
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

    /// <summary>A row is held when its error is this small against what the step could change in it: some ulp of n products.</summary>
    private const double RowTolerance = 1e-14;

    /// <summary>How far along a direction of the rows without any free input is looked at first, against one with all inputs free.</summary>
    private const double FlatReach = 1e8;

    private readonly double _relative;
    private readonly double[] _image; // J^T lambda, then v + J^T lambda: [n]
    private readonly double[] _gradient;
    private readonly double[] _trialGradient;
    private readonly double[] _direction;
    private readonly double[] _trial;
    private readonly double[] _scale; // largest change of a row: |J_k| |v|
    private readonly bool[] _working;
    private readonly RowFactor _factor;

    /// <summary>A workspace for n inputs and m outputs.</summary>
    /// <param name="inputs">n.</param>
    /// <param name="outputs">m.</param>
    /// <param name="relativeTolerance">Singular values below this share of the largest count as zero.</param>
    public TangentCone(int inputs, int outputs, double relativeTolerance)
    {
        _relative = relativeTolerance;
        _image = new double[inputs];
        Multipliers = new double[outputs];
        _gradient = new double[outputs];
        _trialGradient = new double[outputs];
        _direction = new double[outputs];
        _trial = new double[outputs];
        _scale = new double[outputs];
        _working = new bool[outputs];
        _factor = new RowFactor(inputs, outputs);
    }

    /// <summary>lambda: positive where a row is held at its lower bound, negative at its upper one; of v - p = -J^T lambda + (bounds): [m]. The next projection starts from it.</summary>
    public double[] Multipliers { get; }

    /// <summary>Pieces visited by all projections so far.</summary>
    public long Pieces { get; private set; }

    /// <summary>p, the nearest point of the polyhedron to v.  v, p: [n].</summary>
    /// <returns>Whether it was found; not where the polyhedron is empty, or a number is not finite.</returns>
    public bool Project(in Polyhedron set, ReadOnlySpan<double> v, Span<double> p)
    {
        Start(set, v);
        for (int piece = 0; piece < MostPieces; piece++)
        {
            Pieces++;
            double error = Gradient(set, v, Multipliers, p, _gradient);
            if (!double.IsFinite(error))
            {
                Array.Clear(Multipliers);
                return false;
            }

            if (error <= RowTolerance)
            {
                return true;
            }

            if (!NewtonDirection(set) || !Climb(set, v, p))
            {
                // Rounding ends the climb a little above the tolerance; what is left is the caller's to correct.
                return error <= 1e4 * RowTolerance;
            }
        }

        return false;
    }

    /// <summary>The scale of each row, what a step as long as the expected one can change in it, and multipliers of the signs that the rows allow.</summary>
    private void Start(in Polyhedron set, ReadOnlySpan<double> v)
    {
        int n = v.Length;
        double size = Vectors.Norm(v);
        for (int k = 0; k < _scale.Length; k++)
        {
            _scale[k] = Vectors.Norm(set.Jacobian.Slice(k * n, n));
            double residual = Math.Max(0, Math.Max(set.RowLower[k], -set.RowUpper[k]));
            size = _scale[k] > 0 ? Math.Max(size, residual / _scale[k]) : size;
        }

        for (int k = 0; k < _scale.Length; k++)
        {
            _scale[k] *= size;
            double multiplier = Multipliers[k];
            bool isOpen = multiplier > 0 ? double.IsInfinity(set.RowLower[k]) : double.IsInfinity(set.RowUpper[k]);
            Multipliers[k] = isOpen || !double.IsFinite(multiplier) ? 0 : multiplier;
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
                Vectors.AddScaled(_image, multipliers[k], set.Jacobian.Slice(k * n, n));
            }
        }

        for (int i = 0; i < n; i++)
        {
            p[i] = Math.Min(Math.Max(_image[i], set.StepLower[i]), set.StepUpper[i]);
        }

        double largest = 0;
        for (int k = 0; k < multipliers.Length; k++)
        {
            double change = Vectors.Dot(set.Jacobian.Slice(k * n, n), p);
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
            _working[k] = _gradient[k] != 0 || Multipliers[k] != 0;
        }

        while (true)
        {
            _factor.Factor(set, _image, _working);
            _factor.Solve(_gradient, _direction, _relative, FlatReach);
            bool changed = false;
            for (int k = 0; k < _working.Length; k++)
            {
                bool turnsWrong = Multipliers[k] == 0 && _direction[k] * _gradient[k] < 0 && IsRange(set, k);
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

    /// <summary>Whether the row may lie anywhere between two bounds, so that the sign of its multiplier says which of them holds it.</summary>
    private static bool IsRange(in Polyhedron set, int k) => set.RowLower[k] < set.RowUpper[k];

    /// <summary>Goes up along the direction: as far as Newton's step, less where the slope has turned round before, and to the first multiplier of a range that reaches 0.</summary>
    private bool Climb(in Polyhedron set, ReadOnlySpan<double> v, Span<double> p)
    {
        double slope = Vectors.Dot(_direction, _gradient);
        double reach = 1;
        int stopper = -1;
        for (int k = 0; k < _direction.Length; k++)
        {
            double ratio = -Multipliers[k] / _direction[k];
            if (IsRange(set, k) && Multipliers[k] != 0 && ratio > 0 && ratio <= reach)
            {
                reach = ratio;
                stopper = k;
            }
        }

        double t = reach;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            Multipliers.CopyTo(_trial, 0);
            Vectors.AddScaled(_trial, t, _direction);
            if (stopper >= 0 && t == reach)
            {
                _trial[stopper] = 0;
            }

            Gradient(set, v, _trial, p, _trialGradient);
            double there = Vectors.Dot(_direction, _trialGradient);
            if (there >= -0.1 * slope)
            {
                bool moved = !_trial.AsSpan().SequenceEqual(Multipliers);
                _trial.CopyTo(Multipliers, 0);
                return moved;
            }

            t *= Math.Clamp(slope / (slope - there), 0.05, 0.9);
        }

        return false;
    }
}
