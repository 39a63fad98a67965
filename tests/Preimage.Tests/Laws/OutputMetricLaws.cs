using CsCheck;
using Preimage.Geometry;

namespace Preimage.Tests.Laws;

/// <summary>What every output metric obeys: R is linear, and R^T R is the G that its mathematics says.</summary>
public abstract class OutputMetricLaws
{
    /// <summary>Rounding of a few sums of a few terms of order one.</summary>
    private const double Roundoff = 1e-13;

    protected abstract IOutputMetric Metric { get; }

    /// <summary>Outputs as this metric takes them, made of three numbers in [-1, 1].</summary>
    protected abstract double[] Value(double[] seed);

    /// <summary>G(y), by an independent formula: [3 * 3].</summary>
    protected abstract double[] Oracle(double[] value);

    [Fact]
    public void Factor_Squared_IsTheMetric() =>
        Gen.Double[-1, 1]
            .Array[3]
            .Sample(seed =>
            {
                double[] value = Value(seed);
                double[] factor = new double[9];
                int rows = Metric.Apply(value, [1, 0, 0, 0, 1, 0, 0, 0, 1], factor);
                double[] expected = Oracle(value);
                for (int i = 0; i < 3; i++)
                {
                    for (int j = 0; j < 3; j++)
                    {
                        double sum = Enumerable.Range(0, rows).Sum(k => factor[k * 3 + i] * factor[k * 3 + j]);
                        Assert.Equal(expected[i * 3 + j], sum, Roundoff * expected.Max(Math.Abs));
                    }
                }
            });

    [Fact]
    public void Apply_OnColumns_IsTheFactorTimesThem() =>
        Gen.Select(Gen.Double[-1, 1].Array[3], Gen.Double[-1, 1].Array[6])
            .Sample(
                (seed, matrix) =>
                {
                    double[] value = Value(seed);
                    double[] factor = new double[9];
                    double[] product = new double[6];
                    int rows = Metric.Apply(value, [1, 0, 0, 0, 1, 0, 0, 0, 1], factor);
                    Assert.Equal(rows, Metric.Apply(value, matrix, product));
                    for (int i = 0; i < rows; i++)
                    {
                        for (int j = 0; j < 2; j++)
                        {
                            double sum = Enumerable.Range(0, 3).Sum(k => factor[i * 3 + k] * matrix[k * 2 + j]);
                            Assert.Equal(sum, product[i * 2 + j], Roundoff * factor.Max(Math.Abs));
                        }
                    }
                }
            );

    protected static double[] Diagonal(params double[] entries) =>
        [entries[0], 0, 0, 0, entries[1], 0, 0, 0, entries[2]];

    protected static double[] Softmax(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(z => Math.Exp(z) / sum)];
    }
}

public sealed class IdentityMetricLaws : OutputMetricLaws
{
    protected override IOutputMetric Metric => new IdentityMetric();

    protected override double[] Value(double[] seed) => seed;

    protected override double[] Oracle(double[] value) => Diagonal(1, 1, 1);
}

public sealed class DiagonalMetricLaws : OutputMetricLaws
{
    protected override IOutputMetric Metric => new DiagonalMetric([2, 0, 0.25]);

    protected override double[] Value(double[] seed) => seed;

    protected override double[] Oracle(double[] value) => Diagonal(2, 0, 0.25);
}

public sealed class DenseMetricLaws : OutputMetricLaws
{
    private static readonly double[] Matrix = [4, 1, -0.5, 1, 3, 0.25, -0.5, 0.25, 2];

    protected override IOutputMetric Metric => new DenseMetric(Matrix);

    protected override double[] Value(double[] seed) => seed;

    protected override double[] Oracle(double[] value) => Matrix;
}

public sealed class PointwiseMetricLaws : OutputMetricLaws
{
    protected override IOutputMetric Metric =>
        new PointwiseMetric(
            (value, r) =>
            {
                r[0] = value[0];
                r[1] = 1;
                r[8] = value[2];
            }
        );

    protected override double[] Value(double[] seed) => seed;

    protected override double[] Oracle(double[] value) =>
        [value[0] * value[0], value[0], 0, value[0], 1, 0, 0, 0, value[2] * value[2]];
}

public sealed class ProbabilityFisherMetricLaws : OutputMetricLaws
{
    protected override IOutputMetric Metric => new ProbabilityFisherMetric();

    protected override double[] Value(double[] seed) => Softmax(seed);

    protected override double[] Oracle(double[] value) => Diagonal(1 / value[0], 1 / value[1], 1 / value[2]);
}

public sealed class LogProbabilityFisherMetricLaws : OutputMetricLaws
{
    protected override IOutputMetric Metric => new LogProbabilityFisherMetric();

    protected override double[] Value(double[] seed) => [.. Softmax(seed).Select(p => Math.Log(p))];

    protected override double[] Oracle(double[] value) =>
        Diagonal(Math.Exp(value[0]), Math.Exp(value[1]), Math.Exp(value[2]));
}

public sealed class LogitFisherMetricLaws : OutputMetricLaws
{
    protected override IOutputMetric Metric => new LogitFisherMetric();

    protected override double[] Value(double[] seed) => seed;

    /// <summary>diag(p) - p p^T.</summary>
    protected override double[] Oracle(double[] value)
    {
        double[] p = Softmax(value);
        double[] g = Diagonal(p);
        for (int k = 0; k < 9; k++)
        {
            g[k] -= p[k / 3] * p[k % 3];
        }

        return g;
    }
}
