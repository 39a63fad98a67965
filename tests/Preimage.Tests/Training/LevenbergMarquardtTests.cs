using Preimage.Maps;
using Preimage.Networks;
using Preimage.Training.Data;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;
using Preimage.Training.Optimisers;

namespace Preimage.Tests.Training;

public class LevenbergMarquardtTests
{
    /// <summary>Outputs of size one are exact to some ulp, and the step tolerance leaves a hundred times that.</summary>
    private const double Roundoff = 1e-13;

    /// <summary>Data of a network of the same shape have residual zero; from weights near the teacher's, damped Gauss-Newton finds it to rounding.</summary>
    [Fact]
    public void Minimise_NearATeacher_ConvergesToRounding()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            (DenseObjective objective, double[] parameters) = NearTeacher(seed);
            var watch = new Watch(null, new Stopping(), null, TestContext.Current.CancellationToken);
            TrainingEnding ending = new LevenbergMarquardt().Minimise(objective, parameters, watch);
            Assert.Equal(TrainingEnding.Converged, ending);
            Assert.InRange(Math.Sqrt(objective.Measure(parameters).Loss), 0, Roundoff);
        }
    }

    [Fact]
    public void Minimise_NearATeacher_ConvergesSuperlinearly()
    {
        var losses = new List<double>();
        (DenseObjective objective, double[] parameters) = NearTeacher(1);
        var watch = new Watch(
            null,
            new Stopping(),
            new Listener(p => losses.Add(Math.Sqrt(p.TrainingLoss))),
            TestContext.Current.CancellationToken
        );
        new LevenbergMarquardt { Damping = 1e-12 }.Minimise(objective, parameters, watch);
        double[] ratios = [.. losses.Skip(1).Zip(losses, (after, before) => after / before).TakeWhile(r => r > 1e-6)];
        Assert.InRange(ratios.Length, 3, 6);
        Assert.All(ratios.Zip(ratios.Skip(1)), pair => Assert.True(pair.Second < 0.5 * pair.First));
    }

    private static (DenseObjective DenseObjective, double[] Parameters) NearTeacher(int seed)
    {
        var layout = new ParameterLayout([2, 3, 1], [new HyperbolicTangent(), new Identity()]);
        double[] teacher = Initialisation.Draw(layout, seed);
        double[] points = new UniformSampling(200, 3).Points(Box.Cube(2, -2, 2));
        double[] values = new double[200];
        for (int i = 0; i < values.Length; i++)
        {
            PlainNetwork.Evaluate(layout.Network(teacher), points.AsSpan(2 * i, 2), values.AsSpan(i, 1));
        }

        var data = new ScaledData(
            new Dataset(Signature.Anonymous(2, 1), points, values),
            new Unscaled(),
            new Unscaled()
        );
        var generator = new Generator(seed, stream: 7);
        double[] parameters = [.. teacher.Select(w => w + 0.02 * generator.Normal())];
        return (new DenseObjective(layout, new MeanSquaredError(), data, [.. Enumerable.Range(0, 200)]), parameters);
    }

    private sealed class Listener(Action<TrainingProgress> hear) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => hear(value);
    }
}
