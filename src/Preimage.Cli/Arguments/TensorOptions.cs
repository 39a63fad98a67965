using System.CommandLine;
using System.Globalization;

namespace Preimage.Cli.Arguments;

/// <summary>
/// --from and --to: the tensors that the map goes between. Where a command also has a lowest and a highest output, the same options give them:
/// a number is such an end, a name a tensor, and tensor:5 the tensor named 5; both are given by repeating the option.
/// </summary>
/// <param name="lowest">What a number of --from is; null where it is none.</param>
/// <param name="highest">What a number of --to is; null where it is none.</param>
internal sealed class TensorOptions(string? lowest = null, string? highest = null)
{
    private const string Prefix = "tensor:";

    private readonly Option<string[]> _from = Create(
        "--from",
        lowest,
        "The tensor that is free, in place of the model's input: any inner tensor, at the image of --at."
    );
    private readonly Option<string[]> _to = Create(
        "--to",
        highest,
        "The tensor that is looked at, in place of the model's output: another output, or any inner tensor."
    );

    /// <summary>Both, in the order of the help text.</summary>
    public Option[] All => [_from, _to];

    /// <summary>The tensor of --from; null for the model's input.</summary>
    public string? From(ParseResult result) => Tensor(result, _from);

    /// <summary>The tensor of --to; null for the model's output.</summary>
    public string? To(ParseResult result) => Tensor(result, _to);

    /// <summary>The number of --from; null for none.</summary>
    public string? Lowest(ParseResult result) => Single(result, _from, isEnd: true);

    /// <summary>The number of --to; null for none.</summary>
    public string? Highest(ParseResult result) => Single(result, _to, isEnd: true);

    private string? Tensor(ParseResult result, Option<string[]> option) =>
        Single(result, option, isEnd: false) is { } name && name.StartsWith(Prefix, StringComparison.Ordinal)
            ? name[Prefix.Length..]
            : Single(result, option, isEnd: false);

    private string? Single(ParseResult result, Option<string[]> option, bool isEnd)
    {
        string[] words = [.. (result.GetValue(option) ?? []).Where(word => IsEnd(word) == isEnd)];
        return words.Length <= 1
            ? words.FirstOrDefault()
            : throw new ArgumentException(
                $"{option.Name} names {(isEnd ? "the outputs" : "the tensors")} {words[0]} and {words[1]}; give one."
            );
    }

    private bool IsEnd(string word) =>
        lowest is not null
        && (
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || word.TrimStart('+', '-').Equals("inf", StringComparison.OrdinalIgnoreCase)
        );

    private static Option<string[]> Create(string name, string? end, string tensor) =>
        new(name)
        {
            Description = end is null
                ? tensor
                : $"{end} Or a name, also beside a number: {char.ToLowerInvariant(tensor[0])}{tensor[1..]}",
            HelpName = end is null ? "TENSOR" : "number|TENSOR",
        };
}
