namespace Preimage.Networks.Compiled;

/// <summary>What a dense network must be before it is compiled.</summary>
internal static class DenseNetworkCheck
{
    /// <summary>Refuses a network whose sizes do not fit or whose numbers are not finite.</summary>
    /// <exception cref="ModelException">With the layer's place.</exception>
    public static void Demand(DenseNetwork network)
    {
        if (network.Layers.IsDefaultOrEmpty)
        {
            throw new ModelException("The network has no layers; give it at least one.");
        }

        for (int l = 0; l < network.Layers.Length; l++)
        {
            DenseLayer layer = network.Layers[l];
            int before = l == 0 ? layer.Inputs : network.Layers[l - 1].Outputs;
            Demand(layer, l + 1, before);
        }
    }

    private static void Demand(DenseLayer layer, int number, int before)
    {
        if (layer.Inputs < 1 || layer.Outputs < 1)
        {
            throw new ModelException(
                $"Layer {number} has {layer.Inputs} inputs and {layer.Outputs} outputs; it needs at least one of each."
            );
        }

        if (layer.Inputs != before)
        {
            throw new ModelException(
                $"Layer {number} takes {layer.Inputs} inputs, but the layer before it gives {before}."
            );
        }

        if (layer.Weights.IsDefault || layer.Biases.IsDefault)
        {
            throw new ModelException($"Layer {number} has no weights or no biases; give arrays, of zeros if need be.");
        }

        if (layer.Weights.Length != (long)layer.Inputs * layer.Outputs || layer.Biases.Length != layer.Outputs)
        {
            throw new ModelException(
                $"Layer {number} has {layer.Weights.Length} weights and {layer.Biases.Length} biases, but {layer.Inputs} inputs and {layer.Outputs} outputs need {(long)layer.Inputs * layer.Outputs} and {layer.Outputs}."
            );
        }

        if (!layer.Weights.All(double.IsFinite) || !layer.Biases.All(double.IsFinite))
        {
            throw new ModelException(
                $"Layer {number} has a weight or bias that is NaN or infinite; every one must be a number."
            );
        }
    }
}
