using System.Buffers.Binary;
using System.IO.Compression;

namespace Preimage.Tests.Data;

/// <summary>PNG files of any kind, made independently of the code under test.</summary>
/// <param name="Width">Pixels in a line.</param>
/// <param name="Height">Lines.</param>
/// <param name="Depth">Bits of a sample.</param>
/// <param name="Type">0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha.</param>
/// <param name="IsInterlaced">Whether the pixels come in seven passes.</param>
internal sealed record PngBytes(int Width, int Height, int Depth, int Type, bool IsInterlaced)
{
    /// <summary>The seven passes of Adam: which pixels of each 8 x 8 square come when.</summary>
    private static readonly string[] Adam =
    [
        "16462646",
        "77777777",
        "56565656",
        "77777777",
        "36463646",
        "77777777",
        "56565656",
        "77777777",
    ];

    public int Samples =>
        Type is 2 ? 3
        : Type is 4 ? 2
        : Type is 6 ? 4
        : 1;

    /// <summary>The file.</summary>
    /// <param name="sample">The sample of a line, column and channel.</param>
    /// <param name="filter">The filter of a line's number in the file.</param>
    /// <param name="more">Further chunks before the pixels.</param>
    public byte[] Encode(
        Func<int, int, int, int> sample,
        Func<int, int> filter,
        params (string Name, byte[] Content)[] more
    )
    {
        List<byte> lines = [];
        int number = 0;
        for (char pass = '1'; pass <= (IsInterlaced ? '7' : '1'); pass++)
        {
            byte[] above = [];
            for (int y = 0; y < Height; y++)
            {
                int[] columns = [.. Enumerable.Range(0, Width).Where(x => !IsInterlaced || Adam[y % 8][x % 8] == pass)];
                if (columns.Length == 0)
                {
                    continue;
                }

                byte[] line = Packed([
                    .. columns.SelectMany(x => Enumerable.Range(0, Samples).Select(c => sample(y, x, c))),
                ]);
                above = above.Length == 0 ? new byte[line.Length] : above;
                int chosen = filter(number++);
                lines.Add((byte)chosen);
                lines.AddRange(Filtered(line, above, chosen));
                above = line;
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)Depth, (byte)Type, (byte)(IsInterlaced ? 1 : 0));
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write([.. lines]);
        }

        byte[] data = packed.ToArray();
        int half = data.Length / 2; // the pixels may stand in several chunks
        return
        [
            0x89,
            .. "PNG"u8,
            13,
            10,
            26,
            10,
            .. Chunk("IHDR", header),
            .. more.SelectMany(chunk => Chunk(chunk.Name, chunk.Content)),
            .. Chunk("IDAT", data[..half]),
            .. Chunk("IDAT", data[half..]),
            .. Chunk("IEND", []),
        ];
    }

    private byte[] Packed(int[] samples)
    {
        byte[] line = new byte[(samples.Length * Depth + 7) / 8];
        for (int i = 0; i < samples.Length; i++)
        {
            for (int bit = 0; bit < Depth; bit++)
            {
                int at = i * Depth + bit;
                line[at / 8] |= (byte)(((samples[i] >> (Depth - 1 - bit)) & 1) << (7 - at % 8));
            }
        }

        return line;
    }

    private byte[] Filtered(byte[] line, byte[] above, int filter)
    {
        int step = Math.Max(1, Samples * Depth / 8);
        byte[] filtered = new byte[line.Length];
        for (int i = 0; i < line.Length; i++)
        {
            int a = i < step ? 0 : line[i - step];
            int b = above[i];
            int c = i < step ? 0 : above[i - step];
            int paeth = new[] { a, b, c }.MinBy(candidate => Math.Abs(a + b - c - candidate));
            int predicted = new[] { 0, a, b, (a + b) / 2, paeth }[filter % 5];
            filtered[i] = (byte)(line[i] - predicted);
        }

        return filtered;
    }

    public static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(name), .. content];
        uint sum = uint.MaxValue;
        foreach (byte one in body)
        {
            sum ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
            }
        }

        byte[] length = BitConverter.GetBytes(content.Length);
        byte[] check = BitConverter.GetBytes(~sum);
        return [.. length.Reverse(), .. body, .. check.Reverse()];
    }
}
