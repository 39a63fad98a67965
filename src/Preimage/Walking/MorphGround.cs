using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>
/// The allowed steps around a point of a morph: projections onto the linearised band and the box, and corrections back onto the band itself. A workspace: one
/// per thread.
/// </summary>
internal sealed class MorphGround
{
    private const int MostCorrections = 60;
    private const int Refreshes = 3;

    private readonly MorphProblem _problem;
    private readonly TangentCone _steps;
    private readonly TangentCone _cone;
    private readonly TangentCone _corrections;
    private readonly List<MorphWall> _walls = [];
    private readonly List<double[]> _normals = [];
    private double[] _rowLower;
    private double[] _rowUpper;
    private readonly double[] _stepLower;
    private readonly double[] _stepUpper;
    private readonly double[] _wish;
    private readonly double[] _zero; // stays 0: the wish of a shortest step
    private readonly double[] _best;
    private readonly double[] _value;

    public MorphGround(MorphProblem problem, double rankTolerance)
    {
        _problem = problem;
        int n = problem.Map.Inputs;
        int m = problem.Map.Outputs;
        _steps = new TangentCone(n, rankTolerance);
        _cone = new TangentCone(n, rankTolerance);
        _corrections = new TangentCone(n, rankTolerance);
        _rowLower = new double[m];
        _rowUpper = new double[m];
        _stepLower = new double[n];
        _stepUpper = new double[n];
        _wish = new double[n];
        _zero = new double[n];
        _best = new double[n];
        _value = new double[m];
    }

    /// <summary>How far a value may lie outside the band: rounding of the map.</summary>
    public double Tolerance { get; set; }

    /// <summary>What a computed output is good for: a few ulp of the output's scale.</summary>
    public double ValueRounding { get; set; }

    /// <summary>How far before a kink a wall stands.</summary>
    public double Margin { get; set; }

    /// <summary>The kinks that the next steps do not go through.</summary>
    public IReadOnlyList<MorphWall> Walls => _walls;

    /// <summary>The multipliers of the outputs, then of the walls, at the last free direction d: b - x - d = -J^T lambda and what the bounds of the box push.</summary>
    public ReadOnlySpan<double> Multipliers => _cone.Multipliers;

    /// <summary>Adds a wall.</summary>
    public void Add(MorphWall wall)
    {
        _walls.Add(wall);
        _normals.Add(wall.Normal);
        Array.Resize(ref _rowLower, _rowLower.Length + 1);
        Array.Resize(ref _rowUpper, _rowUpper.Length + 1);
    }

    /// <summary>Puts a wall in the place of another.</summary>
    public void Replace(int j, MorphWall wall) => (_walls[j], _normals[j]) = (wall, wall.Normal);

    /// <summary>Takes a wall away.</summary>
    public void RemoveWall(int j)
    {
        _walls.RemoveAt(j);
        _normals.RemoveAt(j);
        Array.Resize(ref _rowLower, _rowLower.Length - 1);
        Array.Resize(ref _rowUpper, _rowUpper.Length - 1);
        foreach (TangentCone cone in (TangentCone[])[_steps, _cone, _corrections])
        {
            cone.Forget(_problem.Map.Outputs + j);
        }
    }

    /// <summary>After an accepted step: walls that have had no part in so many are forgotten.</summary>
    public void Age(int most)
    {
        for (int j = _walls.Count - 1; j >= 0; j--)
        {
            _walls[j].Idle = _steps.Multipliers[_problem.Map.Outputs + j] == 0 ? _walls[j].Idle + 1 : 0;
            if (_walls[j].Idle > most)
            {
                RemoveWall(j);
            }
        }
    }

    /// <summary>
    /// d, the projection of b - x onto the tangent cone of band and box at x, written to <see cref="MorphPoint.Free"/>: the direction of the flow.
    /// </summary>
    /// <returns>Whether it was found.</returns>
    public bool FreeDirection(MorphPoint at)
    {
        for (int k = 0; k < at.Value.Length; k++)
        {
            (double lower, double upper) = (_problem.Band.Lower[k], _problem.Band.Upper[k]);
            _rowLower[k] = at.Value[k] <= lower + Tolerance ? 0 : double.NegativeInfinity;
            _rowUpper[k] = at.Value[k] >= upper - Tolerance ? 0 : double.PositiveInfinity;
        }

        for (int j = 0; j < _walls.Count; j++)
        {
            bool isMet = Left(j, at.X) <= 0.5 * Margin;
            _rowLower[at.Value.Length + j] = double.NegativeInfinity;
            _rowUpper[at.Value.Length + j] = isMet ? 0 : double.PositiveInfinity;
        }

        double near = 0.01 * Margin; // nearer to a bound than that there is no room for a step
        for (int i = 0; i < _wish.Length; i++)
        {
            _stepLower[i] = at.X[i] - _problem.Box.Lower[i] <= near ? 0 : double.NegativeInfinity;
            _stepUpper[i] = _problem.Box.Upper[i] - at.X[i] <= near ? 0 : double.PositiveInfinity;
            _wish[i] = _problem.Target[i] - at.X[i];
        }

        return _cone.Project(Set(at.Jacobian), _wish, at.Free);
    }

    /// <summary>p, the step to the nearest point of the linearised band and the box to x + t (b - x).  p: [n].</summary>
    /// <returns>Whether it was found.</returns>
    public bool Step(MorphPoint at, double t, Span<double> p)
    {
        Remaining(at.X, at.Value);
        for (int k = 0; k < at.Value.Length; k++)
        {
            // Rounding of the value is no reason to go anywhere: where gradients are small it would be a long way.
            _rowLower[k] = Math.Abs(_rowLower[k]) <= ValueRounding ? 0 : _rowLower[k];
            _rowUpper[k] = Math.Abs(_rowUpper[k]) <= ValueRounding ? 0 : _rowUpper[k];
        }

        for (int i = 0; i < p.Length; i++)
        {
            _wish[i] = t * (_problem.Target[i] - at.X[i]);
        }

        return _steps.Project(Set(at.Jacobian), _wish, p);
    }

    /// <summary>
    /// Moves a point of the box onto the band, to rounding, by shortest steps that stay in the box: with the Jacobian that is given while it contracts well,
    /// with that at the point itself where it does not.  x: [n].
    /// </summary>
    /// <returns>The defect; infinite where it could not be done, NaN where the map is not finite.</returns>
    public double Correct(Span<double> x, Span<double> jacobian)
    {
        Span<double> step = _wish;
        double best = double.PositiveInfinity;
        int refreshes = 0;
        for (int i = 0; i < MostCorrections; i++)
        {
            _problem.Map.Evaluate(x, _value);
            double defect = Vectors.AreFinite(_value) ? _problem.Band.Defect(_value) : double.NaN;
            if (double.IsNaN(defect))
            {
                return double.NaN;
            }

            bool contracts = defect <= 0.5 * best;
            if (defect < best)
            {
                best = defect;
                x.CopyTo(_best);
            }

            if (best == 0 || !contracts && best <= Tolerance)
            {
                break;
            }

            if (!contracts)
            {
                if (refreshes++ == Refreshes)
                {
                    return double.PositiveInfinity;
                }

                _best.CopyTo(x);
                _problem.Map.Linearize(x, _value, jacobian);
                best = double.PositiveInfinity;
            }

            Remaining(x, _value);
            _corrections.Project(Set(jacobian), _zero, step); // what it reaches is judged by the defect that it leaves
            if (!Vectors.AreFinite(step))
            {
                break;
            }

            Add(x, step);
        }

        _best.CopyTo(x);
        return best <= Tolerance ? best : double.PositiveInfinity;
    }

    /// <summary>x += p, with inputs that p takes to a bound put on it.</summary>
    public void Add(Span<double> x, ReadOnlySpan<double> p)
    {
        for (int i = 0; i < x.Length; i++)
        {
            (double lower, double upper) = (_problem.Box.Lower[i], _problem.Box.Upper[i]);
            double there =
                p[i] == lower - x[i] && p[i] != 0 ? lower
                : p[i] == upper - x[i] && p[i] != 0 ? upper
                : x[i] + p[i];
            x[i] = Math.Min(Math.Max(there, lower), upper);
        }
    }

    /// <summary>The shortest step to the other side of a wall, with the Jacobian of that side.  p: [n].</summary>
    /// <returns>Whether it was found.</returns>
    public bool Through(MorphPoint at, int wall, ReadOnlySpan<double> beyond, Span<double> p)
    {
        Remaining(at.X, at.Value);
        int row = at.Value.Length + wall;
        _rowLower[row] = Left(wall, at.X) + 2 * Margin;
        _rowUpper[row] = double.PositiveInfinity;
        return _corrections.Project(Set(beyond), _zero, p);
    }

    /// <summary>How far it is to a wall.</summary>
    private double Left(int j, ReadOnlySpan<double> x) => _walls[j].Bound - Vectors.Dot(_walls[j].Normal, x);

    private void Remaining(ReadOnlySpan<double> x, ReadOnlySpan<double> value)
    {
        for (int j = 0; j < _walls.Count; j++)
        {
            _rowLower[value.Length + j] = double.NegativeInfinity;
            _rowUpper[value.Length + j] = Math.Max(0, Left(j, x)); // rounding beyond it pulls nobody back
        }

        for (int k = 0; k < value.Length; k++)
        {
            _rowLower[k] = _problem.Band.Lower[k] - value[k];
            _rowUpper[k] = _problem.Band.Upper[k] - value[k];
        }

        for (int i = 0; i < _stepLower.Length; i++)
        {
            _stepLower[i] = _problem.Box.Lower[i] - x[i];
            _stepUpper[i] = _problem.Box.Upper[i] - x[i];
        }
    }

    private Polyhedron Set(ReadOnlySpan<double> jacobian) =>
        new()
        {
            Jacobian = jacobian,
            Below = _normals,
            RowLower = _rowLower,
            RowUpper = _rowUpper,
            StepLower = _stepLower,
            StepUpper = _stepUpper,
        };
}
