using System.CommandLine;

namespace Preimage.Cli.Commands;

/// <summary>preimage metric: what a model sees and what it ignores, at a point or over a data set.</summary>
internal static class MetricCommand
{
    public static Command Create()
    {
        MetricOptions options = new();
        Command command = new(
            "metric",
            """
            Gives the pullback metric g = J^T G J at a point: its spectrum, its rank, the directions that change the output and those that do not. Over a data set it gives the mean metric and the dimension that the model uses.

            Examples:
              preimage metric examples/03-ideal-gas/ideal-gas.onnx --at 1.5e5,0.05
              preimage metric model.onnx --data points.csv --samples 200 --out seen
              preimage metric classifier.onnx --at penguin.png --outputs top:10 --layers --out penguin
            """
        );
        options.AddTo(command);
        command.SetRun((result, cancellation) => options.Read(result).Run(cancellation));
        return command;
    }
}
