namespace Preimage.Networks.Compiled;

/// <summary>The engines for narrow networks: forward mode with few inputs, no head, every layer within a panel, and one activation for all layers that have any.</summary>
internal static class Narrow
{
    /// <summary>The engines; null where the network is not of that kind.</summary>
    public static (DenseEngine Single, BatchEngine Many)? Engines<T>(DenseNetwork network, PackedNetwork packed)
        where T : struct, ILanes<T>
    {
        ScalarFunction[] functions =
        [
            .. network.Layers.Select(layer => layer.Activation).Where(f => f is not Identity).Distinct(),
        ];
        bool fits =
            packed.Forward
            && packed.Inputs <= PackedNetwork.FewInputs
            && packed.Head == DenseHead.None
            && packed.Widest <= Math.Min(2 * T.Count, PackedNetwork.NarrowWidth)
            && functions.Length <= 1;
        if (!fits)
        {
            return null;
        }

        ScalarFunction shared = functions.Length == 0 ? new Identity() : functions[0];
        return
            ActivationKernels.Choose(shared, new SingleMaker<T>(packed), out DenseEngine? single)
            && ActivationKernels.Choose(shared, new ManyMaker<T>(network), out BatchEngine? many)
            ? (single, many)
            : null;
    }

    private sealed class SingleMaker<T>(PackedNetwork network) : IActivationMaker<DenseEngine>
        where T : struct, ILanes<T>
    {
        public DenseEngine Make<TActivation>(TActivation activation)
            where TActivation : struct, IActivation => new NarrowEngine<T, TActivation>(network, activation);
    }

    private sealed class ManyMaker<T>(DenseNetwork network) : IActivationMaker<BatchEngine>
        where T : struct, ILanes<T>
    {
        public BatchEngine Make<TActivation>(TActivation activation)
            where TActivation : struct, IActivation => new NarrowPanelEngine<T, TActivation>(network, activation);
    }
}
