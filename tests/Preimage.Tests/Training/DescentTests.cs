using System.Numerics;
using Preimage.Training.Fitting;
using Preimage.Training.Optimisers;

namespace Preimage.Tests.Training;

/// <summary>Descents on a parabola, where their steps have a closed form.</summary>
public class DescentTests
{
    private const int Steps = 40;
    private const double Rate = 0.1;
    private const double Memory = 0.8;

    /// <summary>Forty steps of a few operations each.</summary>
    private const double Roundoff = 1e-13;

    /// <summary>p_(k+1) = (1 + memory - rate a) p_k - memory p_(k-1): a damped wave for a large a, two decays for a small one.</summary>
    [Theory]
    [InlineData(3.0, 0.0)]
    [InlineData(0.02, 0.0)]
    [InlineData(2.0, 1.0)]
    public void Momentum_OnAParabola_IsItsClosedForm(double a, double decay)
    {
        double curvature = a + decay;
        Momentum momentum = new()
        {
            Epochs = Steps,
            BatchSize = 1,
            Rate = new ConstantRate(Rate),
            Memory = Memory,
            WeightDecay = decay,
        };
        double second = 1 - Rate * curvature;
        double expected = Recurrence(second, 1 + Memory - Rate * curvature, Memory);
        Assert.Equal(expected, Minimised(momentum, a), Roundoff);
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(0.02)]
    public void Nesterov_OnAParabola_IsItsClosedForm(double a)
    {
        Nesterov nesterov = new()
        {
            Epochs = Steps,
            BatchSize = 1,
            Rate = new ConstantRate(Rate),
            Memory = Memory,
        };
        double shrink = 1 - Rate * a * (1 + Memory);
        double expected = Recurrence(shrink, shrink + Memory, Memory * (1 - Rate * a));
        Assert.Equal(expected, Minimised(nesterov, a), Roundoff);
    }

    [Fact]
    public void AdamsDecay_ShrinksWhatHasNoGradient()
    {
        Adam adam = new()
        {
            Epochs = Steps,
            BatchSize = 1,
            Rate = new ConstantRate(Rate),
            WeightDecay = 0.5,
        };
        Assert.Equal(Math.Pow(1 - 0.5 * Rate, Steps), Minimised(adam, 0), Roundoff);
    }

    [Fact]
    public void WarmUpRate_GrowsToTheOther()
    {
        WarmUpRate rate = new(3, new ConstantRate(0.4));
        Assert.Equal(
            [0.1, 0.2, 0.3, 0.4, 0.4],
            Enumerable.Range(0, 5).Select(e => rate.At(e, 9)),
            (x, y) => Math.Abs(x - y) < Roundoff
        );
    }

    /// <summary>p after the steps, of p_0 = 1, p_1, p_(k+1) = trace p_k - determinant p_(k-1), by the roots of the characteristic polynomial.</summary>
    private static double Recurrence(double first, double trace, double determinant)
    {
        Complex root = Complex.Sqrt(trace * trace / 4 - determinant);
        (Complex one, Complex two) = (trace / 2 + root, trace / 2 - root);
        Complex share = (first - two) / (one - two);
        return (share * Complex.Pow(one, Steps) + (1 - share) * Complex.Pow(two, Steps)).Real;
    }

    private static double Minimised(IOptimiser optimiser, double curvature)
    {
        double[] p = [1];
        Watch watch = new(null, new Stopping(), null, TestContext.Current.CancellationToken);
        Assert.Equal(TrainingEnding.BudgetSpent, optimiser.Minimise(new Parabola(curvature), p, watch));
        return p[0];
    }

    /// <summary>a p^2 / 2.</summary>
    private sealed class Parabola(double curvature) : IObjective
    {
        public int ParameterCount => 1;

        public ReadOnlySpan<int> Points => new int[1];

        public long Evaluations => 0;

        public Standing Measure(ReadOnlySpan<double> parameters) =>
            new(curvature / 2 * parameters[0] * parameters[0] + 1, 0);

        public double Gradient(ReadOnlySpan<double> parameters, ReadOnlySpan<int> points, Span<double> gradient)
        {
            gradient[0] = curvature * parameters[0];
            return Measure(parameters).Loss;
        }
    }
}
