using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using Preimage.Data.Formats;
using Preimage.Data.Images;
using Preimage.Onnx;

namespace Preimage.Data;

/// <summary>Chooses the columns of a table that are wanted, in the order wanted.</summary>
/// <param name="names">The names of all columns; empty where the table has none.</param>
/// <param name="count">How many columns there are.</param>
/// <returns>Columns, counted from 0.</returns>
public delegate ImmutableArray<int> ColumnChoice(ImmutableArray<string> names, int count);

/// <summary>Arrays of numbers in files, each by its ending: .csv .tsv .txt .npy .npz .parquet .idx -ubyte .pb .png .jpg .jpeg .bmp, the text, NPY and IDX ones also with .gz.</summary>
public static partial class DataFile
{
    /// <summary>The largest array that is read, in numbers: 1 GiB of doubles.</summary>
    public const long MostNumbers = 1L << 27;

    /// <summary>Whether a text names a file of data (by its ending), with or without a row.</summary>
    public static bool IsPlace(string text) => DataPlace.Parse(text) is not null;

    /// <summary>The numbers at a place such as file.csv, file.npy:3 or file.npz:x:4.</summary>
    /// <param name="place">See <see cref="DataPlace"/>.</param>
    /// <param name="choose">Which columns of a table are read; all of them by default. The others may hold words.</param>
    /// <exception cref="ArgumentException">It names no file of data that exists, a row or member that is not there, or a cell is no number.</exception>
    /// <exception cref="DataException">The file is damaged, too large, or holds no numbers.</exception>
    /// <exception cref="ModelException">An ONNX tensor file is damaged.</exception>
    public static DataArray Read(string place, ColumnChoice? choose = null) =>
        Read(DataPlace.Parse(place) ?? throw NotData(place), choose);

    /// <summary>The numbers at a place.</summary>
    /// <param name="place">The file, the member and the row.</param>
    /// <param name="choose">Which columns of a table are read; all of them by default. The others may hold words.</param>
    /// <exception cref="ArgumentException">There is no such file, row or member, or a cell is no number.</exception>
    /// <exception cref="DataException">The file is damaged, too large, or holds no numbers.</exception>
    /// <exception cref="ModelException">An ONNX tensor file is damaged.</exception>
    public static DataArray Read(DataPlace place, ColumnChoice? choose = null)
    {
        if (!File.Exists(place.File))
        {
            throw new ArgumentException($"The file '{place.File}' does not exist.");
        }

        if (place.Row is < 1)
        {
            throw new ArgumentException($"Row {place.Row} of '{place.File}' is asked for; rows count from 1.");
        }

        try
        {
            return Read(place, KindOf(place.File), choose);
        }
        catch (InvalidDataException bad)
        {
            throw new DataException($"'{place.File}' is no gzip file, or is damaged.", bad);
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(place.File, bad);
        }
    }

    private static DataArray Read(DataPlace place, DataKind kind, ColumnChoice? choose)
    {
        if (kind == DataKind.Tensor)
        {
            StoredTensor tensor = OnnxFile.ReadTensor(place.File);
            DataArray all = new(tensor.Shape, tensor.Values);
            return place.Row is { } row ? Bounds.RowOf(all, row, place.File) : all;
        }

        if (kind == DataKind.Image)
        {
            return place.Row is null
                ? ImageFile.Read(place.File).ToArray()
                : throw new ArgumentException($"'{place.File}' is an image and has no rows; leave the row out.");
        }

        using Stream stream = Open(place.File);
        return kind switch
        {
            DataKind.Table => CsvFormat.Read(stream, place, choose),
            DataKind.Npy => NpyFormat.Read(stream, place.File, place.Row),
            DataKind.Npz => NpzFormat.Read(stream, place),
            DataKind.Parquet => ParquetFormat.Read(stream, place, choose),
            DataKind.Idx => IdxFormat.Read(stream, place.File, place.Row),
            _ => throw NotData(place.File),
        };
    }

    /// <summary>Whether a file is a table of rows and columns, by its ending.</summary>
    public static bool IsTable(string file) => KindOf(file) is DataKind.Table or DataKind.Parquet;

    /// <summary>Whether a file is an image, by its ending.</summary>
    public static bool IsImage(string file) => KindOf(file) == DataKind.Image;

    /// <summary>The SHA-256 of a file's bytes in hexadecimal, by which a result tells what it was made from.</summary>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public static string Hash(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, bad);
        }
    }

    /// <summary>What kind of data a file holds, by its ending.</summary>
    internal static DataKind KindOf(string file)
    {
        string name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        bool packed = name.Length < file.Length;
        bool Ends(params ReadOnlySpan<string> endings)
        {
            foreach (string ending in endings)
            {
                if (name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }

        return Ends(".csv", ".tsv", ".txt") ? DataKind.Table
            : Ends(".npy") ? DataKind.Npy
            : Ends(".idx", "-ubyte", ".ubyte") || IsIdx(name) ? DataKind.Idx
            : packed ? DataKind.None
            : Ends(".npz") ? DataKind.Npz
            : Ends(".pb") ? DataKind.Tensor
            : Ends(".parquet") ? DataKind.Parquet
            : Ends(".png", ".jpg", ".jpeg", ".bmp") ? DataKind.Image
            : DataKind.None;
    }

    private const string Endings = ".csv, .tsv, .txt, .npy, .npz, .parquet, .idx, -ubyte, .pb, .png, .jpg and .bmp";

    private static DataException Unreadable(string file, Exception reason) =>
        new($"'{file}' cannot be read: {reason.Message.TrimEnd('.')}.", reason);

    private static ArgumentException NotData(string text) =>
        new($"'{text}' does not end as a file of data does; {Endings} are read.");

    /// <summary>Some write t10k-images.idx3-ubyte, some t10k-images.idx3.</summary>
    private static bool IsIdx(string name) =>
        name.Length > 5
        && char.IsAsciiDigit(name[^1])
        && name.AsSpan(0, name.Length - 1).EndsWith(".idx", StringComparison.OrdinalIgnoreCase);

    private static Stream Open(string file)
    {
        FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(stream, CompressionMode.Decompress)
            : stream;
    }
}
