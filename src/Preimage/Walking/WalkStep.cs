using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>One step of a walk, as its parts see it: where it stands, the way there and the way back. A workspace, one for each chain.</summary>
public sealed class WalkStep
{
    private readonly Walker _walker;
    private readonly double[] _point;
    private readonly double[] _direction;
    private readonly double[] _scratch;

    internal WalkStep(Walker walker, WalkGround ground, Generator random)
    {
        _walker = walker;
        int inputs = ground.Map.Inputs;
        _point = new double[inputs];
        _direction = new double[inputs];
        _scratch = new double[inputs];
        Random = random;
        Here = walker.RowSpaces.Make(ground.Map);
        There = walker.RowSpaces.Make(ground.Map);
        Way = new WalkWay(ground);
        Back = new WalkWay(ground);
    }

    /// <summary>x, in the inputs that are free: [n].</summary>
    public ReadOnlySpan<double> Point => _point;

    /// <summary>The split of R^n at x.</summary>
    public RowSpace Here { get; private set; }

    /// <summary>The split of R^n where the step landed.</summary>
    public RowSpace There { get; private set; }

    /// <summary>The way from x.</summary>
    public WalkWay Way { get; }

    /// <summary>The way back from where the step landed.</summary>
    public WalkWay Back { get; }

    /// <summary>h.</summary>
    public double StepLength { get; internal set; }

    /// <summary>The chain's random numbers.</summary>
    public Generator Random { get; }

    /// <summary>A unit direction that a recipe carries along, turned with every mirror: [n].</summary>
    public Span<double> Direction => _direction;

    /// <summary>Whether there is such a direction: not at the start, nor after a refused step.</summary>
    public bool HasDirection { get; set; }

    /// <summary>Numbers of undefined content: [n].</summary>
    public Span<double> Scratch => _scratch;

    /// <summary>Writes the way back: its goal is x, its offset what of x - y is in the null space at y.</summary>
    public void TurnBack()
    {
        Back.Begin(Way.Point, There, hasGoal: true);
        Span<double> goal = Back.Goal;
        for (int i = 0; i < goal.Length; i++)
        {
            // Seen from y = fold(u), the point x lies where the mirrors show it.
            _scratch[i] = Way.Slopes[i] * (_point[i] - Way.Landing[i]);
            goal[i] = Way.Point[i] + _scratch[i];
        }

        There.ProjectNull(_scratch, Back.Offset);
    }

    /// <summary>Whether the way back, written by <see cref="TurnBack"/>, leads to x.</summary>
    public bool ComesBack()
    {
        Back.Set();
        return _walker.Return.Land(Back) && Back.Missed() <= ReturnTolerance * Back.Length + Smallest();
    }

    // Far above the rounding of a return, far below the distance to another solution.
    private const double ReturnTolerance = 1e-4;

    private double Smallest() => ReturnTolerance * Rounding.Epsilon * Vectors.LargestMagnitude(_point);

    /// <summary>Stands at a point.  x: [n].</summary>
    internal void Stand(WalkGround ground, ReadOnlySpan<double> x)
    {
        x.CopyTo(_point);
        Here.At(ground.Map, _point);
    }

    /// <summary>Goes where the step landed.</summary>
    internal void Go()
    {
        Way.Point.CopyTo(_point);
        (Here, There) = (There, Here);
        for (int i = 0; HasDirection && i < _direction.Length; i++)
        {
            _direction[i] *= Way.Slopes[i];
        }
    }
}
