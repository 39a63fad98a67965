using System.CommandLine;

namespace Preimage.Cli.Arguments;

/// <summary>
/// The options that say which map of a model is looked at, and where: --from, --to, --at, --image, --box, --output, --outputs, --margin, --logits, --fix, --free.
/// </summary>
/// <param name="pointIsNeeded">Whether --at must be given.</param>
/// <param name="use">What --at is for.</param>
internal sealed class SliceOptions(bool pointIsNeeded, string use = "The point")
{
    private readonly ModelOptions _model = new();
    private readonly Option<string> _at = Point(use);
    private readonly Option<string?> _image = CommonOptions.Image();
    private readonly Option<string?> _box = CommonOptions.Box();
    private readonly Option<string?> _output = new("--output")
    {
        Description = "Only this output counts: its name, or its number from 0.",
        HelpName = "y1",
    };
    private readonly Option<string?> _outputs = new("--outputs")
    {
        Description =
            "Only these outputs count: names, numbers from 0, or ranges as 2..6; top:10 are the ten largest at --at.",
        HelpName = "y1,y2,...|top:k",
    };
    private readonly Option<string?> _margin = new("--margin")
    {
        Description = "The output is a difference of two scores: output i less output j.",
        HelpName = "i,j",
    };
    private readonly Option<bool> _logits = new("--logits")
    {
        Description = "The outputs are the scores before the model's final softmax, log-softmax or sigmoid.",
    };
    private readonly Option<string[]> _fix = new("--fix")
    {
        Description =
            "Holds an input, or a range of them, at a value; repeat for several. --box is then for the inputs that are left, and --at for these or for all.",
        HelpName = "input=value",
    };
    private readonly Option<string[]> _free = new("--free")
    {
        Description =
            "Only these inputs stay free; the others that --fix does not name are held at --at. Names, numbers, ranges; patch:2,3 or pixels:4..7,0..3 of an image; token:4 of a sequence. --box is then for these.",
        HelpName = "x1,x4|patch:2,3",
    };
    private readonly Option<string?> _patchSize = new("--patch-size")
    {
        Description = "Height and width of the patches of --free patch:row,column.",
        HelpName = "HxW",
    };

    /// <summary>--from and --to.</summary>
    public TensorOptions Tensors { get; init; } = new();

    /// <summary>Whether the command takes a box.</summary>
    public bool HasBox { get; init; } = true;

    /// <summary>Adds MODEL and the options to a command, the first in its help text.</summary>
    public void AddTo(Command command)
    {
        _model.AddTo(command);
        Option[] box = HasBox ? [_box] : [];
        foreach (
            Option option in (Option[])
                [_at, _image, .. box, .. Tensors.All, _output, _outputs, _margin, _logits, _fix, _free, _patchSize]
        )
        {
            command.Add(option);
        }
    }

    /// <summary>What was said.</summary>
    public SliceWords Read(ParseResult result) =>
        new()
        {
            Model = _model.Read(result) with { From = Tensors.From(result), To = Tensors.To(result) },
            At = result.GetValue(_at),
            Image = result.GetValue(_image),
            PointIsNeeded = pointIsNeeded,
            Box = HasBox ? result.GetValue(_box) : null,
            Chosen = new OutputChoice
            {
                Output = result.GetValue(_output),
                Outputs = result.GetValue(_outputs),
                Margin = result.GetValue(_margin),
                IsLogits = result.GetValue(_logits),
            },
            Fixed = result.GetValue(_fix) ?? [],
            Free = result.GetValue(_free) ?? [],
            PatchSize = result.GetValue(_patchSize),
        };

    private static Option<string> Point(string use)
    {
        Option<string> option = CommonOptions.Point(use);
        option.Required = false; // an inner tensor may have its own start; HeldInputs asks for what is missing
        return option;
    }
}
