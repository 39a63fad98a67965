using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// A way from a point of the fiber: an offset in the null space there, then back onto the fiber along the row space there. The landing may lie outside the
/// box; the map is evaluated where the box's fold takes it. A workspace.
/// </summary>
public sealed class WalkWay
{
    private readonly WalkGround _ground;
    private readonly double[] _from;
    private readonly double[] _offset;
    private readonly double[] _landing;
    private readonly double[] _point;
    private readonly double[] _slopes;
    private readonly double[] _value;
    private readonly double[] _goal;
    private readonly double[] _step;
    private double[] _memory = [];

    internal WalkWay(WalkGround ground)
    {
        _ground = ground;
        int inputs = ground.Map.Inputs;
        _from = new double[inputs];
        _offset = new double[inputs];
        _landing = new double[inputs];
        _point = new double[inputs];
        _slopes = new double[inputs];
        _value = new double[ground.Map.Outputs];
        _goal = new double[inputs];
        _step = new double[inputs];
    }

    /// <summary>y0: [m].</summary>
    public ReadOnlySpan<double> Target => _ground.Target;

    /// <summary>The defect that is rounding of the map.</summary>
    public double Rounding => _ground.Rounding;

    /// <summary>v: [n].</summary>
    public Span<double> Offset => _offset;

    /// <summary>|v|.</summary>
    public double Length => Vectors.Norm(_offset);

    /// <summary>The map's value at the landing, when it was last evaluated: [m].</summary>
    public ReadOnlySpan<double> Value => _value;

    /// <summary>Max norm of the target less that value.</summary>
    public double Defect { get; private set; }

    /// <summary>Whether the way is to find a known point.</summary>
    public bool HasGoal { get; private set; }

    /// <summary>u, perhaps outside the box: [n].</summary>
    internal Span<double> Landing => _landing;

    /// <summary>fold(u): [n].</summary>
    internal ReadOnlySpan<double> Point => _point;

    /// <summary>The slopes of the fold at u: [n].</summary>
    internal ReadOnlySpan<double> Slopes => _slopes;

    /// <summary>The point to be found: [n].</summary>
    internal Span<double> Goal => _goal;

    /// <summary>Bounds met at the last evaluation.</summary>
    internal long Contacts { get; private set; }

    /// <summary>Values of the map so far.</summary>
    internal long Evaluations { get; set; }

    /// <summary>The row space at the base.</summary>
    internal RowSpace? Frame { get; private set; }

    /// <summary>Begins a way.  from: [n].</summary>
    internal void Begin(ReadOnlySpan<double> from, RowSpace frame, bool hasGoal)
    {
        from.CopyTo(_from);
        Frame = frame;
        HasGoal = hasGoal;
    }

    /// <summary>Puts the landing at base + offset, from where it is corrected.</summary>
    internal void Set()
    {
        for (int i = 0; i < _landing.Length; i++)
        {
            _landing[i] = _from[i] + _offset[i];
        }
    }

    /// <summary>The map's value at the landing.</summary>
    /// <returns>Whether it is finite.</returns>
    public bool Evaluate()
    {
        Contacts = _ground.Fold.Onto(_ground.Box, _landing, _point, _slopes);
        _ground.Map.Evaluate(_point, _value);
        Evaluations++;
        Defect = Vectors.LargestDifference(Target, _value);
        return double.IsFinite(Defect);
    }

    /// <summary>r = y0 - N, of the last evaluation: [m].</summary>
    public void Residual(Span<double> residual)
    {
        for (int j = 0; j < residual.Length; j++)
        {
            residual[j] = Target[j] - _value[j];
        }
    }

    /// <summary>u += J^+ c, with the Jacobian at the base.  c: [m].</summary>
    public void Correct(ReadOnlySpan<double> c)
    {
        Frame!.MinimumNormStep(c, _step);
        Vectors.AddScaled(_landing, 1, _step);
    }

    /// <summary>How far the landing is from the known point.</summary>
    public double Missed() => Vectors.Distance(_landing, _goal);

    /// <summary>Numbers to remember during one return, of undefined content: [count].</summary>
    public Span<double> Memory(int count)
    {
        if (_memory.Length < count)
        {
            _memory = new double[count];
        }

        return _memory.AsSpan(0, count);
    }
}
