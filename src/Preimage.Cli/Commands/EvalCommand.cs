using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Networks;

namespace Preimage.Cli.Commands;

/// <summary>preimage eval: the outputs at a point, and their derivatives.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        SliceOptions slice = new(pointIsNeeded: true) { HasBox = false };
        Option<bool> jacobian = new("--jacobian") { Description = "The derivative of each output by each input, too." };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "eval",
            """
            Gives all outputs of a model at a point, or those of any map that is chosen in it.

            Examples:
              preimage eval examples/03-ideal-gas/ideal-gas.onnx --at 1.5e5,0.05 --jacobian
              preimage eval classifier.onnx --at images.csv:1 --logits --outputs top:3
              preimage eval detector.onnx --at frame.npy --input threshold=0.5 --dimension width=640
            """
        );
        slice.AddTo(command);
        command.Add(jacobian);
        command.Add(json);
        command.SetRun((result, _) => Run(slice.Read(result), result.GetValue(jacobian), result.GetValue(json)));
        return command;
    }

    private static ExitCode Run(SliceWords words, bool withJacobian, bool json)
    {
        Stopwatch watch = Stopwatch.StartNew();
        (ImmutableArray<Network> networks, SliceWords told) = withJacobian
            ? words.LoadAll()
            : (words with { TakesTensorsAsTheyAre = true }).LoadAllOrConstants();
        EvalReport report =
            networks[0].Inputs == 0
                ? EvalReport.OfConstants(networks, told)
                : EvalReport.At(networks, MapChoice.Of(networks[0], told), withJacobian);
        if (json)
        {
            report.WriteJson(watch);
        }
        else
        {
            report.WriteTables();
        }

        return ExitCode.Done;
    }
}
