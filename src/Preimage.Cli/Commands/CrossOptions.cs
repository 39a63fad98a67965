using System.CommandLine;
using Preimage.Cli.Arguments;

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
            "The class to reach, by the name of its output or its number from 0; without it, any other class.",
        HelpName = "k",
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
    private readonly Option<string?> _out = CommonOptions.OutPlane();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds all of them to the command, in the order of the help text.</summary>
    public void AddTo(Command command)
    {
        _slice.AddTo(command);
        foreach (Option option in (Option[])[_level, _class, _tolerance, _cells, _nearest, _truth, _out, _json])
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
            Tolerance = RecipeArgument.Positive(result.GetValue(_tolerance)!, "--tolerance", "1e-6"),
            Cells = result.GetValue(_cells)!.Value,
            Nearest = (int?)result.GetValue(_nearest),
            Truth = result.GetValue(_truth),
            Out = result.GetValue(_out),
            Json = result.GetValue(_json),
        };
}
