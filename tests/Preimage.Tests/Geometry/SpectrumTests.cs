using CsCheck;
using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Tests.Geometry;

/// <summary>Spectra by products and spectra over many points, against the dense spectrum.</summary>
public class SpectrumTests
{
    /// <summary>What the search leaves of a singular value, as a share of the largest: its own tolerance, and rounding.</summary>
    private const double Settled = 1e-9;

    /// <summary>Sums and quotients of a few numbers of size 1, and shares of a trace: thousands of roundings of 2^-53.</summary>
    private const double Rounding = 1e-12;

    /// <summary>A residual far above what a search that settled leaves: a thousand times <see cref="Settled"/>.</summary>
    private const double Unsettled = 1e-6;

    [Fact]
    public void LeadingSpectrum_IsTheDenseOne_ForRandomMatrices() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 25], Gen.Int[1, 6], Gen.Int[0, 1 << 20])
            .Sample(
                (m, n, count, seed) =>
                {
                    MatrixMap map = MatrixMap.Random(m, n, Math.Min(m, n), seed);
                    AgreesWithDense(map, new LeadingSpectra { Count = count, Seed = seed }, null);
                },
                iter: 200
            );

    [Fact]
    public void LeadingSpectrum_FindsMultipleAndZeroSingularValues()
    {
        double[] matrix = new double[6 * 9];
        double[] values = [3, 3, 3, 1, 1, 0];
        for (int i = 0; i < 6; i++)
        {
            matrix[i * 9 + i] = values[i];
        }

        LeadingSpectrum spectrum = new LeadingSpectra { Count = 6 }.At(
            new MatrixMap(matrix, 9),
            new double[9],
            null,
            Token
        );
        Assert.True(spectrum.IsSettled);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(values[i], spectrum.SingularValues[i], Settled);
        }
    }

    [Fact]
    public void LeadingSpectrum_OfFewDifferentValues_FindsEachAsOftenAsItIsThere() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 12], Gen.Int[0, 12], Gen.Int[1, 10], Gen.Int[0, 1 << 20])
            .Sample(
                (twos, ones, zeros, count, seed) =>
                {
                    double[] values = [.. Enumerable.Repeat(2.0, twos), .. Enumerable.Repeat(1.0, ones)];
                    int n = twos + ones + zeros;
                    double[] matrix = new double[n * n];
                    for (int i = 0; i < values.Length; i++)
                    {
                        matrix[i * n + i] = values[i];
                    }

                    AgreesWithDense(new MatrixMap(matrix, n), new LeadingSpectra { Count = count, Seed = seed }, null);
                },
                iter: 100
            );

    [Theory]
    [InlineData(1e-170)]
    [InlineData(1e-90)]
    [InlineData(1e90)]
    [InlineData(1e140)]
    public void Spectra_OfHugeAndTinyMaps_AreThoseOfTheUnitMapScaled(double unit)
    {
        double[] matrix = MatrixMap.Random(6, 9, 6, 3).Matrix;
        MatrixMap small = new(matrix, 9);
        MatrixMap scaled = new([.. matrix.Select(e => e * unit)], 9);
        LeadingSpectrum expected = new LeadingSpectra { Count = 6 }.At(small, new double[9], null, Token);
        LeadingSpectrum found = new LeadingSpectra { Count = 6 }.At(scaled, new double[9], null, Token);
        double[] dense = [.. PullbackMetric.At(scaled, new double[9]).SingularValues];
        for (int i = 0; i < 6; i++)
        {
            double value = expected.SingularValues[i];
            Assert.Equal(value, found.SingularValues[i] / unit, Settled * expected.SingularValues[0]);
            Assert.Equal(value, dense[i] / unit, Settled * expected.SingularValues[0]);
        }
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void Dimension_HasNoUnit(double unit) =>
        Assert.Equal(
            IntrinsicDimension.Of([4, 2, 1], isWhole: true).Participation,
            IntrinsicDimension.Of([4 * unit, 2 * unit, unit], isWhole: true).Participation,
            Rounding
        );

    [Fact]
    public void LeadingSpectrum_FindsEveryCopyOfAValue() =>
        Gen.Int[0, 1 << 20]
            .Sample(
                seed =>
                {
                    // 9 copies of one block of 12 x 12, as a convolution of 1 x 1 has them: the ten largest are 9 of one value and 1 of the next.
                    const int Copies = 9;
                    const int Side = 12;
                    double[] block = MatrixMap.Random(Side, Side, Side, seed).Matrix;
                    int n = Copies * Side;
                    double[] matrix = new double[n * n];
                    for (int i = 0; i < n; i++)
                    {
                        block.AsSpan(i % Side * Side, Side).CopyTo(matrix.AsSpan(i * n + i / Side * Side));
                    }

                    AgreesWithDense(new MatrixMap(matrix, n), new LeadingSpectra { Count = 10, Seed = seed }, null);
                },
                iter: 20
            );

    [Fact]
    public void LeadingSpectrum_TakesTheOutputMetric() =>
        Gen.Int[0, 1 << 20]
            .Sample(
                seed =>
                    AgreesWithDense(
                        MatrixMap.Random(5, 30, 5, seed),
                        new LeadingSpectra { Count = 4, Seed = seed },
                        new DiagonalMetric([1, 4, 0, 9, 0.25])
                    ),
                iter: 50
            );

    [Fact]
    public void LeadingSpectrum_ThatRanOutOfSteps_SaysSo()
    {
        MatrixMap map = MatrixMap.Random(40, 60, 40, 7);
        LeadingSpectrum spectrum = new LeadingSpectra { Count = 5, Steps = 6 }.At(map, new double[60], null, Token);
        Assert.False(spectrum.IsSettled);
        Assert.Contains(spectrum.Residuals, r => r > Unsettled);
    }

    [Fact]
    public void LeadingSpectrum_OfAnInfiniteDerivative_IsRefused() =>
        Assert.Throws<GeometryException>(() =>
            new LeadingSpectra { Count = 1 }.At(new MatrixMap([1, double.NaN], 2), new double[2], null, Token)
        );

    [Theory]
    [InlineData(1024, 48)]
    [InlineData(4, 12)]
    public void MeanSpectrum_IsThatOfTheMeanMetric(int widestWhole, int rows) =>
        Gen.Int[0, 1 << 20]
            .Sample(
                seed =>
                {
                    const int N = 12;
                    WaveMap map = new(3, N, seed);
                    double[][] points = Points(50, N, seed);
                    var recipe = new MeanSpectra { WidestWhole = widestWhole, Rows = rows };
                    MeanSpectrum mean = recipe.Over(map, points, cancellation: Token);
                    double[] expected = MeanEigenvalues(map, points);
                    Assert.Equal(0, mean.Lost, Rounding);
                    Assert.Equal(N, mean.Spectrum.Length);
                    for (int i = 0; i < N; i++)
                    {
                        Assert.Equal(expected[i], mean.Spectrum[i], Settled * expected[0]);
                    }

                    Assert.Equal(expected.Sum(), mean.Trace, Settled * expected[0]);
                },
                iter: 10
            );

    [Fact]
    public void MeanSpectrum_SaysWhatItLost()
    {
        const int N = 12;
        WaveMap map = new(3, N, 5);
        double[][] points = Points(200, N, 5);
        MeanSpectrum mean = new MeanSpectra { WidestWhole = 4, Rows = 2 }.Over(map, points, cancellation: Token);
        double[] expected = MeanEigenvalues(map, points);
        Assert.InRange(mean.Lost, 0.01, 1);
        Assert.InRange(
            mean.Spectrum[0],
            (1 - mean.Lost) * expected[0] - mean.Lost * expected.Sum(),
            expected[0] * (1 + Settled)
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Knee_IsTheDimensionThatTheMapUses(int dimension)
    {
        // f sees x only through k of its 10 directions.
        const int N = 10;
        double[] through = MatrixMap.Random(dimension, N, dimension, 3).Matrix;
        IMap map = new ComposedMap(new MatrixMap(through, N), new WaveMap(8, dimension, 11));
        MeanSpectrum mean = new MeanSpectra().Over(map, Points(40, N, 2), cancellation: Token);
        Assert.Equal(dimension, mean.Dimension.Knee);
        Assert.True(mean.Dimension.Fall > 1e6);
        Assert.All(mean.Ranks, r => Assert.InRange(r.Rank, 1, dimension));
        Assert.Equal(40, mean.Ranks.Sum(r => r.Points));
    }

    [Fact]
    public void Dimension_OfEqualValues_IsTheirNumber()
    {
        IntrinsicDimension dimension = IntrinsicDimension.Of([2, 2, 2, 2], isWhole: true);
        Assert.Equal(4, dimension.Knee);
        Assert.Equal(4, dimension.Participation, Rounding);
        Assert.Equal(4, dimension.Share99);
    }

    [Fact]
    public void Dimension_OfAnUnfinishedSpectrum_LeavesItsEndOpen()
    {
        IntrinsicDimension dimension = IntrinsicDimension.Of([5, 4, 1, 0.9], isWhole: false, trace: 16);
        Assert.Equal((2, 4.0, null), (dimension.Knee, dimension.Fall, dimension.Share99));
        Assert.False(dimension.IsClear);
    }

    [Fact]
    public void WrongQuestions_AreRefused()
    {
        MatrixMap map = MatrixMap.Random(2, 3, 2, 1);
        Assert.Throws<ArgumentException>(() => new LeadingSpectra { Count = 0 }.At(map, new double[3], null, Token));
        Assert.Throws<ArgumentException>(() => new LeadingSpectra().At(map, new double[2], null, Token));
        Assert.Throws<ArgumentException>(() => new MeanSpectra().Over(map, [], cancellation: Token));
        double[][] tooShort = [new double[2]];
        Assert.Throws<ArgumentException>(() => new MeanSpectra().Over(map, tooShort, cancellation: Token));
        var constant = new MatrixMap(new double[6], 3);
        double[][] fits = [new double[3]];
        Assert.Throws<GeometryException>(() => new MeanSpectra().Over(constant, fits, cancellation: Token));
        Assert.Throws<ArgumentException>(() => IntrinsicDimension.Of([], true));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void AgreesWithDense(MatrixMap map, LeadingSpectra recipe, IOutputMetric? metric)
    {
        double[] x = new double[map.Inputs];
        PullbackMetric dense = PullbackMetric.At(map, x, metric);
        LeadingSpectrum found = recipe.At(map, x, metric, Token);
        Assert.True(found.IsSettled);
        Assert.Equal(Math.Min(recipe.Count, dense.SingularValues.Length), found.SingularValues.Length);
        double scale = dense.SingularValues[0];
        for (int i = 0; i < found.SingularValues.Length; i++)
        {
            Assert.Equal(dense.SingularValues[i], found.SingularValues[i], Settled * scale);
        }

        for (int i = 0; i < found.Directions.Length; i++)
        {
            // |A d| = s, whichever direction of a space of equal singular values d is.
            double[] moved = new double[map.Outputs];
            map.Tangent(x, found.Directions[i].AsSpan(), moved);
            double[] measured = new double[map.Outputs];
            (metric ?? new IdentityMetric()).Apply(new double[map.Outputs], moved, measured);
            Assert.Equal(1, found.Directions[i].Sum(d => d * d), Settled);
            Assert.Equal(found.SingularValues[i], Math.Sqrt(measured.Sum(d => d * d)), Settled * scale);
        }
    }

    private static double[][] Points(int count, int n, int seed)
    {
        Random random = new(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => Enumerable.Range(0, n).Select(_ => random.NextDouble()).ToArray()),
        ];
    }

    /// <summary>By MathNet, from the n x n mean metric itself.</summary>
    private static double[] MeanEigenvalues(IMap map, double[][] points)
    {
        int n = map.Inputs;
        var mean = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n);
        foreach (double[] x in points)
        {
            double[] jacobian = new double[map.Outputs * n];
            map.Linearize(x, new double[map.Outputs], jacobian);
            var j = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(map.Outputs, n, jacobian);
            mean += j.TransposeThisAndMultiply(j) / points.Length;
        }

        return [.. mean.Evd().EigenValues.Select(v => v.Real).OrderDescending()];
    }

    /// <summary>x -> M x.</summary>
    private sealed class MatrixMap(double[] matrix, int inputs) : IProductMap
    {
        public double[] Matrix => matrix;

        public int Inputs => inputs;

        public int Outputs => matrix.Length / inputs;

        public static MatrixMap Random(int m, int n, int rank, int seed)
        {
            Random random = new(seed);
            double[] left = [.. Enumerable.Range(0, m * rank).Select(_ => random.NextDouble() - 0.5)];
            double[] right = [.. Enumerable.Range(0, rank * n).Select(_ => random.NextDouble() - 0.5)];
            double[] product = new double[m * n];
            for (int i = 0; i < m * n; i++)
            {
                product[i] = Enumerable.Range(0, rank).Sum(k => left[i / n * rank + k] * right[k * n + i % n]);
            }

            return new MatrixMap(product, n);
        }

        public void Evaluate(ReadOnlySpan<double> x, Span<double> y) => y.Clear();

        public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
        {
            y.Clear();
            matrix.CopyTo(jacobian);
        }

        public void Tangent(ReadOnlySpan<double> x, ReadOnlySpan<double> v, Span<double> derivative)
        {
            for (int i = 0; i < Outputs; i++)
            {
                derivative[i] = 0;
                for (int j = 0; j < inputs; j++)
                {
                    derivative[i] += matrix[i * inputs + j] * v[j];
                }
            }
        }

        public void Adjoint(ReadOnlySpan<double> x, ReadOnlySpan<double> w, Span<double> gradient)
        {
            gradient.Clear();
            for (int i = 0; i < Outputs; i++)
            {
                for (int j = 0; j < inputs; j++)
                {
                    gradient[j] += matrix[i * inputs + j] * w[i];
                }
            }
        }
    }

    /// <summary>x -> sin(M x).</summary>
    private sealed class WaveMap(int outputs, int inputs, int seed) : IMap
    {
        private readonly MatrixMap _matrix = MatrixMap.Random(outputs, inputs, Math.Min(outputs, inputs), seed);

        public int Inputs => inputs;

        public int Outputs => outputs;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> y) => Linearize(x, y, new double[outputs * inputs]);

        public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
        {
            _matrix.Tangent(x, x, y);
            for (int i = 0; i < outputs; i++)
            {
                for (int j = 0; j < inputs; j++)
                {
                    jacobian[i * inputs + j] = Math.Cos(4 * y[i]) * 4 * _matrix.Matrix[i * inputs + j];
                }

                y[i] = Math.Sin(4 * y[i]);
            }
        }
    }
}
