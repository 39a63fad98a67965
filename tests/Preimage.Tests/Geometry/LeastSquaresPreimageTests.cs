using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Tests.Geometry;

/// <summary>Of affine maps against a library's pseudo-inverse; of others by what a least-squares solution is.</summary>
public class LeastSquaresPreimageTests
{
    /// <summary>Condition numbers of up to 10^3 take so many digits of conjugate gradients that stop at 1e-13.</summary>
    private const double Roundoff = 1e-9;

    [Fact]
    public void OfAnAffineMap_ItIsThePseudoInverse() =>
        (from sizes in Gen.Int[1, 6].Array[2] from seed in Gen.Int select (sizes[0], sizes[1], seed)).Sample(
            (inputs, outputs, seed) =>
            {
                Random random = new(seed);
                double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];
                double[] matrix = Draw(outputs * inputs);
                double[] offset = Draw(outputs);
                double[] start = Draw(inputs);
                double[] value = Draw(outputs);
                Matrix<double> a = Matrix<double>.Build.DenseOfRowMajor(outputs, inputs, matrix);
                if (a.Svd().S.Min() < 1e-3)
                {
                    return;
                }

                Vector<double> x0 = Vector<double>.Build.Dense(start);
                Vector<double> rest = Vector<double>.Build.Dense(value) - a * x0 - Vector<double>.Build.Dense(offset);
                Vector<double> expected = x0 + a.PseudoInverse() * rest;
                Preimaged found = new LeastSquaresPreimage().Find(new AffineMap(matrix, offset), start, value);
                Assert.All(expected.Zip(found.Point), pair => Assert.Equal(pair.First, pair.Second, Roundoff));
                double residual = (rest - a * a.PseudoInverse() * rest).L2Norm();
                Assert.Equal(residual, found.Residual, Roundoff);
            }
        );

    [Fact]
    public void AnImage_IsReachedToRounding() =>
        Gen.Select(Gen.Double[-1, 1].Array[3], Gen.Double[-0.2, 0.2].Array[3])
            .Sample(
                (x, shift) =>
                {
                    // 3 -> 6 smooth units: the image of every point is reached from one beside it.
                    Network network = Network.From(Networks.DenseNetworks.With(new HyperbolicTangent(), seed: 3));
                    IProductMap hidden = network.Between(null, "layer1.output").Map;
                    double[] start = [.. x.Zip(shift, (a, b) => a + b)];
                    Preimaged found = new LeastSquaresPreimage().Find(hidden, start, hidden.Evaluate(x));
                    Assert.Equal(0, found.Residual, 1e-12);
                },
                iter: 50
            );

    /// <summary>Of a value that no point has, what is left lies across the image: there the search ends, in about as many products as inputs.</summary>
    [Fact]
    public void AResidualAcrossTheImage_CostsNoMoreProducts() =>
        Gen.Select(Gen.Double[-1, 1].Array[800], Gen.Double[-1, 1].Array[200])
            .Sample(
                (matrix, value) =>
                {
                    AffineMap map = new(matrix, new double[200]);
                    ProductRowSpace rows = new(map);
                    rows.At(map, new double[4]);
                    double[] step = new double[4];
                    rows.MinimumNormStep(value, step);
                    // Two passes of at most 4 steps in exact arithmetic; rounding may add a few.
                    Assert.InRange(rows.Products, 4, 20);
                },
                iter: 50
            );

    [Fact]
    public void AValueOfAnotherLength_IsRefused()
    {
        AffineMap map = new([1, 2], [0.0]);
        Assert.Throws<ArgumentException>(() => new LeastSquaresPreimage().Find(map, [0, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => new LeastSquaresPreimage().Find(map, [0, 0], [double.NaN]));
    }
}
