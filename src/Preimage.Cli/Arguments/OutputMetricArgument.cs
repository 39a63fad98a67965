using Preimage.Geometry;

namespace Preimage.Cli.Arguments;

/// <summary>A metric on the outputs: identity, fisher, fisher-logits, or the weights of a diagonal.</summary>
internal static class OutputMetricArgument
{
    /// <summary>The metric that the text names.</summary>
    /// <exception cref="ArgumentException">It names none for so many outputs.</exception>
    public static IOutputMetric Parse(string text, int outputs) =>
        text.ToUpperInvariant() switch
        {
            "IDENTITY" => new IdentityMetric(),
            "FISHER" => new ProbabilityFisherMetric(),
            "FISHER-LOGITS" => new LogitFisherMetric(),
            _ when text.Any(char.IsAsciiDigit) => Diagonal(Numbers.Parse(text, "--output-metric"), outputs),
            _ => throw new ArgumentException(
                $"--output-metric does not know '{text}'; choose identity, fisher, fisher-logits or the weights of a diagonal, as in 1,0.5."
            ),
        };

    private static DiagonalMetric Diagonal(double[] weights, int outputs) =>
        weights.Length == outputs
            ? new DiagonalMetric(weights)
            : throw new ArgumentException(
                $"--output-metric has {weights.Length} weights, but the model has {outputs} outputs; give one for each."
            );
}
