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
        Argument<string> model = CommonOptions.Model();
        Option<string> at = CommonOptions.Point();
        Option<bool> jacobian = new("--jacobian") { Description = "The derivative of each output by each input, too." };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "eval",
            """
            Gives the outputs of a model at a point.

            Example:
              preimage eval examples/03-ideal-gas/ideal-gas.onnx --at 1.5e5,0.05 --jacobian
            """
        )
        {
            model,
            at,
            jacobian,
            json,
        };
        command.SetRun(
            (result, _) =>
                Run(
                    result.GetRequiredValue(model),
                    result.GetRequiredValue(at),
                    result.GetValue(jacobian),
                    result.GetValue(json)
                )
        );
        return command;
    }

    private static ExitCode Run(string path, string at, bool withJacobian, bool json)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Network network = Models.Load(path);
        double[] x = PointArgument.Parse(at, network.Signature);
        double[] y = new double[network.Outputs];
        double[] jacobian = withJacobian ? new double[network.Outputs * network.Inputs] : [];
        if (withJacobian)
        {
            network.Map.Linearize(x, y, jacobian);
        }
        else
        {
            network.Map.Evaluate(x, y);
        }

        if (json)
        {
            JsonReport.Write(
                JsonReport.Record("eval", network, watch.Elapsed.TotalSeconds, new Setting("at", [.. x])),
                writer =>
                {
                    writer.WriteNumbers("output", y);
                    if (withJacobian)
                    {
                        writer.WriteMatrix("jacobian", jacobian, network.Inputs);
                    }
                }
            );
        }
        else
        {
            WriteTable(network.Signature, y, jacobian);
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
