using System.CommandLine;

namespace Preimage.Cli.Walking;

/// <summary>preimage walk: samples of the fiber of a point, of any dimension.</summary>
internal static class WalkCommand
{
    public static Command Create()
    {
        WalkOptions options = new();
        Command command = new(
            "walk",
            """
            Walks at random among all inputs that the network does not tell apart from a point: on its fiber, of any dimension,
            inside the box. The default recipe visits every part of it as often as its area says, and every point is on the
            fiber to rounding. What is said beside it: how far the walk got, and how many independent samples it is worth.

            Examples:
              preimage walk examples/04-curve-in-space/curve-in-space.onnx --at 0.7,0,0.588 --outputs r2 --box -1,1 --out walk
              preimage walk digits.onnx --at t10k-images.idx3-ubyte:5 --image mnist --box 0,1 --steps 10000 --compare simec
              preimage walk plant.onnx --at 14,45,1013,75 --value 480 --fix rh=60 --write conditions.csv
              preimage walk digits.onnx --at digit.png --box 0,1 --write sevens/ --data train-images.idx3-ubyte
            """
        );
        options.AddTo(command);
        command.SetRun((result, cancellation) => options.Read(result).Run(cancellation));
        return command;
    }
}
