using System.Numerics;
using Preimage.Networks;
using Preimage.Networks.Compiled;

namespace Preimage.Tests.Networks.Compiled;

/// <summary>The kernels against more digits; equality of the widths is a law of the plans.</summary>
public class ExponentialsTests
{
    private const double ExpUlps = 1;
    private const double KernelUlps = 3;

    /// <summary>A polynomial of degree 24, a quotient and three products.</summary>
    private const double GeluUlps = 6;

    [Fact]
    public void Exp_IsAccurate() => AssertUlps(Value(new Exponential()), Precise.Exp, 700, ExpUlps);

    [Fact]
    public void Sigmoid_IsAccurate() => AssertUlps(Value(new Sigmoid()), Precise.Sigmoid, 700, KernelUlps);

    [Fact]
    public void SigmoidSlope_IsAccurate_WhereItIsSaturated() =>
        AssertUlps(Slope(new Sigmoid()), x => Precise.Times(Precise.Sigmoid(x), Precise.Sigmoid(-x)), 700, KernelUlps);

    [Fact]
    public void Tanh_IsAccurate() => AssertUlps(Value(new HyperbolicTangent()), Precise.Tanh, 30, KernelUlps);

    [Fact]
    public void TanhSlope_IsAccurate_WhereItIsSaturated() =>
        AssertUlps(Slope(new HyperbolicTangent()), Precise.SechSquared, 340, KernelUlps + 1);

    [Fact]
    public void Softplus_IsAccurate() => AssertUlps(Value(new Softplus()), Precise.Softplus, 700, KernelUlps);

    [Fact]
    public void ExponentialLinear_IsAccurate() =>
        AssertUlps(
            x => Value(new ExponentialLinear())(-Math.Abs(x)),
            x => Precise.Exp(-Math.Abs(x)) - Precise.One,
            700,
            KernelUlps
        );

    [Fact]
    public void Gelu_IsAccurate() =>
        AssertUlps(
            Value(new GaussianErrorLinear()),
            x => Precise.Times(Precise.From(x), (Precise.One + Precise.Erf(OverSqrt2(x))) / 2),
            37,
            GeluUlps
        );

    [Fact]
    public void Exp_AtItsEnds_OverflowsAndVanishes()
    {
        Func<double, double> exp = Value(new Exponential());
        Assert.Equal(double.PositiveInfinity, exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, exp(709.79));
        Assert.Equal(Math.Exp(709.78), exp(709.78), Math.Exp(709.78) * 1e-15);
        Assert.Equal(0, exp(double.NegativeInfinity));
        Assert.Equal(0, exp(-746));
        Assert.Equal(5e-324, exp(-744.5));
        Assert.Equal(double.NaN, exp(double.NaN));
        Assert.Equal(double.NaN, exp(BitConverter.Int64BitsToDouble(0x7FF8000000000FFF)));
    }

    private static BigInteger OverSqrt2(double x) => Precise.Over(Precise.From(x), Precise.Sqrt(2 * Precise.One));

    private static Func<double, double> Value(ScalarFunction f) => x => Apply(f, x).Value;

    private static Func<double, double> Slope(ScalarFunction f) => x => Apply(f, x).Slope;

    private static (double Value, double Slope) Apply(ScalarFunction f, double x)
    {
        double[] y = new double[1];
        double[] jacobian = new double[1];
        new DensePlan(new DenseNetwork([new DenseLayer(1, 1, [1], [0], f)])).Linearize([x], y, jacobian);
        return (y[0], jacobian[0]);
    }

    private static void AssertUlps(
        Func<double, double> f,
        Func<double, BigInteger> exact,
        double largest,
        double allowed
    ) => SpecialFunctionsTests.AssertUlps(f, exact, SpecialFunctionsTests.Everywhere(largest), allowed);
}
