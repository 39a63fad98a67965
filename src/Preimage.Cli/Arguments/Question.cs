using System.Collections.Immutable;
using Preimage.Cli.Output;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Arguments;

/// <summary>One output of a model over a box of its free inputs: what level, band, foliate and cross search.</summary>
internal sealed record Question
{
    /// <summary>Of more inputs a box or a point is told in short.</summary>
    public const int MostShown = 16;

    public required Network Network { get; init; }

    public required MapChoice Choice { get; init; }

    public required Box Box { get; init; }

    /// <summary>The free coordinates of --at, or of its row; null where there is none.</summary>
    public required double[]? Start { get; init; }

    public IMap Map => Choice.Map;

    public Signature Signature => Choice.Signature;

    /// <summary>The one output, named.</summary>
    public Variable Output => Signature.Outputs[0];

    /// <summary>Reads the question.</summary>
    /// <exception cref="ArgumentException">The box is none that can be searched, or the point lies outside it.</exception>
    public static Question Of(SliceWords words)
    {
        (Network network, SliceWords told) = words.Load();
        return Of(network, told);
    }

    /// <summary>Reads the question about a network that is at hand.</summary>
    /// <exception cref="ArgumentException">The box is none that can be searched, or the point lies outside it.</exception>
    public static Question Of(Network network, SliceWords words) => Anywhere(network, words).OfFiniteBox();

    /// <summary>Reads the question about a network that is at hand, in a box that may be infinite or flat.</summary>
    /// <exception cref="ArgumentException">The point lies outside the box.</exception>
    public static Question Anywhere(Network network, SliceWords words)
    {
        MapChoice choice = MapChoice.Of(network, words);
        Question question = new()
        {
            Network = network,
            Choice = choice,
            Box = BoxArgument.Parse(words.Box, choice.Signature),
            Start = choice.Start,
        };
        return question.At(choice.Start);
    }

    /// <summary>The question at another point.</summary>
    /// <exception cref="ArgumentException">The point lies outside the box.</exception>
    public Question At(double[]? start, string name = "--at")
    {
        int outside = -1;
        for (int i = 0; start is not null && i < start.Length && outside < 0; i++)
        {
            outside = start[i] >= Box.Lower[i] && start[i] <= Box.Upper[i] ? -1 : i;
        }

        if (outside < 0)
        {
            return this with { Start = start };
        }

        string what =
            start!.Length <= MostShown
                ? $"{name}, ({Tables.ShowPoint(start)}),"
                : $"{name}, {start[outside]:R} in {Signature.Inputs[outside].Name},";
        throw new ArgumentException($"{what} lies outside the box; give a point inside, or a larger --box.");
    }

    /// <summary>The question, if its box is bounded and has a width in every input.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public Question OfFiniteBox()
    {
        for (int i = 0; i < Box.Dimension; i++)
        {
            CheckSide(Signature.Inputs[i].Name, Box.Lower[i], Box.Upper[i]);
        }

        return this;
    }

    /// <summary>The question, if it is about one output.</summary>
    /// <exception cref="ArgumentException">The map has several outputs.</exception>
    public Question OfOneOutput(string what) =>
        Signature.Outputs.Length == 1
            ? this
            : throw new ArgumentException(
                $"The model has {Signature.Outputs.Length} outputs ({VariableNames.List(Signature.Outputs)}), and {what} is of one; choose it with --outputs {Output.Name}."
            );

    /// <summary>The question, if at most so many inputs are free.</summary>
    /// <exception cref="ArgumentException">There are more.</exception>
    public Question OfAtMost(int inputs, string what) =>
        Signature.Inputs.Length <= inputs
            ? this
            : throw new ArgumentException(
                $"{Signature.Inputs.Length} inputs are free ({VariableNames.List(Signature.Inputs)}), and {what} takes {(inputs == 1 ? "one" : "two")}; hold the others with --fix {Signature.Inputs[^1].Name}=..., or name those that stay with --free {Signature.Inputs[0].Name},{Signature.Inputs[1].Name} and give the others' values with --at."
            );

    /// <summary>The record of a command on the question.</summary>
    public RunRecord Record(string command, double seconds, params IEnumerable<Setting> settings) =>
        JsonReport.Record(
            command,
            Network,
            seconds,
            [
                .. Start is null ? Array.Empty<Setting>() : [new Setting("at", [.. Start])],
                new("box", IsCube && Box.Dimension > MostShown ? [Box.Lower[0], Box.Upper[0]] : Sides()),
                .. Choice.Settings,
                .. settings,
            ]
        ) with
        {
            Signature = Signature,
        };

    /// <summary>The box as a table shows it.</summary>
    public string ShowBox() =>
        !Box.Lower.Any(double.IsFinite) && !Box.Upper.Any(double.IsFinite) ? "everything: no input has bounds"
        : Box.Dimension <= MostShown
            ? string.Join(
                ", ",
                Signature.Inputs.Select(
                    (v, i) => $"{v.Label} in [{Tables.Show(Box.Lower[i])}, {Tables.Show(Box.Upper[i])}]"
                )
            )
        : IsCube ? $"[{Tables.Show(Box.Lower[0])}, {Tables.Show(Box.Upper[0])}] in each of {Box.Dimension} inputs"
        : $"{Box.Dimension} sides from [{Tables.Show(Box.Lower.Min())}, ...] to [..., {Tables.Show(Box.Upper.Max())}]";

    private bool IsCube => Box.Lower.All(x => x == Box.Lower[0]) && Box.Upper.All(x => x == Box.Upper[0]);

    private ImmutableArray<double> Sides() =>
        [.. Box.Lower.Zip(Box.Upper).SelectMany(pair => new[] { pair.First, pair.Second })];

    /// <summary>The inputs that are held, as a table shows them; nothing where none is.</summary>
    public IEnumerable<(string Name, string Value)> Held() => Choice.Held is { } held ? [("held", held)] : [];

    private static void CheckSide(string input, double lower, double upper)
    {
        if (!double.IsFinite(upper - lower))
        {
            throw new ArgumentException(
                $"The box is infinite in {input}, and only a finite one can be searched; give it with --box lo,hi."
            );
        }

        if (lower == upper)
        {
            throw new ArgumentException(
                $"The box has no width in {input}; give a lower bound below the upper one, or hold the input with --fix {input}={lower:R}."
            );
        }
    }
}
