using System.Buffers.Binary;

namespace Preimage.Data.Images;

/// <summary>Reads BMP images of 1, 4, 8, 24 or 32 bits that are not compressed. [Microsoft: Bitmap Storage]</summary>
internal static class BmpFormat
{
    private const int FileHeader = 14;

    /// <summary>Which bits are red, green, blue.</summary>
    private static ReadOnlySpan<byte> UsualMasks => [0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0xFF, 0, 0, 0];

    /// <summary>The image, without alpha.</summary>
    /// <exception cref="DataException">It is damaged or compressed.</exception>
    public static Pixels Read(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < FileHeader + 40)
        {
            throw CutShort(file);
        }

        int start = BinaryPrimitives.ReadInt32LittleEndian(bytes[10..]);
        ReadOnlySpan<byte> header = bytes[FileHeader..];
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(header);
        int width = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int lines = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        int depth = BinaryPrimitives.ReadUInt16LittleEndian(header[14..]);
        int compression = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
        CheckKind(headerLength, depth, compression, bytes, file);
        long height = Math.Abs((long)lines);
        int count = Pixels.Count(width, height, 3, file);
        long stride = ((long)width * depth + 31) / 32 * 4;
        if (start < FileHeader || start + stride * height > bytes.Length)
        {
            throw CutShort(file);
        }

        ReadOnlySpan<byte> palette = bytes[Math.Min(bytes.Length, FileHeader + headerLength)..];
        double[] values = new double[count];
        for (int y = 0; y < height; y++)
        {
            // Lines stand from the bottom upward, unless the height is negative.
            int line = lines > 0 ? (int)height - 1 - y : y;
            ReadOnlySpan<byte> stored = bytes.Slice((int)(start + line * stride), (int)stride);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> pixel = depth > 8 ? stored[(x * depth / 8)..] : Color(palette, stored, x, depth);
                for (int c = 0; c < 3 && c < pixel.Length; c++)
                {
                    values[(y * width + x) * 3 + c] = pixel[pixel.Length < 3 ? c : 2 - c];
                }
            }
        }

        return new Pixels(width, (int)height, 3, [.. values]);
    }

    /// <summary>Blue, green, red of a colour of the palette; nothing, which is black, beyond its end.</summary>
    private static ReadOnlySpan<byte> Color(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> stored, int x, int depth)
    {
        int bit = x * depth;
        int index = (stored[bit / 8] >> (8 - depth - bit % 8)) & ((1 << depth) - 1);
        return 4 * index + 3 <= palette.Length ? palette.Slice(4 * index, 3) : default;
    }

    private static void CheckKind(int headerLength, int depth, int compression, ReadOnlySpan<byte> bytes, string file)
    {
        bool isPlain = compression == 0;
        bool hasUsualMasks =
            compression == 3
            && depth == 32
            && bytes.Length >= FileHeader + 52
            && bytes.Slice(FileHeader + 40, 12).SequenceEqual(UsualMasks);
        if (headerLength < 40 || depth is not (1 or 4 or 8 or 24 or 32) || !(isPlain || hasUsualMasks))
        {
            throw new DataException(
                $"'{file}' is a BMP image of {depth} bits, compression {compression}; those of 1, 4, 8, 24 or 32 bits without compression are read, so save it as PNG."
            );
        }
    }

    private static DataException CutShort(string file) => new($"'{file}' is a BMP image that is cut short.");
}
