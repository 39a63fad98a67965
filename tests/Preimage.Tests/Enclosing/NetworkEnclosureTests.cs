using System.Numerics;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Enclosing;

public class NetworkEnclosureTests
{
    /// <summary>Bounds at corners are the range but for the rounding of a few exponentials.</summary>
    private const double CornerRounding = 1e-14;

    public static IEnumerable<TheoryDataRow<string>> Names =>
        OperationExamples.All.Where(e => e.IsDifferentiable).Select(e => new TheoryDataRow<string>(e.Name));

    /// <summary>Every operation x every meaning; wide ones in several parts of the Jacobian.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EveryOperation_HasEveryMeaning(string name)
    {
        const int MostSecond = 12;
        OperationExamples.Example example = OperationExamples.All.First(e => e.Name == name);
        NetworkMap map = new(example.Graph);
        NetworkEnclosure enclosure = new(example.Graph);
        Random random = new(7);
        double[] p = [.. Enumerable.Range(0, map.Inputs).Select(_ => Between(random, example))];
        Interval[] box = [.. p.Select(x => Interval.Between(x, Between(random, example)))];
        double[] y = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        map.Linearize(p, y, jacobian);
        Interval[] value = new Interval[map.Outputs];
        Interval[] first = new Interval[jacobian.Length];
        Interval[] along = new Interval[map.Outputs];
        enclosure.EncloseJacobian(box, value, first);
        Assert.All(y.Zip(value), pair => Assert.True(pair.Second.Widen(64).Contains(pair.First)));
        Assert.All(jacobian.Zip(first), pair => Assert.True(pair.Second.Widen(64).Contains(pair.First)));
        enclosure.EncloseTangent(box, new double[map.Inputs], value, along);
        Assert.All(along, derivative => Assert.True(derivative.Contains(0)));
        if (map.Inputs <= MostSecond)
        {
            enclosure.EncloseHessian(box, value, first, new Interval[jacobian.Length * map.Inputs]);
        }
    }

    /// <summary>|x1 - x2| along (1, 1), where both ends move alike.</summary>
    [Fact]
    public void WhatCancelsAlongADirection_StaysCancelled()
    {
        NetworkEnclosure f = new(
            Build(2, g => g.Elementwise(new Absolute(), g.MatrixMultiply(new(1, 1, 2, 1), 0, g.Constant([1, -1]))))
        );
        Interval[] y = new Interval[1];
        Interval[] along = new Interval[1];
        Interval[] jacobian = new Interval[2];
        Interval[] box = [new(-1, 1), new(-1, 1)];
        f.EncloseTangent(box, [1, 1], y, along);
        f.EncloseJacobian(box, y, jacobian);
        Assert.InRange(along[0].Magnitude, 0, CornerRounding);
        Assert.True((jacobian[0] + jacobian[1]).Contains(new Interval(-2, 2)));
    }

    [Fact]
    public void AKinkInTheBox_GivesClarkesDerivativeAndNoSecond()
    {
        NetworkEnclosure f = new(Build(1, g => g.Elementwise(new Rectifier(), 0)));
        Interval[] y = new Interval[1];
        Interval[] first = new Interval[1];
        Interval[] second = new Interval[1];
        f.EncloseHessian([new(-1, 2)], y, first, second);
        Assert.Equal((new(0, 2), new(0, 1), Interval.Everything), (y[0], first[0], second[0]));
        f.EncloseHessian([new(1, 2)], y, first, second);
        Assert.Equal((new(1, 2), Interval.Of(1), Interval.Zero), (y[0], first[0], second[0]));
        f.EncloseHessian([new(-2, -1)], y, first, second);
        Assert.Equal((Interval.Zero, Interval.Zero, Interval.Zero), (y[0], first[0], second[0]));
    }

    [Fact]
    public void AMaximum_HasTheDerivativesOfThoseThatMayBeIt()
    {
        NetworkEnclosure f = new(Build(3, g => g.Reduce(new Reduce(Reduction.Maximum, 1, 3, 1), 0)));
        Interval[] y = new Interval[1];
        Interval[] jacobian = new Interval[3];
        f.EncloseJacobian([new(0, 2), new(1, 3), new(-1, 0.5)], y, jacobian);
        Assert.Equal(new Interval(1, 3), y[0]);
        Assert.Equal([new(0, 1), new(0, 1), Interval.Zero], jacobian);
    }

    /// <summary>The range of a probability is taken at two corners; far from overflow also where exponents are large.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(-1e5)]
    public void Softmax_IsEnclosedByItsRange(double shift)
    {
        NetworkEnclosure f = new(Build(3, g => g.Softmax(1, 3, 1, 0)));
        NetworkEnclosure log = new(Build(3, g => g.LogSoftmax(1, 3, 1, 0)));
        Interval[] box = [new(shift - 1, shift + 2), new(shift, shift + 1), new(shift - 3, shift + 0.5)];
        Interval[] y = new Interval[3];
        Interval[] logY = new Interval[3];
        f.Enclose(box, y);
        log.Enclose(box, logY);
        double least = 1 / (1 + Math.Exp(1 - -1) + Math.Exp(0.5 - -1));
        double most = 1 / (1 + Math.Exp(0 - 2) + Math.Exp(-3 - 2));
        Assert.Equal(least, y[0].Low, CornerRounding);
        Assert.Equal(most, y[0].High, CornerRounding);
        Assert.Equal(Math.Log(least), logY[0].Low, CornerRounding);
        Assert.Equal(Math.Log(most), logY[0].High, CornerRounding);
    }

    /// <summary>Sums by centre and radius against exact rational arithmetic, from subnormal to huge factors.</summary>
    [Fact]
    public void CentredProducts_EncloseTheExactSums()
    {
        Random random = new(3);
        for (int sample = 0; sample < 2000; sample++)
        {
            int count = random.Next(1, 20);
            int columns = random.Next(1, 12);
            double scale = Math.Pow(10, random.Next(-320, 150));
            Interval[] a = [.. Enumerable.Range(0, count).Select(_ => Factor(random, scale))];
            double[] b =
            [
                .. Enumerable
                    .Range(0, count * columns)
                    .Select(_ => (random.NextDouble() - 0.5) * (random.Next(4) == 0 ? 0 : 100)),
            ];
            CentredProduct product = CentredProduct.Take();
            product.Load(new Strided<Interval>(a, 0, 1), count);
            product.Times(b, columns);
            for (int j = 0; j < columns; j++)
            {
                Assert.True(product.TryGet(j, out Interval sum));
                Interval plain = MatrixRules.Sum(
                    new Strided<Interval>(a, 0, 1),
                    new Strided<double>(b, j, columns),
                    count
                );
                (BigInteger low, BigInteger high) = ExactSum(a, b, j, columns);
                Assert.True(Exact(sum.Low) * Exact(1) <= low && Exact(sum.High) * Exact(1) >= high);
                Assert.True(Exact(plain.Low) * Exact(1) <= low && Exact(plain.High) * Exact(1) >= high);
                Assert.True(sum.Width <= 1.001 * plain.Width + 1e-13 * Size(a, b, j, columns) + 1e-320);
            }
        }
    }

    [Fact]
    public void OverflowingProducts_AreStillEnclosed()
    {
        NetworkEnclosure f = new(Build(2, g => g.MatrixMultiply(new(1, 1, 2, 1), 0, g.Constant([1e300, -1e300]))));
        Interval[] y = new Interval[1];
        f.Enclose([new(0, 1e10), Interval.Zero], y);
        Assert.Equal(double.PositiveInfinity, y[0].High);
        Assert.InRange(y[0].Low, -1, 0);
    }

    [Fact]
    public void Freezing_TakesTheEntriesOfTheFreeInputs()
    {
        ICurvedEnclosedMap whole = EnclosedNetworks.Dense[0].Enclosure;
        ICurvedEnclosedMap part = whole.Freeze([7, 0.25, 7], 1);
        Interval[] box = [new(0.1, 0.2), new(-0.3, 0.1)];
        Interval[] y = new Interval[2];
        Interval[] all = new Interval[6];
        Interval[] some = new Interval[4];
        whole.EncloseJacobian([box[0], 0.25, box[1]], y, all);
        part.EncloseJacobian(box, y, some);
        Assert.Equal([all[0], all[2], all[3], all[5]], some);
    }

    [Fact]
    public void PartsThatAreNotThere_AreRefused()
    {
        ICurvedEnclosedMap f = EnclosedNetworks.Dense[0].Enclosure;
        Assert.Throws<ArgumentException>(() => f.Select());
        Assert.Throws<ArgumentException>(() => f.Select(2));
        Assert.Throws<ArgumentException>(() => f.Freeze([1, 2], 0));
        Assert.Throws<ArgumentException>(() => f.Freeze([1, 2, double.NaN], 2));
        Assert.Throws<ArgumentException>(() => f.Freeze([1, 2, 3], 0, 1, 2));
    }

    [Fact]
    public void SecondDerivativesOfTooManyInputs_AreRefused()
    {
        const int Many = 4000;
        NetworkEnclosure f = new(Build(Many, g => g.Reduce(new Reduce(Reduction.Sum, 1, Many, 1), 0)));
        Interval[] first = new Interval[Many];
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            f.EncloseHessian(new Interval[Many], new Interval[1], first, new Interval[Many * Many])
        );
        Assert.Contains("hold some of the inputs", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Where the gradient keeps its sign the mean-value form is the range, but for rounding.</summary>
    [Fact]
    public void AMonotoneFunction_IsEnclosedByItsRange()
    {
        MeanValueForm f = new(
            new NetworkEnclosure(
                Build(
                    2,
                    g =>
                        g.Combine(
                            BinaryFunction.Multiply,
                            g.Select([0], 0),
                            g.Elementwise(new Exponential(), g.Select([1], 0))
                        )
                )
            )
        );
        Interval[] y = new Interval[1];
        f.Enclose([new(1, 2), new(-1, 1)], y);
        Assert.Equal(Math.Exp(-1), y[0].Low, CornerRounding);
        Assert.Equal(2 * Math.E, y[0].High, CornerRounding);
    }

    private static double Between(Random random, OperationExamples.Example example) =>
        example.Lower + (example.Upper - example.Lower) * random.NextDouble();

    private static Graph Build(int inputs, Func<GraphBuilder, int> output)
    {
        GraphBuilder graph = new(inputs);
        return graph.Build(output(graph), []);
    }

    private static Interval Factor(Random random, double scale) =>
        random.Next(6) switch
        {
            0 => Interval.Zero,
            1 => scale * (random.NextDouble() - 0.5),
            _ => Interval.Between(scale * (random.NextDouble() - 0.5), scale * (random.NextDouble() - 0.5)),
        };

    /// <summary>x 2^1074.</summary>
    private static BigInteger Exact(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52 & 0x7FF);
        long mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        BigInteger value = new BigInteger(mantissa) << Math.Max(exponent - 1, 0);
        return bits < 0 ? -value : value;
    }

    /// <summary>The range of the sum, times 2^2148.</summary>
    private static (BigInteger Low, BigInteger High) ExactSum(Interval[] a, double[] b, int column, int columns)
    {
        BigInteger low = 0;
        BigInteger high = 0;
        for (int i = 0; i < a.Length; i++)
        {
            BigInteger w = Exact(b[i * columns + column]);
            BigInteger one = w * Exact(a[i].Low);
            BigInteger other = w * Exact(a[i].High);
            low += BigInteger.Min(one, other);
            high += BigInteger.Max(one, other);
        }

        return (low, high);
    }

    private static double Size(Interval[] a, double[] b, int column, int columns) =>
        a.Select((x, i) => x.Magnitude * Math.Abs(b[i * columns + column])).Sum();
}
