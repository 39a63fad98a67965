using System.Collections.Immutable;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Cli.Arguments;

/// <summary>Which outputs of a network are looked at: --logits, then one of --output, --outputs and --margin.</summary>
internal sealed record OutputChoice
{
    private const string Top = "top:";

    /// <summary>--output: one of them.</summary>
    public string? Output { get; init; }

    /// <summary>--outputs: several, or top:k.</summary>
    public string? Outputs { get; init; }

    /// <summary>--margin: the difference of two.</summary>
    public string? Margin { get; init; }

    /// <summary>--logits: without a final softmax.</summary>
    public bool IsLogits { get; init; }

    /// <summary>Whether the outputs are chosen at a point.</summary>
    public bool NeedsPoint => Outputs?.StartsWith(Top, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The network that gives these outputs.  at: a point of all its inputs, which top:k needs; null for none.</summary>
    /// <exception cref="ArgumentException">There are no such outputs, or two options say what to look at.</exception>
    public Network Of(Network network, double[]? at)
    {
        Demand();
        Network scores = IsLogits ? network.Logits() : network;
        NamedTensor outputs = new(scores.Signature.Outputs, scores.OutputTensor.Shape);
        return Output is { } one ? scores.Select(Single(one, outputs))
            : Margin is { } margin ? OfMargin(scores, margin, outputs)
            : Outputs is { } several ? scores.Select(Several(several, outputs, scores.Map, at).AsSpan())
            : scores;
    }

    /// <summary>The choice, for the record.</summary>
    public IEnumerable<Setting> Settings()
    {
        if (IsLogits)
        {
            yield return new Setting("logits", true);
        }

        foreach (
            (string name, string? text) in ((string, string?)[])
                [("output", Output), ("outputs", Outputs), ("margin", Margin)]
        )
        {
            if (text is not null)
            {
                yield return new Setting(name, text);
            }
        }
    }

    private void Demand()
    {
        string[] given =
        [
            .. Output is null ? Array.Empty<string>() : ["--output"],
            .. Outputs is null ? Array.Empty<string>() : ["--outputs"],
            .. Margin is null ? Array.Empty<string>() : ["--margin"],
        ];
        if (given.Length > 1)
        {
            throw new ArgumentException(
                $"{given[0]} and {given[1]} both say which outputs to look at; give one of them."
            );
        }
    }

    private static int Single(string word, NamedTensor outputs)
    {
        int[] found = VariableNames.FindAll(word, outputs, "--output");
        return found.Length == 1
            ? found[0]
            : throw new ArgumentException(
                $"--output has '{word}', which names {Numbers.Count(found.Length, "output")}; name one, or several with --outputs."
            );
    }

    private static Network OfMargin(Network network, string word, NamedTensor outputs)
    {
        int[] found = VariableNames.FindAll(word, outputs, "--margin");
        return found.Length != 2
                ? throw new ArgumentException(
                    $"--margin has '{word}'; name two outputs, as in 3,5 for output 3 less output 5."
                )
            : found[0] == found[1]
                ? throw new ArgumentException(
                    $"--margin has {outputs.Variables[found[0]].Name} twice, and its difference with itself is 0; name two different outputs."
                )
            : network.Margin(found[0], found[1]);
    }

    private ImmutableArray<int> Several(string text, NamedTensor outputs, IMap map, double[]? at)
    {
        if (NeedsPoint)
        {
            return Largest(text, map, at);
        }

        int[] chosen = VariableNames.FindAll(text, outputs, "--outputs");
        return chosen.Length > 0 && chosen.Distinct().Count() == chosen.Length
            ? [.. chosen]
            : throw new ArgumentException($"--outputs has '{text}'; name some outputs, each once.");
    }

    private static ImmutableArray<int> Largest(string text, IMap map, double[]? at) =>
        !int.TryParse(text.AsSpan(Top.Length), out int count) || count < 1
            ? throw new ArgumentException($"--outputs has '{text}'; give a whole number, as in top:10.")
        : count > map.Outputs
            ? throw new ArgumentException(
                $"--outputs asks for the {count} largest, but there {(map.Outputs == 1 ? "is" : "are")} {Numbers.Count(map.Outputs, "output")}; ask for fewer."
            )
        : at is null ? throw new ArgumentException($"--outputs {text} are the largest at a point; give it with --at.")
        : map.Largest(at, count);
}
