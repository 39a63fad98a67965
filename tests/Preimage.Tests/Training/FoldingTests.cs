using System.Collections.Immutable;
using CsCheck;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Training.Fitting;

namespace Preimage.Tests.Training;

public class FoldingTests
{
    /// <summary>Scales and offsets move the rounding of the first layer's sums by their own size; far below what a wrong fold would give.</summary>
    private const double Roundoff = 1e-11;

    private static readonly ScalarFunction[] Outputs = [new Identity(), new Sigmoid(), new HyperbolicTangent()];

    private static readonly Gen<Affine> Maps = Gen.Select(Gen.Double[0.1, 10], Gen.Bool, Gen.Double[-10, 10])
        .Select((size, negative, offset) => new Affine(negative ? -size : size, offset));

    [Fact]
    public void FoldedNetwork_InPhysicalUnits_IsTheScaledNetworkComposed() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[0, 1000], Gen.Int[0, 2], Gen.Bool)
            .SelectMany(
                (n, m, seed, output, deep) =>
                    Gen.Select(
                        Maps.Array[n],
                        Maps.Array[m],
                        Gen.Double[-1, 1].Array[n],
                        Gen.Const(Network(n, m, seed, Outputs[output], deep))
                    )
            )
            .Sample(
                (inputs, targets, x, network) =>
                {
                    DenseNetwork folded = Folding.FoldOutputs(Folding.FoldInputs(network, [.. inputs]), [.. targets]);
                    double[] expected = new double[targets.Length];
                    PlainNetwork.Evaluate(network, [.. x.Zip(inputs, (v, map) => map.Scale(v))], expected);
                    double[] actual = new double[targets.Length];
                    PlainNetwork.Evaluate(folded, x, actual);
                    for (int i = 0; i < actual.Length; i++)
                    {
                        double wanted = (expected[i] - targets[i].Offset) / targets[i].Factor;
                        Assert.True(Math.Abs(wanted - actual[i]) <= Roundoff * (1 + Math.Abs(wanted)) * 100);
                    }

                    bool changesNothing = Array.TrueForAll(targets, map => map is { Factor: 1, Offset: 0 });
                    int added = network.Layers[^1].Activation is Identity || changesNothing ? 0 : 1;
                    Assert.Equal(network.Layers.Length + added, folded.Layers.Length);
                }
            );

    [Fact]
    public void FoldOutputs_ByTheIdentity_ChangesNothing()
    {
        DenseNetwork network = Network(2, 2, 1, new Sigmoid(), deep: true);
        Assert.Same(network, Folding.FoldOutputs(network, [new Affine(1, 0), new Affine(1, 0)]));
    }

    [Fact]
    public void MinMaxScaling_TakesTheRangeToItsBounds()
    {
        var variable = new Variable("P", "Pa", 1e5, 2e5);
        Affine map = new MinMaxScaling(-1, 1).Fit(variable, []);

        // An ulp of the offset, -3.
        double ulp = Math.BitIncrement(3.0) - 3;
        Assert.Equal(-1, map.Scale(1e5), ulp);
        Assert.Equal(1, map.Scale(2e5), ulp);
        Assert.Equal(0, map.Scale(1.5e5), ulp);
    }

    [Fact]
    public void StandardScaling_GivesMeanZeroAndDeviationOne()
    {
        double[] column = [1, 2, 3, 10];
        Affine map = new StandardScaling().Fit(new Variable("x"), column);
        double[] scaled = [.. column.Select(map.Scale)];
        Assert.Equal(0, scaled.Average(), 1e-15);
        Assert.Equal(1, scaled.Average(v => v * v), 1e-15);
    }

    private static DenseNetwork Network(int n, int m, int seed, ScalarFunction output, bool deep)
    {
        ImmutableArray<int> widths = deep ? [n, 4, m] : [n, m];
        ImmutableArray<ScalarFunction> activations = deep ? [new HyperbolicTangent(), output] : [output];
        var layout = new ParameterLayout(widths, activations);
        return layout.Network(Initialisation.Draw(layout, seed));
    }
}
