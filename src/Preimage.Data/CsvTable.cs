using System.Collections.Immutable;
using System.Globalization;
using Sylvan.Data.Csv;

namespace Preimage.Data;

/// <summary>
/// A table of separated values, read row by row (RFC 4180). The separator is found in the first line among comma, semicolon, tab and bar;
/// the first line names the columns if a word in it is no number. Decimals have a point. Empty lines count for nothing.
/// </summary>
public sealed class CsvTable : IDisposable
{
    /// <summary>The longest row, in characters: a picture of 150,528 numbers of 17 digits has 3.5 million.</summary>
    private const int LongestRow = 1 << 25;

    private readonly CsvDataReader reader;
    private readonly string name;
    private bool isAtFirst;

    private CsvTable(CsvDataReader reader, string name, bool? isNamed)
    {
        this.reader = reader;
        this.name = name;
        if (!Next())
        {
            throw new ArgumentException($"{Upper(name)} is empty.");
        }

        Width = reader.RowFieldCount;
        string[] first = [.. Enumerable.Range(0, Width).Select(Text)];
        bool hasNames = isNamed ?? first.Any(word => !TryNumber(word, out _));
        Columns = hasNames ? [.. first] : [];
        isAtFirst = !hasNames;
    }

    /// <summary>The names of the columns; empty where the first line holds numbers.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>How many columns there are.</summary>
    public int Width { get; }

    /// <summary>The row that was read last, counted from 1.</summary>
    public int Row { get; private set; }

    /// <summary>Opens a table; the caller closes the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What to call it in refusals, as in 'file.csv' or "the table".</param>
    /// <param name="isNamed">Whether the first line names the columns; null finds out.</param>
    /// <param name="separator">The separator; null finds it.</param>
    /// <exception cref="ArgumentException">It is empty or not well formed.</exception>
    public static CsvTable Open(TextReader text, string name, bool? isNamed = null, char? separator = null) =>
        Guarded(
            name,
            () =>
                new CsvTable(
                    CsvDataReader.Create(
                        text,
                        new CsvDataReaderOptions
                        {
                            HasHeaders = false,
                            Delimiter = separator,
                            Culture = CultureInfo.InvariantCulture,
                            OwnsReader = false,
                            MaxBufferSize = LongestRow,
                        }
                    ),
                    name,
                    isNamed
                )
        );

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="ArgumentException">The row has another number of cells than the first, or is not well formed.</exception>
    public bool Read()
    {
        if (isAtFirst)
        {
            isAtFirst = false;
            Row = 1;
            return true;
        }

        if (!Guarded(name, Next))
        {
            return false;
        }

        Row++;
        return reader.RowFieldCount == Width
            ? true
            : throw new ArgumentException(
                $"Row {Row} of {name} has {reader.RowFieldCount} cells, but its first line has {Width}; mend the row."
            );
    }

    /// <summary>The cell of a column (from 0) in the row read last, without blanks around it.</summary>
    public string Text(int column) => reader.GetString(column).Trim();

    /// <summary>The number in a column (from 0) of the row read last; it may be infinite.</summary>
    /// <exception cref="ArgumentException">The cell holds none.</exception>
    public double Number(int column) =>
        TryNumber(Text(column), out double number) && !double.IsNaN(number)
            ? number
            : throw new ArgumentException(
                $"Row {Row}, column {column + 1} of {name} has '{Text(column)}', which is not a number; write numbers like 0.25, -1 or 1e5."
            );

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    /// <summary>Whether a word is a number, infinite or NaN included.</summary>
    public static bool TryNumber(string word, out double number)
    {
        number = word.ToUpperInvariant() switch
        {
            "INF" or "+INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            _ => 0,
        };
        return number != 0 || double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A text as a cell, in quotes where it needs them.</summary>
    public static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    /// <summary>The next line that is not empty.</summary>
    private bool Next()
    {
        while (reader.Read())
        {
            if (reader.RowFieldCount > 1 || (reader.RowFieldCount == 1 && reader.GetString(0).Trim().Length > 0))
            {
                return true;
            }
        }

        return false;
    }

    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException bad)
        {
            throw new ArgumentException(
                $"{Upper(name)} is not well formed in row {bad.RowNumber}; check its quotes and separators.",
                bad
            );
        }
    }

    private static string Upper(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
