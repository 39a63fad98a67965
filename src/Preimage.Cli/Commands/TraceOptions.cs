using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Commands;

/// <summary>What can be said on the command line of trace.</summary>
internal sealed class TraceOptions
{
    private readonly Option<string> _at = CommonOptions.Point();
    private readonly Option<string?> _box = CommonOptions.Box();
    private readonly Option<string?> _outputs = new("--outputs")
    {
        Description = "Only these outputs count: names, or numbers from 0.",
        HelpName = "y1,y2,...",
    };
    private readonly Option<string[]> _fix = new("--fix")
    {
        Description =
            "Holds an input at a value; repeat for several. --at and --box are then for the inputs that are left.",
        HelpName = "input=value",
    };
    private readonly Option<string> _chord = CommonOptions.Text(
        "--chord",
        "Largest distance between curve and polyline, in units of the box's half widths.",
        "1e-4"
    );
    private readonly Option<string> _recipe = CommonOptions.Text(
        "--recipe",
        "continuation (exact), or the published simec (along the fiber) or simexp (across fibers), both uncorrected.",
        "continuation"
    );
    private readonly Option<string> _delta = CommonOptions.Text(
        "--delta",
        "Step of the published recipes, in input units.",
        "1e-4"
    );
    private readonly Option<string> _boundary = CommonOptions.Text(
        "--boundary",
        "At the box, a published recipe does: stop, or project (points pushed back into the box).",
        "stop"
    );
    private readonly Option<long?> _steps = CommonOptions.Whole(
        "--steps",
        "Most steps in each direction (1000000; published recipes 10000); with --compare, those of the recipe beside the fiber.",
        1
    );
    private readonly Option<string[]> _compare = new("--compare")
    {
        Description =
            "Lay a published recipe beside the fiber in the figures: simec or simexp, with --delta and --steps.",
        HelpName = "recipe",
    };
    private readonly Option<string?> _out = new("--out")
    {
        Description =
            "Write PATH.csv, PATH.json, PATH.svg, PATH.png and PATH.html; with an ending such as .svg or .npy, that file only.",
        HelpName = "PATH",
    };
    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Go on where a trace was stopped: repeat its command and name the PATH.state.json that it wrote.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>MODEL.</summary>
    public Argument<string> Model { get; } = CommonOptions.Model();

    /// <summary>All options, in the order of the help text.</summary>
    public IEnumerable<Option> All =>
        [_at, _box, _outputs, _fix, _chord, _recipe, _delta, _boundary, _steps, _compare, _out, _resume, _json];

    /// <summary>The trace that was asked for.</summary>
    public TraceRun Read(ParseResult result) =>
        new()
        {
            Model = result.GetRequiredValue(Model),
            At = result.GetRequiredValue(_at),
            Box = result.GetValue(_box),
            Outputs = result.GetValue(_outputs),
            Fixed = result.GetValue(_fix) ?? [],
            Recipe = new RecipeArgument
            {
                Name = result.GetValue(_recipe)!,
                Chord = RecipeArgument.Positive(result.GetValue(_chord)!, "--chord"),
                Delta = RecipeArgument.Positive(result.GetValue(_delta)!, "--delta"),
                Boundary = result.GetValue(_boundary)!,
                Steps = result.GetValue(_steps),
            },
            Compare = result.GetValue(_compare) ?? [],
            Out = result.GetValue(_out),
            Resume = result.GetValue(_resume),
            Json = result.GetValue(_json),
        };
}
