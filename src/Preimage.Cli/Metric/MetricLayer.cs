using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Metric;

/// <summary>The pullback metric on an inner representation: what the rest of the network sees of it.</summary>
internal sealed record MetricLayer(string Tensor, int Size, MetricAnswer Answer)
{
    /// <summary>At every inner tensor that cuts the network, from input to output.</summary>
    /// <param name="network">The network.</param>
    /// <param name="points">Its points: each [Inputs].</param>
    /// <param name="ask">Asks the rest of the network about the points' images.</param>
    public static IEnumerable<MetricLayer> Of(
        Network network,
        double[][] points,
        Func<IProductMap, double[][], MetricAnswer> ask
    )
    {
        foreach (InnerTensor tensor in network.Tensors)
        {
            if (TryRest(network, tensor.Name) is { } rest)
            {
                IProductMap to = network.Between(null, tensor.Name).Map;
                MetricAnswer answer = ask(rest, [.. points.Select(x => to.Evaluate(x))]);
                yield return new MetricLayer(tensor.Name, tensor.Size, answer.Slim());
            }
        }
    }

    private static IProductMap? TryRest(Network network, string tensor)
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
