using System.CommandLine;
using Preimage.Figures;
using Preimage.Levels;

namespace Preimage.Cli.Arguments;

/// <summary>The settings of the published family of fibers, simexp: --delta, --across, --along, --every.</summary>
internal sealed class PublishedFamilyOptions
{
    private readonly Option<string> _delta = CommonOptions.Text(
        "--delta",
        "Of simexp: the step, in input units.",
        "1e-2"
    );
    private readonly Option<long?> _across = CommonOptions.Whole(
        "--across",
        "Of simexp: steps up, and as many down.",
        1,
        100
    );
    private readonly Option<long?> _along = CommonOptions.Whole(
        "--along",
        "Of simexp: steps along each fiber, each way.",
        1,
        1000
    );
    private readonly Option<long?> _every = CommonOptions.Whole(
        "--every",
        "Of simexp: a fiber every so many steps.",
        1,
        1
    );

    /// <summary>All of them, in the order of the help text.</summary>
    public Option[] All => [_delta, _across, _along, _every];

    /// <summary>--compare.</summary>
    public static Option<string?> Compare(string description) =>
        new("--compare") { Description = description, HelpName = "simexp" };

    /// <summary>Whether --compare asks for the published family.</summary>
    /// <exception cref="ArgumentException">It asks for something else.</exception>
    public static bool IsCompared(string? word) => word is not null && Choice.Of(word, "--compare", ("simexp", true));

    /// <summary>The recipe.</summary>
    public PublishedFoliations Read(ParseResult result) =>
        Foliations.Published(RecipeArgument.Positive(result.GetValue(_delta)!, "--delta")) with
        {
            Across = (int)result.GetValue(_across)!.Value,
            Along = (int)result.GetValue(_along)!.Value,
            Every = (int)result.GetValue(_every)!.Value,
        };

    /// <summary>The recipe's settings, for the record.</summary>
    public static IEnumerable<Setting> Settings(PublishedFoliations recipe) =>
        [
            new("delta", recipe.Delta),
            new("across", recipe.Across),
            new("along", recipe.Along),
            new("every", recipe.Every),
        ];
}
