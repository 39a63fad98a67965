using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Commands;

/// <summary>What can be said on the command line of foliate.</summary>
internal sealed class FoliateOptions
{
    private readonly SliceOptions _slice = new(pointIsNeeded: true, "The point where the way across begins")
    {
        Tensors = new TensorOptions(
            "The lowest output; without it, as low as the way across goes in the box.",
            "The highest output; without it, as high as the way across goes in the box."
        ),
    };
    private readonly Option<string?> _levels = new("--levels")
    {
        Description = "The outputs of the family, one after the other.",
        HelpName = "a,b,c",
    };
    private readonly Option<long?> _count = CommonOptions.Whole(
        "--count",
        "Without --levels: so many outputs, evenly spaced (11).",
        1
    );
    private readonly Option<string> _recipe = CommonOptions.Text(
        "--recipe",
        "lift (exact), or the published simexp: explicit steps of --delta up and down, and along each fiber.",
        "lift"
    );
    private readonly Option<string?> _compare = PublishedFamilyOptions.Compare(
        "Lay the published family beside it in the figures: simexp, with --delta and its steps."
    );
    private readonly Option<string> _scale = CommonOptions.Text(
        "--scale",
        "Right angles are in units of: input, box (its half widths), or auto: box where the inputs' units differ.",
        "auto"
    );
    private readonly Option<string> _chord = CommonOptions.Chord();
    private readonly PublishedFamilyOptions _published = new();
    private readonly Option<string?> _truth = TruthArgument.Option();
    private readonly Option<bool> _kinks = KinkLines.Option();
    private readonly Option<string?> _out = CommonOptions.OutPlane();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds all of them to the command, in the order of the help text.</summary>
    public void AddTo(Command command)
    {
        _slice.AddTo(command);
        foreach (
            Option option in (Option[])
                [_levels, _count, _recipe, _compare, _scale, _chord, .. _published.All, _truth, _kinks, _out, _json]
        )
        {
            command.Add(option);
        }
    }

    /// <summary>The family that was asked for.</summary>
    public FoliateRun Read(ParseResult result)
    {
        bool lift = Choice.Of(result.GetValue(_recipe)!, "--recipe", ("lift", true), ("simexp", false));
        bool compared = PublishedFamilyOptions.IsCompared(result.GetValue(_compare));
        CheckUsed(result, lift, compared);
        return new FoliateRun
        {
            Slice = _slice.Read(result),
            Levels = result.GetValue(_levels),
            Count = (int)(result.GetValue(_count) ?? 11),
            From = _slice.Tensors.Lowest(result),
            To = _slice.Tensors.Highest(result),
            IsLift = lift,
            IsCompared = compared,
            Scale = result.GetValue(_scale)!,
            Chord = RecipeArgument.Positive(result.GetValue(_chord)!, "--chord"),
            Published = _published.Read(result),
            Truth = result.GetValue(_truth),
            HasKinks = result.GetValue(_kinks),
            Out = result.GetValue(_out),
            Json = result.GetValue(_json),
        };
    }

    /// <summary>A setting that nothing would use is refused rather than passed over.</summary>
    private void CheckUsed(ParseResult result, bool lift, bool compared)
    {
        Option[] unused =
        [
            .. lift && !compared ? _published.All : [],
            .. lift ? Array.Empty<Option>() : [_levels, _count, _scale, _chord, _compare],
            .. result.WasGiven(_levels) ? [_count] : Array.Empty<Option>(),
        ];
        string? end =
            _slice.Tensors.Lowest(result) is not null ? "--from"
            : _slice.Tensors.Highest(result) is not null ? "--to"
            : null;
        string? name = Array.Find(unused, result.WasGiven)?.Name ?? (lift && !result.WasGiven(_levels) ? null : end);
        if (name is not null)
        {
            throw new ArgumentException(
                result.WasGiven(_levels) && lift
                    ? $"--levels names every output, so {name} says nothing more; leave one of them out."
                : lift ? $"{name} is of the published recipe; leave it out, or add --recipe simexp or --compare simexp."
                : $"{name} is of the exact recipe, and simexp goes by its own steps; leave it out, or leave out --recipe simexp."
            );
        }
    }
}
