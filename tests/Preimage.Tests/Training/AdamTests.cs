using Preimage.Maps;
using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;
using Preimage.Training.Optimisers;

namespace Preimage.Tests.Training;

public class AdamTests
{
    /// <summary>Ten steps whose quotients and roots are each off by an ulp or two.</summary>
    private const double Roundoff = 1e-13;

    /// <summary>The algorithm as printed, in plain loops, with all points in one batch.</summary>
    [Fact]
    public void Minimise_InWholeBatches_TakesThePrintedSteps()
    {
        var layout = new ParameterLayout([1, 4, 1], [new HyperbolicTangent(), new Identity()]);
        double[] x = [.. Enumerable.Range(0, 20).Select(i => i / 10.0 - 1)];
        var data = new ScaledData(
            new Dataset(Signature.Anonymous(1, 1), x, [.. x.Select(v => v * v)]),
            new Unscaled(),
            new Unscaled()
        );
        var objective = new DenseObjective(layout, new MeanSquaredError(), data, [.. Enumerable.Range(0, 20)]);
        double[] actual = Initialisation.Draw(layout, 3);
        double[] expected = [.. actual];
        var watch = new Watch(null, new Stopping(), null, TestContext.Current.CancellationToken);
        new Adam
        {
            Epochs = 10,
            BatchSize = 20,
            Rate = new ConstantRate(0.01),
        }.Minimise(objective, actual, watch);

        double[] mean = new double[expected.Length];
        double[] square = new double[expected.Length];
        double[] gradient = new double[expected.Length];
        for (int t = 1; t <= 10; t++)
        {
            objective.Gradient(expected, objective.Points, gradient);
            for (int i = 0; i < expected.Length; i++)
            {
                mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
                double corrected = mean[i] / (1 - Math.Pow(0.9, t));
                expected[i] -= 0.01 * corrected / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Roundoff);
        }
    }

    [Fact]
    public void CosineRate_FallsFromFirstToLast()
    {
        var rate = new CosineRate(1e-2, 1e-4);
        Assert.Equal(1e-2, rate.At(0, 100));
        Assert.Equal((1e-2 + 1e-4) / 2, rate.At(50, 100), 1e-17);
        Assert.Equal(1e-4, rate.At(100, 100), 1e-17);
        Assert.All(Enumerable.Range(0, 100), t => Assert.True(rate.At(t + 1, 100) < rate.At(t, 100)));
    }
}
