using System.Numerics;
using Preimage.Networks;

namespace Preimage.Tests.Networks;

public class SpecialFunctionsTests
{
    /// <summary>A few roundings each.</summary>
    private const double FewUlps = 4;

    [Fact]
    public void Oracle_AgreesWithPublishedValues()
    {
        Assert.Equal(0.842700792949714869341220635083, Number(Precise.Erf(1.0)), 15); // Abramowitz & Stegun, table 7.1
        Assert.Equal(1.31326168751822283405, Number(Precise.Softplus(1)), 15);
        Assert.Equal(Math.E, Number(Precise.Exp(1.0)), 15);
        Assert.Equal(Math.Tanh(0.5), Number(Precise.Tanh(0.5)), 15);
    }

    [Fact]
    public void Sigmoid_IsAccurate() => AssertUlps(SpecialFunctions.Sigmoid, Precise.Sigmoid, Everywhere(700));

    [Fact]
    public void SechSquared_IsAccurate() =>
        AssertUlps(SpecialFunctions.SechSquared, Precise.SechSquared, Everywhere(340));

    [Fact]
    public void Softplus_IsAccurate() => AssertUlps(SpecialFunctions.Softplus, Precise.Softplus, Everywhere(700));

    [Fact]
    public void Expm1_IsAccurate() =>
        AssertUlps(SpecialFunctions.Expm1, x => Precise.Exp(x) - Precise.One, Everywhere(700));

    [Fact]
    public void Log1p_IsAccurate() =>
        AssertUlps(
            SpecialFunctions.Log1p,
            x => Precise.Log(Precise.One + Precise.From(x)),
            Everywhere(1e6).Where(x => x > -1).Append(-1 + 1e-15)
        );

    [Fact]
    public void Erf_IsAccurate() => AssertUlps(SpecialFunctions.Erf, Precise.Erf, Everywhere(6));

    [Fact]
    public void Erfc_IsAccurate() =>
        AssertUlps(SpecialFunctions.Erfc, x => Precise.One - Precise.Erf(x), Everywhere(26));

    [Fact]
    public void NaN_ComesOutAsNaN_AndInfinitiesAsLimits()
    {
        Func<double, double>[] all =
        [
            SpecialFunctions.Sigmoid,
            SpecialFunctions.Softplus,
            SpecialFunctions.SechSquared,
            SpecialFunctions.Expm1,
            SpecialFunctions.Log1p,
            SpecialFunctions.Erf,
            SpecialFunctions.Erfc,
        ];
        Assert.All(all, f => Assert.Equal(double.NaN, f(double.NaN)));
        (double infinity, double minus) = (double.PositiveInfinity, double.NegativeInfinity);
        Assert.Equal([1, infinity, 0, infinity, infinity, 1, 0], all.Select(f => f(infinity)));
        Assert.Equal([0, 0, 0, -1, double.NaN, -1, 2], all.Select(f => f(minus)));
        Assert.Equal(minus, SpecialFunctions.Log1p(-1));
    }

    [Fact]
    public void SmallArguments_KeepTheirSignAndSize()
    {
        foreach (double x in (double[])[-0.0, 5e-324, -1e-310, 1e-200])
        {
            Assert.Equal(x, SpecialFunctions.Expm1(x));
            Assert.Equal(x, SpecialFunctions.Log1p(x));
        }

        Assert.Equal(
            BitConverter.DoubleToInt64Bits(-0.0),
            BitConverter.DoubleToInt64Bits(SpecialFunctions.Expm1(-0.0))
        );
        Assert.Equal(
            BitConverter.DoubleToInt64Bits(-0.0),
            BitConverter.DoubleToInt64Bits(SpecialFunctions.Log1p(-0.0))
        );
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(SpecialFunctions.Erf(-0.0)));
    }

    /// <summary>Arguments of all sizes up to the largest, both signs.</summary>
    internal static IEnumerable<double> Everywhere(double largest) =>
        Enumerable
            .Range(0, 60)
            .Select(i => largest * Math.Pow(0.62, i) * (1 - 0.003 * i))
            .Concat(Enumerable.Range(1, 60).Select(i => Math.Min(largest, i * 0.0517)))
            .SelectMany(x => (double[])[x, -x]);

    internal static void AssertUlps(
        Func<double, double> f,
        Func<double, BigInteger> exact,
        IEnumerable<double> arguments,
        double allowed = FewUlps
    )
    {
        (double worst, double at) = arguments.Select(x => (Precise.Ulps(f(x), exact(x)), x)).Max();
        Assert.True(worst <= allowed, $"{worst} ulp at {at:R}");
        TestContext.Current.TestOutputHelper?.WriteLine($"at most {worst} ulp, at {at:R}");
    }

    private static double Number(BigInteger x) => (double)(x >> 2300) / Math.ScaleB(1, 100);
}
