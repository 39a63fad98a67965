using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using Preimage.Training.Fitting;
using Preimage.Training.Optimisers;

namespace Preimage.Tests.Training;

public class LinearAlgebraTests
{
    private static readonly Gen<double> Entry = Gen.Double[-1, 1];

    /// <summary>Backward stability: the residual of a solution by Cholesky is a few n eps of |A| |x|.</summary>
    [Fact]
    public void Cholesky_SolvesToRounding() =>
        Gen.Int[1, 40]
            .SelectMany(n => Gen.Select(Entry.Array[n * n], Entry.Array[n]))
            .Sample(
                (entries, b) =>
                {
                    int n = b.Length;
                    Matrix<double> a = DenseMatrix.OfColumnMajor(n, n, entries);
                    Matrix<double> spd = a * a.Transpose() + 1e-3 * DenseMatrix.CreateIdentity(n);
                    double[] factor = spd.ToRowMajorArray();
                    double[] x = [.. b];
                    Assert.True(Cholesky.Factor(factor, n));
                    Cholesky.Solve(factor, x);
                    Vector<double> solution = DenseVector.OfArray(x);
                    double residual = (spd * solution - DenseVector.OfArray(b)).InfinityNorm();
                    double scale = spd.InfinityNorm() * solution.InfinityNorm() + DenseVector.OfArray(b).InfinityNorm();
                    Assert.True(residual <= 20 * n * double.BitIncrement(1.0) * Math.Pow(2, -52) * scale);
                },
                iter: 100
            );

    [Fact]
    public void Cholesky_OfAnIndefiniteMatrix_SaysNo()
    {
        Assert.False(Cholesky.Factor([1, 0, 2, 1], 2));
        Assert.False(Cholesky.Factor([0.0], 1));
        Assert.False(Cholesky.Factor([double.NaN], 1));
        Assert.False(Cholesky.Factor([double.PositiveInfinity], 1));
    }

    [Fact]
    public void Combine_IsTheMatrixProduct_AndItsTransposeToo() =>
        Gen.Select(Gen.Int[1, 11], Gen.Int[1, 11], Gen.Int[1, 3])
            .SelectMany(
                (rows, columns, strides) =>
                    Gen.Select(
                        Gen.Const(strides * RowKernels.RowMultiple),
                        Entry.Array[rows * columns],
                        Entry.Array[rows],
                        Entry.Array[columns * strides * RowKernels.RowMultiple],
                        Entry.Array[rows * strides * RowKernels.RowMultiple]
                    )
            )
            .Sample(
                (stride, weights, biases, right, left) =>
                {
                    int rows = biases.Length;
                    int columns = weights.Length / rows;
                    Matrix<double> w = Matrix<double>.Build.DenseOfRowMajor(rows, columns, weights);
                    double[] c = new double[rows * stride];
                    RowKernels.Combine(new RowKernels.Weighting(weights, biases, rows, columns), right, c, stride);
                    Matrix<double> expected =
                        w * Matrix<double>.Build.DenseOfRowMajor(columns, stride, right)
                        + DenseMatrix.Create(rows, stride, (i, _) => biases[i]);
                    AssertEqual(expected, c, columns + 1);

                    double[] back = new double[columns * stride];
                    RowKernels.Combine(RowKernels.Weighting.Transposed(weights, rows, columns), left, back, stride);
                    AssertEqual(w.Transpose() * Matrix<double>.Build.DenseOfRowMajor(rows, stride, left), back, rows);
                },
                iter: 100
            );

    [Fact]
    public void Dots_AreTheProductsOfRows_AndTheLowerHalfIsWhole() =>
        Gen.Select(Gen.Int[1, 11], Gen.Int[1, 11], Gen.Int[1, 3])
            .SelectMany(
                (rows, columns, strides) =>
                    Gen.Select(
                        Gen.Const(strides * RowKernels.RowMultiple),
                        Entry.Array[rows * strides * RowKernels.RowMultiple],
                        Entry.Array[columns * strides * RowKernels.RowMultiple]
                    )
            )
            .Sample(
                (stride, x, y) =>
                {
                    int rows = x.Length / stride;
                    int columns = y.Length / stride;
                    Matrix<double> left = Matrix<double>.Build.DenseOfRowMajor(rows, stride, x);
                    double[] g = new double[rows * columns];
                    RowKernels.Dots(x, y, g, stride);
                    AssertEqual(left * Matrix<double>.Build.DenseOfRowMajor(columns, stride, y).Transpose(), g, stride);

                    double[] square = new double[rows * rows];
                    RowKernels.Dots(x, x, square, stride, lower: true);
                    Matrix<double> expected = left * left.Transpose();
                    for (int i = 0; i < rows; i++)
                    {
                        for (int j = 0; j <= i; j++)
                        {
                            Assert.True(Math.Abs(expected[i, j] - square[i * rows + j]) <= stride * stride * 1e-16);
                        }
                    }
                },
                iter: 100
            );

    /// <summary>Two orders of summing k products of size one differ by at most k^2 / 2 rounding errors.</summary>
    private static void AssertEqual(Matrix<double> expected, double[] actual, int terms)
    {
        double[] wanted = expected.ToRowMajorArray();
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.True(Math.Abs(wanted[i] - actual[i]) <= terms * terms * 1.2e-16 + 1.2e-16);
        }
    }
}
