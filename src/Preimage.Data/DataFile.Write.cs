using System.IO.Compression;
using System.Text;
using Preimage.Data.Formats;

namespace Preimage.Data;

/// <content>Writing.</content>
public static partial class DataFile
{
    /// <summary>What a zip archive says of when a part was made; always the same, so that the same arrays make the same bytes.</summary>
    internal static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Writes an array by the file's ending, beside the target first, then renamed: .csv and .parquet (a table, or one row), .npy and .npz
    /// (any shape; the name in the archive is "values"). Numbers read back to the same bits.
    /// </summary>
    /// <exception cref="ArgumentException">The ending is another one, or the array is no table where a table is written.</exception>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, DataArray array) => AtomicFile.Write(path, Bytes(path, array));

    private static byte[] Bytes(string path, DataArray array) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => Encoding.UTF8.GetBytes(CsvText(Table(path, array))),
            ".NPY" => NpyBytes.Of(array.Values.AsSpan(), array.Shape.AsSpan()),
            ".NPZ" => Zipped("values.npy", NpyBytes.Of(array.Values.AsSpan(), array.Shape.AsSpan())),
            ".PARQUET" => ParquetFormat.Bytes(Table(path, array)),
            _ => throw new ArgumentException(
                $"'{path}' does not end as a file of numbers does; .csv, .npy, .npz and .parquet are written."
            ),
        };

    private static DataArray Table(string path, DataArray array) =>
        array.Shape.Length switch
        {
            1 => array with { Shape = [1, array.Shape[0]] },
            2 => array,
            _ => throw new ArgumentException(
                $"An array of the shape {array.ShapeText} is no table; write it as .npy or .npz instead of '{path}'."
            ),
        };

    private static string CsvText(DataArray table)
    {
        StringBuilder text = new();
        int width = table.RowLength;
        if (table.Columns.Length == width)
        {
            text.AppendJoin(',', table.Columns.Select(CsvTable.Quoted)).Append('\n');
        }

        for (int i = 0; i < table.Values.Length; i++)
        {
            text.Append($"{table.Values[i]:R}").Append((i + 1) % width == 0 ? '\n' : ',');
        }

        return text.ToString();
    }

    private static byte[] Zipped(string name, byte[] part)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            ZipArchiveEntry entry = archive.CreateEntry(name);
            entry.LastWriteTime = Epoch;
            using Stream inside = entry.Open();
            inside.Write(part);
        }

        return stream.ToArray();
    }
}
