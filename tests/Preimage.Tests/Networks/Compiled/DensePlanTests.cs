using CsCheck;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Networks.Compiled;

namespace Preimage.Tests.Networks.Compiled;

public class DensePlanTests
{
    /// <summary>Sums of up to 40 terms in another order, through four layers of slope near 1.</summary>
    private const double PlainTolerance = 2e-13;

    /// <summary>The kernels err by 2 or 3 ulp, the tables by as much.</summary>
    private const double KernelUlps = 8;

    /// <summary>Near its minimum the slope is a difference of two terms below 1, each rounded.</summary>
    private const double TurningPointFloor = 1e-15;

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1)]
    public void Plan_OfRandomNetworks_EqualsThePlainInterpretation(int lanes) =>
        Gen.Select(DenseNetworks.Tame, Gen.Double[-2, 2].Array[40])
            .Sample(
                (network, numbers) =>
                {
                    double[] x = numbers[..network.Inputs];
                    (double[] expected, double[] expectedJacobian) = Linearize(new PlainDenseMap(network), x);
                    (double[] actual, double[] jacobian) = Linearize(new DensePlan(network, lanes), x);
                    AssertClose(expected, actual);
                    AssertClose(expectedJacobian, jacobian);
                },
                iter: 300
            );

    [Fact]
    public void Plan_AtEveryWidth_GivesTheSameBits()
    {
        Assert.SkipUnless(
            System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated,
            "needs fused multiply-add at every width"
        );
        Gen.Select(DenseNetworks.Tame, Gen.Double[-2, 2].Array[40])
            .Sample(
                (network, numbers) =>
                {
                    double[] x = numbers[..network.Inputs];
                    (double[] value, double[] jacobian) = Linearize(new DensePlan(network, 8), x);
                    foreach (int lanes in (int[])[4, 2, 1])
                    {
                        (double[] other, double[] otherJacobian) = Linearize(new DensePlan(network, lanes), x);
                        Assert.Equal(value, other);
                        Assert.Equal(jacobian, otherJacobian);
                    }
                },
                iter: 200
            );
    }

    public static TheoryData<ScalarFunction> Functions => [.. DenseNetworks.AllFunctions];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Plan_OfOneNeuron_EqualsTheTable(ScalarFunction f)
    {
        DenseNetwork network = new([new DenseLayer(1, 1, [1], [0], f)]);
        foreach (int lanes in (int[])[8, 4, 2, 1])
        {
            DensePlan plan = new(network, lanes);
            foreach (double x in Arguments())
            {
                double tail = f is TanhGaussianErrorLinear ? TurningPointFloor : 0; // exp(2u) magnifies the rounding of u
                (double[] y, double[] slope) = Linearize(plan, [x]);
                AssertUlps(ScalarFunctions.Value(f, x), y[0], $"value of {f} at {x:R} in {lanes} lanes", tail);
                double floor = f is Swish or TanhGaussianErrorLinear or GaussianErrorLinear or Mish
                    ? TurningPointFloor
                    : 0;
                AssertUlps(
                    ScalarFunctions.Derivative(f, x),
                    slope[0],
                    $"slope of {f} at {x:R} in {lanes} lanes",
                    floor
                );
            }
        }
    }

    [Fact]
    public void Plan_OfNetworksThatDoNotFit_IsRefused()
    {
        DenseLayer good = new(2, 1, [1, 2], [0], new Identity());
        Assert.Throws<ModelException>(() => new DensePlan(new DenseNetwork([])));
        Assert.Throws<ModelException>(() => new DensePlan(new DenseNetwork([good, good])));
        Assert.Throws<ModelException>(() => new DensePlan(new DenseNetwork([good with { Biases = [] }])));
        Assert.Throws<ModelException>(() => new DensePlan(new DenseNetwork([good with { Weights = default }])));
        Assert.Throws<ModelException>(() => new DensePlan(new DenseNetwork([good with { Weights = [1] }])));
        Assert.Throws<ModelException>(() => new DensePlan(new DenseNetwork([good with { Weights = [1, double.NaN] }])));
        Assert.Throws<ModelException>(() => new DensePlan(new DenseNetwork([good with { Inputs = 0, Weights = [] }])));
    }

    private static IEnumerable<double> Arguments() =>
        ((double[])[0, 1e-300, 1e-20, 1e-9, 1e-3, 0.2, 0.5, 1, 2.9, 3, 3.1, 7, 19, 38, 300, 707, 708.5, 720, 744, 1e3])
            .SelectMany(x => (double[])[x, 0 - x])
            .Concat(Enumerable.Range(-300, 600).Select(i => i * 0.0371));

    /// <summary>Within <see cref="KernelUlps"/>, plus the floor; below 1e-290 a factor is subnormal somewhere.</summary>
    private static void AssertUlps(double expected, double actual, string what, double floor)
    {
        if (expected.Equals(actual))
        {
            return;
        }

        double size = Math.Abs(expected);
        double allowed = KernelUlps * (Math.BitIncrement(size) - size) + floor + 1e-290;
        Assert.True(Math.Abs(expected - actual) <= allowed, $"{what}: {actual:R} instead of {expected:R}");
    }

    private static (double[] Value, double[] Jacobian) Linearize(IMap map, double[] x)
    {
        double[] y = new double[map.Outputs];
        double[] jacobian = new double[map.Inputs * map.Outputs];
        map.Linearize(x, y, jacobian);
        return (y, jacobian);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        double size = expected.Append(1).Max(Math.Abs);
        foreach ((double e, double a) in expected.Zip(actual))
        {
            Assert.True(Math.Abs(e - a) <= PlainTolerance * size, $"{a:R} instead of {e:R}, size {size}");
        }
    }
}
