using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Commands;

/// <summary>preimage train: from data or a formula to a dense network in an ONNX file.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Option<string[]> formula = Texts(
            "--formula",
            "The function to learn, as in \"z = exp(x^2+y^2-2)\"; repeat for several outputs."
        );
        Option<string[]> range = Texts(
            "--range",
            "With --formula: an input with its range and unit, as in \"P [Pa] in 1e5,2e5\"; repeat for each."
        );
        Option<int> points = new("--points")
        {
            Description = "With --formula: how many random points.",
            DefaultValueFactory = _ => 2000,
        };
        Option<string> noise = Text(
            "--noise",
            "With --formula: standard deviation of noise on the outputs, as a fraction of their range.",
            "0"
        );
        Option<string?> data = new("--data")
        {
            Description = "A CSV file whose first row names the columns, with units as in \"P [Pa]\".",
        };
        Option<string[]> target = Texts("--target", "With --data: the column to learn; repeat for several.");
        Option<string[]> input = Texts("--input", "With --data: an input column; repeat; all others when left out.");
        Option<bool> classes = new("--classes") { Description = "With --data: the target holds class labels." };
        Option<string> layers = Text("--layers", "Units of the hidden layers.", "5,5");
        Option<string> activation = Text(
            "--activation",
            "Of the hidden layers: sigmoid, tanh, softplus, relu, elu, gelu, silu.",
            "sigmoid"
        );
        Option<string> output = Text("--output-activation", "Of the last layer: identity or sigmoid.", "identity");
        Option<string> loss = Text(
            "--loss",
            "mse (mean squared error) or cross-entropy; classes take cross-entropy.",
            "mse"
        );
        Option<string> method = Text(
            "--method",
            "lm (Levenberg-Marquardt), adam, or auto: lm for up to 1000 weights with mse, else adam.",
            "auto"
        );
        Option<int?> epochs = new("--epochs") { Description = "Most epochs." };
        Option<int> patience = new("--patience")
        {
            Description = "Epochs without gain before it ends; 0 for no limit.",
            DefaultValueFactory = _ => 0,
        };
        Option<string> validation = Text("--validation", "Fraction of the points kept for validation.", "0.1");
        Option<int> seed = new("--seed")
        {
            Description = "Seed of points, weights and split.",
            DefaultValueFactory = _ => 1,
        };
        Option<string> file = new("--out")
        {
            Description = "The ONNX file to write.",
            HelpName = "model.onnx",
            Required = true,
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "train",
            """
            Trains a dense network on a formula or on data, and writes it as ONNX with names, units and ranges.

            Examples:
              preimage train --formula "z = exp(x^2+y^2-2)" --range "x in -1,1" --range "y in -1,1" --layers 5,5 --out compact-class.onnx
              preimage train --data plant.csv --target "power" --layers 10,10 --activation tanh --out plant.onnx
            """
        )
        {
            formula,
            range,
            points,
            noise,
            data,
            target,
            input,
            classes,
            layers,
            activation,
            output,
            loss,
            method,
            epochs,
            patience,
            validation,
            seed,
            file,
            json,
        };
        command.SetRun(
            (result, cancellation) =>
                new TrainRun
                {
                    Formulas = result.GetValue(formula) ?? [],
                    Ranges = result.GetValue(range) ?? [],
                    Points = result.GetValue(points),
                    Noise = Numbers.ParseOne(result.GetValue(noise)!, "--noise"),
                    Data = result.GetValue(data),
                    Targets = result.GetValue(target) ?? [],
                    Inputs = result.GetValue(input) ?? [],
                    Classes = result.GetValue(classes),
                    Layers = result.GetValue(layers)!,
                    Activation = result.GetValue(activation)!,
                    OutputActivation = result.GetValue(output)!,
                    Loss = result.GetValue(classes) ? "cross-entropy" : result.GetValue(loss)!,
                    Method = result.GetValue(method)!,
                    Epochs = result.GetValue(epochs),
                    Patience = result.GetValue(patience),
                    Validation = Numbers.ParseOne(result.GetValue(validation)!, "--validation"),
                    Seed = result.GetValue(seed),
                    File = result.GetRequiredValue(file),
                    Json = result.GetValue(json),
                }.Run(cancellation)
        );
        return command;
    }

    private static Option<string> Text(string name, string description, string defaultValue) =>
        new(name) { Description = description, DefaultValueFactory = _ => defaultValue };

    private static Option<string[]> Texts(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.OneOrMore };
}
