using System.CommandLine;

namespace Preimage.Cli.Commands;

/// <summary>preimage foliate: a family of fibers.</summary>
internal static class FoliateCommand
{
    public static Command Create()
    {
        FoliateOptions options = new();
        Command command = new(
            "foliate",
            """
            Draws a family of fibers in a box of two inputs: one for each of some outputs, through the points of the curve
            that crosses them all at right angles from the point --at.

            Examples:
              preimage foliate examples/01-compact-class/compact-class.onnx --at 0.25,0.25 --count 9 --out family
              preimage foliate model.onnx --at 0.2,0.5 --levels 0.1,0.2,0.5 --json
            """
        );
        options.AddTo(command);
        command.SetRun((result, cancellation) => options.Read(result).Run(cancellation));
        return command;
    }
}
