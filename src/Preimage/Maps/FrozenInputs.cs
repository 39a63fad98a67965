using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Preimage.Maps;

/// <summary>A map of the inputs that are not frozen; the others keep their values.</summary>
public sealed class FrozenInputs : IMap
{
    private readonly IMap _map;
    private readonly double[] _point;

    /// <summary>Freezes inputs.  point: [map.Inputs], of which only the frozen coordinates count; frozen: which inputs, from 0.</summary>
    /// <exception cref="ArgumentException">The point has another length, a frozen input does not exist or is not finite, or none is left free.</exception>
    public FrozenInputs(IMap map, ReadOnlySpan<double> point, ReadOnlySpan<int> frozen)
    {
        Free = FreeOf(map.Inputs, point, frozen);
        _map = map;
        _point = point.ToArray();
    }

    /// <summary>The inputs that are left free, from 0, ascending: [Inputs].</summary>
    public ImmutableArray<int> Free { get; }

    /// <inheritdoc/>
    public int Inputs => Free.Length;

    /// <inheritdoc/>
    public int Outputs => _map.Outputs;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Lengths.Demand(this, x.Length, y.Length);
        using Scratch whole = new(_point.Length, stackalloc double[Scratch.OnStack]);
        Complete(x, whole.Span);
        _map.Evaluate(whole.Span, y);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        using Scratch whole = new(_point.Length, stackalloc double[Scratch.OnStack]);
        using Scratch rows = new(Outputs * _point.Length, stackalloc double[Scratch.OnStack]);
        Complete(x, whole.Span);
        _map.Linearize(whole.Span, y, rows.Span);
        Thin(rows.Span, jacobian);
    }

    /// <summary>The inputs that are left free, from 0, ascending; refuses as the constructor does.</summary>
    internal static ImmutableArray<int> FreeOf(int inputs, ReadOnlySpan<double> point, ReadOnlySpan<int> frozen)
    {
        if (point.Length != inputs)
        {
            throw new ArgumentException(
                $"The point of the frozen inputs has {point.Length} coordinates, but the map takes {inputs}; give {inputs}."
            );
        }

        HashSet<int> fixedInputs = [.. frozen];
        foreach (int index in fixedInputs)
        {
            if (index < 0 || index >= inputs || !double.IsFinite(point[index]))
            {
                throw new ArgumentException(
                    $"Input {index} cannot be frozen; freeze inputs among 0 to {inputs - 1}, at finite values."
                );
            }
        }

        ImmutableArray<int> free = [.. Enumerable.Range(0, inputs).Where(i => !fixedInputs.Contains(i))];
        if (free.IsEmpty)
        {
            throw new ArgumentException("All inputs are frozen; leave some free.");
        }

        return free;
    }

    /// <summary>The whole point with these free coordinates.  x: [Inputs], whole: [map.Inputs].</summary>
    public void Complete(ReadOnlySpan<double> x, Span<double> whole)
    {
        _point.CopyTo(whole);
        for (int k = 0; k < Free.Length; k++)
        {
            whole[Free[k]] = x[k];
        }
    }

    /// <summary>The columns of the free inputs.  rows: [k * map.Inputs], thin: [k * Inputs].</summary>
    internal void Thin(ReadOnlySpan<double> rows, Span<double> thin)
    {
        int count = rows.Length / _point.Length;
        for (int j = 0; j < count; j++)
        {
            for (int k = 0; k < Free.Length; k++)
            {
                thin[j * Free.Length + k] = rows[j * _point.Length + Free[k]];
            }
        }
    }
}
