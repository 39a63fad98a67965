using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli;

/// <summary>The pullback metric on an inner representation: what the rest of the network sees of it.</summary>
internal sealed record LayerMetric(string Tensor, int Size, PullbackMetric Metric)
{
    // A null basis costs memory of the square of the size.
    private const int LargestWithNullDirections = 512;

    /// <summary>At every inner tensor that cuts the network, from input to output.</summary>
    public static IEnumerable<LayerMetric> Of(Network network, double[] x, IOutputMetric metric)
    {
        foreach (InnerTensor tensor in network.Tensors)
        {
            if (TryBetween(network, tensor.Name) is not { } rest)
            {
                continue;
            }

            double[] inner = new double[tensor.Size];
            network.Between(null, tensor.Name).Map.Evaluate(x, inner);
            yield return new LayerMetric(
                tensor.Name,
                tensor.Size,
                PullbackMetric.At(rest, inner, metric, tensor.Size <= LargestWithNullDirections)
            );
        }
    }

    private static IMap? TryBetween(Network network, string tensor)
    {
        try
        {
            return network.Between(tensor, null).Map;
        }
        catch (ArgumentException)
        {
            return null; // other ways lead past this tensor
        }
    }
}
