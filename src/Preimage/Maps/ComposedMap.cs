using System.Runtime.CompilerServices;

namespace Preimage.Maps;

/// <summary>outer(inner(x)), with the Jacobian by the chain rule. Cost of a Jacobian: both, and outer.Outputs * inner.Outputs * inner.Inputs.</summary>
public sealed class ComposedMap : IMap
{
    private readonly IMap _inner;
    private readonly IMap _outer;

    /// <summary>Composes two maps.</summary>
    /// <exception cref="ArgumentException">The outer map does not take as many inputs as the inner one has outputs.</exception>
    public ComposedMap(IMap inner, IMap outer)
    {
        if (inner.Outputs != outer.Inputs)
        {
            throw new ArgumentException(
                $"The maps do not fit: the inner one has {inner.Outputs} outputs, but the outer one takes {outer.Inputs} inputs; compose maps of equal numbers."
            );
        }

        _inner = inner;
        _outer = outer;
    }

    /// <inheritdoc/>
    public int Inputs => _inner.Inputs;

    /// <inheritdoc/>
    public int Outputs => _outer.Outputs;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Lengths.Demand(this, x.Length, y.Length);
        using Scratch middle = new(_inner.Outputs, stackalloc double[Scratch.OnStack]);
        _inner.Evaluate(x, middle.Span);
        _outer.Evaluate(middle.Span, y);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        int width = _inner.Outputs;
        using Scratch middle = new(width, stackalloc double[Scratch.OnStack]);
        using Scratch inner = new(width * Inputs, stackalloc double[Scratch.OnStack]);
        using Scratch outer = new(Outputs * width, stackalloc double[Scratch.OnStack]);
        _inner.Linearize(x, middle.Span, inner.Span);
        _outer.Linearize(middle.Span, y, outer.Span);
        jacobian.Clear();
        for (int j = 0; j < Outputs; j++)
        {
            Span<double> row = jacobian.Slice(j * Inputs, Inputs);
            for (int k = 0; k < width; k++)
            {
                double factor = outer.Span[j * width + k];
                ReadOnlySpan<double> gradient = inner.Span.Slice(k * Inputs, Inputs);
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += factor * gradient[i];
                }
            }
        }
    }
}
