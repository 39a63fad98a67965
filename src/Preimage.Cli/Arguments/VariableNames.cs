using System.Collections.Immutable;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>Variables by their names, numbers, ranges or places: as a person types them, and as a refusal lists them.</summary>
internal static class VariableNames
{
    private const int Shown = 8;

    /// <summary>All of them, or the first and the last where there are many.</summary>
    public static string List(ImmutableArray<Variable> variables) =>
        variables.Length <= Shown
            ? string.Join(", ", variables.Select(v => v.Name))
            : $"{variables[0].Name} to {variables[^1].Name}";

    /// <summary>The variables that a list names, separated by commas: each a variable or a range of them, as in 2..6, both ends included.</summary>
    /// <exception cref="ArgumentException">There is no such variable, or a range is reversed.</exception>
    public static int[] FindAll(string text, NamedTensor tensor, string option) =>
        [.. Split(text).SelectMany(word => FindRange(word, tensor, option))];

    /// <summary>The variable of a name, of a number from 0, or of a place in the tensor, as in x[0,3,5].</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int Find(string word, NamedTensor tensor, string option)
    {
        ImmutableArray<Variable> variables = tensor.Variables;
        int named = ByName(word, variables);
        return named >= 0 ? named
            : int.TryParse(word, out int number) && number >= 0 && number < variables.Length ? number
            : tensor.TryPlace(word, option) is { } place ? place
            : throw new ArgumentException(
                variables.Length == 1
                    ? $"{option} does not find '{word}'; there is only {variables[0].Name}."
                    : $"{option} does not find '{word}'; name one of {List(variables)}, or give its number from 0 to {variables.Length - 1}{tensor.PlaceHint}."
            );
    }

    /// <summary>The words between the commas, save commas in brackets.</summary>
    public static List<string> Split(string text)
    {
        List<string> words = [];
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char letter = i < text.Length ? text[i] : ',';
            depth += letter switch
            {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            if (i == text.Length || (letter == ',' && depth == 0))
            {
                words.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        words.RemoveAll(word => word.Length == 0);
        return words;
    }

    /// <summary>first..last, both included, where the word is no name itself.</summary>
    private static IEnumerable<int> FindRange(string word, NamedTensor tensor, string option)
    {
        int dots = word.IndexOf("..", StringComparison.Ordinal);
        if (dots <= 0 || dots + 2 == word.Length || ByName(word, tensor.Variables) >= 0)
        {
            return [Find(word, tensor, option)];
        }

        int first = Find(word[..dots].Trim(), tensor, option);
        int last = Find(word[(dots + 2)..].Trim(), tensor, option);
        return first <= last
            ? Enumerable.Range(first, last - first + 1)
            : throw new ArgumentException(
                $"{option} has '{word}', which is reversed; give the first of the range first."
            );
    }

    private static int ByName(string word, ImmutableArray<Variable> variables)
    {
        for (int i = 0; i < variables.Length; i++)
        {
            if (variables[i].Name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
