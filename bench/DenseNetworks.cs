using Preimage.Networks;

namespace Preimage.Bench;

/// <summary>The networks that are measured; weights from a fixed seed.</summary>
internal static class DenseNetworks
{
    public static string[] Names { get; } =
    ["2-5-5-1 sigmoid", "2-10-10-1 sigmoid", "5-50x6-5 ReLU", "784-256-256-10 ReLU"];

    public static DenseNetwork Named(string name) =>
        name switch
        {
            "2-5-5-1 sigmoid" => Of(new Sigmoid(), new Sigmoid(), 2, 5, 5, 1),
            "2-10-10-1 sigmoid" => Of(new Sigmoid(), new Sigmoid(), 2, 10, 10, 1),
            "5-50x6-5 ReLU" => Of(new Rectifier(), new Identity(), 5, 50, 50, 50, 50, 50, 50, 5),
            "784-256-256-10 ReLU" => Of(new Rectifier(), new Identity(), 784, 256, 256, 10),
            _ => throw new ArgumentException($"There is no network {name}."),
        };

    /// <summary>Uniform numbers in [-1, 1].</summary>
    public static double[] Numbers(int count)
    {
        Random random = new(7);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
    }

    /// <summary>A network of the given widths, n first.</summary>
    public static DenseNetwork Of(ScalarFunction hidden, ScalarFunction last, params int[] sizes)
    {
        Random random = new(1);
        double Weight(int inputs) => (2 * random.NextDouble() - 1) * 2 / Math.Sqrt(inputs);
        return new([
            .. Enumerable
                .Range(0, sizes.Length - 1)
                .Select(l => new DenseLayer(
                    sizes[l],
                    sizes[l + 1],
                    [.. Enumerable.Range(0, sizes[l] * sizes[l + 1]).Select(_ => Weight(sizes[l]))],
                    [.. Enumerable.Range(0, sizes[l + 1]).Select(_ => Weight(1) / 2)],
                    l + 2 < sizes.Length ? hidden : last
                )),
        ]);
    }
}
