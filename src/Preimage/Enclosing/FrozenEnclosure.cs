using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Enclosing;

/// <summary>An enclosed map of the inputs that are not frozen; the others keep their values.</summary>
internal sealed class FrozenEnclosure(ICurvedEnclosedMap map, ReadOnlySpan<double> point, ReadOnlySpan<int> frozen)
    : ICurvedEnclosedMap
{
    private readonly ImmutableArray<int> _free = FrozenInputs.FreeOf(map.Inputs, point, frozen);
    private readonly ImmutableArray<double> _point = [.. point];

    /// <inheritdoc/>
    public int Inputs => _free.Length;

    /// <inheritdoc/>
    public int Outputs => map.Outputs;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        BoxLengths.Demand(this, x.Length, y.Length);
        using IntervalScratch whole = Complete(x);
        map.Enclose(whole.Span, y);
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        BoxLengths.Demand(this, x.Length, y.Length, jacobian.Length);
        using IntervalScratch whole = Complete(x);
        using IntervalScratch rows = new(Outputs * map.Inputs);
        map.EncloseJacobian(whole.Span, y, rows.Span);
        Thin(rows.Span, jacobian, Outputs);
    }

    /// <inheritdoc/>
    public void EncloseTangent(
        ReadOnlySpan<Interval> x,
        ReadOnlySpan<double> v,
        Span<Interval> y,
        Span<Interval> derivative
    )
    {
        BoxLengths.DemandTangent(this, x.Length, v.Length, y.Length, derivative.Length);
        using IntervalScratch whole = Complete(x);
        using Scratch scratch = new(map.Inputs, stackalloc double[Scratch.OnStack]);
        Span<double> direction = scratch.Span;
        direction.Clear();
        for (int k = 0; k < _free.Length; k++)
        {
            direction[_free[k]] = v[k];
        }

        map.EncloseTangent(whole.Span, direction, y, derivative);
    }

    /// <inheritdoc/>
    public void EncloseHessian(
        ReadOnlySpan<Interval> x,
        Span<Interval> y,
        Span<Interval> jacobian,
        Span<Interval> hessian
    )
    {
        BoxLengths.Demand(this, x.Length, y.Length, jacobian.Length, hessian.Length);
        int n = map.Inputs;
        using IntervalScratch whole = Complete(x);
        using IntervalScratch rows = new(Outputs * n);
        using IntervalScratch matrices = new(Outputs * n * n);
        using IntervalScratch columns = new(Outputs * n * Inputs);
        map.EncloseHessian(whole.Span, y, rows.Span, matrices.Span);
        Thin(rows.Span, jacobian, Outputs);
        Thin(matrices.Span, columns.Span, Outputs * n);
        for (int k = 0; k < Outputs; k++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                columns.Span.Slice((k * n + _free[i]) * Inputs, Inputs).CopyTo(hessian[((k * Inputs + i) * Inputs)..]);
            }
        }
    }

    private IntervalScratch Complete(ReadOnlySpan<Interval> x)
    {
        IntervalScratch whole = new(map.Inputs);
        for (int i = 0; i < _point.Length; i++)
        {
            whole.Span[i] = _point[i];
        }

        for (int k = 0; k < _free.Length; k++)
        {
            whole.Span[_free[k]] = x[k];
        }

        return whole;
    }

    /// <summary>Keeps the columns of the free inputs.</summary>
    private void Thin(ReadOnlySpan<Interval> rows, Span<Interval> thin, int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < _free.Length; k++)
            {
                thin[i * _free.Length + k] = rows[i * map.Inputs + _free[k]];
            }
        }
    }
}
