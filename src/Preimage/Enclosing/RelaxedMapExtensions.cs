using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Enclosing;

/// <summary>What can be done to affine bounds, as to maps.</summary>
public static class RelaxedMapExtensions
{
    /// <summary>The bounds of some outputs, from 0, in the order given.</summary>
    /// <exception cref="ArgumentException">No output is selected, or one that the map does not have.</exception>
    public static IRelaxedMap Select(this IRelaxedMap map, params ReadOnlySpan<int> outputs)
    {
        SelectedOutputs.Demand(map.Outputs, outputs);
        return new RelaxedSelection(map, outputs.ToArray());
    }

    /// <summary>
    /// The bounds with some inputs, from 0, frozen at the point's coordinates; a frozen network is bounded only in the inputs that are left.
    /// point: [map.Inputs].
    /// </summary>
    /// <exception cref="ArgumentException">The point has another length, a frozen input does not exist or is not finite, or none is left free.</exception>
    public static IRelaxedMap Freeze(
        this IRelaxedMap map,
        ReadOnlySpan<double> point,
        params ReadOnlySpan<int> frozen
    ) => map is NetworkRelaxation network ? network.Frozen(point, frozen) : new RelaxedSlice(map, point, frozen);
}

/// <summary>Some outputs of affine bounds.</summary>
internal sealed class RelaxedSelection(IRelaxedMap map, int[] outputs) : IRelaxedMap
{
    /// <inheritdoc/>
    public int Inputs => map.Inputs;

    /// <inheritdoc/>
    public int Outputs => outputs.Length;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        BoxLengths.Demand(this, x.Length, y.Length);
        Interval[] all = new Interval[map.Outputs];
        map.Enclose(x, all);
        Pick(all, y, 1);
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        BoxLengths.Demand(this, x.Length, y.Length, jacobian.Length);
        Interval[] all = new Interval[map.Outputs];
        Interval[] rows = new Interval[map.Outputs * Inputs];
        map.EncloseJacobian(x, all, rows);
        Pick(all, y, 1);
        Pick(rows, jacobian, Inputs);
    }

    /// <inheritdoc/>
    public void Relax(ReadOnlySpan<Interval> x, Span<Interval> y, Span<double> lower, Span<double> upper)
    {
        RelaxationRows.Demand(this, x.Length, y.Length, lower.Length, upper.Length);
        Interval[] all = new Interval[map.Outputs];
        double[] lowerRows = new double[map.Outputs * (Inputs + 1)];
        double[] upperRows = new double[map.Outputs * (Inputs + 1)];
        map.Relax(x, all, lowerRows, upperRows);
        Pick(all, y, 1);
        Pick(lowerRows, lower, Inputs + 1);
        Pick(upperRows, upper, Inputs + 1);
    }

    private void Pick<T>(ReadOnlySpan<T> rows, Span<T> picked, int width)
    {
        for (int k = 0; k < outputs.Length; k++)
        {
            rows.Slice(outputs[k] * width, width).CopyTo(picked[(k * width)..]);
        }
    }
}

/// <summary>Affine bounds of the inputs that are not frozen. A frozen input has no width, so its slopes weigh nothing and are left out.</summary>
internal sealed class RelaxedSlice : IRelaxedMap
{
    private readonly IRelaxedMap _map;
    private readonly Interval[] _point;
    private readonly ImmutableArray<int> _free;

    public RelaxedSlice(IRelaxedMap map, ReadOnlySpan<double> point, ReadOnlySpan<int> frozen)
    {
        _map = map;
        _free = FrozenInputs.FreeOf(map.Inputs, point, frozen);
        _point = new Interval[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            _point[i] = point[i];
        }
    }

    /// <inheritdoc/>
    public int Inputs => _free.Length;

    /// <inheritdoc/>
    public int Outputs => _map.Outputs;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y) => _map.Enclose(Complete(x), y);

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        BoxLengths.Demand("Jacobian", jacobian.Length, Outputs * Inputs);
        Interval[] rows = new Interval[Outputs * _map.Inputs];
        _map.EncloseJacobian(Complete(x), y, rows);
        for (int k = 0; k < jacobian.Length; k++)
        {
            jacobian[k] = rows[k / Inputs * _map.Inputs + _free[k % Inputs]];
        }
    }

    /// <inheritdoc/>
    public void Relax(ReadOnlySpan<Interval> x, Span<Interval> y, Span<double> lower, Span<double> upper)
    {
        RelaxationRows.Demand(this, x.Length, y.Length, lower.Length, upper.Length);
        int width = _map.Inputs + 1;
        double[] lowerRows = new double[Outputs * width];
        double[] upperRows = new double[Outputs * width];
        _map.Relax(Complete(x), y, lowerRows, upperRows);
        for (int k = 0; k < Outputs; k++)
        {
            Shorten(lowerRows.AsSpan(k * width, width), lower.Slice(k * (Inputs + 1), Inputs + 1));
            Shorten(upperRows.AsSpan(k * width, width), upper.Slice(k * (Inputs + 1), Inputs + 1));
        }
    }

    private void Shorten(ReadOnlySpan<double> row, Span<double> free)
    {
        for (int i = 0; i < _free.Length; i++)
        {
            free[i] = row[_free[i]];
        }

        free[^1] = row[^1];
    }

    private Interval[] Complete(ReadOnlySpan<Interval> x)
    {
        BoxLengths.Demand("box", x.Length, Inputs);
        Interval[] whole = [.. _point];
        for (int i = 0; i < _free.Length; i++)
        {
            whole[_free[i]] = x[i];
        }

        return whole;
    }
}
