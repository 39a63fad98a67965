using System.CommandLine;
using Preimage.Cli.Arguments;
using Preimage.Training.Data;

namespace Preimage.Cli.Commands;

/// <summary>What can be said on the command line of train.</summary>
internal sealed class TrainOptions
{
    private readonly Option<string[]> _formula = Texts(
        "--formula",
        "The function to learn, as in \"z = exp(x^2+y^2-2)\"; repeat for several outputs."
    );
    private readonly Option<string[]> _range = Texts(
        "--range",
        "With --formula: an input with its range and unit, as in \"P [Pa] in 1e5,2e5\"; repeat for each."
    );
    private readonly Option<long?> _points = CommonOptions.Whole(
        "--points",
        "With --formula: how many random points.",
        2,
        2000
    );
    private readonly Option<string> _noise = CommonOptions.Text(
        "--noise",
        "With --formula: standard deviation of noise on the outputs, as a fraction of their range.",
        "0"
    );
    private readonly Option<string?> _data = new("--data")
    {
        Description =
            "A CSV file whose first row names the columns, with units as in \"P [Pa]\". For a model also samples in an array, as images.idx or set.npz:x, with --labels; or digits that are drawn, as digits:5000.",
        HelpName = "file|digits:N",
    };
    private readonly Option<string?> _network = Place(
        "--network",
        "The ONNX model to train on, from the weights that it has, in the units of its input; in place of --layers.",
        "model.onnx"
    );
    private readonly Option<string?> _architecture = Place(
        "--architecture",
        "A new model: cnn, \"vit patch=2 heads=4 layers=4 width=48\", or layers as in \"conv 10x5 | avgpool 2 | relu | dense 50 | relu | softmax\"; in place of --layers.",
        "LAYERS"
    );
    private readonly Option<string?> _labels = Place(
        "--labels",
        "With arrays in --data: a label for each sample.",
        "file"
    );
    private readonly Option<string?> _test = Place(
        "--test",
        "Data as of --data, on which the model is measured at the end.",
        "file|digits:N-M"
    );
    private readonly Option<string?> _testLabels = Place("--test-labels", "The labels of --test.", "file");
    private readonly Option<string?> _shape = Place(
        "--shape",
        "The shape of a sample for --architecture where the data do not have it.",
        "1,28,28"
    );
    private readonly Option<string?> _image = CommonOptions.Image();
    private readonly Option<long?> _batch = CommonOptions.Whole("--batch", "Samples of a step; not of lm.", 1, 32);
    private readonly Option<string?> _rate = Place(
        "--rate",
        "The first learning rate; it falls along a cosine (adam 0.001 for a model and 0.01 for --layers, momentum and nesterov 0.02).",
        "RATE"
    );
    private readonly Option<long?> _warmUp = CommonOptions.Whole(
        "--warm-up",
        "With a model: epochs in which the rate first grows.",
        0,
        0
    );
    private readonly Option<string[]> _dimensions = new("--dimension")
    {
        Description = "With --network: the size of a dimension that it leaves open, by its symbol or as input:axis.",
        HelpName = "name=size",
    };
    private readonly Option<string> _decay = CommonOptions.Text("--decay", "How strongly weights are drawn to 0.", "0");
    private readonly Option<string[]> _hold = Texts(
        "--hold",
        "With --network: a weight that is left as it is; repeat."
    );
    private readonly Option<string[]> _target = Texts(
        "--target",
        "With --data: the column to learn; repeat for several."
    );
    private readonly Option<string[]> _input = Texts(
        "--input",
        "With --data: an input column; repeat; all others when left out."
    );
    private readonly Option<bool> _classes = new("--classes")
    {
        Description = "With --data: the target holds class labels; the network gives their probabilities.",
    };
    private readonly Option<string> _layers = CommonOptions.Text("--layers", "Units of the hidden layers.", "5,5");
    private readonly Option<string> _activation = CommonOptions.Text(
        "--activation",
        "Of the hidden layers: sigmoid, tanh, softplus, relu, elu, gelu, silu.",
        "sigmoid"
    );
    private readonly Option<string> _outputActivation = CommonOptions.Text(
        "--output-activation",
        "Of the last layer: identity or sigmoid.",
        "identity"
    );
    private readonly Option<string> _loss = CommonOptions.Text(
        "--loss",
        "mse (mean squared error) or cross-entropy; classes, and models with --labels or digits, take cross-entropy.",
        "mse"
    );
    private readonly Option<string> _method = CommonOptions.Text(
        "--method",
        "lm (Levenberg-Marquardt, for --layers), adam, momentum, nesterov, or auto: lm for few weights with mse, else adam.",
        "auto"
    );
    private readonly Option<long?> _epochs = CommonOptions.Whole("--epochs", "Most epochs (1000; of a model 20).", 1);
    private readonly Option<long?> _patience = CommonOptions.Whole(
        "--patience",
        "Epochs without gain before it ends; 0 for no limit.",
        0,
        0
    );
    private readonly Option<string> _validation = CommonOptions.Text(
        "--validation",
        "Fraction of the points kept for validation.",
        "0.1"
    );
    private readonly Option<long?> _seed = CommonOptions.Whole("--seed", "Seed of points, weights and split.", 0, 1);
    private readonly Option<string> _out = new("--out")
    {
        Description = "The ONNX file to write.",
        HelpName = "model.onnx",
        Required = true,
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>All of them, in the order of the help text.</summary>
    public IEnumerable<Option> All =>
        [
            _formula,
            _range,
            _points,
            _noise,
            _data,
            _target,
            _input,
            _classes,
            _network,
            _architecture,
            _labels,
            _test,
            _testLabels,
            _image,
            _shape,
            _dimensions,
            _hold,
            _layers,
            _activation,
            _outputActivation,
            _loss,
            _method,
            _epochs,
            _batch,
            _rate,
            _warmUp,
            _decay,
            _patience,
            _validation,
            _seed,
            _out,
            _json,
        ];

    /// <summary>The training that was asked for.</summary>
    public Func<CancellationToken, ExitCode> Read(ParseResult result) =>
        result.GetValue(_network) is null && result.GetValue(_architecture) is null
            ? ReadDense(result).Run
            : ReadModel(result).Run;

    private TrainModelRun ReadModel(ParseResult result)
    {
        if (result.GetValue(_network) is not null && result.GetValue(_architecture) is not null)
        {
            throw new ArgumentException(
                "--network trains on a model that is there and --architecture makes a new one; give one of them."
            );
        }

        Refuse(result, _layers, _activation, _outputActivation, _formula, _range, _points, _noise);
        TrainData data =
            Samples(result, _data, _labels)
            ?? throw new ArgumentException(
                "A model needs --data: samples with --labels, a table with --target, or digits:5000."
            );
        bool isOfClasses =
            result.GetValue(_classes) || data.Labels is not null || !Preimage.Data.DataFile.IsTable(data.Place);
        return new TrainModelRun
        {
            Network = result.GetValue(_network),
            Architecture = result.GetValue(_architecture),
            Question = new ModelWords { Path = "", Dimensions = [.. result.GetValue(_dimensions) ?? []] }.Exploration(),
            WarmUp = (int)result.GetValue(_warmUp)!.Value,
            Data = data,
            Test = Samples(result, _test, _testLabels),
            Loss = result.WasGiven(_loss) || !isOfClasses ? result.GetValue(_loss)! : "cross-entropy",
            Method = result.GetValue(_method)!,
            Epochs = (int?)result.GetValue(_epochs),
            Batch = (int)result.GetValue(_batch)!.Value,
            Rate = Positive(result),
            Decay = Numbers.ParseOne(result.GetValue(_decay)!, "--decay"),
            Patience = (int)result.GetValue(_patience)!.Value,
            Validation = Numbers.ParseOne(result.GetValue(_validation)!, "--validation"),
            Held = [.. result.GetValue(_hold) ?? []],
            Seed = (int)result.GetValue(_seed)!.Value,
            File = result.GetRequiredValue(_out),
            Json = result.GetValue(_json),
        };
    }

    private TrainData? Samples(ParseResult result, Option<string?> place, Option<string?> labels) =>
        result.GetValue(place) is { } words
            ? new TrainData
            {
                Place = words,
                Labels = result.GetValue(labels),
                Image = result.GetValue(_image),
                Columns = new CsvSource([.. result.GetValue(_target) ?? []])
                {
                    Inputs = [.. result.GetValue(_input) ?? []],
                    Classes = result.GetValue(_classes),
                },
                Shape = result.GetValue(_shape) is { } shape
                    ? [.. Numbers.Parse(shape, "--shape").Select(TrainRun.Width)]
                    : [],
            }
            : null;

    private double? Positive(ParseResult result) =>
        result.GetValue(_rate) is not { } word ? null
        : Numbers.ParseOne(word, "--rate") is > 0 and var rate ? rate
        : throw new ArgumentException($"--rate is {word}; give a number above 0.");

    /// <summary>Refuses options that belong to the other kind of training.</summary>
    private static void Refuse(ParseResult result, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (result.WasGiven(option))
            {
                throw new ArgumentException(
                    $"{option.Name} is for dense networks on formulas and tables and does nothing for a model of --network or --architecture; leave it out."
                );
            }
        }
    }

    private TrainRun ReadDense(ParseResult result)
    {
        foreach (Option option in (Option[])[_labels, _test, _testLabels, _image, _shape, _dimensions, _hold, _warmUp])
        {
            if (result.WasGiven(option))
            {
                throw new ArgumentException(
                    $"{option.Name} is for models; give --network model.onnx, or --architecture as in --architecture cnn."
                );
            }
        }

        return new()
        {
            Formulas = result.GetValue(_formula) ?? [],
            Ranges = result.GetValue(_range) ?? [],
            Points = (int)result.GetValue(_points)!.Value,
            Noise = Numbers.ParseOne(result.GetValue(_noise)!, "--noise"),
            Data = result.GetValue(_data),
            Targets = result.GetValue(_target) ?? [],
            Inputs = result.GetValue(_input) ?? [],
            Classes = result.GetValue(_classes),
            Layers = result.GetValue(_layers)!,
            Activation = result.GetValue(_activation)!,
            OutputActivation = result.GetValue(_outputActivation)!,
            Loss = result.GetValue(_classes) ? "cross-entropy" : result.GetValue(_loss)!,
            Method = result.GetValue(_method)!,
            Epochs = (int?)result.GetValue(_epochs),
            Patience = (int)result.GetValue(_patience)!.Value,
            Validation = Numbers.ParseOne(result.GetValue(_validation)!, "--validation"),
            Seed = (int)result.GetValue(_seed)!.Value,
            Batch = (int)result.GetValue(_batch)!.Value,
            Rate = Positive(result),
            Decay = Numbers.ParseOne(result.GetValue(_decay)!, "--decay"),
            File = result.GetRequiredValue(_out),
            Json = result.GetValue(_json),
        };
    }

    private static Option<string?> Place(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Option<string[]> Texts(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.OneOrMore };
}
