using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Preimage.Data.Images;

/// <summary>Where the pixels of a pass stand in the image: the first one, and the steps from one to the next.</summary>
internal readonly record struct PngPass(int Left, int Top, int Right, int Down)
{
    /// <summary>How many pixels a line of the pass has.</summary>
    public int Columns(int width) => Left >= width ? 0 : (width - Left + Right - 1) / Right;

    /// <summary>How many lines it has.</summary>
    public int Lines(int height) => Top >= height ? 0 : (height - Top + Down - 1) / Down;
}

/// <summary>What a PNG file says about its pixels. [ISO/IEC 15948, 11.2.2]</summary>
internal sealed record PngHeader(int Width, int Height, int Depth, int Type, bool IsInterlaced)
{
    private static readonly ImmutableArray<PngPass> Interlaced =
    [
        new(0, 0, 8, 8),
        new(4, 0, 8, 8),
        new(0, 4, 4, 8),
        new(2, 0, 4, 4),
        new(0, 2, 2, 4),
        new(1, 0, 2, 2),
        new(0, 1, 1, 2),
    ];

    /// <summary>Numbers in a pixel as it is stored.</summary>
    public int Samples =>
        Type switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };

    /// <summary>How far back the byte of the pixel before is.</summary>
    public int PixelBytes => Math.Max(1, Samples * Depth / 8);

    /// <summary>The passes, in the order of the file.</summary>
    public ImmutableArray<PngPass> Passes => IsInterlaced ? Interlaced : [new(0, 0, 1, 1)];

    /// <summary>All bytes of the unpacked pixels, with the filter of each line.</summary>
    public long Bytes =>
        Passes.Sum(pass => pass.Columns(Width) == 0 ? 0L : (1L + LineBytes(pass.Columns(Width))) * pass.Lines(Height));

    /// <summary>The bytes of a line of so many pixels.</summary>
    public int LineBytes(int columns) => (int)(((long)columns * Samples * Depth + 7) / 8);

    /// <summary>Reads the chunk IHDR.</summary>
    /// <exception cref="DataException">It is none, or the palette is missing.</exception>
    public static PngHeader Read(byte[] chunk, int paletteBytes, string file)
    {
        if (chunk.Length != 13)
        {
            throw new DataException($"'{file}' is a damaged PNG image: it has no header.");
        }

        int depth = chunk[8];
        int type = chunk[9];
        bool fits = type switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!fits || chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
        {
            throw new DataException(
                $"'{file}' is a damaged PNG image: its header has no colours of type {type}, {depth} bits."
            );
        }

        if (type == 3 && (paletteBytes == 0 || paletteBytes % 3 != 0))
        {
            throw new DataException($"'{file}' is a damaged PNG image: its palette is missing.");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(4));
        _ = Pixels.Count(width, height, 4, file);
        return new PngHeader((int)width, (int)height, depth, type, chunk[12] == 1);
    }
}
