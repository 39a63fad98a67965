using System.Collections.Immutable;
using System.IO.Compression;
using Preimage.Data.Formats;

namespace Preimage.Data.Samples;

/// <summary>Samples with what is known of them in one file, by its ending; each number reads back to the same bits.</summary>
public static class SampleFile
{
    /// <summary>More columns than this are no table that other programs open.</summary>
    public const int MostColumns = 16_384;

    /// <summary>The endings that are written.</summary>
    public static ImmutableArray<string> Endings { get; } = [".parquet", ".npy", ".npz", ".csv"];

    /// <summary>The table of what is known, beside an array of samples that has no room for it.</summary>
    public static string IndexOf(string path) => Path.ChangeExtension(path, null) + ".index.csv";

    /// <summary>
    /// Writes .csv and .parquet (a row a sample: its numbers, then what is known), .npz (the array "x" of samples in their shape, and an array for
    /// each thing known, under its name), or .npy (the samples in their shape; what is known stands in PATH.index.csv).
    /// </summary>
    /// <returns>The paths written.</returns>
    /// <exception cref="ArgumentException">The ending is another one, the table does not fit together, or it has too many columns.</exception>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string path, SampleTable table)
    {
        table.Check();
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".CSV":
                AtomicFile.Write(path, stream => WriteCsv(stream, table));
                return [path];
            case ".PARQUET":
                DemandColumns(path, table.Width + table.Facts.Length);
                AtomicFile.Write(path, ParquetFormat.Bytes(table));
                return [path];
            case ".NPZ":
                AtomicFile.Write(path, stream => WriteZip(stream, table));
                return [path];
            case ".NPY":
                AtomicFile.Write(path, NpyBytes.Of(table.Points.AsSpan(), [table.Count, .. table.Shape]));
                AtomicFile.Write(IndexOf(path), stream => WriteIndex(stream, table.Facts, table.Count));
                return [path, IndexOf(path)];
            default:
                throw new ArgumentException(
                    $"'{path}' does not end as a file of samples does; {string.Join(", ", Endings)} are written."
                );
        }
    }

    /// <summary>Refuses a path whose format could not hold samples of so many numbers.</summary>
    /// <exception cref="ArgumentException">It could not.</exception>
    public static void DemandColumns(string path, int columns)
    {
        if (columns > MostColumns && Path.GetExtension(path).Equals(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"'{path}' would have {columns} columns, and at most {MostColumns} are written; end it with .npz or .npy."
            );
        }
    }

    /// <summary>What is known as a table alone, a row a sample.</summary>
    internal static void WriteIndex(Stream stream, ImmutableArray<SampleFact> facts, int count)
    {
        using StreamWriter text = new(stream, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(string.Join(',', facts.Select(fact => CsvTable.Quoted(fact.Name))));
        for (int i = 0; i < count; i++)
        {
            text.WriteLine(string.Join(',', facts.Select(fact => fact.Cell(i))));
        }
    }

    private static void WriteCsv(Stream stream, SampleTable table)
    {
        using StreamWriter text = new(stream, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(
            string.Join(',', table.Names.Concat(table.Facts.Select(fact => fact.Name)).Select(CsvTable.Quoted))
        );
        for (int i = 0; i < table.Count; i++)
        {
            bool isFirst = true;
            foreach (double number in table.Point(i))
            {
                text.Write(isFirst ? $"{number:R}" : $",{number:R}");
                isFirst = false;
            }

            foreach (SampleFact fact in table.Facts)
            {
                text.Write($",{fact.Cell(i)}");
            }

            text.WriteLine();
        }
    }

    private static void WriteZip(Stream stream, SampleTable table)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add("x", NpyBytes.Of(table.Points.AsSpan(), [table.Count, .. table.Shape]));
        foreach (SampleFact fact in table.Facts)
        {
            Add(
                fact.Name,
                !fact.Numbers.IsEmpty ? NpyBytes.Of(fact.Numbers.AsSpan(), [fact.Count])
                    : !fact.Wholes.IsEmpty ? NpyBytes.Of(fact.Wholes.AsSpan())
                    : NpyBytes.Of(fact.Words.AsSpan())
            );
        }

        void Add(string name, byte[] bytes)
        {
            ZipArchiveEntry entry = archive.CreateEntry($"{name}.npy");
            entry.LastWriteTime = DataFile.Epoch;
            using Stream inside = entry.Open();
            inside.Write(bytes);
        }
    }
}
