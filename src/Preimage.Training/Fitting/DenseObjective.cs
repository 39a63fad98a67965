using Preimage.Training.Losses;

namespace Preimage.Training.Fitting;

/// <summary>
/// The mean loss of a dense network over the training points as a function of the parameters p: [P], with its gradient and normal equations.
/// It owns its workspace: use it from one thread at a time. The same machine gives the same bits.
/// </summary>
public sealed class DenseObjective : ILeastSquares
{
    /// <summary>Points a block: enough to fill the vector unit, few enough that a block of the Jacobian stays in the cache.</summary>
    private const int PointsInBlock = 128;

    private readonly ParameterLayout _layout;
    private readonly ScaledData _data;
    private readonly int[] _points;
    private readonly Block _block;
    private readonly double[] _output;
    private readonly double[] _derivative;
    private double[] _jacobian = [];
    private double[] _residuals = [];
    private int _agreeing;

    internal DenseObjective(ParameterLayout layout, ILoss loss, ScaledData data, int[] points)
    {
        _layout = layout;
        Loss = loss;
        _data = data;
        _points = points;
        _block = new Block(layout, Math.Min(PointsInBlock, points.Length));
        _output = new double[layout.Widths[^1]];
        _derivative = new double[layout.Widths[^1]];
    }

    /// <inheritdoc/>
    public int ParameterCount => _layout.Count;

    /// <inheritdoc/>
    public ReadOnlySpan<int> Points => _points;

    /// <summary>The loss at one point.</summary>
    public ILoss Loss { get; }

    /// <inheritdoc/>
    public long Evaluations { get; private set; }

    /// <inheritdoc/>
    public Standing Measure(ReadOnlySpan<double> parameters)
    {
        double sum = 0;
        _agreeing = 0;
        for (int first = 0; first < _points.Length; first += _block.Capacity)
        {
            ReadOnlySpan<int> points = Next(_points, first);
            Forward(parameters, points, withSlopes: false);
            sum += SumLosses(points, 0);
        }

        return new Standing(sum / _points.Length, (double)_agreeing / _points.Length);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> parameters, ReadOnlySpan<int> points, Span<double> gradient)
    {
        gradient.Clear();
        double sum = 0;
        for (int first = 0; first < points.Length; first += _block.Capacity)
        {
            ReadOnlySpan<int> chosen = Next(points, first);
            Forward(parameters, chosen, withSlopes: true);
            _block.OutputDerivatives.Clear();
            sum += SumLosses(chosen, 1.0 / points.Length);
            _block.Backward(parameters, gradient);
        }

        return sum / points.Length;
    }

    /// <inheritdoc/>
    public double NormalEquations(ReadOnlySpan<double> parameters, Span<double> matrix, Span<double> vector)
    {
        RequireSquares();
        int m = _output.Length;
        Array.Resize(ref _jacobian, ParameterCount * _block.Stride);
        Array.Resize(ref _residuals, _block.Stride);
        matrix.Clear();
        vector.Clear();
        double sum = 0;
        for (int first = 0; first < _points.Length; first += _block.Capacity)
        {
            ReadOnlySpan<int> points = Next(_points, first);
            Forward(parameters, points, withSlopes: true);
            for (int output = 0; output < m; output++)
            {
                sum += FillResiduals(points, output);
                _block.Jacobian(parameters, output, points.Length, _jacobian);
                RowKernels.Dots(_jacobian, _jacobian, matrix, _block.Stride, lower: true);
                RowKernels.Dots(_jacobian, _residuals, vector, _block.Stride);
            }
        }

        double share = 1.0 / ((double)_points.Length * m);
        System.Numerics.Tensors.TensorPrimitives.Multiply(matrix, share, matrix);
        System.Numerics.Tensors.TensorPrimitives.Multiply(vector, share, vector);
        return sum * share;
    }

    /// <summary>Refuses a loss that is not a sum of squares.</summary>
    private void RequireSquares()
    {
        if (Loss is not MeanSquaredError)
        {
            throw new ArgumentException(
                "Levenberg-Marquardt minimises the mean squared error only; take Adam for a cross-entropy."
            );
        }
    }

    private ReadOnlySpan<int> Next(ReadOnlySpan<int> points, int first) =>
        points.Slice(first, Math.Min(_block.Capacity, points.Length - first));

    private void Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<int> points, bool withSlopes)
    {
        Span<double> inputs = _block.Inputs;
        int n = _layout.Widths[0];
        for (int k = 0; k < _block.Stride; k++)
        {
            ReadOnlySpan<double> x = _data.Input(points[Math.Min(k, points.Length - 1)]);
            for (int j = 0; j < n; j++)
            {
                inputs[j * _block.Stride + k] = x[j];
            }
        }

        _block.Forward(parameters, withSlopes);
        Evaluations += points.Length;
    }

    /// <summary>The sum of the points' losses; their derivatives, times a share unless it is zero, go to the block.</summary>
    private double SumLosses(ReadOnlySpan<int> points, double share)
    {
        ReadOnlySpan<double> outputs = _block.Outputs;
        Span<double> derivatives = _block.OutputDerivatives;
        double sum = 0;
        for (int k = 0; k < points.Length; k++)
        {
            for (int i = 0; i < _output.Length; i++)
            {
                _output[i] = outputs[i * _block.Stride + k];
            }

            sum += Loss.Evaluate(_output, _data.Target(points[k]), _derivative);
            _agreeing += Agreement.Holds(Loss.Link, _output, _data.Target(points[k])) ? 1 : 0;
            for (int i = 0; share != 0 && i < _output.Length; i++)
            {
                derivatives[i * _block.Stride + k] = share * _derivative[i];
            }
        }

        return sum;
    }

    /// <summary>The residuals of one output, zero beyond the last point, and the sum of their squares.</summary>
    private double FillResiduals(ReadOnlySpan<int> points, int output)
    {
        ReadOnlySpan<double> outputs = _block.Outputs.Slice(output * _block.Stride, _block.Stride);
        Array.Clear(_residuals);
        double sum = 0;
        for (int k = 0; k < points.Length; k++)
        {
            _residuals[k] = outputs[k] - _data.Target(points[k])[output];
            sum += _residuals[k] * _residuals[k];
        }

        return sum;
    }
}
