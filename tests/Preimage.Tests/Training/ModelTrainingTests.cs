using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Tests.Onnx;
using Preimage.Training;
using Preimage.Training.Data;
using Preimage.Training.Digits;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;
using Preimage.Training.Optimisers;

namespace Preimage.Tests.Training;

/// <summary>Models that learn drawn digits.</summary>
public class ModelTrainingTests
{
    private const string Small =
        "conv 8x3 pad=1 | avgpool 2 | relu | conv 16x3 pad=1 | avgpool 2 | relu | dense 32 | relu | softmax";

    private static readonly DigitImages Digits = new() { Size = 14 };

    [Fact]
    public void Gradient_HasTaylorSlopeTwo()
    {
        NetworkFamily family = new Blueprint(
            "conv 2x3 | avgpool 2 | tanh | flatten | dense 6 | gelu | logsoftmax",
            [1, 14, 14],
            Digits.Draw(0, 2).Signature
        )
            .Draw(1)
            .Family();
        FamilyObjective objective = new(family, new SoftmaxCrossEntropy(), Digits.Draw(0, 20));
        double[] p = [.. family.Start];
        double[] move = SmallModels.Numbers(p.Length, 4);
        double[] gradient = new double[p.Length];
        double loss = objective.Gradient(p, objective.Points, gradient);
        double slope = gradient.Zip(move, (g, d) => g * d).Sum();
        Assert.InRange(Math.Log2(Remainder(2e-3) / Remainder(1e-3)), 1.8, 2.2);

        double Remainder(double h) =>
            Math.Abs(objective.Measure([.. p.Zip(move, (a, b) => a + h * b)]).Loss - loss - h * slope);
    }

    [Fact]
    public void Fit_HasTheSameBits_ForAnyNumberOfThreads_AndAgain()
    {
        FamilyResult[] results =
        [
            .. new[] { 1, 2, 5, 2 }.Select(threads => Fitted(new Momentum { Epochs = 2 }, 60, threads).Result),
        ];
        Assert.All(results, r => Assert.Equal(results[0].Parameters, r.Parameters));
        Assert.All(results, r => Assert.Equal(results[0].Validation, r.Validation));
        Assert.NotEqual(results[0].Family.Start, results[0].Parameters);
    }

    [Fact]
    public void ASmallNetwork_LearnsTheDigits_AndOtherRuntimesSeeIt()
    {
        (OnnxModel model, FamilyResult result) = Fitted(
            new Adam
            {
                Epochs = 6,
                BatchSize = 16,
                Rate = new CosineRate(1e-2, 1e-5),
            },
            1500
        );
        Dataset fresh = Digits.Draw(10_000, 300);
        Standing standing = new FamilyObjective(result.Family, new SoftmaxCrossEntropy(), fresh).Measure(
            result.Parameters.AsSpan()
        );
        Assert.InRange(standing.Agreement, 0.9, 1);

        OnnxModel written = model.With(result.Family, result.Parameters.AsSpan());
        Assert.Equal(result.Parameters, written.Family().Start);
        int right = 0;
        for (int i = 0; i < 20; i++)
        {
            double[] x = [.. fresh.Inputs.AsSpan(i * 196, 196)];
            double[] y = written.Network().Map.Evaluate(x);
            double[] other = RuntimeSession.Run(written.Proto, x.Select(v => (float)v))[0].Elements;
            Assert.Equal(other, y, (a, b) => Math.Abs(a - b) < 1e-5);
            right += fresh.Targets[i * 10 + Array.IndexOf(y, y.Max())] == 1 ? 1 : 0;
        }

        Assert.InRange(right, 16, 20);
    }

    [Fact]
    public void Fit_OfAModelThatIsThere_LowersItsLoss_AndHoldsWhatIsHeld()
    {
        (OnnxModel model, FamilyResult result) = Fitted(new Nesterov { Epochs = 2, BatchSize = 10 }, 200);
        OnnxModel begun = model.With(result.Family, result.Parameters.AsSpan());
        NetworkFamily family = begun.Family(null, "conv1.weights", "conv1.biases");
        Dataset data = new DigitImages { Size = 14, Seed = 2 }.Draw(0, 200);
        FamilyResult tuned = new Trainer(
            new Adam
            {
                Epochs = 3,
                BatchSize = 10,
                Rate = new ConstantRate(5e-3),
            },
            new SoftmaxCrossEntropy()
        )
        {
            ValidationFraction = 0,
        }.Fit(data, family, cancellation: TestContext.Current.CancellationToken);
        double before = new FamilyObjective(family, new SoftmaxCrossEntropy(), data).Measure([.. family.Start]).Loss;
        Assert.True(tuned.Training.Loss < 0.8 * before, $"{before} became {tuned.Training.Loss}");
        double[] kept = [.. begun.With(family, tuned.Parameters.AsSpan()).Family().Start.Take(80)];
        Assert.Equal(begun.Family().Start.Take(80), kept);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        Dataset data = Digits.Draw(0, 10);
        NetworkFamily family = new Blueprint(Small, [1, 14, 14], data.Signature).Draw(1).Family();
        Trainer trainer = new(new Momentum { Epochs = 1 }, new SoftmaxCrossEntropy());
        Refused("takes 196 numbers and gives 10", () => trainer.Fit(new DigitImages { Size = 15 }.Draw(0, 10), family));
        Refused("ends with a softmax", () => (trainer with { Loss = new SigmoidCrossEntropy() }).Fit(data, family));
        Refused("dense networks only", () => (trainer with { Optimiser = new LevenbergMarquardt() }).Fit(data, family));
        Refused("at least one", () => (trainer with { Optimiser = new Momentum { BatchSize = 0 } }).Fit(data, family));
    }

    [Fact]
    public void AnUndefinedLoss_EndsTheTraining_AndKeepsWhatWasBest()
    {
        FamilyResult result = Fitted(new Momentum { Epochs = 5, Rate = new ConstantRate(1e200) }, 40).Result;
        Assert.Equal(TrainingEnding.NotFinite, result.Ending);
        Assert.Equal(result.Family.Start, result.Parameters);
    }

    private static (OnnxModel Model, FamilyResult Result) Fitted(IOptimiser optimiser, int count, int? threads = null)
    {
        Dataset data = Digits.Draw(0, count);
        OnnxModel model = new Blueprint(Small, [1, 14, 14], data.Signature).Draw(1);
        Trainer trainer = new(optimiser, new SoftmaxCrossEntropy()) { Threads = threads };
        return (model, trainer.Fit(data, model.Family(), cancellation: TestContext.Current.CancellationToken));
    }

    private static void Refused(string words, Action action) =>
        Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
