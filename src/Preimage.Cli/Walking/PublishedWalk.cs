using System.Collections.Immutable;
using Preimage.Cli.Arguments;
using Preimage.Figures;
using Preimage.Walking;

namespace Preimage.Cli.Walking;

/// <summary>The settings of the published walks.</summary>
internal sealed record PublishedWalk
{
    /// <summary>--delta: steps of this length, as in the paper on n-dimensional classes; null where --eta is given.</summary>
    public required double? Delta { get; init; }

    /// <summary>--eta: the factor of the paper on transformers; null where it is not given.</summary>
    public required double? Eta { get; init; }

    /// <summary>--slips: which slips of the published code are made.</summary>
    public required ImmutableArray<string> Slips { get; init; }

    /// <summary>What --recipe and --compare call them.</summary>
    public static ImmutableArray<string> Names { get; } = ["simec", "simexp"];

    /// <summary>The slips that there are.</summary>
    public static ImmutableArray<string> AllSlips { get; } = ["index", "sign", "length"];

    /// <summary>The recipe of a name.</summary>
    public Walker Walker(string name)
    {
        bool isAcross = name == "simexp";
        Walker walker = Eta is { } eta
            ? isAcross
                ? PublishedWalks.TransformerSimexp(eta)
                : PublishedWalks.TransformerSimec(eta)
            : isAcross
                ? PublishedWalks.Simexp(Delta!.Value)
                : PublishedWalks.Simec(Delta!.Value);
        EigenvectorStep step = (EigenvectorStep)walker.Proposal;
        if (Slips.Contains("index") && !isAcross)
        {
            step = step with { Index = new AmongNullAndOneMore() };
        }

        if (Slips.Contains("sign"))
        {
            step = step with { Sign = new SignOfParity() };
        }

        walker = walker with { Proposal = step };
        return Slips.Contains("length") ? walker with { WayLength = new LastStepLength() } : walker;
    }

    /// <summary>The settings, for the record.</summary>
    public IEnumerable<Setting> Record()
    {
        yield return Eta is { } eta ? new("eta", eta) : new("delta", Delta!.Value);
        if (!Slips.IsEmpty)
        {
            yield return new("slips", string.Join(", ", Slips));
        }
    }
}
