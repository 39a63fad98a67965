using System.Numerics;
using CsCheck;
using Preimage.Enclosing;
using Preimage.Networks;
using Preimage.Tests.Laws;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Enclosing;

public class ScalarEnclosureLawTests : ScalarEnclosureLaws
{
    protected override Interval Enclose(ScalarFunction f, Interval x, int order) =>
        ScalarEnclosureTests.Table(f, x, order);
}

/// <summary>The enclosures in the table, point by point against more digits, at the ends of domains, and that the laws catch a wrong one.</summary>
public class ScalarEnclosureTests
{
    /// <summary>Where functions are not asked at one number: beyond it the oracle's exponentials do not fit its digits.</summary>
    private const double OracleEnd = 740;

    /// <summary>Digits that the oracle itself may lose, in units of its last place.</summary>
    private const int LostBits = 2300;
    private const int LostBitsOfNarrow = 150;

    /// <summary>Widths at one number, in ulp of the larger bound: a few roundings, where no terms cancel.</summary>
    private const double FewUlps = 16;

    /// <summary>Values of this size are measured in ulp: not those beside a zero, where the argument's own digits are lost.</summary>
    private const double LeastSize = 1e-3;

    private static readonly Interval Everything = Interval.Everything;

    /// <summary>Arguments at which something begins or ends: underflow, overflow, saturation, series, turns.</summary>
    private static readonly double[] HardArguments =
    [
        .. new[] { 5e-324, 1e-310, 2.3e-308, 1e-300, 1e-150, 9e-151, 1e-17, 1e-8, 0.0625, 0.06250001, 0.4999, 0.5 },
        .. new[] { 1, 1 + 1e-15, 1 - 1e-15, 1.414213562373095, 1.4142135623730951, 2, 2.399357280515468, 3, 3.4358 },
        .. new[] { 1.2784645427610738, 0.7517915246935645, 1.3169578969248166, 0.6584789484624083, 1.19243121451549 },
        .. new[] { 19.9, 20.1, 23.9, 24.1, 27, 33, 33.1, 100, 299, 301, 599, 601, 700, 709.7, 709.78, 710.1, 739 },
        .. new[] { Math.PI, Math.PI / 2, 1e5 * Math.PI, 1e9, 1 << 30 },
    ];

    public static IEnumerable<TheoryDataRow<int>> Functions => ScalarEnclosureLaws.Functions;

    internal static Interval Table(ScalarFunction f, Interval x, int order) =>
        order switch
        {
            0 => ScalarEnclosures.Value(f, x),
            1 => ScalarEnclosures.Derivative(f, x),
            _ => ScalarEnclosures.Second(f, x),
        };

    /// <summary>Every record under every meaning; the law classes go through the same examples.</summary>
    [Fact]
    public void EveryFunction_IsEnclosed_InEveryOrder()
    {
        Type[] all = [.. typeof(ScalarFunction).Assembly.GetTypes().Where(t => t.BaseType == typeof(ScalarFunction))];
        Assert.NotEmpty(all);
        Assert.All(all, t => Assert.Contains(ScalarFunctionExamples.All, e => e.Function.GetType() == t));
        foreach (ScalarFunctionExamples.Example e in ScalarFunctionExamples.All)
        {
            foreach (int order in (int[])[0, 1, 2])
            {
                Assert.All(
                    (Interval[])[Everything, new(0.6, 0.7), new(-0.7, 0.6), new(3, double.PositiveInfinity)],
                    x => AssertOrdered(Table(e.Function, x, order))
                );
            }

            Assert.All(ScalarEnclosures.Inflections(e.Function), x => AssertOrdered(x));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Points_LieInside_ToMoreDigits(int function)
    {
        ScalarFunctionExamples.Example example = ScalarFunctionExamples.All[function];
        double widest = 0;
        foreach (double x in Arguments(example))
        {
            bool isModerate = Math.Abs(x) is > 1e-3 and < 8;
            ScalarOracle oracle = isModerate ? ScalarOracle.Narrow : ScalarOracle.Wide;
            BigInteger slack = BigInteger.One << (isModerate ? LostBitsOfNarrow : LostBits);
            Jet exact = oracle.At(example.Function, x);
            BigInteger[] derivatives = [exact.Value, exact.First, exact.Second];
            for (int order = 0; order < derivatives.Length; order++)
            {
                Interval y = Table(example.Function, Interval.Of(x), order);
                AssertOrdered(y);
                Assert.True(
                    (double.IsInfinity(y.Low) || oracle.Number.From(y.Low) <= derivatives[order] + slack)
                        && (double.IsInfinity(y.High) || oracle.Number.From(y.High) >= derivatives[order] - slack),
                    $"Order {order} at {x:R}: not in {y}."
                );
                widest =
                    order == 0 && isModerate && x > 0 && y.Magnitude > LeastSize ? Math.Max(widest, Ulps(y)) : widest;
            }
        }

        Assert.True(widest <= FewUlps, $"{widest} ulp");
        TestContext.Current.TestOutputHelper?.WriteLine($"values are at most {widest} ulp wide");
    }

    /// <summary>A bound moved inward by a share of the width.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void WrongEnclosure_IsCaught(int order)
    {
        for (int i = 0; i < ScalarFunctionExamples.All.Count; i++)
        {
            double width = Table(ScalarFunctionExamples.All[i].Function, new(0.6, 0.9), order).Width;
            if (width > 0.01 && double.IsFinite(width))
            {
                int function = i;
                Assert.Throws<CsCheckException>(() => new Wrong(order).Parts_LieInside(function));
            }
        }
    }

    [Fact]
    public void Domains_AreLeftToBoundsWithoutEnd()
    {
        Interval across = new(-1, 4);
        Interval outside = new(-2, -1);
        const double infinity = double.PositiveInfinity;
        AssertAll(new SquareRoot(), across, new(0, 2), new(0.25, infinity), new(-infinity, -0.03125));
        AssertAll(new SquareRoot(), outside, Everything, Everything, Everything);
        AssertAll(new Reciprocal(), across, Everything, Everything, Everything);
        AssertAll(new Reciprocal(), new(0, 4), new(0.25, infinity), new(-infinity, -0.0625), new(0.03125, infinity));
        AssertAll(new Logarithm(), outside, Everything, Everything, Everything);
        Assert.Equal(-infinity, ScalarEnclosures.Value(new Logarithm(), across).Low);
        Assert.Equal(new Interval(0.25, infinity), ScalarEnclosures.Derivative(new Logarithm(), across));
        AssertAll(new ConstantPower(3), across, new(-1, 64), new(0, 48), new(-6, 24));
        AssertAll(new ConstantPower(-2), across, new(0.0625, infinity), Everything, Everything);
        AssertAll(new ConstantPower(0.5), across, new(0, 2), new(0.25, infinity), new(-infinity, -0.03125));
    }

    [Fact]
    public void Kinks_GiveClarkesDerivative_AndNoSecond()
    {
        Interval across = new(-1, 2);
        AssertAll(new Rectifier(), across, new(0, 2), new(0, 1), Everything);
        AssertAll(new Rectifier(), new(0, 0), new(0, 0), new(0, 1), Everything);
        AssertAll(new Rectifier(), new(1, 2), new(1, 2), 1, 0);
        AssertAll(new Absolute(), across, new(0, 2), new(-1, 1), Everything);
        AssertAll(new LeakyRectifier(0.5), across, new(-0.5, 2), new(0.5, 1), Everything);
        AssertAll(new LeakyRectifier(-0.5), across, new(0, 2), new(-0.5, 1), Everything);
        AssertAll(new Clip(0, 1), across, new(0, 1), new(0, 1), Everything);
        AssertAll(new Clip(0, 1), new(0.25, 0.5), new(0.25, 0.5), 1, 0);
        AssertAll(new Clip(1, 0), across, 1, 0, 0);
        AssertAll(new HardSigmoid(0.25, 0.5), new(-1, 1), new(0.25, 0.75), 0.25, 0);
        AssertAll(new HardSigmoid(0.25, 0.5), new(-3, 1), new(0, 0.75), new(0, 0.25), Everything);
        Assert.Equal(
            new Interval(-0.375, 1),
            Rounded(ScalarEnclosures.Value(new HardSwish(), new(-4, 1.3722813232690143)))
        );
        Assert.Equal(new Interval(-0.5, 0), ScalarEnclosures.Derivative(new HardSwish(), new(-3, -3)));
        Assert.Equal(Everything, ScalarEnclosures.Second(new ExponentialLinear(0.5), across));
        Assert.Equal(Everything, ScalarEnclosures.Second(new ScaledExponentialLinear(0.5, 2), across));
        Assert.Equal(Everything, ScalarEnclosures.Second(new ContinuousExponentialLinear(0), across));
    }

    /// <summary>At 0 the second derivative jumps, and its Clarke hull holds both sides.</summary>
    [Fact]
    public void KinksOfTheSlopeAlone_GiveClarkesSecondDerivative()
    {
        Interval across = new(-1, 2);
        Interval wide = new(double.NegativeInfinity, double.PositiveInfinity);
        Assert.Equal(new Interval(-2, 2), ScalarEnclosures.Second(new Softsign(), across));
        Assert.Equal(new Interval(-2, 2), ScalarEnclosures.Second(new Softsign(), wide));
        Assert.Equal(new Interval(0, 1), ScalarEnclosures.Second(new ExponentialLinear(1), across));
        Assert.Equal(new Interval(0, 1), ScalarEnclosures.Second(new ExponentialLinear(1), 0));
        Assert.Equal(new Interval(0, 2), ScalarEnclosures.Second(new ScaledExponentialLinear(1, 2), wide));
        Assert.Equal(new Interval(0, 2), ScalarEnclosures.Second(new ContinuousExponentialLinear(0.5), across));
        Assert.Equal(new Interval(0, 0), ScalarEnclosures.Second(new ExponentialLinear(1), new(1, 2)));
    }

    [Fact]
    public void Bounds_KnowTheFunctionsOwn()
    {
        Assert.Equal(new Interval(-1, 1), Everything.Tanh());
        Assert.Equal(new Interval(0, 1), Everything.Sigmoid());
        Assert.Equal(new Interval(-1, 1), Everything.Erf());
        Assert.Equal(new Interval(-1, 1), new Interval(-4, 4).Sin());
        Assert.Equal(1, new Interval(6, 7).Cos().High);
        Assert.Equal(1, new Interval(-7, -6).Cos().High);
        Assert.Equal(-1, new Interval(3, 3.5).Cos().Low);
        Assert.Equal(0, Everything.Exp().Low);
        Assert.Equal(new Interval(0, 0.25), ScalarEnclosures.Derivative(new Sigmoid(), Everything));
        Assert.Equal(new Interval(0, 1), ScalarEnclosures.Derivative(new HyperbolicTangent(), Everything));
    }

    private static IEnumerable<double> Arguments(ScalarFunctionExamples.Example example)
    {
        Random random = new(7);
        IEnumerable<double> all = HardArguments
            .Concat(Enumerable.Range(0, 60).Select(_ => Math.Pow(10, random.NextDouble() * 5 - 3)))
            .SelectMany(x => (double[])[x, -x]);
        return example.Function switch
        {
            Reciprocal or ConstantPower { Exponent: < 0 } or SquareRoot => all.Where(x => x > 1e-60),
            Logarithm => all.Where(x => x > 1e-300),
            Sine or Cosine or Identity or Negate or Tangent => all,
            ArcSine or ArcCosine or InverseHyperbolicTangent => all.Where(x => Math.Abs(x) < 1),
            ArcTangent or InverseHyperbolicSine => all,
            InverseHyperbolicCosine => all.Where(x => x > 1),
            HyperbolicSine or HyperbolicCosine => all.Where(x => Math.Abs(x) < 710),
            TanhGaussianErrorLinear => all.Where(x => Math.Abs(x) < 20.5),
            GaussianErrorLinear or ErrorFunction => all.Where(x => Math.Abs(x) < 27.3),
            Swish(var a) => all.Where(x => Math.Abs(a * x) < OracleEnd),
            ContinuousExponentialLinear(var a) => all.Where(x => Math.Abs(x / a) < OracleEnd),
            _ => all.Where(x => Math.Abs(x) < OracleEnd),
        };
    }

    private static double Ulps(Interval y)
    {
        double size = y.Magnitude;
        return double.IsFinite(size) ? (y.High - y.Low) / (Math.BitIncrement(size) - size) : 0;
    }

    private static Interval Rounded(Interval y) => new((float)y.Low, (float)y.High);

    private static void AssertOrdered(Interval y) => Assert.True(y.Low <= y.High, $"{y}");

    private static void AssertAll(ScalarFunction f, Interval x, Interval value, Interval first, Interval second) =>
        Assert.Equal(
            [value, first, second],
            [ScalarEnclosures.Value(f, x), ScalarEnclosures.Derivative(f, x), ScalarEnclosures.Second(f, x)]
        );

    private sealed class Wrong(int wrongOrder) : ScalarEnclosureLaws
    {
        /// <summary>How much of its width a wrong enclosure lacks.</summary>
        private const double Share = 0.25;

        protected override Interval Enclose(ScalarFunction f, Interval x, int order)
        {
            Interval y = Table(f, x, order);
            return order == wrongOrder && double.IsFinite(y.Width) ? new(y.Low + Share * y.Width, y.High) : y;
        }
    }
}
