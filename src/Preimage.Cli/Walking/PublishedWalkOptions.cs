using System.Collections.Immutable;
using System.CommandLine;
using Preimage.Cli.Arguments;

namespace Preimage.Cli.Walking;

/// <summary>The options of the published walks: --delta, --eta, --slips.</summary>
internal sealed class PublishedWalkOptions
{
    private readonly Option<string> _delta = CommonOptions.Text(
        "--delta",
        "Of the published recipes: the step, in input units, as in the paper on n-dimensional classes.",
        "1e-2"
    );
    private readonly Option<string?> _eta = new("--eta")
    {
        Description =
            "Of the published recipes: steps of eta sqrt(lambda_min / lambda_max) instead, as in the paper on transformers.",
        HelpName = "eta",
    };
    private readonly Option<string?> _slips = new("--slips")
    {
        Description =
            "Of the published recipes: with slips of the published code: index (an eigenvector that is not null may be drawn), sign (tied to the number's parity), length (of the last step only), or all.",
        HelpName = "index,sign,length|all",
    };

    /// <summary>All of them, in the order of the help text.</summary>
    public Option[] All => [_delta, _eta, _slips];

    /// <summary>What says the step of the published recipes, for a refusal.</summary>
    public string StepWords => $"{_delta.Name}, or {_eta.Name}";

    /// <summary>The settings.</summary>
    /// <exception cref="ArgumentException">One is wrong, or two say the same thing.</exception>
    public PublishedWalk Read(ParseResult result)
    {
        string? eta = result.GetValue(_eta);
        if (eta is not null && result.WasGiven(_delta))
        {
            throw new ArgumentException(
                "--delta and --eta both say how far a published recipe steps; give one of them."
            );
        }

        return new PublishedWalk
        {
            Delta = eta is null ? RecipeArgument.Positive(result.GetValue(_delta)!, _delta.Name, "1e-2") : null,
            Eta = eta is null ? null : RecipeArgument.Positive(eta, _eta.Name, "1"),
            Slips = ReadSlips(result.GetValue(_slips)),
        };
    }

    /// <summary>Refuses a setting that no recipe would use.</summary>
    /// <exception cref="ArgumentException">One is given.</exception>
    public void DemandUse(ParseResult result, bool isUsed)
    {
        foreach (Option option in All)
        {
            if (!isUsed && result.WasGiven(option))
            {
                throw new ArgumentException(
                    $"{option.Name} is of the published recipes, and none is walked; leave it out, or add --recipe simec or --compare simec."
                );
            }
        }
    }

    private static ImmutableArray<string> ReadSlips(string? text)
    {
        string[] words = text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return
        [
            .. words
                .SelectMany(word =>
                    Choice.Of<ImmutableArray<string>>(
                        word,
                        "--slips",
                        [
                            .. PublishedWalk.AllSlips.Select(slip => (slip, ImmutableArray.Create(slip))),
                            ("all", PublishedWalk.AllSlips),
                        ]
                    )
                )
                .Distinct(),
        ];
    }
}
