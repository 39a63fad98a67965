using CsCheck;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Enclosing;

/// <summary>Bands of networks that end in an increasing function, which are paved before it.</summary>
public class PaverBandTests
{
    /// <summary>The rounding of an evaluated network near the ends of a band.</summary>
    private const double Rounding = 1e-12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Heads => [.. Functions.Keys];

    private static Dictionary<string, ScalarFunction> Functions { get; } =
        new()
        {
            ["Sigmoid"] = new Sigmoid(),
            ["Tanh"] = new HyperbolicTangent(),
            ["Exponential"] = new Exponential(),
            ["Softplus"] = new Softplus(),
        };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Boxes_AreWhatThePavingSays(string head) =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Double[-1.2, 1.5], Gen.Double[0, 1])
            .Sample(
                (seed, from, width) =>
                {
                    Network network = Ending(Functions[head], seed, 2);
                    Check(network.PlainMap, new NetworkRelaxation(network), from, from + width);
                },
                iter: 30
            );

    [Fact]
    public void FrozenNetworks_ArePavedAlike() =>
        Gen.Int[1, 100_000]
            .Sample(
                seed =>
                {
                    Network network = Ending(new Sigmoid(), seed, 4);
                    double[] point = [0.3, 0, -0.4, 0];
                    Check(
                        network.PlainMap.Freeze(point, 0, 2),
                        new NetworkRelaxation(network).Freeze(point, 0, 2),
                        0.4,
                        0.5
                    );
                },
                iter: 20
            );

    [Fact]
    public void EndsBeyondTheValues_AreNone()
    {
        NetworkRelaxation f = new(Ending(new Sigmoid(), 3, 2));
        Box box = Box.Cube(2, -1, 1);
        Assert.Equal(4, new Paver().Pave(f, -0.5, 2, box, Token).VolumeInner);
        Assert.Equal(4, new Paver().Pave(f, 0, double.PositiveInfinity, box, Token).VolumeInner);
        Assert.Equal(0, new Paver().Pave(f, 1.5, 2, box, Token).VolumeOuter);
        Assert.Equal(0, new Paver().Pave(f, double.NegativeInfinity, -0.1, box, Token).VolumeOuter);
    }

    [Fact]
    public void ASteepEnd_CostsNothing()
    {
        // sigmoid(100 (x + y)) between 0.05 and 0.95: a strip, which is exact before the end.
        Network steep = Network.From(new DenseNetwork([new DenseLayer(2, 1, [100, 100], [0], new Sigmoid())]));
        Paving paving = new Paver { Gap = 1e-9 }.Pave(
            new NetworkRelaxation(steep),
            0.05,
            0.95,
            Box.Cube(2, -1, 1),
            Token
        );
        Assert.Equal(1, paving.Enclosures);
        // |x + y| < c with c = ln 19 / 100 leaves two triangles of legs 2 - c.
        double c = Math.Log(19) / 100;
        Assert.InRange(4 - (2 - c) * (2 - c), paving.VolumeInner - Rounding, paving.VolumeOuter + Rounding);
    }

    private static Network Ending(ScalarFunction head, int seed, int inputs)
    {
        DenseNetwork dense = DenseNetworks.Make(seed, [inputs, 5, 1], DenseHead.None);
        return Network.From(
            dense with
            {
                Layers = dense.Layers.SetItem(1, dense.Layers[1] with { Activation = head }),
            }
        );
    }

    private static void Check(IMap map, IRelaxedMap f, double from, double to)
    {
        Paving paving = new Paver { Gap = 1e-2 }.Pave(f, from, to, Box.Cube(2, -1, 1), Token);
        Random random = new(1);
        for (int k = 0; k < 500; k++)
        {
            double[] x = [2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1];
            double y = map.Evaluate(x)[0];
            bool inside = paving.Inner.Any(c => c.Contains(x));
            bool possible = inside || paving.Boundary.Any(c => c.Contains(x));
            Assert.True(!inside || (y >= from - Rounding && y <= to + Rounding), $"{y} in [{from}, {to}]");
            Assert.True(possible || y <= from + Rounding || y >= to - Rounding, $"{y} in [{from}, {to}]");
        }
    }
}
