using System.CommandLine;

namespace Preimage.Cli.Commands;

/// <summary>preimage cross: the smallest change of the inputs that changes the answer.</summary>
internal static class CrossCommand
{
    public static Command Create()
    {
        CrossOptions options = new();
        Command command = new(
            "cross",
            """
            Finds the smallest change of a point, in Euclidean distance, that makes the output reach a level or another class
            win, and proves that no smaller one does; or proves that none in the box does. --at takes a whole table as well.

            Examples:
              preimage cross examples/01-compact-class/compact-class.onnx --at 0.25,0.25 --level 0.2 --out change
              preimage cross classifier.onnx --at points.csv --level 0.5 --nearest 10 --json
            """
        );
        options.AddTo(command);
        command.SetRun((result, cancellation) => options.Read(result).Run(cancellation));
        return command;
    }
}
