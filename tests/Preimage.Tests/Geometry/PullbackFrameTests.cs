using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Tests.Geometry;

/// <summary>The frame against a library's singular value decomposition, over random shapes, ranks and scales.</summary>
public class PullbackFrameTests
{
    /// <summary>Backward error of QR and SVD at these sizes, relative to the largest singular value.</summary>
    private const double Roundoff = 1e-13;

    private static readonly Gen<(int Inputs, int Outputs, int Rank, int Seed)> Shapes =
        from inputs in Gen.Int[1, 9]
        from outputs in Gen.Int[1, 9]
        from rank in Gen.Int[1, Math.Min(inputs, outputs)]
        from seed in Gen.Int
        select (inputs, outputs, rank, seed);

    [Fact]
    public void SingularValues_AndRank_AreThoseOfTheLibrary() =>
        Shapes.Sample(shape =>
        {
            (PullbackFrame frame, Matrix<double> jacobian) = Frame(shape);
            double[] expected = [.. jacobian.Svd().S];
            double largest = expected.Max();
            Assert.Equal(expected.Length, frame.SingularValues.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], frame.SingularValues[i], Roundoff * largest);
            }

            Assert.Equal(shape.Rank, frame.Rank);
        });

    [Fact]
    public void RowDirections_AreOrthonormal_AndSpanTheRows() =>
        Shapes.Sample(shape =>
        {
            (PullbackFrame frame, Matrix<double> jacobian) = Frame(shape);
            for (int i = 0; i < frame.Rank; i++)
            {
                for (int j = 0; j < frame.Rank; j++)
                {
                    double dot = Dot(frame.RowDirection(i), frame.RowDirection(j));
                    Assert.Equal(i == j ? 1 : 0, dot, Roundoff);
                }

                Vector<double> image = jacobian * Vector<double>.Build.Dense(frame.RowDirection(i).ToArray());
                Assert.Equal(frame.SingularValues[i], image.L2Norm(), Roundoff * frame.SingularValues[0]);
            }
        });

    [Fact]
    public void NullBasis_IsOrthonormal_AndIgnored() =>
        Shapes.Sample(shape =>
        {
            (PullbackFrame frame, Matrix<double> jacobian) = Frame(shape);
            double[] basis = frame.NullBasis();
            int count = shape.Inputs - frame.Rank;
            Assert.Equal(count * shape.Inputs, basis.Length);
            for (int i = 0; i < count; i++)
            {
                double[] direction = basis[(i * shape.Inputs)..((i + 1) * shape.Inputs)];
                double image = (jacobian * Vector<double>.Build.Dense(direction)).L2Norm();
                Assert.Equal(0, image, Roundoff * frame.SingularValues[0]);
                Assert.Equal(0, frame.PseudoNorm(direction), Roundoff * frame.SingularValues[0]);
                for (int j = 0; j < count; j++)
                {
                    double dot = Dot(direction, basis.AsSpan(j * shape.Inputs, shape.Inputs));
                    Assert.Equal(i == j ? 1 : 0, dot, Roundoff);
                }
            }
        });

    [Fact]
    public void ProjectNull_TakesTheRowPartAway_AndIsIdempotent() =>
        Shapes.Sample(shape =>
        {
            (PullbackFrame frame, Matrix<double> jacobian) = Frame(shape);
            double[] v = [.. new Random(shape.Seed).Doubles(shape.Inputs)];
            double[] once = new double[shape.Inputs];
            double[] twice = new double[shape.Inputs];
            frame.ProjectNull(v, once);
            frame.ProjectNull(once, twice);
            Assert.Equal(0, (jacobian * Vector<double>.Build.Dense(once)).L2Norm(), Roundoff * frame.SingularValues[0]);
            Assert.Equal(0, Vectors.Distance(once, twice), Roundoff);
        });

    [Fact]
    public void MinimumNormStep_IsThePseudoInverse() =>
        Shapes.Sample(shape =>
        {
            (PullbackFrame frame, Matrix<double> jacobian) = Frame(shape);
            double[] residual = [.. new Random(shape.Seed).Doubles(shape.Outputs)];
            double[] step = new double[shape.Inputs];
            frame.MinimumNormStep(residual, step);
            // The minimum-norm least-squares solution by the library's SVD, cut at the known rank.
            var svd = jacobian.Svd();
            Vector<double> expected = Vector<double>.Build.Dense(shape.Inputs);
            for (int i = 0; i < shape.Rank; i++)
            {
                double part = svd.U.Column(i) * Vector<double>.Build.Dense(residual) / svd.S[i];
                expected += part * svd.VT.Row(i);
            }

            double condition = frame.SingularValues[0] / frame.SingularValues[shape.Rank - 1];
            Assert.Equal(0, Vectors.Distance(expected.ToArray(), step), Roundoff * condition * (1 + expected.L2Norm()));
        });

    [Fact]
    public void Metric_IsJacobianSquared_AndGivesNormAndEnergy() =>
        Shapes.Sample(shape =>
        {
            (PullbackFrame frame, Matrix<double> jacobian) = Frame(shape);
            Matrix<double> expected = jacobian.TransposeThisAndMultiply(jacobian);
            Matrix<double> metric = Matrix<double>.Build.DenseOfRowMajor(shape.Inputs, shape.Inputs, frame.Metric());
            double largest = frame.SingularValues[0];
            Assert.Equal(0, (expected - metric).FrobeniusNorm(), Roundoff * largest * largest);
            double[] v = [.. new Random(shape.Seed).Doubles(shape.Inputs)];
            double norm = (jacobian * Vector<double>.Build.Dense(v)).L2Norm();
            Assert.Equal(norm, frame.PseudoNorm(v), 10 * Roundoff * largest);
            Assert.Equal(norm * norm / 2, frame.Energy(v), 100 * Roundoff * largest * largest);
        });

    [Fact]
    public void NullVector_IsOrientedByTheDeterminant() =>
        (from inputs in Gen.Int[2, 8] from seed in Gen.Int select (inputs, inputs - 1, inputs - 1, seed)).Sample(
            shape =>
            {
                (PullbackFrame frame, Matrix<double> jacobian) = Frame(shape);
                double[] tangent = new double[shape.inputs];
                Assert.True(frame.NullVector(tangent));
                Matrix<double> bordered = jacobian.InsertRow(jacobian.RowCount, Vector<double>.Build.Dense(tangent));
                Assert.True(bordered.Determinant() > 0);
                Assert.Equal(
                    0,
                    (jacobian * Vector<double>.Build.Dense(tangent)).L2Norm(),
                    Roundoff * frame.SingularValues[0]
                );
            }
        );

    [Fact]
    public void NullVector_OfARankDeficientJacobian_IsIgnored() =>
        (from inputs in Gen.Int[2, 8] from seed in Gen.Int select (inputs, inputs + 1, inputs - 1, seed)).Sample(
            shape =>
            {
                (PullbackFrame frame, Matrix<double> jacobian) = Frame(shape);
                double[] tangent = new double[shape.inputs];
                Assert.False(frame.NullVector(tangent));
                Assert.Equal(1, Vectors.Norm(tangent), Roundoff);
                Assert.Equal(
                    0,
                    (jacobian * Vector<double>.Build.Dense(tangent)).L2Norm(),
                    Roundoff * frame.SingularValues[0]
                );
            }
        );

    [Fact]
    public void PullbackMetric_OfAFisherMetric_SeesOneDirectionLess()
    {
        // Three logits of three inputs, invertible: adding the same to all logits is the one direction that the probabilities ignore.
        double[] weights = [1, 2, 0, 0, 1, -1, 2, 0, 1];
        FunctionMap map = new(3, 3, (x, y, j) => Affine(weights, x, y, j));
        PullbackMetric metric = PullbackMetric.At(map, [0.3, -0.2, 0.5], new LogitFisherMetric());
        Assert.Equal(2, metric.Rank);
        Assert.Single(metric.NullDirections);
        double[] image = new double[3];
        Affine(weights, metric.NullDirections[0].AsSpan(), image, []);
        Assert.Equal(image[0], image[1], Roundoff);
        Assert.Equal(image[1], image[2], Roundoff);
    }

    [Fact]
    public void PullbackMetric_OfAWrongPoint_IsRefused()
    {
        FunctionMap map = new(2, 1, (x, y, _) => y[0] = x[0]);
        var length = Assert.Throws<ArgumentException>(() => PullbackMetric.At(map, [1]));
        Assert.Equal("The point has 1 coordinates, but the map takes 2; give 2.", length.Message);
        var finite = Assert.Throws<ArgumentException>(() => PullbackMetric.At(map, [1, double.NaN]));
        Assert.Equal("Coordinate 2 of the point is NaN; give a finite number.", finite.Message);
    }

    [Fact]
    public void DenseMetric_ThatIsNoMetric_IsRefused()
    {
        Assert.Contains("not positive definite", Refusal([1, 2, 2, 1]), StringComparison.Ordinal);
        Assert.Contains("not symmetric", Refusal([1, 0.5, 0.25, 1]), StringComparison.Ordinal);
        Assert.Contains("m * m entries", Refusal([1, 2, 3]), StringComparison.Ordinal);
        static string Refusal(double[] matrix) =>
            Assert.Throws<ArgumentException>(() => new DenseMetric(matrix)).Message;
    }

    private static void Affine(double[] weights, ReadOnlySpan<double> x, Span<double> y, Span<double> j)
    {
        for (int i = 0; i < 3; i++)
        {
            y[i] = weights[3 * i] * x[0] + weights[3 * i + 1] * x[1] + weights[3 * i + 2] * x[2];
        }

        if (j.Length > 0)
        {
            weights.CopyTo(j);
        }
    }

    /// <summary>A frame of a random Jacobian of exactly this rank, its singular values spread over two decades.</summary>
    private static (PullbackFrame Frame, Matrix<double> Jacobian) Frame(
        (int Inputs, int Outputs, int Rank, int Seed) shape
    )
    {
        Random random = new(shape.Seed);
        Matrix<double> left = Matrix<double>
            .Build.Dense(shape.Outputs, shape.Outputs, (_, _) => random.NextDouble() - 0.5)
            .QR()
            .Q;
        Matrix<double> right = Matrix<double>
            .Build.Dense(shape.Inputs, shape.Inputs, (_, _) => random.NextDouble() - 0.5)
            .QR()
            .Q;
        Matrix<double> jacobian = Matrix<double>.Build.Dense(shape.Outputs, shape.Inputs);
        for (int i = 0; i < shape.Rank; i++)
        {
            double singular = Math.Pow(10, -2 * random.NextDouble());
            jacobian += singular * left.Column(i).OuterProduct(right.Column(i));
        }

        PullbackFrame frame = new(shape.Inputs, shape.Outputs, null, Roundoff);
        frame.At(new double[shape.Outputs], jacobian.ToRowMajorArray());
        return (frame, jacobian);
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}

internal static class RandomDoubles
{
    /// <summary>Numbers in [-1, 1).</summary>
    public static IEnumerable<double> Doubles(this Random random, int count) =>
        Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1);
}
