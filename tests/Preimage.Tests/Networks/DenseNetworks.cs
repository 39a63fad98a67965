using CsCheck;
using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>Random dense networks, all finite.</summary>
internal static class DenseNetworks
{
    /// <summary>Up to four layers of up to seven units, with functions that are smooth on all of R and any head.</summary>
    public static Gen<DenseNetwork> Any { get; } =
        Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[1, 7].Array[2, 5], Gen.Enum<DenseHead>(), Make);

    /// <summary>One hidden layer of the given function.</summary>
    public static DenseNetwork With(ScalarFunction function, int seed) =>
        Make(seed, [3, 6, 2], DenseHead.None) is var network
            ? network with
            {
                Layers =
                [
                    network.Layers[0] with
                    {
                        Activation = function,
                    },
                    network.Layers[1] with
                    {
                        Activation = new Identity(),
                    },
                ],
            }
            : network;

    /// <summary>A network with the given widths, n first, and functions drawn for each layer.</summary>
    public static DenseNetwork Make(int seed, int[] widths, DenseHead head)
    {
        var random = new Random(seed);
        ScalarFunction[] functions =
        [
            .. ScalarFunctionExamples.Activations.Where(f => f.Lower < 0).Select(f => f.Function),
        ];
        var layers = new DenseLayer[widths.Length - 1];
        for (int k = 0; k < layers.Length; k++)
        {
            int inputs = widths[k];
            int outputs = widths[k + 1];
            layers[k] = new DenseLayer(
                inputs,
                outputs,
                [.. Draw(random, inputs * outputs)],
                [.. Draw(random, outputs)],
                functions[random.Next(functions.Length)]
            );
        }

        return new DenseNetwork([.. layers], head);
    }

    /// <summary>Whether two networks are equal bit by bit.</summary>
    public static bool Same(DenseNetwork a, DenseNetwork b) =>
        a.Head == b.Head
        && a.Layers.Length == b.Layers.Length
        && a.Layers.Zip(b.Layers)
            .All(p =>
                p.First.Activation == p.Second.Activation
                && p.First.Inputs == p.Second.Inputs
                && p.First.Weights.AsSpan().SequenceEqual(p.Second.Weights.AsSpan())
                && p.First.Biases.AsSpan().SequenceEqual(p.Second.Biases.AsSpan())
            );

    private static IEnumerable<double> Draw(Random random, int count) =>
        Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1);
}
