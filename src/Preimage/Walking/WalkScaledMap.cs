using System.Runtime.CompilerServices;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>u -> f(s u), the inputs in other units.  s: [Inputs].</summary>
internal class WalkScaledMap(IMap map, double[] units) : IMap
{
    /// <summary>The map in these units; with products where it offers them.</summary>
    public static IMap Of(IMap map, double[] units) =>
        map is IProductMap products ? new WalkScaledProducts(products, units) : new WalkScaledMap(map, units);

    /// <inheritdoc/>
    public int Inputs => map.Inputs;

    /// <inheritdoc/>
    public int Outputs => map.Outputs;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        using Scratch inputs = new(x.Length, stackalloc double[Scratch.OnStack]);
        Times(x, inputs.Span);
        map.Evaluate(inputs.Span, y);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        using Scratch inputs = new(x.Length, stackalloc double[Scratch.OnStack]);
        Times(x, inputs.Span);
        map.Linearize(inputs.Span, y, jacobian);
        Times(jacobian, jacobian);
    }

    /// <summary>Each row times the units; may be done in place.  rows: [k * Inputs].</summary>
    protected void Times(ReadOnlySpan<double> rows, Span<double> scaled)
    {
        for (int first = 0; first < rows.Length; first += units.Length)
        {
            for (int i = 0; i < units.Length; i++)
            {
                scaled[first + i] = rows[first + i] * units[i];
            }
        }
    }
}

/// <summary>u -> f(s u) with products.</summary>
internal sealed class WalkScaledProducts(IProductMap map, double[] units) : WalkScaledMap(map, units), IProductMap
{
    private readonly IProductMap _map = map;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        using Scratch inputs = new(x.Length, stackalloc double[Scratch.OnStack]);
        using Scratch directions = new(v.Length, stackalloc double[Scratch.OnStack]);
        Times(x, inputs.Span);
        Times(v, directions.Span);
        _map.Tangent(inputs.Span, directions.Span, derivative);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        using Scratch inputs = new(x.Length, stackalloc double[Scratch.OnStack]);
        Times(x, inputs.Span);
        _map.Adjoint(inputs.Span, w, gradient);
        Times(gradient, gradient);
    }
}
