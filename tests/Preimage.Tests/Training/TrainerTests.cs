using Preimage.Maps;
using Preimage.Networks;
using Preimage.Training;
using Preimage.Training.Data;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;
using Preimage.Training.Optimisers;

namespace Preimage.Tests.Training;

public class TrainerTests
{
    private static readonly Trainer Squares = new(new LevenbergMarquardt { Epochs = 200 }, new MeanSquaredError());

    private static readonly Architecture Small = new([2, 5, 5, 1], new HyperbolicTangent());

    private static Dataset Compact(int count = 300, double noise = 0) =>
        new FormulaSource(
            ["z = exp(x^2+y^2-2)"],
            [new("x", "", -1, 1), new("y", "", -1, 1)],
            new UniformSampling(count, 5)
        )
        {
            Noise = noise,
        }.Sample();

    private static string Refusal(Func<object> act) => Assert.Throws<ArgumentException>(act).Message;

    [Fact]
    public void LevenbergMarquardt_NeverRaisesTheTrainingLoss()
    {
        var losses = new List<double>();
        Fit(
            Squares with
            {
                ValidationFraction = 0,
            },
            Compact(),
            Small,
            3,
            new Listener(p => losses.Add(p.TrainingLoss))
        );
        Assert.True(losses.Count > 50);
        Assert.All(losses.Zip(losses.Skip(1)), pair => Assert.True(pair.Second <= pair.First * (1 + 1e-12)));
        Assert.True(losses[^1] < 1e-4 * losses[0]);
    }

    [Fact]
    public void Adam_LowersTheLoss_AndGivesPhysicalUnits()
    {
        var trainer = new Trainer(new Adam { Epochs = 60 }, new MeanSquaredError());
        Dataset data = Compact();
        var losses = new List<double>();
        TrainingResult result = Fit(trainer, data, Small, 2, new Listener(p => losses.Add(p.ValidationLoss)));
        Assert.Equal(TrainingEnding.BudgetSpent, result.Ending);
        Assert.Equal(60, result.Epochs);
        Assert.True(losses[^1] < 0.1 * losses[0]);
        Assert.Equal(losses.Min(), result.Loss);
        Assert.Equal(losses.IndexOf(losses.Min()), result.BestEpoch);

        // The loss is in scaled units, where the target's range is 2.
        double range = data.Signature.Outputs[0].Upper - data.Signature.Outputs[0].Lower;
        double rmse = result.Validation!.RootMeanSquare[0];
        Assert.Equal(result.Loss, Math.Pow(rmse * 2 / range, 2), 1e-9 * result.Loss);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_WithTheSameSeed_GivesTheSameBits_AndWithAnotherOthers(bool adam)
    {
        IOptimiser optimiser = adam ? new Adam { Epochs = 5 } : new LevenbergMarquardt { Epochs = 20 };
        Trainer trainer = Squares with { Optimiser = optimiser };
        double[] first = Weights(Fit(trainer, Compact(), Small, 11));
        Assert.Equal(first, Weights(Fit(trainer, Compact(), Small, 11)));
        Assert.NotEqual(first, Weights(Fit(trainer, Compact(), Small, 12)));
    }

    [Fact]
    public void Adam_WithAnotherShuffle_GivesOtherBits()
    {
        Trainer trainer = Squares with
        {
            Optimiser = new Adam { Epochs = 5, Seed = 1 },
        };
        Trainer other = Squares with
        {
            Optimiser = new Adam { Epochs = 5, Seed = 2 },
        };
        Assert.NotEqual(Weights(Fit(trainer, Compact(), Small)), Weights(Fit(other, Compact(), Small)));
    }

    [Fact]
    public void Fit_OfNoise_StopsByPatience_AndKeepsTheBestWeights()
    {
        // Thirty noisy points and a hundred parameters: the validation loss must rise after a while.
        var watched = new List<double>();
        Trainer trainer = Squares with { ValidationFraction = 0.3, Stopping = new Stopping(Patience: 10) };
        TrainingResult result = Fit(
            trainer,
            Compact(30, noise: 0.3),
            new Architecture([2, 25, 1], new HyperbolicTangent()),
            1,
            new Listener(p => watched.Add(p.ValidationLoss))
        );
        Assert.Equal(TrainingEnding.PatienceSpent, result.Ending);
        Assert.Equal(watched.Min(), result.Loss);
        Assert.True(result.BestEpoch < result.Epochs);
        Assert.True(watched[^1] > watched.Min());
    }

    [Fact]
    public void Fit_WithAGoal_StopsThere()
    {
        Trainer trainer = Squares with { Stopping = new Stopping(Goal: 1e-3) };
        TrainingResult result = Fit(trainer, Compact(), Small);
        Assert.Equal(TrainingEnding.GoalReached, result.Ending);
        Assert.InRange(result.Loss, 0, 1e-3);
        Assert.True(result.Epochs < 200);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_WhenCancelled_GivesTheBestSoFar(bool adam)
    {
        using var source = new CancellationTokenSource();
        IOptimiser optimiser = adam ? new Adam { Epochs = 50 } : new LevenbergMarquardt();
        TrainingResult result = (Squares with { Optimiser = optimiser }).Fit(
            Compact(),
            Small,
            1,
            new Listener(p =>
            {
                if (p.Epoch == 4)
                {
                    source.Cancel();
                }
            }),
            source.Token
        );
        Assert.Equal(TrainingEnding.Cancelled, result.Ending);
        Assert.Equal(4, result.Epochs);
        Assert.True(double.IsFinite(result.Training.RootMeanSquare[0]));
    }

    [Fact]
    public void Fit_WithARateThatBlowsUp_SaysSo_AndKeepsFiniteWeights()
    {
        Trainer trainer = Squares with
        {
            Optimiser = new Adam { Epochs = 50, Rate = new ConstantRate(1e200) },
        };
        TrainingResult result = Fit(trainer, Compact(), new Architecture([2, 4, 4, 1], new Rectifier()));
        Assert.Equal(TrainingEnding.NotFinite, result.Ending);
        Assert.All(Weights(result), w => Assert.True(double.IsFinite(w)));
    }

    [Fact]
    public void SoftmaxCrossEntropy_SeparatesThreeSectors()
    {
        double[] points = new UniformSampling(400, 2).Points(Box.Cube(2, -1, 1));
        double[] targets = new double[1200];
        for (int i = 0; i < 400; i++)
        {
            double angle = Math.Atan2(points[2 * i + 1], points[2 * i]);
            targets[
                3 * i
                    + (
                        angle < -Math.PI / 3 ? 0
                        : angle < Math.PI / 3 ? 1
                        : 2
                    )
            ] = 1;
        }

        var trainer = new Trainer(new Adam { Epochs = 150 }, new SoftmaxCrossEntropy()) { ValidationFraction = 0 };
        TrainingResult result = Fit(
            trainer,
            new Dataset(Signature.Anonymous(2, 3), points, targets),
            new Architecture([2, 16, 3], new HyperbolicTangent()) { Head = DenseHead.Softmax }
        );
        Assert.Equal(DenseHead.Softmax, result.Network.Head);
        Assert.InRange(result.Training.Agreement, 0.98, 1);
        double[] y = new double[3];
        PlainNetwork.Evaluate(result.Network, [0.5, 0], y);
        Assert.Equal(1, y.Sum(), 1e-14);
        Assert.InRange(y[1], 0.9, 1);
    }

    [Fact]
    public void SigmoidCrossEntropy_LearnsTheSineBoundary()
    {
        var trainer = new Trainer(new Adam { Epochs = 300 }, new SigmoidCrossEntropy()) { ValidationFraction = 0 };
        TrainingResult result = Fit(
            trainer,
            Labelled(),
            new Architecture([2, 16, 1], new HyperbolicTangent()) { Output = new Sigmoid() }
        );
        Assert.Equal(new Sigmoid(), result.Network.Layers[^1].Activation);
        Assert.InRange(result.Training.Agreement, 0.98, 1);
    }

    [Fact]
    public void Fit_OfLogits_MeasuresTheirProbabilities()
    {
        Dataset labels = Labelled();
        var binary = new Trainer(new Adam { Epochs = 20 }, new SigmoidCrossEntropy());
        var architecture = new Architecture([2, 8, 1], new HyperbolicTangent());
        TrainingResult logits = Fit(binary, labels, architecture);
        TrainingResult probabilities = Fit(binary, labels, architecture with { Output = new Sigmoid() });
        Assert.Equal(new Identity(), logits.Network.Layers[^1].Activation);
        Assert.Equal(probabilities.Training.RootMeanSquare, logits.Training.RootMeanSquare);
        Assert.Equal(probabilities.Training.Agreement, logits.Training.Agreement);
    }

    [Fact]
    public void Fit_KeepsTheDatasSignature_ButGivesLogitsNoRange()
    {
        Dataset data = new FormulaSource(
            ["p [%] = 0.5+0.4*x"],
            [new("x", "m", 0, 1)],
            new UniformSampling(20)
        ).Sample();
        var trainer = new Trainer(new Adam { Epochs = 1 }, new SigmoidCrossEntropy());
        var architecture = new Architecture([1, 1], new Sigmoid());
        Assert.Equal(new Variable("p", "%"), Fit(trainer, data, architecture).Signature.Outputs[0]);
        Assert.Same(data.Signature, Fit(trainer, data, architecture with { Output = new Sigmoid() }).Signature);
        Assert.Same(data.Signature, Fit(Squares, data, architecture).Signature);
    }

    [Fact]
    public void Fit_OfWhatDoesNotGoTogether_SaysWhy()
    {
        Dataset data = Compact(20);
        Architecture softmax = Small with { Head = DenseHead.Softmax };
        Trainer classes = Squares with { Loss = new SoftmaxCrossEntropy(), Optimiser = new Adam() };
        Trainer binary = classes with { Loss = new SigmoidCrossEntropy() };
        (Func<object> Act, string Fragment)[] cases =
        [
            (() => Fit(Squares, data, Small with { Widths = [3, 1] }), "does not fit the data, which have 2 inputs"),
            (() => Fit(Squares, data, Small with { Widths = [2, 0, 1] }), "widths between 1 and"),
            (() => Fit(Squares, data, Small with { Widths = [2] }), "at least two widths"),
            (() => Fit(Squares with { TargetScaling = new MinMaxScaling(1, 1) }, data, Small), "'z' by the factor 0"),
            (() => Fit(Squares, data, softmax), "takes no softmax head"),
            (() => Fit(classes, data, softmax), "at least two outputs"),
            (() => Fit(classes, data, softmax with { Output = new Sigmoid() }), "before any activation"),
            (() => Fit(binary, data, softmax), "needs a sigmoid"),
            (() => Fit(binary with { TargetScaling = new StandardScaling() }, Labelled(), Small), "labels as they are"),
            (() => Fit(binary, Compact(20, 0.9), Small), "needs probabilities between 0 and 1"),
            (() => Fit(binary with { Optimiser = new LevenbergMarquardt() }, data, Small), "take Adam"),
            (() => Fit(Squares, data, Small with { Widths = [2, 2000, 1] }), "takes at most 4000"),
            (() => Fit(Squares with { ValidationFraction = 1 }, data, Small), "validation fraction is 1"),
            (() => Fit(Squares with { ValidationFraction = 0.99 }, data, Small), "leaves none of the 20 rows"),
            (() => Fit(Squares with { Optimiser = new Adam { BatchSize = 0 } }, data, Small), "batch of 0"),
        ];
        Assert.All(cases, c => Assert.Contains(c.Fragment, Refusal(c.Act), StringComparison.Ordinal));
    }

    [Fact]
    public void Suited_IsLevenbergMarquardtForSmallRegressions()
    {
        Assert.Equal(51, Small.ParameterCount);
        Assert.IsType<LevenbergMarquardt>(Trainer.Suited(Small, new MeanSquaredError()));
        Assert.IsType<Adam>(Trainer.Suited(Small, new SigmoidCrossEntropy()));
        Assert.IsType<Adam>(Trainer.Suited(Small with { Widths = [2, 300, 1] }, new MeanSquaredError()));
    }

    [Fact]
    public void Endings_EachHaveTheirAdvice()
    {
        string[] advice = [.. Enum.GetValues<TrainingEnding>().Select(ending => ending.Advice())];
        Assert.Equal(advice.Length, advice.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(TrainingEnding.Unknown, default);
    }

    [Fact]
    public void LevenbergMarquardt_InAValley_SaysThatItStalled()
    {
        // Three units cannot follow this surface: the loss levels off far above rounding.
        TrainingResult result = Fit(
            Squares with
            {
                Optimiser = new LevenbergMarquardt { LossTolerance = 1e-3 },
            },
            Compact(),
            new Architecture([2, 3, 1], new HyperbolicTangent())
        );
        Assert.Equal(TrainingEnding.Stalled, result.Ending);
        Assert.True(result.Loss > 1e-8);
    }

    /// <summary>Whether y > sin(x) / 2.</summary>
    private static Dataset Labelled()
    {
        double[] points = new UniformSampling(400, 2).Points(new Box([-3, -2], [3, 2]));
        double[] targets =
        [
            .. Enumerable.Range(0, 400).Select(i => points[2 * i + 1] > 0.5 * Math.Sin(points[2 * i]) ? 1.0 : 0.0),
        ];
        return new Dataset(Signature.Anonymous(2, 1), points, targets);
    }

    private static TrainingResult Fit(
        Trainer trainer,
        Dataset data,
        Architecture architecture,
        int seed = 1,
        IProgress<TrainingProgress>? progress = null
    ) => trainer.Fit(data, architecture, seed, progress, TestContext.Current.CancellationToken);

    private static double[] Weights(TrainingResult result) =>
        [.. result.Network.Layers.SelectMany(layer => layer.Weights.Concat(layer.Biases))];

    private sealed class Listener(Action<TrainingProgress> hear) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => hear(value);
    }
}
