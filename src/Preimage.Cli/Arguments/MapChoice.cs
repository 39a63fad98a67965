using System.Collections.Immutable;
using Preimage.Enclosing;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Arguments;

/// <summary>
/// The map that is looked at: a network between two of its tensors (--from, --to), of chosen outputs (--logits, --output, --outputs, --margin), with
/// inputs held (--fix, --free).
/// </summary>
internal sealed record MapChoice
{
    /// <summary>Of more inputs the values that are held are not listed one by one in a record: they are those of --at.</summary>
    private const int MostListed = 256;

    private readonly HeldInputs _held;
    private readonly NamedTensor _inputs;
    private readonly SliceWords _words;

    private MapChoice(Network network, NamedTensor inputs, HeldInputs held, SliceWords words)
    {
        _words = words;
        Network = network;
        _held = held;
        _inputs = inputs;
        Map = held.Any ? network.Map.Freeze(held.Point, held.Inputs) : network.Map;
        Signature = network.Signature with { Inputs = [.. held.Free.Select(i => inputs.Variables[i])] };
    }

    /// <summary>The map of the free inputs to the chosen outputs.</summary>
    public IProductMap Map { get; }

    /// <summary>
    /// The map without a final softmax, log-softmax or sigmoid, whose labels are the same and whose derivatives do not vanish where a probability is
    /// nearly 1; the map itself where it ends in none.
    /// </summary>
    public IProductMap Scores
    {
        get
        {
            if (!Network.HasLogits)
            {
                return Map;
            }

            IProductMap scores = Network.Logits().Map;
            return _held.Any ? scores.Freeze(_held.Point, _held.Inputs) : scores;
        }
    }

    /// <summary>The same map over boxes.</summary>
    public ICurvedEnclosedMap Enclosure
    {
        get
        {
            ICurvedEnclosedMap whole = new NetworkEnclosure(Network);
            return _held.Any ? whole.Freeze(_held.Point, _held.Inputs) : whole;
        }
    }

    /// <summary>The same map between affine bounds.</summary>
    public IRelaxedMap Relaxation
    {
        get
        {
            IRelaxedMap whole = new NetworkRelaxation(Network);
            return _held.Any ? whole.Freeze(_held.Point, _held.Inputs) : whole;
        }
    }

    /// <summary>Their names.</summary>
    public Signature Signature { get; }

    /// <summary>The same inputs of another network that has them, free and held as here.</summary>
    public MapChoice Of(Network network) => new(network, _inputs, _held, _words) { IsMargin = false };

    /// <summary>The free coordinates of the point; null where there is none.</summary>
    public double[]? Start => _held.Start;

    /// <summary>The network to the chosen outputs, with no input held.</summary>
    public Network Network { get; }

    /// <summary>The point in all inputs of the network: held ones at their values, free ones at their start, or 0 where there is none.</summary>
    public double[] Point => _held.Point;

    /// <summary>The places of the free inputs among all inputs of the network, ascending.</summary>
    public ImmutableArray<int> Free => [.. _held.Free];

    /// <summary>A direction of the free inputs among all inputs, 0 in those that are held.  direction: [free inputs].</summary>
    public ImmutableArray<double> Whole(ImmutableArray<double> direction)
    {
        double[] whole = new double[_inputs.Variables.Length];
        for (int k = 0; k < direction.Length; k++)
        {
            whole[_held.Free[k]] = direction[k];
        }

        return [.. whole];
    }

    /// <summary>A point of all inputs: held ones at their values.  free: [free inputs], whole: [all inputs].</summary>
    public void Complete(ReadOnlySpan<double> free, Span<double> whole)
    {
        _held.Point.CopyTo(whole);
        for (int k = 0; k < free.Length; k++)
        {
            whole[_held.Free[k]] = free[k];
        }
    }

    /// <summary>Whether the output is a difference of two scores, which is 0 where they are equal.</summary>
    public required bool IsMargin { get; init; }

    /// <summary>The inputs that are held with their values, as a table shows them; null where none is.</summary>
    public string? Held => _held.Any ? _held.Show(_inputs) : null;

    /// <summary>The choice, for the record. A file of points is read through for its hash, so it is made when it is asked for.</summary>
    public ImmutableArray<Setting> Settings =>
        [
            .. _words.PointSettings(_inputs.Shape, _inputs.Variables.Length - _words.Fixed.Length),
            .. _words.TensorSettings(),
            .. _words.Chosen.Settings(),
            .. InputSettings(_inputs, _held, _words),
        ];

    /// <summary>Reads the choice.</summary>
    /// <param name="network">The network between --from and --to.</param>
    /// <param name="words">What was said; --at is of the network's inputs, and without it the network's own start is the point.</param>
    /// <exception cref="ArgumentException">There is no such variable, a value is missing, or nothing is left.</exception>
    public static MapChoice Of(Network network, SliceWords words)
    {
        NamedTensor inputs = new(network.Signature.Inputs, network.InputTensor.Shape);
        HeldInputs held = HeldInputs.Of(inputs, network.Start.AsSpan(), words);
        Network chosen = words.Chosen.Of(network, held.Start is null ? null : held.Point);
        return new MapChoice(chosen, inputs, held, words) { IsMargin = words.Chosen.Margin is not null };
    }

    private static IEnumerable<Setting> InputSettings(NamedTensor inputs, HeldInputs held, SliceWords words)
    {
        if (words.Fixed.Length > 0)
        {
            yield return new Setting("fix", string.Join(", ", words.Fixed));
        }

        if (words.Free.Length == 0)
        {
            yield break;
        }

        yield return new Setting("free", string.Join(" ", words.Free));
        if (words.PatchSize is { } size)
        {
            yield return new Setting("patchSize", size);
        }

        yield return held.Inputs.Length <= MostListed
            ? new Setting("held", held.Values(inputs))
            : new Setting("held", $"{held.Inputs.Length} inputs at their values in {words.Point}");
    }
}
