using System.Numerics;
using Preimage.Networks;
using Preimage.Tests.Enclosing;

namespace Preimage.Tests.Networks;

/// <summary>Values and derivatives of the plain table against more digits, over the whole domain of each function and near its ends.</summary>
public class ScalarFunctionsTests
{
    /// <summary>The C library's functions are good to 1 or 2 ulp, and derivatives are made of a few of them.</summary>
    private const double FewUlps = 5;

    /// <summary>An error is measured in so many bits.</summary>
    private const int ErrorBits = 100;

    /// <summary>Distances from an end, and sizes.</summary>
    private static readonly double[] Sizes = [1e-300, 1e-155, 1e-16, 1e-10, 1e-5, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9];

    /// <summary>Beside the first poles of the tangent, and far out.</summary>
    private static readonly double[] BesidePoles =
    [
        1.5707963267948966,
        1.5707963267948963,
        1.57,
        -4.71238898038469,
        7.853981633974483,
        1e5,
        1e9,
        3.14159,
    ];

    public static IEnumerable<TheoryDataRow<int>> Functions =>
        Enumerable
            .Range(ScalarFunctionExamples.Activations.Count, Count)
            .Select(i => new TheoryDataRow<int>(i) { TestDisplayName = ScalarFunctionExamples.All[i].ToString() });

    private static int Count => ScalarFunctionExamples.All.Count - ScalarFunctionExamples.Activations.Count;

    [Theory]
    [MemberData(nameof(Functions))]
    public void ValueAndDerivative_AreGoodToAFewUlps(int index)
    {
        ScalarFunctionExamples.Example example = ScalarFunctionExamples.All[index];
        foreach (double x in Arguments(example))
        {
            Jet exact = ScalarOracle.Wide.At(example.Function, x);
            AssertNear(exact.Value, ScalarFunctions.Value(example.Function, x), $"value at {x:R}");
            AssertNear(exact.First, ScalarFunctions.Derivative(example.Function, x), $"derivative at {x:R}");
        }
    }

    /// <summary>At the ends of a domain, and outside.</summary>
    [Fact]
    public void Ends_AreLimits()
    {
        Assert.Equal(Math.PI / 2, ScalarFunctions.Value(new ArcSine(), 1));
        Assert.Equal(double.PositiveInfinity, ScalarFunctions.Derivative(new ArcSine(), 1));
        Assert.Equal(double.NegativeInfinity, ScalarFunctions.Derivative(new ArcCosine(), -1));
        Assert.Equal(double.PositiveInfinity, ScalarFunctions.Derivative(new InverseHyperbolicCosine(), 1));
        Assert.Equal(double.PositiveInfinity, ScalarFunctions.Value(new InverseHyperbolicTangent(), 1));
        Assert.Equal(double.NaN, ScalarFunctions.Value(new ArcSine(), 1.5));
        Assert.Equal(double.NaN, ScalarFunctions.Derivative(new ArcSine(), 1.5));
        Assert.Equal(double.NaN, ScalarFunctions.Derivative(new InverseHyperbolicCosine(), 0.5));
        Assert.Equal(0, ScalarFunctions.Derivative(new InverseHyperbolicSine(), double.PositiveInfinity));
        Assert.Equal(0, ScalarFunctions.Derivative(new ArcTangent(), double.NegativeInfinity));
    }

    private static IEnumerable<double> Arguments(ScalarFunctionExamples.Example example)
    {
        Random random = new(11);
        double most = example.Function is HyperbolicSine or HyperbolicCosine ? 700 : 1e9;
        IEnumerable<double> sizes = Sizes
            .Concat(Sizes.Select(size => 1 - size).Where(x => x < 1))
            .Concat(Sizes.Select(size => 1 + size).Where(x => x > 1))
            .Concat([2, 3, 10, 35, 300, 699, 1e8])
            .Concat(Enumerable.Range(0, 100).Select(_ => Math.Pow(10, random.NextDouble() * 20 - 10)));
        IEnumerable<double> far = example.Function is ArcTangent or InverseHyperbolicSine or InverseHyperbolicCosine
            ? [1e150, 1e200, 1e300]
            : [];
        return sizes
            .Where(x => x <= most)
            .Concat(far)
            .Concat(example.Function is Tangent ? BesidePoles : [])
            .SelectMany(x => (double[])[x, -x])
            .Where(x => x > example.Least && x < example.Most);
    }

    private static void AssertNear(BigInteger exact, double actual, string what)
    {
        FixedPoint number = ScalarOracle.Wide.Number;
        // What underflows has no relative error.
        BigInteger size = BigInteger.Max(BigInteger.Abs(exact), number.From(2.3e-308));
        BigInteger share = (BigInteger.Abs(number.From(actual) - exact) << ErrorBits) / size;
        double ulps = Math.ScaleB((double)share, 52 - ErrorBits);
        Assert.True(ulps <= FewUlps, $"{what}: {actual:R} is {ulps:G3} ulp away");
    }
}
