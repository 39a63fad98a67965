using System.Collections.Immutable;
using Preimage.Data;
using Preimage.Data.Images;
using Preimage.Figures;
using Preimage.Maps;

namespace Preimage.Cli.Arguments;

/// <summary>A point of R^n: numbers, or what a file of data or an image holds, as in file.csv:3, file.npy or photo.png (row 1 is the first).</summary>
internal static class PointArgument
{
    private const string Option = "--at";

    /// <summary>The point that the text names.</summary>
    /// <exception cref="ArgumentException">It is not a point of as many numbers as the model has inputs.</exception>
    public static double[] Parse(string text, Signature signature, PointReading? reading = null)
    {
        reading ??= new PointReading();
        double[] point =
            DataPlace.Parse(text) is { } place ? OfOption(Option, place, () => OnePoint(place, signature, reading))
            : reading.Image is null ? Numbers.Parse(text, Option)
            : throw new ArgumentException(
                $"--image says how a file becomes a point, but {Option} gives numbers; leave it out."
            );
        int n = signature.Inputs.Length;
        if (point.Length != n)
        {
            throw new ArgumentException(
                $"{Option} has {Numbers.Count(point.Length, "number")}, but the model has {Numbers.Count(n, "input")} ({VariableNames.List(signature.Inputs)}); give one number for each."
            );
        }

        bool takesAll =
            reading.TakesTensorsAsTheyAre && File(text)?.EndsWith(".pb", StringComparison.OrdinalIgnoreCase) == true;
        int bad = takesAll ? -1 : Array.FindIndex(point, x => !double.IsFinite(x));
        return bad < 0
            ? point
            : throw new ArgumentException(
                $"{Option} is not finite in {signature.Inputs[bad].Name}; give finite numbers."
            );
    }

    /// <summary>The file that the text names; null where it gives numbers.</summary>
    public static string? File(string text) => DataPlace.Parse(text)?.File;

    /// <summary>Whether the text names a whole file of points: a table, or an array of more than one dimension.</summary>
    /// <exception cref="ArgumentException">There is no such file.</exception>
    public static bool IsTable(string text) =>
        DataPlace.Parse(text) is { Row: null } place
        && !DataFile.IsImage(place.File)
        && (DataFile.IsTable(place.File) || DataFile.Read(place).Shape.Length > 1);

    /// <summary>Where the point came from, for the record: the file and row, the file's hash, and what was done to an image.</summary>
    /// <param name="text">What --at says.</param>
    /// <param name="reading">How it is read.</param>
    /// <param name="count">How many numbers the point has.</param>
    public static IEnumerable<Setting> Settings(string? text, PointReading reading, int count)
    {
        if (text is null || DataPlace.Parse(text) is not { } place)
        {
            yield break;
        }

        yield return new Setting("atFile", $"{place}");
        yield return new Setting("atHash", DataFile.Hash(place.File));
        if (Preprocessing(place, reading) is { } preprocessing)
        {
            yield return new Setting("image", $"{preprocessing.For(reading.ShapeOf(count))}");
        }
    }

    /// <summary>All points of a file.</summary>
    /// <exception cref="ArgumentException">There is no such file, or a row is no point.</exception>
    public static double[][] ParseTable(string file, Signature signature, string option, PointReading? reading = null)
    {
        if (DataPlace.Parse(file) is not { Row: null } place || DataFile.IsImage(place.File))
        {
            throw new ArgumentException(
                $"{option} names '{file}', which is no file of points; give a table, one point in each row."
            );
        }

        reading ??= new PointReading();
        DataArray table = OfOption(option, place, () => Read(place, signature, reading));
        if (table.Rows == 0 || table.Shape.IsEmpty)
        {
            throw new ArgumentException($"{option} names '{file}', which has no rows; give a point in each.");
        }

        double[][] points = new double[table.Rows][];
        for (int row = 1; row <= points.Length; row++)
        {
            DataPlace here = place with { Row = row };
            points[row - 1] = Shaped(table.Row(row), here, signature, reading);
            if (Array.Exists(points[row - 1], x => !double.IsFinite(x)))
            {
                throw new ArgumentException($"Row {row} of '{file}' is not finite; give finite numbers.");
            }
        }

        return points;
    }

    /// <summary>How many points a file has; every one is then named by its row.</summary>
    /// <exception cref="ArgumentException">There is no such file, or it has none.</exception>
    public static int Rows(string file, string option) =>
        DataPlace.Parse(file) is { Row: null } place
            ? DataFile.Read(place, (_, _) => []).Rows
            : throw new ArgumentException($"{option} names '{file}', which is no file of points.");

    /// <summary>Reads a file that an option names; a refusal names the option, too.</summary>
    private static T OfOption<T>(string option, DataPlace place, Func<T> read)
    {
        if (!System.IO.File.Exists(place.File))
        {
            throw new ArgumentException($"{option} names the file '{place.File}', which does not exist.");
        }

        try
        {
            return read();
        }
        catch (ArgumentException refusal) when (!refusal.Message.StartsWith(option, StringComparison.Ordinal))
        {
            throw new ArgumentException($"{option}: {refusal.Message}", refusal);
        }
    }

    private static Preprocessing? Preprocessing(DataPlace place, PointReading? reading) =>
        reading?.Image is { } text ? Data.Images.Preprocessing.Parse(text)
        : DataFile.IsImage(place.File) ? new Preprocessing()
        : null;

    private static double[] OnePoint(DataPlace place, Signature signature, PointReading reading)
    {
        int n = signature.Inputs.Length;
        if (DataFile.IsImage(place.File))
        {
            if (place.Row is not null)
            {
                throw new ArgumentException($"'{place.File}' is an image and has no rows; leave the row out.");
            }

            return [.. ImageFile.Read(place.File, Preprocessing(place, reading)!, reading.ShapeOf(n))];
        }

        DataArray read = Read(place, signature, reading);
        bool isTable = place.Row is null && read.Rows > 1 && read.RowLength > 1 && read.Values.Length != n;
        return isTable
            ? throw new ArgumentException(
                $"{Option} names the file '{place}' without a row; write {place}:1 for its first row."
            )
            : Shaped(read, place, signature, reading);
    }

    /// <summary>The numbers of an array that has the model's shape, as a flat row or up to sides of length 1.</summary>
    private static double[] Shaped(DataArray array, DataPlace place, Signature signature, PointReading reading)
    {
        ImmutableArray<int> shape = reading.ShapeOf(signature.Inputs.Length);
        if (Preprocessing(place, reading) is { } preprocessing)
        {
            return [.. ImageFile.Values(array, preprocessing, shape, $"{place}")];
        }

        int[] sides = Sides(array.Shape);
        int[] wanted = Sides(shape);
        return sides.Length <= 1 || wanted.Length <= 1 || sides.SequenceEqual(wanted)
            ? [.. array.Values]
            : throw new ArgumentException(
                $"'{place}' has the shape {array.ShapeText}, but the model's input has [{string.Join(", ", shape)}]; give an array of that shape, or a flat one."
            );
    }

    private static int[] Sides(ImmutableArray<int> shape) => [.. shape.Where(length => length != 1)];

    private static DataArray Read(DataPlace place, Signature signature, PointReading reading) =>
        DataFile.Read(
            place,
            (names, count) => Columns(names, count, signature, (place.File, reading.Image is not null))
        );

    /// <summary>
    /// By name where there is a header, which names every input (with or without its unit); by place where there is none.
    /// </summary>
    private static ImmutableArray<int> Columns(
        ImmutableArray<string> names,
        int count,
        Signature signature,
        (string Name, bool IsImage) file
    )
    {
        int n = signature.Inputs.Length;
        if (names.IsEmpty || file.IsImage)
        {
            return count >= n || file.IsImage
                ? [.. Enumerable.Range(0, file.IsImage ? count : n)]
                : throw new ArgumentException(
                    $"'{file.Name}' has {Numbers.Count(count, "column")}, but the model has {Numbers.Count(n, "input")} ({VariableNames.List(signature.Inputs)})."
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
        return Array.TrueForAll(named, c => c >= 0)
            ? [.. named]
            : throw new ArgumentException(
                $"The header of '{file.Name}' does not name every input ({VariableNames.List(signature.Inputs)}); name them as the model does, or leave the header out and give their columns in this order."
            );
    }
}
