using System.CommandLine;
using Preimage.Cli.Arguments;

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
        Description = "A CSV file whose first row names the columns, with units as in \"P [Pa]\".",
    };
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
        "mse (mean squared error) or cross-entropy; classes take cross-entropy.",
        "mse"
    );
    private readonly Option<string> _method = CommonOptions.Text(
        "--method",
        "lm (Levenberg-Marquardt), adam, or auto: lm for few weights with mse, else adam.",
        "auto"
    );
    private readonly Option<long?> _epochs = CommonOptions.Whole("--epochs", "Most epochs (1000).", 1);
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
            _layers,
            _activation,
            _outputActivation,
            _loss,
            _method,
            _epochs,
            _patience,
            _validation,
            _seed,
            _out,
            _json,
        ];

    /// <summary>The training that was asked for.</summary>
    public TrainRun Read(ParseResult result) =>
        new()
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
            File = result.GetRequiredValue(_out),
            Json = result.GetValue(_json),
        };

    private static Option<string[]> Texts(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.OneOrMore };
}
