using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Enclosing;

/// <summary>Some outputs of an enclosed map, in a given order.</summary>
internal sealed class SelectedEnclosure : ICurvedEnclosedMap
{
    private readonly ICurvedEnclosedMap _map;
    private readonly ImmutableArray<int> _outputs;

    public SelectedEnclosure(ICurvedEnclosedMap map, ReadOnlySpan<int> outputs)
    {
        SelectedOutputs.Demand(map.Outputs, outputs);
        _map = map;
        _outputs = [.. outputs];
    }

    /// <inheritdoc/>
    public int Inputs => _map.Inputs;

    /// <inheritdoc/>
    public int Outputs => _outputs.Length;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        BoxLengths.Demand(this, x.Length, y.Length);
        using IntervalScratch all = new(_map.Outputs);
        _map.Enclose(x, all.Span);
        Pick(all.Span, y, 1);
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        BoxLengths.Demand(this, x.Length, y.Length, jacobian.Length);
        using IntervalScratch all = new(_map.Outputs);
        using IntervalScratch rows = new(_map.Outputs * Inputs);
        _map.EncloseJacobian(x, all.Span, rows.Span);
        Pick(all.Span, y, 1);
        Pick(rows.Span, jacobian, Inputs);
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
        using IntervalScratch all = new(_map.Outputs);
        using IntervalScratch slopes = new(_map.Outputs);
        _map.EncloseTangent(x, v, all.Span, slopes.Span);
        Pick(all.Span, y, 1);
        Pick(slopes.Span, derivative, 1);
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
        using IntervalScratch all = new(_map.Outputs);
        using IntervalScratch rows = new(_map.Outputs * Inputs);
        using IntervalScratch matrices = new(_map.Outputs * Inputs * Inputs);
        _map.EncloseHessian(x, all.Span, rows.Span, matrices.Span);
        Pick(all.Span, y, 1);
        Pick(rows.Span, jacobian, Inputs);
        Pick(matrices.Span, hessian, Inputs * Inputs);
    }

    private void Pick(ReadOnlySpan<Interval> rows, Span<Interval> picked, int width)
    {
        for (int k = 0; k < _outputs.Length; k++)
        {
            rows.Slice(_outputs[k] * width, width).CopyTo(picked[(k * width)..]);
        }
    }
}
