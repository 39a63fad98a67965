using System.Buffers.Binary;
using System.IO.Compression;

namespace Preimage.Data.Images;

/// <summary>PNG files in memory, 8 bits a channel: signature, header, palette, one deflated data chunk. [ISO/IEC 15948]</summary>
public static class PngWriter
{
    private const byte FilterNone = 0;
    private const byte FilterUp = 2;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>Entries of a palette.</summary>
    /// <param name="columns">Pixels in a line.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="levels">Entries: [rows * columns].</param>
    /// <param name="palette">Colours as 0xRRGGBB, at most 256.</param>
    public static byte[] Indexed(int columns, int rows, ReadOnlySpan<byte> levels, ReadOnlySpan<uint> palette)
    {
        byte[] colors = new byte[3 * palette.Length];
        for (int i = 0; i < palette.Length; i++)
        {
            colors[3 * i] = (byte)(palette[i] >> 16);
            colors[3 * i + 1] = (byte)(palette[i] >> 8);
            colors[3 * i + 2] = (byte)palette[i];
        }

        byte[] lines = Filtered(columns, rows, levels, FilterNone);
        return File(Header(columns, rows, 3), colors, null, Deflate(lines, CompressionLevel.Optimal));
    }

    /// <summary>Levels of grey.</summary>
    /// <param name="columns">Pixels in a line.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="levels">From 0, black, to 255, white: [rows * columns].</param>
    public static byte[] Grey(int columns, int rows, ReadOnlySpan<byte> levels)
    {
        byte[] lines = Filtered(columns, rows, levels, FilterUp);
        return File(Header(columns, rows, 0), null, null, Deflate(lines, CompressionLevel.Optimal));
    }

    /// <summary>True colour.</summary>
    /// <param name="columns">Pixels in a line.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="pixels">Red, green, blue: [3 * rows * columns].</param>
    /// <param name="dotsPerMetre">How large readers show it; 0 leaves that to them.</param>
    /// <param name="level">Fastest, or half as large for pixels that change little from line to line.</param>
    public static byte[] TrueColor(
        int columns,
        int rows,
        ReadOnlySpan<byte> pixels,
        int dotsPerMetre = 0,
        CompressionLevel level = CompressionLevel.Fastest
    )
    {
        byte[] density = new byte[9];
        BinaryPrimitives.WriteInt32BigEndian(density, dotsPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(density.AsSpan(4), dotsPerMetre);
        density[8] = 1;
        return File(
            Header(columns, rows, 2),
            null,
            dotsPerMetre > 0 ? density : null,
            Deflate(Filtered(3 * columns, rows, pixels, FilterUp), level)
        );
    }

    /// <summary>CRC-32. [ISO/IEC 15948, annex D]</summary>
    internal static uint CheckSum(ReadOnlySpan<byte> bytes) => ~Check(uint.MaxValue, bytes);

    /// <summary>The lines, each after the first less the one above it where the filter says so.</summary>
    private static byte[] Filtered(int stride, int rows, ReadOnlySpan<byte> bytes, byte filter)
    {
        byte[] lines = new byte[rows * (stride + 1)];
        for (int r = 0; r < rows; r++)
        {
            Span<byte> line = lines.AsSpan(r * (stride + 1), stride + 1);
            ReadOnlySpan<byte> row = bytes.Slice(r * stride, stride);
            bool isLess = r > 0 && filter == FilterUp;
            line[0] = isLess ? FilterUp : FilterNone;
            ReadOnlySpan<byte> above = isLess ? bytes.Slice((r - 1) * stride, stride) : default;
            for (int i = 0; i < stride; i++)
            {
                line[i + 1] = isLess ? (byte)(row[i] - above[i]) : row[i];
            }
        }

        return lines;
    }

    private static byte[] Header(int columns, int rows, byte colorType)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), rows);
        header[8] = 8;
        header[9] = colorType;
        return header;
    }

    private static byte[] File(byte[] header, byte[]? palette, byte[]? density, byte[] data)
    {
        using MemoryStream stream = new(data.Length + 1024);
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(stream, "IHDR"u8, header);
        if (palette is not null)
        {
            Chunk(stream, "PLTE"u8, palette);
        }

        if (density is not null)
        {
            Chunk(stream, "pHYs"u8, density);
        }

        Chunk(stream, "IDAT"u8, data);
        Chunk(stream, "IEND"u8, []);
        return stream.ToArray();
    }

    private static byte[] Deflate(byte[] lines, CompressionLevel level)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, level, leaveOpen: true))
        {
            zlib.Write(lines);
        }

        return stream.ToArray();
    }

    private static void Chunk(MemoryStream stream, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        stream.Write(number);
        stream.Write(name);
        stream.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Check(Check(uint.MaxValue, name), content));
        stream.Write(number);
    }

    private static uint Check(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            sum = Remainders[(sum ^ b) & 0xFF] ^ (sum >> 8);
        }

        return sum;
    }

    private static uint Remainder(int index)
    {
        uint value = (uint)index;
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
