using System.CommandLine;
using System.Diagnostics;
using Preimage.Cli.Arguments;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Maps;
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
            Gives the outputs of a model at a point, or those of any map that is chosen in it.

            Examples:
              preimage eval examples/03-ideal-gas/ideal-gas.onnx --at 1.5e5,0.05 --jacobian
              preimage eval classifier.onnx --at images.csv:1 --logits --outputs top:3
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
        (Network network, SliceWords told) = words.Load();
        MapChoice choice = MapChoice.Of(network, told);
        IProductMap map = choice.Map;
        double[] x = choice.Start!;
        double[] y = new double[map.Outputs];
        double[] jacobian = withJacobian ? new double[map.Outputs * map.Inputs] : [];
        if (withJacobian)
        {
            map.Linearize(x, y, jacobian);
        }
        else
        {
            map.Evaluate(x, y);
        }

        if (json)
        {
            JsonReport.Write(
                JsonReport.Record(
                    "eval",
                    network,
                    watch.Elapsed.TotalSeconds,
                    [new Setting("at", [.. x]), .. choice.Settings]
                ) with
                {
                    Signature = choice.Signature,
                },
                writer =>
                {
                    writer.WriteNumbers("output", y);
                    if (withJacobian)
                    {
                        writer.WriteMatrix("jacobian", jacobian, map.Inputs);
                    }
                }
            );
        }
        else
        {
            WriteTable(choice.Signature, y, jacobian);
        }

        return ExitCode.Done;
    }

    private static void WriteTable(Signature signature, double[] y, double[] jacobian)
    {
        int n = signature.Inputs.Length;
        bool withJacobian = jacobian.Length > 0;
        string[] headings = ["output", "value", .. withJacobian ? signature.Inputs.Select(v => $"d/d{v.Name}") : []];
        Tables.Write(
            headings,
            signature.Outputs.Select(
                (v, i) =>
                    (string[])
                        [
                            v.Label,
                            y[i].ToString("R"),
                            .. withJacobian ? jacobian.Skip(i * n).Take(n).Select(Tables.Show) : [],
                        ]
            )
        );
    }
}
