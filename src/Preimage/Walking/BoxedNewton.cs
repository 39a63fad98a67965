using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Walking;

/// <summary>
/// Newton's method of minimum norm for f(x) = y in a box: coordinates that a step would take beyond a bound go to the bound, and the others make up for
/// them; a step is halved until the residual falls. A workspace: one per thread.
/// </summary>
internal sealed class BoxedNewton(IMap map, Box box, int steps, CancellationToken cancellation)
{
    // Newton's method ends at the rounding of f, some orders below this share of the output's size, or far above it: it is no accident to be here.
    private const double Reached = 1e-10;
    private const int MostHalvings = 30;

    private readonly PullbackFrame _frame = new(map.Inputs, map.Outputs);
    private readonly double[] _jacobian = DenseJacobian.RoomFor(map);
    private readonly double[] _free = new double[map.Outputs * map.Inputs];
    private readonly double[] _value = new double[map.Outputs];
    private readonly double[] _residual = new double[map.Outputs];
    private readonly double[] _step = new double[map.Inputs];
    private readonly double[] _whole = new double[map.Inputs];
    private readonly bool[] _isHeld = new bool[map.Inputs];
    private readonly double[] _trial = new double[map.Inputs];
    private readonly double[] _trialValue = new double[map.Outputs];
    private double[] _best = [];
    private double[] _bestValue = [];
    private double _bestResidual = double.PositiveInfinity;
    private long _evaluations;

    /// <summary>Where the last run came to: [n].</summary>
    public double[] Last { get; private set; } = [];

    /// <summary>f(x).</summary>
    public double[] ValueAt(ReadOnlySpan<double> x)
    {
        _evaluations++;
        return map.Evaluate(x);
    }

    /// <summary>Runs from a point; whether it got there.  from: [n], target: [m].</summary>
    /// <param name="from">The point.</param>
    /// <param name="target">y.</param>
    /// <param name="isAim">Whether y is what is asked for in the end, so that the nearest output is worth keeping.</param>
    public bool Run(ReadOnlySpan<double> from, ReadOnlySpan<double> target, bool isAim = true)
    {
        double[] x = from.ToArray();
        double size = double.PositiveInfinity;
        for (int i = 0; i < steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            _evaluations++;
            map.Linearize(x, _value, _jacobian);
            if (!Vectors.AreFinite(_value) || !Vectors.AreFinite(_jacobian))
            {
                break;
            }

            size = Residual(_value, target, _residual);
            Keep(isAim, x, _value, size);
            Direction(x);
            if (size == 0 || !Advance(x, target, size))
            {
                break;
            }
        }

        Last = x;
        _evaluations++;
        map.Evaluate(x, _value);
        size = Residual(_value, target, _residual);
        Keep(isAim, x, _value, size);
        return size <= Reached * (Vectors.LargestMagnitude(target) + Scale(x));
    }

    /// <summary>The best point of all runs.</summary>
    public Arrival Arrival(bool isReached) =>
        new()
        {
            Point = [.. _best],
            Value = [.. _bestValue],
            Residual = _bestResidual,
            IsReached = isReached,
            Evaluations = _evaluations,
        };

    /// <summary>The largest part of the output that a single input makes up, to first order: max |J_ji x_i|.</summary>
    private double Scale(double[] x)
    {
        double largest = 0;
        for (int j = 0; j < _value.Length; j++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(_jacobian[j * x.Length + i] * x[i]));
            }
        }

        return largest;
    }

    /// <summary>The step of minimum norm among those that stay in the box, as far as there is one.</summary>
    private void Direction(double[] x)
    {
        Array.Clear(_isHeld);
        Array.Clear(_step);
        double[] residual = _residual.AsSpan().ToArray();
        for (int round = 0; round <= x.Length; round++)
        {
            Mask();
            _frame.At(_value, _free);
            _frame.MinimumNormStep(residual, _whole);
            if (!HoldBeyond(x, residual))
            {
                break;
            }
        }

        for (int i = 0; i < x.Length; i++)
        {
            _step[i] = _isHeld[i] ? _step[i] : _whole[i];
        }
    }

    /// <summary>Takes coordinates that go beyond a bound to it, and what that does to the output off the residual.</summary>
    private bool HoldBeyond(double[] x, double[] residual)
    {
        bool any = false;
        for (int i = 0; i < x.Length; i++)
        {
            double to = x[i] + _whole[i];
            double inside = Math.Clamp(to, box.Lower[i], box.Upper[i]);
            if (_isHeld[i] || to == inside)
            {
                continue;
            }

            any = true;
            _isHeld[i] = true;
            _step[i] = inside - x[i];
            for (int j = 0; j < residual.Length; j++)
            {
                residual[j] -= _jacobian[j * x.Length + i] * _step[i];
            }
        }

        return any;
    }

    private void Mask()
    {
        for (int k = 0; k < _free.Length; k++)
        {
            _free[k] = _isHeld[k % _isHeld.Length] ? 0 : _jacobian[k];
        }
    }

    /// <summary>Goes along the step as far as the residual falls; false where it does not.</summary>
    private bool Advance(double[] x, ReadOnlySpan<double> target, double size)
    {
        double[] ignored = new double[target.Length];
        double share = 1;
        for (int halving = 0; halving < MostHalvings; halving++, share /= 2)
        {
            for (int i = 0; i < x.Length; i++)
            {
                _trial[i] = Math.Clamp(x[i] + share * _step[i], box.Lower[i], box.Upper[i]);
            }

            _evaluations++;
            map.Evaluate(_trial, _trialValue);
            if (Residual(_trialValue, target, ignored) < size)
            {
                _trial.CopyTo(x, 0);
                return true;
            }
        }

        return false;
    }

    private void Keep(bool isAim, double[] x, double[] value, double size)
    {
        if (isAim && size < _bestResidual)
        {
            _best = [.. x];
            _bestValue = [.. value];
            _bestResidual = size;
        }
    }

    private static double Residual(ReadOnlySpan<double> value, ReadOnlySpan<double> target, double[] residual)
    {
        for (int j = 0; j < residual.Length; j++)
        {
            residual[j] = target[j] - value[j];
        }

        return Vectors.LargestMagnitude(residual);
    }
}
