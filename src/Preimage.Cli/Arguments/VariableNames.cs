using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>Variables by their names: as a person types them, and as a refusal lists them.</summary>
internal static class VariableNames
{
    private const int Shown = 8;

    /// <summary>All of them, or the first and the last where there are many.</summary>
    public static string List(ImmutableArray<Variable> variables) =>
        variables.Length <= Shown
            ? string.Join(", ", variables.Select(v => v.Name))
            : $"{variables[0].Name} to {variables[^1].Name}";

    /// <summary>The variables that a list names, separated by commas.</summary>
    public static int[] FindAll(string text, ImmutableArray<Variable> variables, string option) =>
        [
            .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(word => Find(word, variables, option)),
        ];

    /// <summary>The variable of a name, or of a number from 0.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int Find(string word, ImmutableArray<Variable> variables, string option)
    {
        for (int i = 0; i < variables.Length; i++)
        {
            if (variables[i].Name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return int.TryParse(word, out int number) && number >= 0 && number < variables.Length
            ? number
            : throw new ArgumentException(
                variables.Length == 1
                    ? $"{option} does not find '{word}'; there is only {variables[0].Name}."
                    : $"{option} does not find '{word}'; name one of {List(variables)}, or give its number from 0 to {variables.Length - 1}."
            );
    }
}
