using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Commands;

/// <summary>preimage trace: the fiber of a point.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        Argument<string> model = CommonOptions.Model();
        Option<string> at = CommonOptions.Point();
        Option<string?> box = CommonOptions.Box();
        Option<string> chord = Text(
            "--chord",
            "Largest distance between curve and polyline, in units of the box's half widths.",
            "1e-4"
        );
        Option<string> recipe = Text(
            "--recipe",
            "continuation (exact), or the published simec (along the fiber) or simexp (across fibers), both uncorrected.",
            "continuation"
        );
        Option<string> delta = Text("--delta", "Step of the published recipes, in input units.", "1e-4");
        Option<string> boundary = Text(
            "--boundary",
            "At the box, a published recipe does: stop, or project (points pushed back into the box).",
            "stop"
        );
        Option<long?> steps = new("--steps")
        {
            Description = "Most steps in each direction (1000000; published recipes 10000).",
            HelpName = "N",
        };
        Option<string?> output = new("--out")
        {
            Description =
                "Write PATH.csv, PATH.json, PATH.svg, PATH.png and PATH.html; with an ending such as .svg or .npy, that file only.",
            HelpName = "PATH",
        };
        Option<string[]> compare = new("--compare")
        {
            Description =
                "Lay a published recipe beside the fiber in the figures: simec or simexp, with --delta and --steps.",
            HelpName = "recipe",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "trace",
            """
            Traces the fiber of a point: all inputs that the network does not tell apart from it, as one curve.
            It is closed, or ends exactly on the box; every point is on the fiber to rounding.

            Examples:
              preimage trace examples/01-compact-class/compact-class.onnx --at 0.2,0.2 --out class
              preimage trace model.onnx --at points.csv:3 --box -1,1,0,5 --chord 1e-6 --json
            """
        )
        {
            model,
            at,
            box,
            chord,
            recipe,
            delta,
            boundary,
            steps,
            compare,
            output,
            json,
        };
        command.SetRun(
            (result, cancellation) =>
                new TraceRun
                {
                    Model = result.GetRequiredValue(model),
                    At = result.GetRequiredValue(at),
                    Box = result.GetValue(box),
                    Recipe = new RecipeArgument
                    {
                        Name = result.GetValue(recipe)!,
                        Chord = RecipeArgument.Positive(result.GetValue(chord)!, "--chord"),
                        Delta = RecipeArgument.Positive(result.GetValue(delta)!, "--delta"),
                        Boundary = result.GetValue(boundary)!,
                        Steps = result.GetValue(steps),
                    },
                    Compare = result.GetValue(compare) ?? [],
                    Out = result.GetValue(output),
                    Json = result.GetValue(json),
                }.Run(cancellation)
        );
        return command;
    }

    private static Option<string> Text(string name, string description, string defaultValue) =>
        new(name) { Description = description, DefaultValueFactory = _ => defaultValue };
}
