using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Preimage.Maps;

/// <summary>Some outputs of a map with products: k of them cost k covectors, however many outputs and inputs the map has.</summary>
internal sealed class SelectedProducts : IProductMap
{
    private readonly IProductMap _map;
    private readonly ImmutableArray<int> _indices;

    /// <summary>Selects outputs, as <see cref="SelectedOutputs"/> does.</summary>
    /// <exception cref="ArgumentException">No output is selected, or one that the map does not have.</exception>
    public SelectedProducts(IProductMap map, ReadOnlySpan<int> indices)
    {
        SelectedOutputs.Demand(map.Outputs, indices);
        _map = map;
        _indices = [.. indices];
    }

    /// <inheritdoc/>
    public int Inputs => _map.Inputs;

    /// <inheritdoc/>
    public int Outputs => _indices.Length;

    /// <summary>Whether the map's own Jacobian is no dearer: it takes as many products as the smaller of its sides, and gives the value too.</summary>
    private bool IsNarrow => JacobianParts.FitsDense(_map) && Outputs + 1 >= Math.Min(Inputs, _map.Outputs);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Lengths.Demand(this, x.Length, y.Length);
        using Scratch all = new(_map.Outputs, stackalloc double[Scratch.OnStack]);
        _map.Evaluate(x, all.Span);
        SelectedOutputs.Pick(_indices.AsSpan(), all.Span, y, 1);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        using Scratch all = new(_map.Outputs, stackalloc double[Scratch.OnStack]);
        if (IsNarrow)
        {
            using Scratch rows = new(_map.Outputs * Inputs, stackalloc double[Scratch.OnStack]);
            _map.Linearize(x, all.Span, rows.Span);
            SelectedOutputs.Pick(_indices.AsSpan(), rows.Span, jacobian, Inputs);
        }
        else
        {
            _map.Evaluate(x, all.Span);
            JacobianParts.Rows(_map, x, _indices.AsSpan(), jacobian);
        }

        SelectedOutputs.Pick(_indices.AsSpan(), all.Span, y, 1);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        int count = Lengths.DemandDirections(this, x.Length, v.Length, derivative.Length);
        using Scratch all = new(count * _map.Outputs, stackalloc double[Scratch.OnStack]);
        _map.Tangent(x, v, all.Span);
        for (int k = 0; k < count; k++)
        {
            SelectedOutputs.Pick(
                _indices.AsSpan(),
                all.Span.Slice(k * _map.Outputs, _map.Outputs),
                derivative.Slice(k * Outputs, Outputs),
                1
            );
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        int count = Lengths.DemandCovectors(this, x.Length, w.Length, gradient.Length);
        using Scratch all = new(count * _map.Outputs, stackalloc double[Scratch.OnStack]);
        all.Span.Clear();
        for (int k = 0; k < count; k++)
        {
            for (int j = 0; j < Outputs; j++)
            {
                // An output may be selected twice: its covectors add up.
                all.Span[k * _map.Outputs + _indices[j]] += w[k * Outputs + j];
            }
        }

        _map.Adjoint(x, all.Span, gradient);
    }
}
