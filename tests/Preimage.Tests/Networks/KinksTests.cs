using CsCheck;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>Where networks are not differentiable: their scalar functions, and what their arguments say of a whole network.</summary>
public class KinksTests
{
    /// <summary>So far from a kink the one-sided slopes are taken: rounding of the difference quotient is 1e-8 then.</summary>
    private const double Beside = 1e-7;

    /// <summary>The least jump of a slope among the examples is 0.03; curvature changes a slope by no more than 2e-4 over the distance.</summary>
    private const double Jump = 1e-3;

    public static TheoryData<string> Functions => [.. ScalarFunctionExamples.All.Select(e => e.ToString())];

    [Theory]
    [MemberData(nameof(Functions))]
    public void AtAKink_AndNowhereElse_TheSlopeJumpsAndTheValueDoesNot(string name)
    {
        ScalarFunctionExamples.Example example = ScalarFunctionExamples.All.First(e => e.ToString() == name);
        double[] kinks = ScalarKinks.Of(example.Function);
        foreach (double x in Enumerable.Range(0, 601).Select(i => -3 + i / 100.0).Concat(kinks))
        {
            if (x - 2 * Beside < example.Lower || x + 2 * Beside > example.Upper)
            {
                continue;
            }

            double Value(double at) => ScalarFunctions.Value(example.Function, at);
            double left = (Value(x - Beside) - Value(x - 2 * Beside)) / Beside;
            double right = (Value(x + 2 * Beside) - Value(x + Beside)) / Beside;
            bool isContinuous = Math.Abs(Value(x + Beside) - Value(x - Beside)) < 100 * Beside;
            bool isKink = Array.Exists(kinks, kink => Math.Abs(kink - x) < Beside / 2);
            Assert.Equal(isKink, isContinuous && Math.Abs(right - left) > Jump);
        }
    }

    [Fact]
    public void OfRectifiers_TheArgumentsAreTheLayersSums()
    {
        Network network = Network.From(DenseNetworks.With(new Rectifier(), seed: 5));
        Network kinks = network.Kinks()!;
        Gen.Double[-2, 2]
            .Array[3]
            .Sample(
                x => Assert.Equal(network.Between(null, "layer1.sum").Map.Evaluate(x), kinks.Map.Evaluate(x)),
                iter: 20
            );
    }

    [Fact]
    public void OfAClip_ThereIsAnArgumentForEachEnd()
    {
        Network network = Network.From(DenseNetworks.With(new Clip(-0.4, 1.1), seed: 5));
        double[] sums = network.Between(null, "layer1.sum").Map.Evaluate([0.3, -0.2, 1]);
        double[] kinks = network.Kinks()!.Map.Evaluate([0.3, -0.2, 1]);
        Assert.All(
            sums.Select(s => s + 0.4).Concat(sums.Select(s => s - 1.1)).Zip(kinks),
            pair => Assert.Equal(pair.First, pair.Second, 1e-14) // another order of adding
        );
        Assert.Equal(2 * sums.Length, kinks.Length);
    }

    [Fact]
    public void ASmoothNetwork_HasNone() =>
        Assert.Null(Network.From(DenseNetworks.With(new HyperbolicTangent(), seed: 5)).Kinks());

    /// <summary>Between two points with no argument at 0 between them the network of rectifiers is affine.</summary>
    [Fact]
    public void WhereNoArgumentChangesItsSign_ANetworkOfRectifiersIsAffine()
    {
        Network network = Network.From(DenseNetworks.With(new Rectifier(), seed: 5));
        Network kinks = network.Kinks()!;
        int affine = 0;
        Gen.Select(Gen.Double[-2, 2].Array[3], Gen.Double[-0.5, 0.5].Array[3])
            .Sample(
                (x, d) =>
                {
                    double[] end = [.. x.Zip(d, (a, b) => a + b)];
                    double[] middle = [.. x.Zip(d, (a, b) => a + b / 2)];
                    if (kinks.Map.Evaluate(x).Zip(kinks.Map.Evaluate(end)).All(p => p.First * p.Second > 0))
                    {
                        double[] mean =
                        [
                            .. network.Map.Evaluate(x).Zip(network.Map.Evaluate(end), (a, b) => (a + b) / 2),
                        ];
                        Assert.All(network.Map.Evaluate(middle).Zip(mean), p => Assert.Equal(p.Second, p.First, 1e-13));
                        Interlocked.Increment(ref affine);
                    }
                },
                iter: 200
            );
        Assert.InRange(affine, 20, 190);
    }
}
