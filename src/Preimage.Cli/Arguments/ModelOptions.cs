using System.Collections.Immutable;
using System.CommandLine;
using Preimage.Data;
using Preimage.Onnx;

namespace Preimage.Cli.Arguments;

/// <summary>The options that say of which model, and with which question it is read: MODEL, --input, --dimension.</summary>
internal sealed class ModelOptions
{
    private readonly Argument<string> _model = CommonOptions.Model();
    private readonly Option<string[]> _inputs = new("--input")
    {
        Description =
            "The value of an input that is not free, as numbers or a file; repeat for several. Inputs without a value are zeros.",
        HelpName = "name=1,2,3|name=file.npy",
    };
    private readonly Option<string[]> _dimensions = new("--dimension")
    {
        Description = "The size of a dimension that the model leaves open, by its symbol or as input:axis.",
        HelpName = "name=size",
    };

    /// <summary>Adds them to a command, the first in its help text.</summary>
    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_inputs);
        command.Add(_dimensions);
    }

    /// <summary>What was said.</summary>
    public ModelWords Read(ParseResult result) =>
        new()
        {
            Path = result.GetRequiredValue(_model),
            Inputs = [.. result.GetValue(_inputs) ?? []],
            Dimensions = [.. result.GetValue(_dimensions) ?? []],
        };
}

/// <summary>The words that say of which model, and with which question it is read.</summary>
internal sealed record ModelWords
{
    public required string Path { get; init; }
    public ImmutableArray<string> Inputs { get; init; } = [];
    public ImmutableArray<string> Dimensions { get; init; } = [];
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>The point of --at: it settles open dimensions of the free input, and where no input can be free it is the value of the first.</summary>
    public string? Point { get; init; }

    /// <summary>An input of real numbers that is held at a point, beside those of --input.</summary>
    public (string Input, double[] Value)? Held { get; init; }

    /// <summary>Whether the point is the value of an input even where that could be free, so that everything is constant.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Whether only the first output is of interest.</summary>
    public bool IsFirstOnly { get; init; }

    /// <summary>The question.</summary>
    /// <exception cref="ArgumentException">A word is not name=value, or a value is none.</exception>
    public Exploration Exploration() =>
        new()
        {
            From = From,
            To = To,
            Given = Pairs(Inputs, "--input", "pixels=0.5,0.25", word => word.IndexOf('=', StringComparison.Ordinal))
                .ToImmutableDictionary(p => p.Name, p => Tensor(p.Value, $"--input {p.Name}"), StringComparer.Ordinal),
            Dimensions = Pairs(Dimensions, "--dimension", "width=48", word => word.LastIndexOf('='))
                .ToImmutableDictionary(p => p.Name, p => Size(p.Name, p.Value), StringComparer.Ordinal),
        };

    /// <summary>The question, with what the point says.</summary>
    /// <exception cref="ArgumentException">As of <see cref="Exploration()"/>.</exception>
    public Exploration Exploration(OnnxModel model)
    {
        Exploration question = Exploration();
        if (Held is var (held, value))
        {
            return question with { Given = question.Given.SetItem(held, GivenTensor.Flat([.. value])) };
        }

        ModelTensor[] left = [.. model.Inputs.Where(i => i.Kind is not null && !question.Given.ContainsKey(i.Name))];
        if (Point is not null && left.Length == 0 && From is null)
        {
            throw new ArgumentException(
                $"--at gives a point, but every input of {model.Path} has a value of --input or is no tensor of numbers; leave it out."
            );
        }

        if (Point is null || left.Length == 0)
        {
            return question;
        }

        ModelTensor? free = left.FirstOrDefault(i => From is null ? i.Kind == ElementKind.Real : i.Name == From);
        if (IsConstant || !left.Any(i => i.Kind == ElementKind.Real))
        {
            return question with
            {
                From = IsConstant ? null : From,
                Given = question.Given.Add((free ?? left[0]).Name, Tensor(Point, "--at")),
            };
        }

        // An image takes the model's size, and so says nothing of it.
        bool isImage = DataPlace.Parse(Point) is { } place && DataFile.IsImage(place.File);
        bool isOpen =
            !isImage
            && free is not null
            && (free.Shape is not { } axes || axes.Length == 1 || axes.Skip(1).Any(a => a.Size is null));
        return isOpen ? question with { PointShape = Tensor(Point, "--at").Shape } : question;
    }

    /// <summary>A tensor as numbers, or as a file holds it.</summary>
    private static GivenTensor Tensor(string text, string option)
    {
        if (DataPlace.Parse(text) is { } place)
        {
            DataArray read = DataFile.Read(place);
            return new GivenTensor(read.Shape, read.Values);
        }

        return GivenTensor.Flat([.. Numbers.Parse(text, option)]);
    }

    private static List<(string Name, string Value)> Pairs(
        ImmutableArray<string> words,
        string option,
        string example,
        Func<string, int> split
    )
    {
        List<(string Name, string Value)> pairs = [];
        foreach (string word in words)
        {
            int at = split(word);
            if (at <= 0 || at == word.Length - 1)
            {
                throw new ArgumentException($"{option} has '{word}'; write a name and its value, as in {example}.");
            }

            string name = word[..at];
            if (pairs.Exists(p => p.Name == name))
            {
                throw new ArgumentException($"{option} names '{name}' twice; give it one value.");
            }

            pairs.Add((name, word[(at + 1)..]));
        }

        return pairs;
    }

    private static int Size(string name, string text) =>
        int.TryParse(text, out int size) && size > 0
            ? size
            : throw new ArgumentException($"--dimension {name} is '{text}'; give a whole number, 1 or more.");
}
