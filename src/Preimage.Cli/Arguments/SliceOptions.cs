using System.CommandLine;

namespace Preimage.Cli.Arguments;

/// <summary>The options that say which part of a model is looked at, and where: --at, --box, --outputs, --fix, --free.</summary>
/// <param name="pointIsNeeded">Whether --at must be given.</param>
/// <param name="use">What --at is for.</param>
internal sealed class SliceOptions(bool pointIsNeeded, string use = "The point")
{
    private readonly Argument<string> _model = CommonOptions.Model();
    private readonly Option<string> _at = Point(pointIsNeeded, use);
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
    private readonly Option<string?> _free = new("--free")
    {
        Description =
            "Only these inputs stay free; the others that --fix does not name are held at --at. --box is then for these.",
        HelpName = "x1,x4",
    };

    /// <summary>Adds MODEL and the options to a command, the first in its help text.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        foreach (Option option in (Option[])[_at, _box, _outputs, _fix, _free])
        {
            command.Add(option);
        }
    }

    /// <summary>What was said.</summary>
    public SliceWords Read(ParseResult result) =>
        new()
        {
            Model = result.GetRequiredValue(_model),
            At = result.GetValue(_at),
            Box = result.GetValue(_box),
            Outputs = result.GetValue(_outputs),
            Fixed = result.GetValue(_fix) ?? [],
            Free = result.GetValue(_free),
        };

    private static Option<string> Point(bool needed, string use)
    {
        Option<string> option = CommonOptions.Point(use);
        option.Required = needed;
        return option;
    }
}

/// <summary>The words that say which part of a model is looked at, and where.</summary>
internal sealed record SliceWords
{
    public required string Model { get; init; }
    public required string? At { get; init; }
    public required string? Box { get; init; }
    public required string? Outputs { get; init; }
    public required string[] Fixed { get; init; }
    public required string? Free { get; init; }
}
