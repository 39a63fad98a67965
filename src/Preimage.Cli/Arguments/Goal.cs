using Preimage.Enclosing;
using Preimage.Figures.Data;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Cli.Arguments;

/// <summary>What a crossing is to reach: the zeros of a map g, by --level or --class.</summary>
internal sealed record Goal
{
    /// <summary>g.</summary>
    public required IMap Map { get; init; }

    /// <summary>Encloses g; made when it is asked for, as of a wide network it is costly.</summary>
    public ICurvedEnclosedMap Enclosure => Enclose();

    /// <summary>The search in any number of inputs, which proves nothing.</summary>
    public required Func<Crosser, Question, CancellationToken, Crossing> Search { get; init; }

    /// <summary>The map that the search in any number of inputs crosses: of classes the scores before a final softmax.</summary>
    public required IProductMap Scores { get; init; }

    /// <summary>The answers at a start and beyond the border, named.  start, bracket of a crossing: [n], [2 * n].</summary>
    public required Func<Crossing, CrossingNames> Names { get; init; }

    /// <summary>Makes the enclosure of g.</summary>
    public required Func<ICurvedEnclosedMap> Enclose { get; init; }

    /// <summary>g as a variable, for the axis of a figure.</summary>
    public required Variable Output { get; init; }

    /// <summary>What is reached, in words.</summary>
    public required string Words { get; init; }

    /// <summary>Whether it is any other class than the start's.</summary>
    public bool IsAnyClass { get; init; }

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

    private static string Side(double value, double level) =>
        value < level ? "<"
        : value > level ? ">"
        : "=";

    /// <summary>The class at the start, and that of the bracket's point beyond: the class asked for, or another than the start's; its place does not say it.</summary>
    private static CrossingNames Named(Question question, Crossing crossing, int asked)
    {
        int from = ClassMargin.LabelAt(question.Map, crossing.From.AsSpan());
        int[] around =
        [
            .. crossing.Bracket.Chunk(crossing.From.Length).Reverse().Select(x => ClassMargin.LabelAt(question.Map, x)),
        ];
        int to = asked != from && around.Contains(asked) ? asked : around.FirstOrDefault(label => label != from, from);
        return new CrossingNames(Name(from), around.Length > 0 ? Name(to) : null);

        string Name(int label) => question.Signature.Outputs[label].Name;
    }

    private static Goal OfLevel(Question question, double level) =>
        new()
        {
            Map = new LevelMargin(question.Map, level),
            Scores = question.Choice.Map,
            Enclose = () => new EnclosedLevelMargin(question.Choice.Enclosure, level),
            Search = (crosser, asked, stop) => crosser.ToLevel(asked.Map, level, asked.Start!, asked.Box, stop),
            Names = crossing => new CrossingNames(
                $"{question.Output.Name} {Side(question.Map.Evaluate(crossing.From.AsSpan())[0], level)} {level:R}",
                $"{question.Output.Name} = {level:R}"
            ),
            Output = question.Output,
            Words = $"{question.Output.Label} = {level:R}",
            Level = level,
        };

    /// <summary>The border of the class named, or of the one that wins at the start.</summary>
    private static Goal OfClass(Question question, string? label)
    {
        int here = ClassMargin.LabelAt(question.Map, question.Start!);
        int k = label is null or "any" ? here : ClassNames.Find(label, question.Signature.Outputs);
        string name = question.Signature.Outputs[k].Name;
        IProductMap scores = question.Choice.Scores;
        return new Goal
        {
            Scores = scores,
            Map = new ClassMargin(question.Map, k),
            Enclose = () => new EnclosedClassMargin(question.Choice.Enclosure, k),
            Search = (crosser, asked, stop) =>
                k == here
                    ? crosser.ToAnyClass(scores, asked.Start!, asked.Box, stop)
                    : crosser.ToClass(scores, k, asked.Start!, asked.Box, stop),
            Names = crossing => Named(question, crossing, k),
            Output = new Variable($"best rival less {name}"),
            IsAnyClass = label is null or "any",
            Words = k == here ? $"another class than {name}" : $"class {name}",
        };
    }
}
