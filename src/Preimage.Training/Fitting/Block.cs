using System.Numerics.Tensors;
using Preimage.Networks;

namespace Preimage.Training.Fitting;

/// <summary>
/// Up to <see cref="Capacity"/> points side by side on their way through the network: values and slopes of each layer, and the derivatives
/// of anything with respect to each layer's affine output (deltas), as rows of one coordinate each. Columns beyond the last point repeat it (so that
/// nothing is infinite there that is finite elsewhere), and their deltas are zero. [Rumelhart1986]
/// </summary>
internal sealed class Block
{
    private readonly ParameterLayout _layout;
    private readonly double[][] _values;
    private readonly double[][] _slopes;
    private readonly double[][] _deltas;

    public Block(ParameterLayout layout, int capacity)
    {
        _layout = layout;
        Capacity = capacity;
        Stride = RowKernels.Stride(capacity);
        _values = [.. layout.Widths.Select(w => new double[w * Stride])];
        _slopes = [.. layout.Widths.Skip(1).Select(w => new double[w * Stride])];
        _deltas = [.. layout.Widths.Skip(1).Select(w => new double[w * Stride])];
    }

    public int Capacity { get; }

    public int Stride { get; }

    /// <summary>Set before <see cref="Forward"/>: [n * Stride].</summary>
    public Span<double> Inputs => _values[0];

    /// <summary>After <see cref="Forward"/>: [m * Stride].</summary>
    public ReadOnlySpan<double> Outputs => _values[^1];

    /// <summary>Set before <see cref="Backward"/> to the derivative by each output, zero beyond the last point: [m * Stride].</summary>
    public Span<double> OutputDerivatives => _deltas[^1];

    /// <summary>Values of every layer, and slopes if a derivative is to follow.  parameters: [P].</summary>
    public void Forward(ReadOnlySpan<double> parameters, bool withSlopes)
    {
        for (int l = 0; l < _layout.Layers; l++)
        {
            int inputs = _layout.Widths[l];
            int outputs = _layout.Widths[l + 1];
            var weighting = new RowKernels.Weighting(
                parameters.Slice(_layout.Weights[l], inputs * outputs),
                parameters.Slice(_layout.Biases[l], outputs),
                outputs,
                inputs
            );
            RowKernels.Combine(weighting, _values[l], _values[l + 1], Stride);
            RowActivations.Apply(_layout.Activations[l], _values[l + 1], withSlopes ? _slopes[l] : []);
        }
    }

    /// <summary>Adds to the gradient, from <see cref="OutputDerivatives"/>.  parameters, gradient: [P].</summary>
    public void Backward(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        PullBack(parameters);
        for (int l = 0; l < _layout.Layers; l++)
        {
            int outputs = _layout.Widths[l + 1];
            Span<double> weights = gradient.Slice(_layout.Weights[l], _layout.Widths[l] * outputs);
            RowKernels.Dots(_deltas[l], _values[l], weights, Stride);
            for (int i = 0; i < outputs; i++)
            {
                gradient[_layout.Biases[l] + i] += TensorPrimitives.Sum<double>(_deltas[l].AsSpan(i * Stride, Stride));
            }
        }
    }

    /// <summary>The derivatives of one output by all parameters, a row a parameter.  parameters: [P], jacobian: [P * Stride].</summary>
    public void Jacobian(ReadOnlySpan<double> parameters, int output, int points, Span<double> jacobian)
    {
        Array.Clear(_deltas[^1]);
        _deltas[^1].AsSpan(output * Stride, points).Fill(1);
        PullBack(parameters);
        for (int l = 0; l < _layout.Layers; l++)
        {
            int inputs = _layout.Widths[l];
            for (int i = 0; i < _layout.Widths[l + 1]; i++)
            {
                ReadOnlySpan<double> delta = _deltas[l].AsSpan(i * Stride, Stride);
                for (int j = 0; j < inputs; j++)
                {
                    int row = _layout.Weights[l] + i * inputs + j;
                    TensorPrimitives.Multiply(
                        delta,
                        _values[l].AsSpan(j * Stride, Stride),
                        jacobian.Slice(row * Stride, Stride)
                    );
                }

                delta.CopyTo(jacobian[((_layout.Biases[l] + i) * Stride)..]);
            }
        }
    }

    /// <summary>delta_l = f'(z_l) (W_(l+1)^T delta_(l+1)), from the last layer down.</summary>
    private void PullBack(ReadOnlySpan<double> parameters)
    {
        for (int l = _layout.Layers - 1; l >= 0; l--)
        {
            if (l < _layout.Layers - 1)
            {
                int inputs = _layout.Widths[l + 1];
                int outputs = _layout.Widths[l + 2];
                ReadOnlySpan<double> weights = parameters.Slice(_layout.Weights[l + 1], inputs * outputs);
                var transposed = RowKernels.Weighting.Transposed(weights, outputs, inputs);
                RowKernels.Combine(transposed, _deltas[l + 1], _deltas[l], Stride);
            }

            if (_layout.Activations[l] is not Identity)
            {
                TensorPrimitives.Multiply<double>(_deltas[l], _slopes[l], _deltas[l]);
            }
        }
    }
}
