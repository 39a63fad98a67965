using CsCheck;
using Preimage.Maps;

namespace Preimage.Tests.Laws;

/// <summary>What every map does that offers products with its Jacobian.</summary>
public abstract class ProductMapLaws
{
    private const int Samples = 100;

    /// <summary>Rounding of sums whose order differs, relative to the size of the Jacobian.</summary>
    private const double Rounding = 1e-12;

    protected abstract IProductMap Map { get; }

    /// <summary>Random points of the map's domain.</summary>
    protected virtual Gen<double[]> Points => Gen.Double[-1, 1].Array[Map.Inputs];

    [Fact]
    public void Tangent_IsTheJacobianTimesTheVector() =>
        Gen.Select(Points, Gen.Double[-1, 1].Array[Map.Inputs])
            .Sample(
                (x, v) =>
                {
                    double[] jacobian = Jacobian(x);
                    double[] derivative = new double[Map.Outputs];
                    Map.Tangent(x, v, derivative);
                    AssertClose(Product(jacobian, v), derivative, jacobian);
                },
                iter: Samples
            );

    [Fact]
    public void Adjoint_IsTheTransposedJacobianTimesTheVector() =>
        Gen.Select(Points, Gen.Double[-1, 1].Array[Map.Outputs])
            .Sample(
                (x, w) =>
                {
                    double[] jacobian = Jacobian(x);
                    double[] gradient = new double[Map.Inputs];
                    Map.Adjoint(x, w, gradient);
                    AssertClose(TransposedProduct(jacobian, w), gradient, jacobian);
                },
                iter: Samples
            );

    [Fact]
    public void Products_OfWrongLengths_AreRefused()
    {
        (double[] x, double[] w) = (new double[Map.Inputs], new double[Map.Outputs]);
        Assert.Throws<ArgumentException>(() => Map.Tangent(x, new double[x.Length + 1], w));
        Assert.Throws<ArgumentException>(() => Map.Adjoint(x, new double[w.Length + 1], x));
    }

    private double[] Jacobian(double[] x)
    {
        double[] jacobian = new double[Map.Inputs * Map.Outputs];
        Map.Linearize(x, new double[Map.Outputs], jacobian);
        return jacobian;
    }

    private double[] Product(double[] jacobian, double[] v) =>
        [.. jacobian.Chunk(v.Length).Select(row => row.Zip(v, (a, b) => a * b).Sum())];

    private double[] TransposedProduct(double[] jacobian, double[] w)
    {
        double[][] rows = [.. jacobian.Chunk(Map.Inputs)];
        return [.. Enumerable.Range(0, Map.Inputs).Select(j => rows.Select((row, i) => row[j] * w[i]).Sum())];
    }

    private static void AssertClose(double[] expected, double[] actual, double[] jacobian)
    {
        double size = jacobian.Append(1).Max(Math.Abs);
        foreach ((double e, double a) in expected.Zip(actual))
        {
            Assert.True(Math.Abs(e - a) <= Rounding * size, $"{e:R} is not {a:R}");
        }
    }
}
