using System.CommandLine;

namespace Preimage.Cli.Commands;

/// <summary>preimage band: the preimage of a closed interval of outputs.</summary>
internal static class BandCommand
{
    public static Command Create()
    {
        BandOptions options = new();
        Command command = new(
            "band",
            """
            Finds the region { a <= f <= b } in a box: for two inputs as polygons with holes, with their area; for any number
            of inputs as boxes proved inside and boxes at the border, with a certified lower and upper bound of the volume.

            Examples:
              preimage band examples/01-compact-class/compact-class.onnx --from 0.1416 --to 0.1516 --out annulus
              preimage band plant.onnx --from 479.5 --to 480.5 --gap 1e-2 --sample 1000 --seed 7 --json
            """
        );
        options.AddTo(command);
        command.SetRun((result, cancellation) => options.Read(result).Run(cancellation));
        return command;
    }
}
