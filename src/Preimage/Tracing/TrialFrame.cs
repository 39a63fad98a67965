using Preimage.Geometry;

namespace Preimage.Tracing;

/// <summary>
/// The split of R^n at a trial in the run's coordinates, A = J diag(scale), a pinned coordinate's column set to zero.
/// A plane curve of one output is done by hand: its frame is the gradient and its normal.
/// </summary>
internal sealed class TrialFrame
{
    private readonly int _inputs;
    private readonly double[] _scale;
    private readonly double[] _scaled;
    private readonly PullbackFrame? _frame;
    private double _gradient0;
    private double _gradient1;
    private double _square;
    private double _norm; // negative until it is asked for

    public TrialFrame(int inputs, int outputs, double[] scale, double rankTolerance)
    {
        _inputs = inputs;
        _scale = scale;
        _scaled = new double[outputs * inputs];
        _frame = inputs == 2 && outputs == 1 ? null : new PullbackFrame(inputs, outputs, null, rankTolerance);
    }

    public int Rank => _frame?.Rank ?? (Norm > 0 ? 1 : 0);

    /// <summary>The smallest singular value of the n - 1 that count; zero where there are fewer.</summary>
    public double Smallest =>
        _frame is null ? Norm
        : _frame.Rank < _inputs - 1 ? 0
        : _frame.SingularValues[_inputs - 2];

    /// <summary>The largest singular value.</summary>
    public double Largest => _frame is null ? Norm : _frame.SingularValues[0];

    /// <summary>The length of the gradient of a plane curve's output.</summary>
    private double Norm =>
        _norm >= 0 ? _norm : _norm = IsPlain ? Math.Sqrt(_square) : Vectors.Norm([_gradient0, _gradient1]);

    /// <summary>Whether the square of the gradient is far from overflow and underflow.</summary>
    private bool IsPlain => _square is > 1e-280 and < 1e280;

    /// <summary>Splits at the station.  pinned: a coordinate that must not move, or -1.</summary>
    public void Factor(Station station, int pinned)
    {
        if (_frame is null)
        {
            _gradient0 = pinned == 0 ? 0 : station.Jacobian[0] * _scale[0];
            _gradient1 = pinned == 1 ? 0 : station.Jacobian[1] * _scale[1];
            _square = _gradient0 * _gradient0 + _gradient1 * _gradient1;
            _norm = -1;
            return;
        }

        for (int k = 0; k < _scaled.Length; k++)
        {
            int i = k % _inputs;
            _scaled[k] = i == pinned ? 0 : station.Jacobian[k] * _scale[i];
        }

        _frame.At(station.Value, _scaled);
    }

    /// <summary>step = A^+ r, the shortest step that changes the value by r to first order.  residual: [m], step: [n].</summary>
    public void Step(ReadOnlySpan<double> residual, Span<double> step)
    {
        if (_frame is null)
        {
            double along = IsPlain ? residual[0] / _square : residual[0] / Norm / Norm;
            step[0] = along * _gradient0;
            step[1] = along * _gradient1;
            return;
        }

        _frame.MinimumNormStep(residual, step);
    }

    /// <summary>The unit null vector t with det [A; t^T] > 0, where that determinant exists.  tangent: [n].</summary>
    /// <returns>Whether the determinant exists: A has n - 1 rows.</returns>
    public bool NullVector(Span<double> tangent)
    {
        if (_frame is null)
        {
            tangent[0] = -_gradient1 / Norm;
            tangent[1] = _gradient0 / Norm;
            return true;
        }

        return _frame.NullVector(tangent);
    }
}
