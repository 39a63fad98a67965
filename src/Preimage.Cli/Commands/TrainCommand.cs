using System.CommandLine;

namespace Preimage.Cli.Commands;

/// <summary>preimage train: from data or a formula to a network in an ONNX file.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        TrainOptions options = new();
        Command command = new(
            "train",
            """
            Trains a dense network on a formula or on data, or a model of any architecture on samples, and writes it as ONNX with names, units and ranges.

            Examples:
              preimage train --formula "z = exp(x^2+y^2-2)" --range "x in -1,1" --range "y in -1,1" --layers 5,5 --out compact-class.onnx
              preimage train --data plant.csv --target power --layers 10,10 --activation tanh --out plant.onnx
              preimage train --architecture cnn --data images.idx --labels labels.idx --image unit --method momentum --out cnn.onnx
              preimage train --network cnn.onnx --data digits:5000 --epochs 5 --out tuned.onnx
            """
        );
        foreach (Option option in options.All)
        {
            command.Add(option);
        }

        command.SetRun((result, cancellation) => options.Read(result)(cancellation));
        return command;
    }
}
