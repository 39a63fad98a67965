using System.Runtime.CompilerServices;

namespace Preimage.Maps;

/// <summary>
/// outer(inner(x)) of two maps with products. A Jacobian takes as many directions or covectors through both as the smaller of its sides, or the
/// dense product of the two where the space between them is smaller still.
/// </summary>
internal sealed class ComposedProducts : IProductMap
{
    private readonly IProductMap _inner;
    private readonly IProductMap _outer;
    private readonly ComposedMap _dense;

    /// <summary>Composes two maps, as <see cref="ComposedMap"/> does.</summary>
    /// <exception cref="ArgumentException">The outer map does not take as many inputs as the inner one has outputs.</exception>
    public ComposedProducts(IProductMap inner, IProductMap outer)
    {
        _dense = new ComposedMap(inner, outer);
        _inner = inner;
        _outer = outer;
    }

    /// <inheritdoc/>
    public int Inputs => _inner.Inputs;

    /// <inheritdoc/>
    public int Outputs => _outer.Outputs;

    private int Width => _inner.Outputs;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y) => _dense.Evaluate(x, y);

    /// <inheritdoc/>
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        if (Width < Math.Min(Inputs, Outputs))
        {
            _dense.Linearize(x, y, jacobian);
            return;
        }

        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        if (Outputs <= Inputs)
        {
            Reverse(x, y, jacobian);
        }
        else
        {
            Forward(x, y, jacobian);
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        int count = Lengths.DemandDirections(this, x.Length, v.Length, derivative.Length);
        using Scratch middle = new(Width, stackalloc double[Scratch.OnStack]);
        using Scratch directions = new(count * Width, stackalloc double[Scratch.OnStack]);
        _inner.Evaluate(x, middle.Span);
        _inner.Tangent(x, v, directions.Span);
        _outer.Tangent(middle.Span, directions.Span, derivative);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        int count = Lengths.DemandCovectors(this, x.Length, w.Length, gradient.Length);
        using Scratch middle = new(Width, stackalloc double[Scratch.OnStack]);
        using Scratch covectors = new(count * Width, stackalloc double[Scratch.OnStack]);
        _inner.Evaluate(x, middle.Span);
        _outer.Adjoint(middle.Span, w, covectors.Span);
        _inner.Adjoint(x, covectors.Span, gradient);
    }

    /// <summary>The rows of the outer Jacobian are covectors of the inner map.</summary>
    [SkipLocalsInit]
    private void Reverse(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        using Scratch middle = new(Width, stackalloc double[Scratch.OnStack]);
        using Scratch rows = new(Outputs * Width, stackalloc double[Scratch.OnStack]);
        _inner.Evaluate(x, middle.Span);
        _outer.Linearize(middle.Span, y, rows.Span);
        _inner.Adjoint(x, rows.Span, jacobian);
    }

    /// <summary>The columns of the inner Jacobian are directions of the outer map.</summary>
    [SkipLocalsInit]
    private void Forward(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        using Scratch middle = new(Width, stackalloc double[Scratch.OnStack]);
        using Scratch rows = new(Width * Inputs, stackalloc double[Scratch.OnStack]);
        using Scratch columns = new(Inputs * Width, stackalloc double[Scratch.OnStack]);
        using Scratch derivatives = new(Inputs * Outputs, stackalloc double[Scratch.OnStack]);
        _inner.Linearize(x, middle.Span, rows.Span);
        JacobianParts.Transpose(rows.Span, Width, columns.Span);
        _outer.Evaluate(middle.Span, y);
        _outer.Tangent(middle.Span, columns.Span, derivatives.Span);
        JacobianParts.Transpose(derivatives.Span, Inputs, jacobian);
    }
}
