using System.Collections.Immutable;
using Preimage.Enclosing;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Arguments;

/// <summary>The part of a network that is looked at: chosen outputs, by --outputs, and inputs that are held, by --fix and --free.</summary>
internal sealed record MapChoice
{
    private readonly Network _network;
    private readonly int[]? _outputs;
    private readonly HeldInputs _held;

    private MapChoice(Network network, int[]? outputs, HeldInputs held)
    {
        _network = network;
        _outputs = outputs;
        _held = held;
        IMap map = outputs is null ? network.Map : network.Map.Select(outputs);
        Map = held.Any ? map.Freeze(held.Point, held.Inputs) : map;
        Signature whole = network.Signature;
        Signature = whole with
        {
            Inputs = [.. held.Free.Select(i => whole.Inputs[i])],
            Outputs = outputs is null ? whole.Outputs : [.. outputs.Select(i => whole.Outputs[i])],
        };
    }

    /// <summary>The map of the free inputs to the chosen outputs.</summary>
    public IMap Map { get; }

    /// <summary>The same map over boxes.</summary>
    public ICurvedEnclosedMap Enclosure
    {
        get
        {
            ICurvedEnclosedMap whole = new NetworkEnclosure(_network);
            ICurvedEnclosedMap chosen = _outputs is null ? whole : whole.Select(_outputs);
            return _held.Any ? chosen.Freeze(_held.Point, _held.Inputs) : chosen;
        }
    }

    /// <summary>The same map between affine bounds.</summary>
    public IRelaxedMap Relaxation
    {
        get
        {
            IRelaxedMap whole = new NetworkRelaxation(_network);
            IRelaxedMap chosen = _outputs is null ? whole : whole.Select(_outputs);
            return _held.Any ? chosen.Freeze(_held.Point, _held.Inputs) : chosen;
        }
    }

    /// <summary>Their names.</summary>
    public Signature Signature { get; }

    /// <summary>The free coordinates of --at; null where there is none.</summary>
    public double[]? Start => _held.Start;

    /// <summary>The inputs that are held with their values, as a table shows them; null where none is.</summary>
    public string? Held => _held.Any ? _held.Show(_network.Signature.Inputs) : null;

    /// <summary>The choice, for the record.</summary>
    public required ImmutableArray<Setting> Settings { get; init; }

    /// <summary>Reads the choice.</summary>
    /// <exception cref="ArgumentException">There is no such variable, a value is missing, or nothing is left.</exception>
    public static MapChoice Of(Network network, SliceWords words)
    {
        ImmutableArray<Variable> inputs = network.Signature.Inputs;
        int[]? outputs = words.Outputs is null ? null : Chosen(words.Outputs, network.Signature.Outputs);
        HeldInputs held = HeldInputs.Of(inputs, words);
        return new MapChoice(network, outputs, held)
        {
            Settings =
            [
                .. words.Outputs is { } names ? [new Setting("outputs", names)] : Array.Empty<Setting>(),
                .. words.Fixed.Length > 0
                    ? [new Setting("fix", string.Join(", ", words.Fixed))]
                    : Array.Empty<Setting>(),
                .. words.Free is { } free
                    ? [new Setting("free", free), new Setting("held", held.Values(inputs))]
                    : Array.Empty<Setting>(),
            ],
        };
    }

    private static int[] Chosen(string text, ImmutableArray<Variable> outputs)
    {
        int[] chosen = VariableNames.FindAll(text, outputs, "--outputs");
        return chosen.Length > 0 && chosen.Distinct().Count() == chosen.Length
            ? chosen
            : throw new ArgumentException($"--outputs has '{text}'; name some outputs, each once.");
    }
}
