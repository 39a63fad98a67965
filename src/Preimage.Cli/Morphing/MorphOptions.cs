using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Morphing;

/// <summary>What can be said on the command line of morph.</summary>
internal sealed class MorphOptions
{
    private readonly SliceOptions _slice = new(pointIsNeeded: true);
    private readonly Option<string> _towards = new("--towards")
    {
        Description = "The point to come near to, given as --at is; it may lie outside the box and the fiber.",
        HelpName = "x1,x2,...|file:row|image",
        Required = true,
    };
    private readonly Option<string?> _band = new("--band")
    {
        Description =
            "Outputs may move by so much from their values at --at, instead of not at all; with --keep-label, the winner's score only.",
        HelpName = "t",
    };
    private readonly Option<bool> _keepLabel = new("--keep-label")
    {
        Description = "Only the answer stays: the largest output at --at remains the largest.",
    };
    private readonly Option<long?> _frames = CommonOptions.Whole(
        "--frames",
        "Points of the path that are given, at even lengths along it.",
        2,
        25
    );
    private readonly Option<long?> _steps = CommonOptions.Whole("--steps", "Most steps.", 1, 1000);
    private readonly Option<string> _tolerance = CommonOptions.Text(
        "--tolerance",
        "The path has ended when no more than this share of the direction to --towards is free.",
        "1e-7"
    );
    private readonly Option<string?> _out = CommonOptions.Out(
        "Write PATH.csv, .json, .npy, .svg, .png and .html, of images PATH.strip.png, too; with one of these endings, that file only."
    );
    private readonly EmbeddingOptions _embedding = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds all of them to the command, in the order of the help text.</summary>
    public void AddTo(Command command)
    {
        command.Add(_towards);
        _slice.AddTo(command);
        foreach (
            Option option in (Option[])[_band, _keepLabel, _frames, _steps, _tolerance, _out, .. _embedding.All, _json]
        )
        {
            command.Add(option);
        }
    }

    /// <summary>The morph that was asked for.</summary>
    public MorphRun Read(ParseResult result)
    {
        double tolerance = RecipeArgument.Positive(result.GetValue(_tolerance)!, "--tolerance");
        if (tolerance >= 1)
        {
            throw new ArgumentException(
                $"--tolerance is {tolerance:R}, a share of the direction to --towards; give a number below 1, such as 1e-7."
            );
        }

        return new MorphRun
        {
            Slice = _slice.Read(result),
            Towards = result.GetValue(_towards)!,
            Hold = new HoldArgument
            {
                Band = result.GetValue(_band) is { } band ? RecipeArgument.Positive(band, "--band") : null,
                KeepsLabel = result.GetValue(_keepLabel),
            },
            Frames = (int)result.GetValue(_frames)!.Value,
            Steps = result.GetValue(_steps)!.Value,
            Tolerance = tolerance,
            Out = result.GetValue(_out),
            Reading = _embedding.Read(result),
            Json = result.GetValue(_json),
        };
    }
}
