using System.CommandLine;

namespace Preimage.Cli.Morphing;

/// <summary>preimage morph: inside the fiber of a point, as near to another point as it goes.</summary>
internal static class MorphCommand
{
    public static Command Create()
    {
        MorphOptions options = new();
        Command command = new(
            "morph",
            """
            Goes from one point as near to another as the network lets it without noticing: inside the fiber of --at, or inside a band around it, and
            inside the box. The distance to --towards falls all the way, until no direction that is free leads nearer.

            Examples:
              preimage morph examples/01-compact-class/compact-class.onnx --at 0.25,0.25 --towards=-0.9,0.4 --out path
              preimage morph digits.onnx --at three.png --towards eight.png --image mnist --box 0,255 --out morph
              preimage morph classifier.onnx --at penguin.png --towards cat.png --outputs top:10 --keep-label --json
            """
        );
        options.AddTo(command);
        command.SetRun((result, cancellation) => options.Read(result).Run(cancellation));
        return command;
    }
}
