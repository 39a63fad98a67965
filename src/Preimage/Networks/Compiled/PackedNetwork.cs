using System.Collections.Immutable;

namespace Preimage.Networks.Compiled;

/// <summary>A dense network laid out for lanes, with the sizes that its workspaces need.</summary>
internal sealed class PackedNetwork
{
    /// <summary>Up to this many inputs, forward mode is taken on narrow networks even where m &lt; n: tangents ride in the shadow of the values.</summary>
    public const int FewInputs = 3;

    /// <summary>Two of the widest registers.</summary>
    public const int NarrowWidth = 16;

    private PackedNetwork(DenseNetwork network, ImmutableArray<PackedLayer> layers, int panel)
    {
        (Layers, Head, Panel) = (layers, network.Head, panel);
        (Inputs, Outputs) = (network.Inputs, network.Outputs);
        Widest = Math.Max(layers[0].PaddedInputs, layers.Max(layer => layer.PaddedOutputs));
        SlopeLength = layers.Sum(layer => layer.PaddedOutputs);
        Forward =
            Inputs <= Outputs || (Inputs <= FewInputs && network.Layers.All(layer => layer.Outputs <= NarrowWidth));
    }

    public ImmutableArray<PackedLayer> Layers { get; }
    public DenseHead Head { get; }
    public int Inputs { get; }
    public int Outputs { get; }

    /// <summary>Columns of a panel: two registers.</summary>
    public int Panel { get; }

    /// <summary>The largest padded width, inputs included.</summary>
    public int Widest { get; }

    /// <summary>Padded outputs of all layers together.</summary>
    public int SlopeLength { get; }

    /// <summary>Whether the Jacobian is made by tangents (n of them) rather than by cotangents (m of them).</summary>
    public bool Forward { get; }

    public static PackedNetwork For<T>(DenseNetwork network)
        where T : struct, ILanes<T>
    {
        int panel = 2 * T.Count;
        return new(
            network,
            [.. network.Layers.Select(layer => new PackedLayer(layer, panel, ActivationPass.For<T>(layer.Activation)))],
            panel
        );
    }
}
