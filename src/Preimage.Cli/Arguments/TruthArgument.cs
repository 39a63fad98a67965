using System.CommandLine;
using Preimage.Figures;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Training.Data;

namespace Preimage.Cli.Arguments;

/// <summary>What the network should have learned, by --truth: drawn beside it, and the network's error against it told apart from the tracing's.</summary>
internal static class TruthArgument
{
    /// <summary>--truth.</summary>
    public static Option<string?> Option() =>
        new("--truth")
        {
            Description =
                "What the network should have learned, as in \"z = exp(x^2+y^2-2)\" or \"y = 0.5*sin(x)\": drawn beside it, with the network's error.",
            HelpName = "formula",
        };

    /// <summary>The truth for the record, with the network's largest error on curves of its own; without it where there are none to compare on.</summary>
    public static IEnumerable<Setting> Settings(Truth? truth, IEnumerable<Curve> curves)
    {
        if (truth is null)
        {
            yield break;
        }

        yield return new("truth", truth.Text);
        double[] errors = [.. curves.Where(c => c.Count > 0).Select(truth.Error)];
        if (errors.Length > 0)
        {
            yield return new("networkError", errors.Max());
        }
    }

    /// <summary>The truth about a map of these variables.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or the map has several outputs.</exception>
    public static Truth? Parse(string? text, Signature signature)
    {
        if (text is not null && signature.Outputs.Length > 1)
        {
            throw new ArgumentException(
                $"--truth is one number, but the model has {signature.Outputs.Length} outputs; choose one with --outputs."
            );
        }

        return text is null ? null : Truth.Parse(text, [.. signature.Inputs.Select(v => v.Name)]);
    }
}
