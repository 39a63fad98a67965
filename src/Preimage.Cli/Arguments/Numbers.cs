using System.Globalization;

namespace Preimage.Cli.Arguments;

/// <summary>Numbers as a person types them: 0.2,-0.3 or 1e5,2e5.</summary>
internal static class Numbers
{
    /// <summary>The numbers of a list separated by commas, semicolons or blanks; <paramref name="where"/> names the option in the refusal.</summary>
    public static double[] Parse(string text, string where)
    {
        string[] words = text.Split(
            [',', ';', ' ', '\t'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return words.Length == 0
            ? throw new ArgumentException($"{where} needs numbers separated by commas, such as 0.2,-0.3.")
            : [.. words.Select(word => ParseOne(word, where))];
    }

    /// <summary>One finite or infinite number; NaN is refused.</summary>
    public static double ParseOne(string word, string where) =>
        word.ToUpperInvariant() switch
        {
            "INF" or "+INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    && !double.IsNaN(number) => number,
            _ => throw new ArgumentException(
                $"{where} has '{word}', which is not a number; write numbers like 0.25, -1 or 1e5, separated by commas."
            ),
        };
}
