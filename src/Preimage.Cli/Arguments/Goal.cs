using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>What a crossing is to reach: the zeros of a map g, by --level or --class.</summary>
internal sealed record Goal
{
    /// <summary>g.</summary>
    public required IMap Map { get; init; }

    /// <summary>Encloses g.</summary>
    public required ICurvedEnclosedMap Enclosure { get; init; }

    /// <summary>g as a variable, for the axis of a figure.</summary>
    public required Variable Output { get; init; }

    /// <summary>What is reached, in words.</summary>
    public required string Words { get; init; }

    /// <summary>The level, where there is one.</summary>
    public double? Level { get; init; }

    /// <summary>Reads the goal.</summary>
    /// <exception cref="ArgumentException">The model has no such level or class.</exception>
    public static Goal Of(Question question, string? level, string? label)
    {
        if (level is not null && label is not null)
        {
            throw new ArgumentException("--level and --class both say what to reach; give one of them.");
        }

        if (level is null && label is null && question.Choice.IsMargin)
        {
            return OfLevel(question, 0); // equal scores
        }

        int outputs = question.Signature.Outputs.Length;
        if (level is not null)
        {
            double value = Numbers.ParseOne(level, "--level");
            return double.IsFinite(value)
                ? OfLevel(question.OfOneOutput("a level"), value)
                : throw new ArgumentException($"--level is {level}; give a finite level.");
        }

        return outputs > 1
            ? OfClass(question, label)
            : throw new ArgumentException(
                label is null
                    ? $"The model has one output ({question.Output.Name}); give the --level to reach."
                    : $"--class is {label}, but the model has one output ({question.Output.Name}), and so no classes; give a --level."
            );
    }

    private static Goal OfLevel(Question question, double level) =>
        new()
        {
            Map = new LevelMargin(question.Map, level),
            Enclosure = new EnclosedLevelMargin(question.Choice.Enclosure, level),
            Output = question.Output,
            Words = $"{question.Output.Label} = {level:R}",
            Level = level,
        };

    /// <summary>The border of the class named, or of the one that wins at the start.</summary>
    private static Goal OfClass(Question question, string? label)
    {
        int here = ClassMargin.LabelAt(question.Map, question.Start!);
        int k = label is null
            ? here
            : VariableNames.Find(label, NamedTensor.Row(question.Signature.Outputs), "--class");
        string name = question.Signature.Outputs[k].Name;
        return new Goal
        {
            Map = new ClassMargin(question.Map, k),
            Enclosure = new EnclosedClassMargin(question.Choice.Enclosure, k),
            Output = new Variable($"best rival less {name}"),
            Words = k == here ? $"another class than {name}" : $"class {name}",
        };
    }
}
