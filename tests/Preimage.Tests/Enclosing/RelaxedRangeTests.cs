using CsCheck;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Enclosing;

/// <summary>Proved ranges, and what can be done to affine bounds.</summary>
public class RelaxedRangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void TheRange_OfABowl_IsFoundToTheTolerance()
    {
        OutputRange recipe = new() { Tolerance = 1e-8 };
        Interval range = recipe.Find(new MeanValueRelaxation(RelaxableMaps.SquareSum(3)), Box.Cube(3, -1, 2), Token);
        Assert.InRange(range.Low, -12e-8, 0);
        Assert.InRange(range.High, 12, 12 + 12e-8);
    }

    [Fact]
    public void TheRange_OfANetwork_HoldsItsValues() =>
        DenseNetworks.Any.Sample(
            dense =>
            {
                Network network = Network.From(dense);
                IRelaxedMap relaxed = new NetworkRelaxation(network).Select(0);
                Box box = Box.Cube(network.Inputs, -0.5, 1);
                Interval range = new OutputRange { Tolerance = 0.1, Boxes = 200 }.Find(relaxed, box, Token);
                Random random = new(1);
                for (int i = 0; i < 200; i++)
                {
                    double[] x = [.. Enumerable.Range(0, network.Inputs).Select(_ => -0.5 + 1.5 * random.NextDouble())];
                    double y = network.PlainMap.Evaluate(x)[0];
                    // The rounding of the evaluated map.
                    Assert.InRange(y, range.Low - 1e-12 * Math.Abs(y), range.High + 1e-12 * Math.Abs(y));
                }
            },
            iter: 30
        );

    [Fact]
    public void AConstant_IsItsOwnRange()
    {
        Interval range = new OutputRange().Find(
            new MeanValueRelaxation(RelaxableMaps.Linear(0, 0)),
            Box.Cube(2, -1, 1),
            Token
        );
        Assert.Equal(Interval.Zero, range);
    }

    [Fact]
    public void WithoutBoxes_TheRangeIsWiderButHolds()
    {
        IRelaxedMap bowl = new MeanValueRelaxation(RelaxableMaps.SquareSum(2));
        Box box = Box.Cube(2, -1, 2);
        Interval coarse = new OutputRange { Boxes = 1 }.Find(bowl, box, Token);
        Interval fine = new OutputRange().Find(bowl, box, Token);
        Assert.True(coarse.Contains(fine));
        Assert.True(fine.Contains(new Interval(0, 8)));
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.True(new OutputRange().Find(bowl, box, source.Token).Contains(fine));
    }

    [Fact]
    public void SelectedAndFrozenBounds_AreThoseOfTheMap() =>
        Gen.Int[1, 100_000]
            .Sample(
                seed =>
                {
                    Network network = Network.From(DenseNetworks.Make(seed, [4, 5, 3], DenseHead.Softmax));
                    double[] point = [0.1, -0.2, 0.3, double.NaN];
                    IMap map = network.PlainMap.Freeze(point, 0, 2).Select(2, 0);
                    foreach (
                        IRelaxedMap whole in new IRelaxedMap[]
                        {
                            new NetworkRelaxation(network),
                            new MeanValueRelaxation(new NetworkEnclosure(network)),
                        }
                    )
                    {
                        IRelaxedMap part = whole.Select(2, 0).Freeze(point, 0, 2);
                        IRelaxedMap same = whole.Freeze(point, 0, 2).Select(2, 0);
                        CheckBounds(part, map, new Random(seed));
                        CheckBounds(same, map, new Random(seed));
                    }
                },
                iter: 50
            );

    [Fact]
    public void WrongUse_IsRefusedInASentence()
    {
        IRelaxedMap two = new MeanValueRelaxation(RelaxableMaps.ComplexSquare);
        Assert.Throws<ArgumentException>(() => two.Select());
        Assert.Throws<ArgumentException>(() => two.Select(2));
        Assert.Throws<ArgumentException>(() => two.Freeze([0, 0], 0, 1));
        Assert.Throws<ArgumentException>(() => new OutputRange().Find(two, Box.Cube(2, 0, 1), Token));
        Assert.Throws<ArgumentException>(() =>
            new OutputRange { Tolerance = -1 }.Find(two.Select(0), Box.Cube(2, 0, 1), Token)
        );
    }

    private static void CheckBounds(IRelaxedMap f, IMap map, Random random)
    {
        Assert.Equal(map.Inputs, f.Inputs);
        Interval[] box =
        [
            .. Enumerable.Range(0, f.Inputs).Select(_ => Interval.Between(random.NextDouble(), -random.NextDouble())),
        ];
        Interval[] y = new Interval[f.Outputs];
        Interval[] jacobian = new Interval[f.Outputs * f.Inputs];
        double[] lower = new double[f.Outputs * (f.Inputs + 1)];
        double[] upper = new double[lower.Length];
        f.Relax(box, y, lower, upper);
        double[] x = [.. box.Select(side => side.Low + (side.High - side.Low) * random.NextDouble())];
        double[] value = map.Evaluate(x);
        for (int k = 0; k < value.Length; k++)
        {
            double low = Row(lower, k);
            double high = Row(upper, k);
            Assert.InRange(value[k], low - 1e-12, high + 1e-12);
            Assert.InRange(value[k], y[k].Low - 1e-12, y[k].High + 1e-12);
        }

        double Row(double[] rows, int k) =>
            box.Select((side, i) => (x[i] - side.Middle) * rows[k * (f.Inputs + 1) + i]).Sum()
            + rows[k * (f.Inputs + 1) + f.Inputs];

        f.EncloseJacobian(box, y, jacobian);
        double[] slopes = new double[jacobian.Length];
        map.Linearize(x, value, slopes);
        Assert.All(
            slopes.Zip(jacobian),
            pair => Assert.InRange(pair.First, pair.Second.Low - 1e-11, pair.Second.High + 1e-11)
        );
    }
}
