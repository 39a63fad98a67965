using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Preimage.Tests.Figures;

/// <summary>Reads back what the PNG writer wrote, independently of it.</summary>
internal static class PngReader
{
    /// <summary>The size and the filtered lines of a PNG, with its signature and every checksum checked by an independent sum.</summary>
    public static (int Columns, int Rows, byte[] Lines) Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        (int columns, int rows) = (0, 0);
        MemoryStream data = new();
        int at = 8;
        string name;
        do
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            name = Encoding.ASCII.GetString(png, at + 4, 4);
            Assert.Equal(
                Crc(png.AsSpan(at + 4, length + 4)),
                BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length))
            );
            if (name == "IHDR")
            {
                (columns, rows) = (
                    BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at + 8)),
                    BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at + 12))
                );
            }
            else if (name == "IDAT")
            {
                data.Write(png, at + 8, length);
            }

            at += 12 + length;
        } while (name != "IEND");
        Assert.Equal(png.Length, at);
        data.Position = 0;
        using ZLibStream zlib = new(data, CompressionMode.Decompress);
        MemoryStream lines = new();
        zlib.CopyTo(lines);
        return (columns, rows, lines.ToArray());
    }

    /// <summary>CRC-32 bit by bit.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                sum = ((sum ^ b >> bit) & 1) == 1 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
            }
        }

        return ~sum;
    }
}
