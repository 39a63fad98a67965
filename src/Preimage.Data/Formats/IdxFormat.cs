using System.Buffers.Binary;

namespace Preimage.Data.Formats;

/// <summary>Reads the format of the MNIST files: two zeros, the type, the rank, the lengths, then the numbers, all big-endian. [LeCun1998]</summary>
internal static class IdxFormat
{
    /// <summary>The array, or one row of it.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public static DataArray Read(Stream stream, string file, int? row)
    {
        Span<byte> word = stackalloc byte[4];
        if (Short(stream, word) || word[0] != 0 || word[1] != 0)
        {
            throw new DataException($"'{file}' is no IDX file: it does not begin with two zeros, a type and a rank.");
        }

        NumberFormat format = FormatOf(word[2], file);
        long[] shape = new long[word[3]];
        for (int d = 0; d < shape.Length; d++)
        {
            shape[d] = Short(stream, word)
                ? throw new DataException($"'{file}' is cut short: it ends inside its header.")
                : BinaryPrimitives.ReadUInt32BigEndian(word);
        }

        int count = Bounds.Count(shape, file);
        if (row is null)
        {
            return new DataArray([.. shape.Select(n => (int)n)], [.. format.Read(stream, count, file)]);
        }

        Bounds.CheckRow(row.Value, shape, file);
        int length = count / (int)shape[0];
        format.Skip(stream, (row.Value - 1L) * length, file);
        return new DataArray([.. shape.Skip(1).Select(n => (int)n)], [.. format.Read(stream, length, file)]);
    }

    private static bool Short(Stream stream, Span<byte> word) =>
        stream.ReadAtLeast(word, word.Length, throwOnEndOfStream: false) < word.Length;

    private static NumberFormat FormatOf(byte type, string file) =>
        type switch
        {
            0x08 => new NumberFormat(NumberKind.Unsigned, 1, true),
            0x09 => new NumberFormat(NumberKind.Signed, 1, true),
            0x0B => new NumberFormat(NumberKind.Signed, 2, true),
            0x0C => new NumberFormat(NumberKind.Signed, 4, true),
            0x0D => new NumberFormat(NumberKind.Real, 4, true),
            0x0E => new NumberFormat(NumberKind.Real, 8, true),
            _ => throw new DataException($"'{file}' is no IDX file: 0x{type:X2} is no type of number there."),
        };
}
