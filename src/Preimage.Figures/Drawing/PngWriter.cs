using System.Buffers.Binary;
using System.IO.Compression;

namespace Preimage.Figures.Drawing;

/// <summary>PNG files, 8 bits a channel: signature, header, palette, one deflated data chunk. [ISO/IEC 15948]</summary>
internal static class PngWriter
{
    private const byte FilterNone = 0;
    private const byte FilterUp = 2;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>The palette entries of a rectangle.</summary>
    public static byte[] Indexed(HeatMark heat)
    {
        (int columns, int rows) = (heat.Columns, heat.Rows);
        ReadOnlySpan<byte> levels = heat.Levels.AsSpan();
        byte[] lines = new byte[rows * (columns + 1)];
        for (int r = 0; r < rows; r++)
        {
            lines[r * (columns + 1)] = FilterNone;
            levels.Slice(r * columns, columns).CopyTo(lines.AsSpan(r * (columns + 1) + 1));
        }

        byte[] palette = new byte[3 * 256];
        for (int i = 0; i < 256; i++)
        {
            uint color = heat.Palette[i];
            palette[3 * i] = (byte)(color >> 16);
            palette[3 * i + 1] = (byte)(color >> 8);
            palette[3 * i + 2] = (byte)color;
        }

        return File(Header(columns, rows, 3), palette, null, Deflate(lines, CompressionLevel.Optimal));
    }

    /// <summary>True colour, at twice the density of a plain screen.  pixels: [3 * rows * columns].</summary>
    public static byte[] TrueColor(int columns, int rows, ReadOnlySpan<byte> pixels)
    {
        int stride = 3 * columns;
        byte[] lines = new byte[rows * (stride + 1)];
        for (int r = 0; r < rows; r++)
        {
            Span<byte> line = lines.AsSpan(r * (stride + 1), stride + 1);
            ReadOnlySpan<byte> row = pixels.Slice(r * stride, stride);
            line[0] = r == 0 ? FilterNone : FilterUp;
            ReadOnlySpan<byte> above = r == 0 ? default : pixels.Slice((r - 1) * stride, stride);
            for (int i = 0; i < stride; i++)
            {
                line[i + 1] = r == 0 ? row[i] : (byte)(row[i] - above[i]);
            }
        }

        // 192 dots an inch: readers show the picture at its size in CSS pixels.
        byte[] density = new byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(density, 7559);
        BinaryPrimitives.WriteUInt32BigEndian(density.AsSpan(4), 7559);
        density[8] = 1;
        return File(Header(columns, rows, 2), null, density, Deflate(lines, CompressionLevel.Fastest));
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
