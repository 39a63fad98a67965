using System.Collections.Immutable;

namespace Preimage.Data.Formats;

/// <summary>Reads tables of separated values as arrays [rows, columns].</summary>
internal static class CsvFormat
{
    /// <summary>The table, or one row of it.</summary>
    /// <exception cref="ArgumentException">A cell is no number, a row is not there, or the table is not well formed.</exception>
    /// <exception cref="DataException">It is too large.</exception>
    public static DataArray Read(Stream stream, DataPlace place, ColumnChoice? choose)
    {
        string file = $"'{place.File}'";
        using StreamReader text = new(stream);
        using CsvTable table = CsvTable.Open(text, file);
        ImmutableArray<int> columns =
            choose?.Invoke(table.Columns, table.Width) ?? [.. Enumerable.Range(0, table.Width)];
        ImmutableArray<string> names = table.Columns.IsEmpty ? [] : [.. columns.Select(c => table.Columns[c])];
        if (place.Row is { } row)
        {
            while (table.Row < row)
            {
                if (!table.Read())
                {
                    Bounds.CheckRow(row, [table.Row, table.Width], place.File);
                }
            }

            return new DataArray([columns.Length], [.. columns.Select(table.Number)], names);
        }

        List<double> numbers = [];
        while (table.Read())
        {
            if (numbers.Count + columns.Length > DataFile.MostNumbers)
            {
                throw new DataException(
                    $"{file} holds more than {DataFile.MostNumbers} numbers, the most that are read."
                );
            }

            numbers.AddRange(columns.Select(table.Number));
        }

        return table.Row > 0
            ? new DataArray([table.Row, columns.Length], [.. numbers], names)
            : throw new ArgumentException($"{file} has no rows; give a point in each.");
    }
}
