using System.Collections.Immutable;
using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Training;
using Preimage.Training.Data;
using Preimage.Training.Fitting;
using Preimage.Training.Losses;
using Preimage.Training.Optimisers;

namespace Preimage.Cli.Commands;

/// <summary>The training of a model of any architecture, as the command line asks for it.</summary>
internal sealed record TrainModelRun
{
    /// <summary>Epochs where nobody says how many.</summary>
    private const int FewEpochs = 20;

    /// <summary>How much slower the last steps are than the first.</summary>
    private const double Slowing = 1e-3;

    public required string? Network { get; init; }
    public required string? Architecture { get; init; }
    public required Exploration Question { get; init; }
    public required int WarmUp { get; init; }
    public required TrainData Data { get; init; }
    public required TrainData? Test { get; init; }
    public required string Loss { get; init; }
    public required string Method { get; init; }
    public required int? Epochs { get; init; }
    public required int Batch { get; init; }
    public required double? Rate { get; init; }
    public required double Decay { get; init; }
    public required int Patience { get; init; }
    public required double Validation { get; init; }
    public required ImmutableArray<string> Held { get; init; }
    public required int Seed { get; init; }
    public required string File { get; init; }
    public required bool Json { get; init; }

    /// <summary>Reads model and data, trains, writes the model, and says how good it is.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        OutputFiles.ProbeModel(File);
        OnnxModel? given = Network is null ? null : Open(Network);
        NetworkFamily? family = given?.Family(Question, Held);
        (Dataset data, ImmutableArray<int> shape) = Samples(Data, family).Read();
        OnnxModel model = given ?? Draw(data.Signature, shape);
        family ??= model.Family(Question, Held);
        Demand(family, data);
        ILoss loss = ChooseLoss(family);
        Trainer trainer = new(ChooseOptimiser(), loss)
        {
            ValidationFraction = Validation,
            Stopping = new Stopping(Patience),
        };
        Dataset? test = Test is null ? null : Samples(Test, family).Read().Data;
        List<TrainingProgress> history = [];
        FamilyResult result = ProgressDisplay.Train(
            Json,
            Loss != "mse",
            progress => trainer.Fit(data, family, Seed, new History(history, progress), cancellation)
        );
        OnnxFile.Write(File, model.With(family, result.Parameters.AsSpan()));
        Standing? tested = test is null
            ? null
            : new FamilyObjective(family, loss, test).Measure(result.Parameters.AsSpan());
        new TrainModelReport(this, result) { Test = tested, History = history }.Write(watch.Elapsed.TotalSeconds);
        return result.Ending == TrainingEnding.Cancelled ? ExitCode.Partial : ExitCode.Done;
    }

    private static OnnxModel Open(string path) =>
        System.IO.File.Exists(path)
            ? OnnxFile.Open(path)
            : throw new ArgumentException($"--network names the file '{path}', which does not exist.");

    private TrainData Samples(TrainData words, NetworkFamily? family) =>
        words with
        {
            Classes = Loss != "mse",
            ClassCount = family?.Outputs,
            Shape = words.Shape.IsEmpty && family is not null ? Sample(family.InputTensor.Shape) : words.Shape,
            Seed = Seed,
        };

    /// <summary>The shape of one sample of an input: without the axis of samples.</summary>
    private static ImmutableArray<int> Sample(ImmutableArray<int> shape) =>
        shape.Length > 1 && shape[0] == 1 ? shape[1..] : shape;

    /// <summary>A new model; numbers that are no probabilities have no range.</summary>
    private OnnxModel Draw(Signature signature, ImmutableArray<int> shape)
    {
        Blueprint plan = new(Architecture!, shape, signature);
        OnnxModel model = plan.Draw(Seed);
        if (Loss == "mse" || model.Family().End is NetworkEnd.Softmax or NetworkEnd.Sigmoid)
        {
            return model;
        }

        ImmutableArray<Variable> outputs = [.. signature.Outputs.Select(v => new Variable(v.Name, v.Unit))];
        return (plan with { Signature = signature with { Outputs = outputs } }).Draw(Seed);
    }

    /// <summary>Refuses data beyond the ranges that the model names, as pixels that were not scaled.</summary>
    private static void Demand(NetworkFamily family, Dataset data)
    {
        int n = family.Inputs;
        for (int i = 0; i < data.Inputs.Length && n == data.Signature.Inputs.Length; i++)
        {
            Variable variable = family.Signature.Inputs[i % n];
            double slack = 1e-6 * (1 + variable.Upper - variable.Lower);
            if (data.Inputs[i] < variable.Lower - slack || data.Inputs[i] > variable.Upper + slack)
            {
                throw new ArgumentException(
                    $"The data have {data.Inputs[i]:R} for {variable.Label} in row {i / n + 1}, but the model names the range {variable.Lower:R} to {variable.Upper:R}; bring them into it, as --image unit does with pixels."
                );
            }
        }
    }

    private ILoss ChooseLoss(NetworkFamily family) =>
        Choice.Of<ILoss>(
            Loss,
            "--loss",
            ("mse", new MeanSquaredError()),
            ("cross-entropy", family.Outputs > 1 ? new SoftmaxCrossEntropy() : new SigmoidCrossEntropy())
        );

    private IOptimiser ChooseOptimiser()
    {
        ILearningRate Cosine(double usual)
        {
            CosineRate falling = new(Rate ?? usual, Slowing * (Rate ?? usual));
            return WarmUp == 0 ? falling : new WarmUpRate(WarmUp, falling);
        }

        Momentum momentum = new()
        {
            Epochs = Epochs ?? FewEpochs,
            BatchSize = Batch,
            Rate = Cosine(2e-2),
            WeightDecay = Decay,
            Seed = Seed,
        };
        Adam adam = new()
        {
            Epochs = Epochs ?? FewEpochs,
            BatchSize = Batch,
            Rate = Cosine(1e-3),
            WeightDecay = Decay,
            Seed = Seed,
        };
        Nesterov nesterov = new()
        {
            Epochs = Epochs ?? FewEpochs,
            BatchSize = Batch,
            Rate = Cosine(2e-2),
            WeightDecay = Decay,
            Seed = Seed,
        };
        return Choice.Of<IOptimiser>(
            Method,
            "--method",
            ("auto", adam),
            ("adam", adam),
            ("momentum", momentum),
            ("nesterov", nesterov)
        );
    }

    /// <summary>Keeps what is reported.</summary>
    private sealed class History(List<TrainingProgress> kept, IProgress<TrainingProgress>? next)
        : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            kept.Add(value);
            next?.Report(value);
        }
    }
}
