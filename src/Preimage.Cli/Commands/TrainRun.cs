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

/// <summary>One training, as the command line asks for it.</summary>
internal sealed record TrainRun
{
    public required string[] Formulas { get; init; }
    public required string[] Ranges { get; init; }
    public required int Points { get; init; }
    public required double Noise { get; init; }
    public required string? Data { get; init; }
    public required string[] Targets { get; init; }
    public required string[] Inputs { get; init; }
    public required bool Classes { get; init; }
    public required string Layers { get; init; }
    public required string Activation { get; init; }
    public required string OutputActivation { get; init; }
    public required string Loss { get; init; }
    public required string Method { get; init; }
    public required int? Epochs { get; init; }
    public required int Batch { get; init; }
    public required double? Rate { get; init; }
    public required double Decay { get; init; }
    public required int Patience { get; init; }
    public required double Validation { get; init; }
    public required int Seed { get; init; }
    public required string File { get; init; }
    public required bool Json { get; init; }

    /// <summary>Reads the data, trains, writes the network, and says how good it is.</summary>
    public ExitCode Run(CancellationToken cancellation)
    {
        Stopwatch watch = Stopwatch.StartNew();
        OutputFiles.ProbeModel(File);
        Dataset data = ReadData();
        Architecture architecture = ReadArchitecture(data);
        ILoss loss = ChooseLoss(data);
        Trainer trainer = new(ChooseOptimiser(architecture, loss), loss)
        {
            ValidationFraction = Validation,
            Stopping = new Stopping(Patience),
        };
        TrainingResult result = ProgressDisplay.Train(
            Json,
            Loss != "mse",
            progress => trainer.Fit(data, architecture, Seed, progress, cancellation)
        );
        OnnxFile.Write(File, Network.From(result.Network, result.Signature));
        TrainReport.Write(this, result, watch.Elapsed.TotalSeconds);
        return result.Ending == TrainingEnding.Cancelled ? ExitCode.Partial : ExitCode.Done;
    }

    private Dataset ReadData()
    {
        if (Formulas.Length > 0 == Data is not null)
        {
            throw new ArgumentException(
                "Give either --formula with a --range for each input, or --data with --target."
            );
        }

        if (Data is null && Ranges.Length == 0)
        {
            throw new ArgumentException("--formula needs a --range for each input, as in --range \"x in -1,1\".");
        }

        if (Data is null)
        {
            return new FormulaSource(
                [.. Formulas],
                [.. Ranges.Select(Formula.ParseRange)],
                new UniformSampling(Points, Seed)
            )
            {
                Noise = Noise,
                NoiseSeed = Seed,
            }.Sample();
        }

        if (!System.IO.File.Exists(Data))
        {
            throw new ArgumentException($"--data names the file '{Data}', which does not exist.");
        }

        using StreamReader reader = new(Data);
        return new CsvSource([.. Targets]) { Inputs = [.. Inputs], Classes = Classes }.Read(reader);
    }

    private Architecture ReadArchitecture(Dataset data)
    {
        Signature signature = data.Signature;
        int[] hidden = [.. Numbers.Parse(Layers, "--layers").Select(Width)];
        return new Architecture(
            [signature.Inputs.Length, .. hidden, signature.Outputs.Length],
            Choice.Of<ScalarFunction>(
                Activation,
                "--activation",
                ("sigmoid", new Sigmoid()),
                ("tanh", new HyperbolicTangent()),
                ("softplus", new Softplus()),
                ("relu", new Rectifier()),
                ("elu", new ExponentialLinear()),
                ("gelu", new GaussianErrorLinear()),
                ("silu", new Swish())
            )
        )
        {
            Output = Choice.Of<ScalarFunction>(
                OutputActivation,
                "--output-activation",
                ("identity", new Identity()),
                ("sigmoid", new Sigmoid())
            ),
            Head = Classes && signature.Outputs.Length > 1 ? DenseHead.Softmax : DenseHead.None,
        };
    }

    /// <summary>A whole number of units.</summary>
    public static int Width(double number) =>
        number is >= 1 and <= 1e6 && number == Math.Floor(number)
            ? (int)number
            : throw new ArgumentException(
                $"--layers has {number:R}, but a layer has a whole number of units, 1 or more."
            );

    private ILoss ChooseLoss(Dataset data) =>
        Choice.Of<ILoss>(
            Loss,
            "--loss",
            ("mse", new MeanSquaredError()),
            ("cross-entropy", data.Signature.Outputs.Length > 1 ? new SoftmaxCrossEntropy() : new SigmoidCrossEntropy())
        );

    private IOptimiser ChooseOptimiser(Architecture architecture, ILoss loss)
    {
        LevenbergMarquardt leastSquares = new();
        Adam adam = new() { Seed = Seed };
        leastSquares = leastSquares with { Epochs = Epochs ?? leastSquares.Epochs };
        CosineRate falling = Rate is { } rate ? new(rate, 1e-3 * rate) : new();
        adam = adam with { Epochs = Epochs ?? adam.Epochs, BatchSize = Batch, Rate = falling, WeightDecay = Decay };
        Momentum momentum = new()
        {
            Epochs = adam.Epochs,
            BatchSize = Batch,
            Rate = Rate is null ? new Momentum().Rate : falling,
            WeightDecay = Decay,
            Seed = Seed,
        };
        Nesterov nesterov = new()
        {
            Epochs = adam.Epochs,
            BatchSize = Batch,
            Rate = momentum.Rate,
            WeightDecay = Decay,
            Seed = Seed,
        };
        bool few = Trainer.Suited(architecture, loss) is LevenbergMarquardt;
        return Choice.Of<IOptimiser>(
            Method,
            "--method",
            ("auto", few ? leastSquares : adam),
            ("lm", leastSquares),
            ("adam", adam),
            ("momentum", momentum),
            ("nesterov", nesterov)
        );
    }
}
