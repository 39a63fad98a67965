using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Walking;

/// <summary>What can be said on the command line of walk.</summary>
internal sealed class WalkOptions
{
    private readonly SliceOptions _slice = new(pointIsNeeded: true);
    private readonly Option<string> _recipe = CommonOptions.Text(
        "--recipe",
        "uniform (fair in the fiber's own area, in units of --scale), ahead (straight on, to get far), or the published simec (along the fiber) or simexp (across fibers), both uncorrected.",
        "uniform"
    );
    private readonly Option<long?> _steps = CommonOptions.Whole("--steps", "Steps of each chain.", 1, 1000);
    private readonly Option<long?> _chains = CommonOptions.Whole(
        "--chains",
        "Independent walks from the point, one beside the other.",
        1,
        4
    );
    private readonly Option<long?> _seed = CommonOptions.Whole("--seed", "Chooses the random numbers.", 0, 0);
    private readonly Option<long?> _warmUp = CommonOptions.Whole(
        "--warm-up",
        "Steps of each chain before the walk, in which the step length is adapted; they are not counted, nor kept. (500; 0 of a fixed step)",
        0
    );
    private readonly Option<string?> _step = new("--step")
    {
        Description = "A fixed step length, in units of --scale, instead of an adapted one.",
        HelpName = "h",
    };
    private readonly Option<string> _scale = CommonOptions.Text(
        "--scale",
        "Steps and the area that is visited fairly are in units of: input, box (its half widths, to the nearest power of two), or auto: box where the inputs' units differ.",
        "auto"
    );
    private readonly Option<string?> _bounds = new("--bounds")
    {
        Description =
            "At the box: mirror (a wall reflects), face (inputs that start on a bound stay there, for the others it is a mirror), or clamp (published: it leaves the fiber). (mirror; published recipes clamp)",
        HelpName = "mirror|face|clamp",
    };
    private readonly Option<string?> _value = new("--value")
    {
        Description =
            "Walk among the inputs that give this output instead of that of --at, from the nearest that Newton's method finds.",
        HelpName = "y1,y2,...",
    };
    private readonly PublishedWalkOptions _published = new();
    private readonly Option<string[]> _compare = new("--compare")
    {
        Description = "Walk by a published recipe too, from the same start: simec or simexp.",
        HelpName = "recipe",
    };
    private readonly Option<long?> _keep = CommonOptions.Whole(
        "--keep",
        "At least how many points are kept of all chains, at even distances. (1000, or what takes 64 MiB)",
        1
    );
    private readonly Option<long?> _every = CommonOptions.Whole("--every", "Every so-many-th point is kept.", 1);
    private readonly Option<bool> _points = new("--points") { Description = "The kept points, too, with --json." };
    private readonly Option<string?> _write = new("--write")
    {
        Description =
            "Write samples for training: a file ending with .parquet, .npy, .npz or .csv, or a folder of images, ending with /. Thinned to as many as they are worth, unless --keep or --every is given.",
        HelpName = "PATH",
    };
    private readonly Option<string?> _data = new("--data")
    {
        Description =
            "Say how the samples lie among these data: rows of all inputs, of which those count that have the start's label by the model.",
        HelpName = "FILE",
    };
    private readonly Option<long?> _dataRows = CommonOptions.Whole(
        "--data-rows",
        "The most rows of --data that are compared, drawn with --seed.",
        1,
        5000
    );
    private readonly Option<string?> _out = CommonOptions.Out(
        "Write PATH.csv, PATH.json, PATH.npy, PATH.svg, PATH.png and PATH.html, of images PATH.strip.png; with one of these endings, that file only."
    );
    private readonly EmbeddingOptions _embedding = new();
    private readonly Option<string?> _resume = new("--resume")
    {
        Description =
            "Go on where a walk was stopped or killed: repeat its command and name the PATH.state.bin beside its results.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds all of them to the command, in the order of the help text.</summary>
    public void AddTo(Command command)
    {
        _slice.AddTo(command);
        foreach (
            Option option in (Option[])
                [
                    _value,
                    _recipe,
                    _steps,
                    _chains,
                    _seed,
                    _warmUp,
                    _step,
                    _scale,
                    _bounds,
                    .. _published.All,
                    _compare,
                    _keep,
                    _every,
                    _points,
                    _write,
                    _data,
                    _dataRows,
                    _out,
                    .. _embedding.All,
                    _resume,
                    _json,
                ]
        )
        {
            command.Add(option);
        }
    }

    /// <summary>The walk that was asked for.</summary>
    /// <exception cref="ArgumentException">Two options do not go together, or one has no use.</exception>
    public WalkRun Read(ParseResult result)
    {
        WalkSettings settings = ReadSettings(result);
        string? data = result.GetValue(_data);
        if (data is null && result.WasGiven(_dataRows))
        {
            throw new ArgumentException("--data-rows says how many rows of --data are compared; name that file, too.");
        }

        if (result.GetValue(_points) && !result.GetValue(_json))
        {
            throw new ArgumentException(
                "--points adds the points to the JSON object; give --json, too, or --out PATH.csv."
            );
        }

        return new()
        {
            Slice = _slice.Read(result),
            Settings = settings,
            Value = result.GetValue(_value),
            Data = data is null
                ? null
                : new WalkData
                {
                    File = data,
                    Most = (int)result.GetValue(_dataRows)!.Value,
                    Seed = settings.Seed,
                },
            Write = result.GetValue(_write),
            IsThinned = settings.Keep is null && settings.Every is null,
            HasPoints = result.GetValue(_points),
            Out = result.GetValue(_out),
            Reading = _embedding.Read(result),
            Resume = result.GetValue(_resume),
            Json = result.GetValue(_json),
        };
    }

    private WalkSettings ReadSettings(ParseResult result)
    {
        WalkSettings settings = new()
        {
            Recipe = result.GetValue(_recipe)!,
            Compare = result.GetValue(_compare) ?? [],
            Steps = result.GetValue(_steps)!.Value,
            Chains = (int)result.GetValue(_chains)!.Value,
            Seed = (int)result.GetValue(_seed)!.Value,
            WarmUp = result.GetValue(_warmUp),
            Step = result.GetValue(_step) is { } step ? RecipeArgument.Positive(step, "--step", "0.1") : null,
            Scale = result.GetValue(_scale)!,
            Bounds = result.GetValue(_bounds),
            Keep = result.GetValue(_keep),
            Every = result.GetValue(_every),
            Published = _published.Read(result),
        };
        bool isPublished = WalkSettings.IsPublished(settings.Recipe);
        if (settings.Step is not null && isPublished)
        {
            throw new ArgumentException(
                $"--step is of the recipes that stay on the fiber; {settings.Recipe} has its own: {_published.StepWords}."
            );
        }

        if (settings.WarmUp is > 0 && isPublished)
        {
            throw new ArgumentException(
                $"--warm-up adapts the step, and {settings.Recipe} takes steps of one size; leave it out."
            );
        }

        if (isPublished && result.WasGiven(_scale))
        {
            throw new ArgumentException(
                $"--scale is of the recipes that stay on the fiber; {settings.Recipe} steps in input units; leave it out."
            );
        }

        _published.DemandUse(result, isPublished || settings.Compare.Length > 0);
        return settings;
    }
}
