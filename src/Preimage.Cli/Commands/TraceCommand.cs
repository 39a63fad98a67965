using System.CommandLine;

namespace Preimage.Cli.Commands;

/// <summary>preimage trace: the fiber of a point.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        TraceOptions options = new();
        Command command = new(
            "trace",
            """
            Traces the fiber of a point: all inputs that the network does not tell apart from it, as one curve.
            It is closed, or ends exactly on the box; every point is on the fiber to rounding.
            With --dim 2 the fiber is a surface, meshed with triangles: closed, or cut exactly along the box.

            Examples:
              preimage trace examples/01-compact-class/compact-class.onnx --at 0.25,0.25 --out class
              preimage trace model.onnx --at points.csv:3 --box -1,1,0,5 --chord 1e-6 --json
              preimage trace examples/surface/surface.onnx --at 0.5,0.2,0.2 --dim 2 --out surface
            """
        );
        options.AddTo(command);

        command.SetRun(
            (result, cancellation) =>
                options.IsSurface(result)
                    ? options.ReadSurface(result).Run(cancellation)
                    : options.Read(result).Run(cancellation)
        );
        return command;
    }
}
