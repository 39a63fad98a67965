using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Preimage.Maps;

/// <summary>A map with products of the inputs that are not frozen: k free inputs cost k directions where they are fewer than the outputs.</summary>
internal sealed class FrozenProducts : IProductMap
{
    private readonly IProductMap _map;
    private readonly FrozenInputs _frozen;

    /// <summary>Freezes inputs, as <see cref="FrozenInputs"/> does.</summary>
    /// <exception cref="ArgumentException">The point has another length, a frozen input does not exist or is not finite, or none is left free.</exception>
    public FrozenProducts(IProductMap map, ReadOnlySpan<double> point, ReadOnlySpan<int> frozen)
    {
        _frozen = new FrozenInputs(map, point, frozen);
        _map = map;
    }

    /// <inheritdoc/>
    public int Inputs => Free.Length;

    /// <inheritdoc/>
    public int Outputs => _map.Outputs;

    private ImmutableArray<int> Free => _frozen.Free;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y) => _frozen.Evaluate(x, y);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        // The map's own Jacobian takes as many products as the smaller of its sides, and gives the value too.
        bool forward = Inputs + 1 < Math.Min(_map.Inputs, Outputs);
        if (!forward && JacobianParts.FitsDense(_map))
        {
            _frozen.Linearize(x, y, jacobian);
            return;
        }

        using Scratch whole = new(_map.Inputs, stackalloc double[Scratch.OnStack]);
        _frozen.Complete(x, whole.Span);
        _map.Evaluate(whole.Span, y);
        if (Inputs < Outputs)
        {
            using Scratch columns = new(jacobian.Length, stackalloc double[Scratch.OnStack]);
            JacobianParts.Columns(_map, whole.Span, Free.AsSpan(), columns.Span);
            JacobianParts.Transpose(columns.Span, Inputs, jacobian);
        }
        else
        {
            Rows(whole.Span, jacobian);
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
    {
        int count = Lengths.DemandDirections(this, x.Length, v.Length, derivative.Length);
        using Scratch whole = new(_map.Inputs, stackalloc double[Scratch.OnStack]);
        using Scratch directions = new(count * _map.Inputs, stackalloc double[Scratch.OnStack]);
        _frozen.Complete(x, whole.Span);
        directions.Span.Clear();
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                directions.Span[k * _map.Inputs + Free[i]] = v[k * Inputs + i];
            }
        }

        _map.Tangent(whole.Span, directions.Span, derivative);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
    {
        int count = Lengths.DemandCovectors(this, x.Length, w.Length, gradient.Length);
        using Scratch whole = new(_map.Inputs, stackalloc double[Scratch.OnStack]);
        using Scratch gradients = new(count * _map.Inputs, stackalloc double[Scratch.OnStack]);
        _frozen.Complete(x, whole.Span);
        _map.Adjoint(whole.Span, w, gradients.Span);
        _frozen.Thin(gradients.Span, gradient);
    }

    /// <summary>The Jacobian by its rows, block by block: a row of the whole map is thinned before the next ones are made.</summary>
    [SkipLocalsInit]
    private void Rows(ReadOnlySpan<double> whole, Span<double> jacobian)
    {
        int block = Math.Min(JacobianParts.Block(_map), Outputs);
        using Scratch rows = new(block * _map.Inputs, stackalloc double[Scratch.OnStack]);
        int[] outputs = new int[block];
        for (int first = 0; first < Outputs; first += block)
        {
            int count = Math.Min(block, Outputs - first);
            for (int k = 0; k < count; k++)
            {
                outputs[k] = first + k;
            }

            Span<double> made = rows.Span[..(count * _map.Inputs)];
            JacobianParts.Rows(_map, whole, outputs.AsSpan(0, count), made);
            _frozen.Thin(made, jacobian.Slice(first * Inputs, count * Inputs));
        }
    }
}
