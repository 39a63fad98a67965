using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Tests.Walking;

namespace Preimage.Tests.Geometry;

/// <summary>By products as by the dense frame, to rounding.</summary>
public class ProductRowSpaceTests
{
    private const double Close = 1e-12; // of J J^T, whose condition is the square of J's

    [Theory]
    [InlineData(12, 4, false)]
    [InlineData(12, 4, true)]
    [InlineData(3, 7, false)]
    public void Splits_AreThoseOfTheDenseFrame(int inputs, int outputs, bool softmax)
    {
        IProductMap map = softmax ? WalkNetworks.Softmax(inputs, outputs) : WalkNetworks.Rectifiers(inputs, outputs);
        Generator random = new(inputs);
        double[] x = new double[inputs];
        double[] v = new double[inputs];
        double[] move = new double[inputs];
        random.Normals(x);
        random.Normals(v);
        random.Normals(move);
        double[] residual = new double[outputs];
        map.Tangent(x, move, residual); // a residual that can be met
        PullbackFrame dense = new(inputs, outputs, null, 1e-12);
        ProductRowSpace products = new(map);
        dense.At(map, x);
        products.At(map, x);
        Assert.Equal(Math.Min(inputs, outputs), products.Rank);
        Assert.True(products.IsFinite);
        double close = Close * Math.Pow(dense.SingularValues[0] / dense.SingularValues[dense.Rank - 1], 2);
        AssertNear(close, Of(s => dense.ProjectNull(v, s), inputs), Of(s => products.ProjectNull(v, s), inputs));
        AssertNear(
            close,
            Of(s => dense.MinimumNormStep(residual, s), inputs),
            Of(s => products.MinimumNormStep(residual, s), inputs)
        );
    }

    /// <summary>Powers of two, as far as squares of J would leave the doubles, change no bit of a projection, and of a solution its power only.</summary>
    [Theory]
    [InlineData(-600)]
    [InlineData(-300)]
    [InlineData(500)]
    public void AnyScale_HasTheSameBits(int binary)
    {
        double scale = Math.ScaleB(1, binary);
        Generator random = new(5);
        double[] matrix = random.Uniform(3 * 6, -1, 1);
        double[] x = random.Uniform(6, -1, 1);
        double[] residual = random.Uniform(3, -1, 1);
        AffineMap one = new(matrix, new double[3]);
        AffineMap other = new([.. matrix.Select(each => each * scale)], new double[3]);
        ProductRowSpace expected = new(one);
        ProductRowSpace actual = new(other);
        expected.At(one, x);
        actual.At(other, x);
        Assert.Equal(Of(s => expected.ProjectNull(x, s), 6), Of(s => actual.ProjectNull(x, s), 6));
        Assert.Equal(
            Of(s => expected.MinimumNormStep(residual, s), 6),
            Of(s => actual.MinimumNormStep(residual, s), 6).Select(each => each * scale)
        );
    }

    [Fact]
    public void AnotherMap_IsRefused()
    {
        ProductRowSpace products = new(WalkNetworks.Softmax(4, 3));
        Assert.Throws<ArgumentException>(() => products.At(WalkNetworks.Softmax(4, 3), new double[4]));
    }

    private delegate void Write(Span<double> numbers);

    private static double[] Of(Write write, int count)
    {
        double[] numbers = new double[count];
        write(numbers);
        return numbers;
    }

    private static void AssertNear(double close, double[] expected, double[] actual) =>
        Assert.InRange(Vectors.Distance(expected, actual), 0, close * Math.Max(1, Vectors.Norm(expected)));
}
