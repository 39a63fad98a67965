using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Commands;

/// <summary>preimage info: what a model is, before anything is asked of it.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        ModelOptions model = new();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "info",
            """
            Shows what a model is: inputs and outputs with shapes, units and ranges, operators, inner tensors, and what a value and a Jacobian cost.

            Example:
              preimage info examples/03-ideal-gas/ideal-gas.onnx
            """
        );
        model.AddTo(command);
        command.Add(json);
        command.SetRun((result, _) => Run(model.Read(result), result.GetValue(json)));
        return command;
    }

    private static ExitCode Run(ModelWords words, bool json)
    {
        InfoReport report = InfoReport.Of(words);
        if (json)
        {
            report.WriteJson();
        }
        else
        {
            report.WriteTables();
        }

        return ExitCode.Done;
    }
}
