using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Preimage.Maps;

/// <summary>Some outputs of a map, in a given order: y_k = f_(Indices[k])(x).</summary>
public sealed class SelectedOutputs : IMap
{
    private readonly IMap _map;

    /// <summary>Selects outputs.  indices: from 0 to map.Outputs - 1.</summary>
    /// <exception cref="ArgumentException">No output is selected, or one that the map does not have.</exception>
    public SelectedOutputs(IMap map, ReadOnlySpan<int> indices)
    {
        Demand(map.Outputs, indices);
        _map = map;
        Indices = [.. indices];
    }

    /// <summary>The selected outputs, from 0: [Outputs].</summary>
    public ImmutableArray<int> Indices { get; }

    /// <inheritdoc/>
    public int Inputs => _map.Inputs;

    /// <inheritdoc/>
    public int Outputs => Indices.Length;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Lengths.Demand(this, x.Length, y.Length);
        using Scratch all = new(_map.Outputs, stackalloc double[Scratch.OnStack]);
        _map.Evaluate(x, all.Span);
        Pick(Indices.AsSpan(), all.Span, y, 1);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Lengths.Demand(this, x.Length, y.Length, jacobian.Length);
        using Scratch all = new(_map.Outputs, stackalloc double[Scratch.OnStack]);
        using Scratch rows = new(_map.Outputs * Inputs, stackalloc double[Scratch.OnStack]);
        _map.Linearize(x, all.Span, rows.Span);
        Pick(Indices.AsSpan(), all.Span, y, 1);
        Pick(Indices.AsSpan(), rows.Span, jacobian, Inputs);
    }

    /// <summary>Refuses as the constructor does.</summary>
    internal static void Demand(int outputs, ReadOnlySpan<int> indices)
    {
        if (indices.IsEmpty)
        {
            throw new ArgumentException($"No output is selected; select some of the map's {outputs}.");
        }

        foreach (int index in indices)
        {
            if (index < 0 || index >= outputs)
            {
                throw new ArgumentException(
                    $"Output {index} is selected, but the map's outputs are 0 to {outputs - 1}; select among these."
                );
            }
        }
    }

    /// <summary>The rows at the places.  rows: [.. * width], picked: [places.Length * width].</summary>
    internal static void Pick(ReadOnlySpan<int> places, ReadOnlySpan<double> rows, Span<double> picked, int width)
    {
        for (int k = 0; k < places.Length; k++)
        {
            rows.Slice(places[k] * width, width).CopyTo(picked.Slice(k * width, width));
        }
    }
}
