using System.Collections.Immutable;
using Preimage.Data;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>A point of R^n: numbers, or what a file of data holds, as in file.csv:3 or file.npy (row 1 is the first).</summary>
internal static class PointArgument
{
    private const string Option = "--at";

    /// <summary>The point that the text names.</summary>
    /// <exception cref="ArgumentException">It is not a point of as many numbers as the model has inputs.</exception>
    public static double[] Parse(string text, Signature signature)
    {
        double[] point = DataPlace.Parse(text) is { } place
            ? [.. OnePoint(place, signature).Values]
            : Numbers.Parse(text, Option);
        int n = signature.Inputs.Length;
        if (point.Length != n)
        {
            throw new ArgumentException(
                $"{Option} has {Numbers.Count(point.Length, "number")}, but the model has {Numbers.Count(n, "input")} ({VariableNames.List(signature.Inputs)}); give one number for each."
            );
        }

        int bad = Array.FindIndex(point, x => !double.IsFinite(x));
        return bad < 0
            ? point
            : throw new ArgumentException(
                $"{Option} is not finite in {signature.Inputs[bad].Name}; give finite numbers."
            );
    }

    /// <summary>The file that the text names; null where it gives numbers.</summary>
    public static string? File(string text) => DataPlace.Parse(text)?.File;

    /// <summary>Whether the text names a whole file of points.</summary>
    public static bool IsTable(string text) => DataPlace.Parse(text) is { Row: null };

    /// <summary>All points of a file.</summary>
    /// <exception cref="ArgumentException">There is no such file, or a row is no point.</exception>
    public static double[][] ParseTable(string file, Signature signature, string option)
    {
        if (DataPlace.Parse(file) is not { Row: null } place)
        {
            throw new ArgumentException($"{option} names '{file}', which is no file of data; give a table of points.");
        }

        DataArray table = Read(place, signature);
        int n = signature.Inputs.Length;
        if (table.RowLength != n || table.Rows == 0)
        {
            throw new ArgumentException(
                $"'{file}' has the shape {table.ShapeText}, but {option} needs rows of {Numbers.Count(n, "number")}, one for each input ({VariableNames.List(signature.Inputs)})."
            );
        }

        int bad = table.Values.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        return bad < 0
            ? [.. Enumerable.Range(0, table.Rows).Select(row => table.Values.AsSpan(row * n, n).ToArray())]
            : throw new ArgumentException($"Row {bad / n + 1} of '{file}' is not finite; give finite numbers.");
    }

    /// <summary>How many points a file has; every one is then named by its row.</summary>
    /// <exception cref="ArgumentException">There is no such file, or it has none.</exception>
    public static int Rows(string file, string option) =>
        DataPlace.Parse(file) is { Row: null } place
            ? DataFile.Read(place, (_, _) => []).Rows
            : throw new ArgumentException($"{option} names '{file}', which is no file of data.");

    private static DataArray OnePoint(DataPlace place, Signature signature)
    {
        DataArray read = Read(place, signature);
        bool isTable = read.Columns.Length > 0 || read.Shape.Length == 2;
        return place.Row is null && isTable && read.Rows > 1 && read.Values.Length != signature.Inputs.Length
            ? throw new ArgumentException(
                $"{Option} names the file '{place}' without a row; write {place}:1 for its first row."
            )
            : read;
    }

    private static DataArray Read(DataPlace place, Signature signature) =>
        DataFile.Read(place, (names, count) => Columns(names, count, signature, place.File));

    /// <summary>
    /// By name where there is a header, which names every input (with or without its unit); by place where there is none.
    /// </summary>
    private static ImmutableArray<int> Columns(
        ImmutableArray<string> names,
        int count,
        Signature signature,
        string file
    )
    {
        int n = signature.Inputs.Length;
        if (names.IsEmpty)
        {
            return count >= n
                ? [.. Enumerable.Range(0, n)]
                : throw new ArgumentException(
                    $"'{file}' has {Numbers.Count(count, "column")}, but the model has {Numbers.Count(n, "input")} ({VariableNames.List(signature.Inputs)})."
                );
        }

        Dictionary<string, int> byName = new(StringComparer.OrdinalIgnoreCase);
        for (int c = 0; c < names.Length; c++)
        {
            byName.TryAdd(names[c], c);
        }

        int[] named =
        [
            .. signature.Inputs.Select(v =>
                byName.TryGetValue(v.Name, out int c) || byName.TryGetValue(v.Label, out c) ? c : -1
            ),
        ];
        return named.All(c => c >= 0)
            ? [.. named]
            : throw new ArgumentException(
                $"The header of '{file}' does not name every input ({VariableNames.List(signature.Inputs)}); name them as the model does, or leave the header out and give their columns in this order."
            );
    }
}
