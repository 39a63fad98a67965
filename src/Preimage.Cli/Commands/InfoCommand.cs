using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Commands;

/// <summary>preimage info: what a model is, before anything is asked of it.</summary>
internal static class InfoCommand
{
    private const int ShownVariables = 12;

    public static Command Create()
    {
        Argument<string> model = CommonOptions.Model();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "info",
            """
            Shows what a model is: inputs and outputs with units and ranges, operators, size.

            Example:
              preimage info examples/03-ideal-gas/ideal-gas.onnx
            """
        )
        {
            model,
            json,
        };
        command.SetRun((result, _) => Run(result.GetRequiredValue(model), result.GetValue(json)));
        return command;
    }

    private static ExitCode Run(string path, bool json)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Network network = Models.Load(path);
        if (json)
        {
            JsonReport.Write(
                JsonReport.Record("info", network, watch.Elapsed.TotalSeconds),
                writer => WriteJson(writer, network)
            );
        }
        else
        {
            WriteTables(network);
        }

        return ExitCode.Done;
    }

    private static void WriteTables(Network network)
    {
        ModelDescription about = network.Description!;
        string opset = about.Opset > 0 ? $", opset {about.Opset}" : "";
        Tables.WritePairs([
            ("model", about.Path),
            ("format", $"{about.Format}{opset}{(about.Producer.Length > 0 ? $", written by {about.Producer}" : "")}"),
            ("sha256", about.Sha256),
            ("map", $"R^{network.Inputs} -> R^{network.Outputs}"),
            ("parameters", $"{about.Parameters}"),
            ("operators", string.Join(", ", about.Operators.Select(o => $"{o.Name} x {o.Count}"))),
            ("dense layers", DenseShape(network)),
            ("Jacobian", $"{network.Outputs} x {network.Inputs}"),
            ("fibers", FiberDimension(network)),
        ]);
        WriteVariables("input", network.Signature.Inputs);
        WriteVariables("output", network.Signature.Outputs);
    }

    private static string DenseShape(Network network) =>
        network.Dense is not { } dense
            ? "not a dense chain: the plain interpreters are used"
            : string.Join("-", dense.Layers.Select(layer => layer.Outputs).Prepend(dense.Inputs));

    private static string FiberDimension(Network network) =>
        (network.Inputs - network.Outputs) switch
        {
            <= 0 => "points, where the Jacobian has full rank",
            1 => "curves, where the Jacobian has full rank: preimage trace",
            int dimension => $"of dimension {dimension}, where the Jacobian has full rank",
        };

    private static void WriteVariables(string kind, IReadOnlyList<Variable> variables)
    {
        Tables.Write([kind, "unit", "lower", "upper"], variables.Take(ShownVariables).Select(Row));
        if (variables.Count > ShownVariables)
        {
            Console.WriteLine($"   ... and {variables.Count - ShownVariables} more");
        }
    }

    private static string[] Row(Variable variable) =>
        [variable.Name, variable.Unit, Bound(variable.Lower), Bound(variable.Upper)];

    private static string Bound(double bound) => double.IsFinite(bound) ? Tables.Show(bound) : "";

    private static void WriteJson(Utf8JsonWriter json, Network network)
    {
        ModelDescription about = network.Description!;
        json.WriteString("format", about.Format);
        json.WriteString("producer", about.Producer);
        json.WriteNumber("opset", about.Opset);
        json.WriteNumber("parameters", about.Parameters);
        json.WriteStartObject("operators");
        foreach (OperatorCount operation in about.Operators)
        {
            json.WriteNumber(operation.Name, operation.Count);
        }

        json.WriteEndObject();
        json.WriteBoolean("dense", network.Dense is not null);
        WriteVariables(json, "inputs", network.Signature.Inputs);
        WriteVariables(json, "outputs", network.Signature.Outputs);
    }

    private static void WriteVariables(Utf8JsonWriter json, string name, IEnumerable<Variable> variables)
    {
        json.WriteStartArray(name);
        foreach (Variable variable in variables)
        {
            json.WriteStartObject();
            json.WriteString("name", variable.Name);
            json.WriteString("unit", variable.Unit);
            json.WriteNumbers("range", [variable.Lower, variable.Upper]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
