using Preimage.Maps;
using Sylvan.Data.Csv;

namespace Preimage.Cli.Arguments;

/// <summary>A point of R^n: numbers, or a row of a CSV file as file.csv:row (row 1 is the first below the header, if there is one).</summary>
internal static class PointArgument
{
    /// <summary>The point that the text names.</summary>
    /// <exception cref="ArgumentException">It is not a point of as many numbers as the model has inputs.</exception>
    public static double[] Parse(string text, Signature signature)
    {
        int n = signature.Inputs.Length;
        double[] point = FileAndRow(text) is var (file, row)
            ? ReadRow(file, row, signature)
            : Numbers.Parse(text, "--at");
        if (point.Length != n)
        {
            throw new ArgumentException(
                $"--at has {Numbers.Count(point.Length, "number")}, but the model has {Numbers.Count(n, "input")} ({VariableNames.List(signature.Inputs)}); give one number for each."
            );
        }

        int bad = Array.FindIndex(point, x => !double.IsFinite(x));
        return bad < 0
            ? point
            : throw new ArgumentException($"--at is not finite in {signature.Inputs[bad].Name}; give finite numbers.");
    }

    /// <summary>The file that the text names; null where it gives numbers.</summary>
    public static string? File(string text) => IsTable(text) ? text : FileAndRow(text)?.File;

    /// <summary>Whether the text names a whole file of points.</summary>
    public static bool IsTable(string text) => text.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>All points of a file.</summary>
    /// <exception cref="ArgumentException">There is no such file, or a row is no point.</exception>
    public static double[][] ParseTable(string file, Signature signature, string option)
    {
        if (!IsTable(file))
        {
            throw new ArgumentException($"{option} names '{file}', which is no .csv file; give a table of points.");
        }

        DemandFile(file, option);
        bool hasHeader = HasHeader(file, option);
        using CsvDataReader reader = CsvDataReader.Create(file, new CsvDataReaderOptions { HasHeaders = hasHeader });
        List<double[]> points = [];
        int[]? columns = null;
        while (reader.Read())
        {
            columns ??= Columns(reader, hasHeader, signature, file);
            double[] point = Numbered(reader, columns, points.Count + 1, file);
            points.Add(
                point.All(double.IsFinite)
                    ? point
                    : throw new ArgumentException(
                        $"Row {points.Count + 1} of '{file}' is not finite; give finite numbers."
                    )
            );
        }

        return points.Count > 0 ? [.. points] : throw NoRows(file);
    }

    /// <summary>How many points a file has; every one is then named by its row.</summary>
    /// <exception cref="ArgumentException">There is no such file, or it has none.</exception>
    public static int Rows(string file, string option)
    {
        DemandFile(file, option);
        using CsvDataReader reader = CsvDataReader.Create(
            file,
            new CsvDataReaderOptions { HasHeaders = HasHeader(file, option) }
        );
        int rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        return rows > 0 ? rows : throw NoRows(file);
    }

    private static (string File, int Row)? FileAndRow(string text)
    {
        int colon = text.LastIndexOf(':');
        bool isFile = colon > 0 && text.AsSpan(0, colon).EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (!isFile && IsTable(text))
        {
            throw new ArgumentException(
                $"--at names the file '{text}' without a row; write {text}:1 for its first row."
            );
        }

        return !isFile ? null
            : int.TryParse(text.AsSpan(colon + 1), out int row) && row >= 1 ? (text[..colon], row)
            : throw new ArgumentException(
                $"--at has '{text[(colon + 1)..]}' for a row; rows count from 1, as in {text[..colon]}:1."
            );
    }

    private static double[] ReadRow(string file, int row, Signature signature)
    {
        DemandFile(file, "--at");
        bool hasHeader = HasHeader(file, "--at");
        using CsvDataReader reader = CsvDataReader.Create(file, new CsvDataReaderOptions { HasHeaders = hasHeader });
        for (int i = 0; i < row; i++)
        {
            if (!reader.Read())
            {
                throw new ArgumentException(
                    $"--at asks for row {row} of '{file}', which has only {Numbers.Count(i, "row")}."
                );
            }
        }

        return Numbered(reader, Columns(reader, hasHeader, signature, file), row, file);
    }

    private static double[] Numbered(CsvDataReader reader, int[] columns, int row, string file) =>
        [
            .. columns.Select(c =>
                Numbers.ParseOne(reader.GetString(c).Trim(), $"Row {row}, column {c + 1} of '{file}'")
            ),
        ];

    private static ArgumentException NoRows(string file) => new($"'{file}' has no rows; give a point in each.");

    private static void DemandFile(string file, string option)
    {
        if (!System.IO.File.Exists(file))
        {
            throw new ArgumentException($"{option} names the file '{file}', which does not exist.");
        }
    }

    /// <summary>A first line with a word that is no number is a header.</summary>
    private static bool HasHeader(string file, string option)
    {
        string first =
            System.IO.File.ReadLines(file).FirstOrDefault()
            ?? throw new ArgumentException($"{option} names the file '{file}', which is empty.");
        return first.Split(',', ';', '\t').Any(word => !double.TryParse(word.Trim(' ', '"'), out _));
    }

    /// <summary>
    /// By name where there is a header, which names every input (with or without its unit); by place where there is none.
    /// </summary>
    private static int[] Columns(CsvDataReader reader, bool hasHeader, Signature signature, string file)
    {
        int n = signature.Inputs.Length;
        string[] headers = hasHeader
            ? [.. Enumerable.Range(0, reader.FieldCount).Select(c => reader.GetName(c).Trim())]
            : [];
        int[] named =
        [
            .. signature.Inputs.Select(v =>
                Array.FindIndex(headers, h => h.Equals(v.Name, StringComparison.OrdinalIgnoreCase) || h == v.Label)
            ),
        ];
        bool byPlace = !hasHeader && reader.FieldCount >= n;
        return named.All(c => c >= 0) ? named
            : byPlace ? [.. Enumerable.Range(0, n)]
            : throw new ArgumentException(
                hasHeader
                    ? $"The header of '{file}' does not name every input ({VariableNames.List(signature.Inputs)}); name them as the model does, or leave the header out and give their columns in this order."
                    : $"'{file}' has {Numbers.Count(reader.FieldCount, "column")}, but the model has {Numbers.Count(n, "input")} ({VariableNames.List(signature.Inputs)})."
            );
    }
}
