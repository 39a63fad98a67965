using System.Collections.Immutable;
using System.Globalization;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>Names of classes: a file of them, one a line, and the one that a person means.</summary>
internal static class ClassNames
{
    /// <summary>
    /// The names in a text file: a line for each class in the order of the outputs, or lines of number and name, as in 151,Chihuahua, with the numbers from 0.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such file, or not a name for each of so many outputs.</exception>
    public static ImmutableArray<string> Read(string file, int outputs)
    {
        if (!File.Exists(file))
        {
            throw new ArgumentException(
                $"--labels names the file '{file}', which does not exist; name a text file with one class a line."
            );
        }

        string[] lines = [.. File.ReadLines(file).Select(l => l.Trim()).Where(l => l.Length > 0).Take(outputs + 1)];
        if (lines.Length != outputs)
        {
            string many = lines.Length > outputs ? "more" : $"{lines.Length}";
            throw new ArgumentException(
                $"--labels names '{file}', which has {many} lines, but the model has {outputs} outputs; give one line for each."
            );
        }

        string[] numbered = [.. lines.Select((line, k) => Unnumbered(line, k))];
        return Array.TrueForAll(numbered, name => name.Length > 0) ? [.. numbered] : [.. lines];
    }

    /// <summary>The class of a name, of one of the names that a comma separates, or of a number from 0.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static int Find(string word, ImmutableArray<Variable> outputs)
    {
        int[] named =
        [
            .. Enumerable
                .Range(0, outputs.Length)
                .Where(k =>
                    outputs[k]
                        .Name.Split(',', StringSplitOptions.TrimEntries)
                        .Contains(word, StringComparer.OrdinalIgnoreCase)
                ),
        ];
        return named.Length == 1 && !outputs.Any(v => v.Name.Equals(word, StringComparison.OrdinalIgnoreCase))
            ? named[0]
            : VariableNames.Find(word, NamedTensor.Row(outputs), "--class");
    }

    /// <summary>What follows the number of the line; nothing where it does not begin with it.</summary>
    private static string Unnumbered(string line, int number)
    {
        int end = line.IndexOfAny([',', ';', '\t', ' ', ':']);
        return
            end > 0
            && int.TryParse(line.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out int found)
            && found == number
            ? line[(end + 1)..].Trim()
            : "";
    }
}
