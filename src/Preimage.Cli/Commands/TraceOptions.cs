using System.CommandLine;
using Preimage.Cli.Arguments;
using Preimage.Cli.Surfaces;

namespace Preimage.Cli.Commands;

/// <summary>What can be said on the command line of trace.</summary>
internal sealed class TraceOptions
{
    private readonly SliceOptions _slice = new(pointIsNeeded: true);
    private readonly Option<string> _chord = CommonOptions.Chord();
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
        "Most steps in each direction (1000000; published recipes 10000); with --compare, those of the recipe beside the fiber; with --dim 2 the most triangles (400000).",
        1
    );
    private readonly Option<string[]> _compare = new("--compare")
    {
        Description =
            "Lay a published recipe beside the fiber in the figures: simec or simexp, with --delta and --steps.",
        HelpName = "recipe",
    };
    private readonly Option<string?> _truth = TruthArgument.Option();
    private readonly Option<string?> _out = CommonOptions.Out(
        "Write PATH.csv, PATH.json, PATH.svg, PATH.png and PATH.html (and PATH.ply of a surface); with an ending such as .svg, .npy, or of a surface .ply, .obj, .vtp, .gltf, .glb, that file only."
    );
    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Go on where a trace was stopped: repeat its command and name the PATH.state.json that it wrote.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly SurfaceOptions _surface = new();

    /// <summary>Adds all of them to the command, in the order of the help text.</summary>
    public void AddTo(Command command)
    {
        _slice.AddTo(command);
        foreach (
            Option option in (Option[])
                [_chord, .. _surface.All, _recipe, _delta, _boundary, _steps, _compare, _truth, _out, _resume, _json]
        )
        {
            command.Add(option);
        }
    }

    /// <summary>Whether a surface is asked for rather than a curve.</summary>
    public bool IsSurface(ParseResult result) => _surface.IsAskedFor(result);

    /// <summary>The mesh that was asked for.</summary>
    public SurfaceRun ReadSurface(ParseResult result)
    {
        SurfaceOptions.Refuse(result, _recipe, _delta, _boundary, _compare, _truth, _resume);
        return new SurfaceRun
        {
            Slice = _slice.Read(result),
            Spacing = _surface.ReadSpacing(result, _chord),
            Triangles = result.GetValue(_steps),
            Value = _surface.Value(result),
            Axes = _surface.Axes(result),
            Color = _surface.Color(result),
            Out = result.GetValue(_out),
            Json = result.GetValue(_json),
        };
    }

    /// <summary>The trace that was asked for.</summary>
    public TraceRun Read(ParseResult result) =>
        new()
        {
            Slice = _slice.Read(result),
            Recipe = ReadRecipe(result),
            Compare = result.GetValue(_compare) ?? [],
            Truth = result.GetValue(_truth),
            Out = result.GetValue(_out),
            Resume = result.GetValue(_resume),
            Json = result.GetValue(_json),
        };

    /// <summary>The recipe; a setting that nothing would use is refused rather than passed over.</summary>
    private RecipeArgument ReadRecipe(ParseResult result)
    {
        RecipeArgument recipe = new()
        {
            Name = result.GetValue(_recipe)!,
            Chord = RecipeArgument.Positive(result.GetValue(_chord)!, "--chord"),
            Delta = RecipeArgument.Positive(result.GetValue(_delta)!, "--delta"),
            Boundary = result.GetValue(_boundary)!,
            Steps = result.GetValue(_steps),
        };
        string[] names = [recipe.Name, .. result.GetValue(_compare) ?? []];
        bool exact = names.Any(RecipeArgument.Corrects);
        bool published = names.Any(name => !RecipeArgument.Corrects(name));
        foreach (Option option in (Option[])[_delta, _boundary])
        {
            if (!published && result.WasGiven(option))
            {
                throw new ArgumentException(
                    $"{option.Name} is of the published recipes, and the continuation sizes its own steps; leave it out, or add --recipe simec or --compare simec."
                );
            }
        }

        return exact || !result.WasGiven(_chord)
            ? recipe
            : throw new ArgumentException(
                $"--chord is of the continuation, and {recipe.Name} takes steps of one size; give --delta instead."
            );
    }
}
