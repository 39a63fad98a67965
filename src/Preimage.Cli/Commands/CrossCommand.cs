using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Commands;

/// <summary>preimage cross: the smallest change of the inputs that changes the answer.</summary>
internal static class CrossCommand
{
    public static Command Create()
    {
        SliceOptions slice = new(pointIsNeeded: true);
        Option<string?> level = new("--level")
        {
            Description = "The output to reach, of a model with one output.",
            HelpName = "c",
        };
        Option<string?> label = new("--class")
        {
            Description =
                "The class to reach, by the name of its output or its number from 0; without it, any other class.",
            HelpName = "k",
        };
        Option<string> tolerance = CommonOptions.Text(
            "--tolerance",
            "The gap between the distance and its proved lower bound that counts as proved, relative to the distance.",
            "1e-6"
        );
        Option<long?> cells = CommonOptions.Whole("--cells", "The most cells to enclose for the proof.", 1, 200_000);
        Option<long?> nearest = CommonOptions.Whole(
            "--nearest",
            "With a table of points, --at points.csv: only so many, those with the nearest crossings.",
            1
        );
        Option<string?> truth = TruthArgument.Option();
        Option<string?> path = CommonOptions.OutPlane();
        Option<bool> json = CommonOptions.Json();
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
        slice.AddTo(command);
        foreach (Option option in (Option[])[level, label, tolerance, cells, nearest, truth, path, json])
        {
            command.Add(option);
        }

        command.SetRun(
            (result, cancellation) =>
                new CrossRun
                {
                    Slice = slice.Read(result),
                    Level = result.GetValue(level),
                    Class = result.GetValue(label),
                    Tolerance = RecipeArgument.Positive(result.GetValue(tolerance)!, "--tolerance"),
                    Cells = result.GetValue(cells)!.Value,
                    Nearest = (int?)result.GetValue(nearest),
                    Truth = result.GetValue(truth),
                    Out = result.GetValue(path),
                    Json = result.GetValue(json),
                }.Run(cancellation)
        );
        return command;
    }
}
