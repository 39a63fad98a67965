using System.CommandLine;
using Preimage.Cli.Arguments;
using Preimage.Levels;
using Preimage.Walking;

namespace Preimage.Cli.Commands;

/// <summary>What can be said on the command line of cross.</summary>
internal sealed class CrossOptions
{
    private readonly SliceOptions _slice = new(
        pointIsNeeded: true,
        "The point to start from, or a whole table, as points.csv"
    );
    private readonly Option<string?> _level = new("--level")
    {
        Description = "The output to reach, of a model with one output.",
        HelpName = "c",
    };
    private readonly Option<string?> _class = new("--class")
    {
        Description =
            "The class to reach, by the name of its output or its number from 0; any, or nothing, for any other class.",
        HelpName = "k|any",
    };
    private readonly Option<string?> _labels = new("--labels")
    {
        Description = "A text file with the names of the classes, a line for each output.",
        HelpName = "labels.txt",
    };
    private readonly Option<string?> _recipe = new("--recipe")
    {
        Description =
            "proved: the nearest one, with a proof, for a few inputs in a finite box; nearest: a certified one in any number of inputs, without a proof that none is nearer. Without it, proved where that can be afforded.",
        HelpName = "proved|nearest",
    };
    private readonly Option<long?> _rivals = CommonOptions.Whole(
        "--rivals",
        "nearest: the most classes to approach, those with the largest scores.",
        1,
        10
    );
    private readonly Option<long?> _starts = CommonOptions.Whole(
        "--starts",
        "nearest: how many random points of the box to look at besides.",
        0,
        8
    );
    private readonly Option<long?> _seed = CommonOptions.Whole("--seed", "nearest: the seed of these.", 0, 1);
    private readonly Option<string?> _rows = new("--rows")
    {
        Description = "With a table of points: only these rows, counted from 1, as in 1..500 or 3,8.",
        HelpName = "first..last",
    };
    private readonly Option<string> _tolerance = CommonOptions.Text(
        "--tolerance",
        "The gap between the distance and its proved lower bound that counts as proved, relative to the distance.",
        "1e-6"
    );
    private readonly Option<long?> _cells = CommonOptions.Whole(
        "--cells",
        "The most cells to enclose for the proof.",
        1,
        200_000
    );
    private readonly Option<long?> _nearest = CommonOptions.Whole(
        "--nearest",
        "With a table of points, --at points.csv: only so many, those with the nearest crossings.",
        1
    );
    private readonly Option<string?> _truth = TruthArgument.Option();
    private readonly Option<string> _path = CommonOptions.Text(
        "--path",
        "The way to the crossing that --out shows: straight, or the lift, along which the outputs go straight.",
        "straight"
    );
    private readonly Option<long?> _frames = CommonOptions.Whole(
        "--frames",
        "How many points of the way from the start to the border --out shows; a few more follow beyond.",
        2,
        25
    );
    private readonly Option<string?> _out = CommonOptions.Out(
        "Write PATH.csv, PATH.json, PATH.svg, PATH.png and PATH.html: of two inputs the plane, else the way to the crossing, of images with PATH.strip.png, and PATH.npy; with one of these endings, that file only."
    );
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds all of them to the command, in the order of the help text.</summary>
    public void AddTo(Command command)
    {
        _slice.AddTo(command);
        foreach (
            Option option in (Option[])
                [
                    _level,
                    _class,
                    _labels,
                    _recipe,
                    _tolerance,
                    _cells,
                    _rivals,
                    _starts,
                    _seed,
                    _rows,
                    _nearest,
                    _truth,
                    _path,
                    _frames,
                    _out,
                    _json,
                ]
        )
        {
            command.Add(option);
        }
    }

    /// <summary>The crossing that was asked for.</summary>
    public CrossRun Read(ParseResult result) =>
        new()
        {
            Slice = _slice.Read(result),
            Level = result.GetValue(_level),
            Class = result.GetValue(_class),
            Labels = result.GetValue(_labels),
            Recipe = new CrossRecipe
            {
                IsProved = result.GetValue(_recipe) is { } word
                    ? Choice.Of(word, "--recipe", ("proved", true), ("nearest", false))
                    : null,
                Proved = new Crossings
                {
                    Tolerance = RecipeArgument.Positive(result.GetValue(_tolerance)!, "--tolerance", "1e-6"),
                    Cells = result.GetValue(_cells)!.Value,
                },
                Wide = new Crosser
                {
                    Rivals = (int)result.GetValue(_rivals)!.Value,
                    Starts = (int)result.GetValue(_starts)!.Value,
                    Seed = (int)result.GetValue(_seed)!.Value,
                },
            },
            Rows = result.GetValue(_rows),
            Nearest = (int?)result.GetValue(_nearest),
            Figures = new CrossFigures
            {
                Words = _slice.Read(result),
                Path = Path(result.GetValue(_path)!, (int)result.GetValue(_frames)!.Value),
                Truth = result.GetValue(_truth),
            },
            Out = result.GetValue(_out),
            Json = result.GetValue(_json),
        };

    private static ICrossPath Path(string word, int frames) =>
        Choice.Of<ICrossPath>(
            word,
            "--path",
            ("straight", new StraightCrossPath { Points = frames }),
            ("lift", new LiftedCrossPath { Points = frames })
        );
}
