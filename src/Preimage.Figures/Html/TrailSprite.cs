using System.IO.Compression;
using Preimage.Data.Images;

namespace Preimage.Figures.Trails;

/// <summary>
/// Frames of an animation in one PNG: line r of frame f is line r * PerGroup + f, so that each line lies below the same line of the frame before
/// it, and little changes from one to the next. Frames beyond what a browser takes in height stand in further groups to the right.
/// </summary>
internal sealed class TrailSprite
{
    private const int MostRows = 16000;

    private TrailSprite(byte[] png, int perGroup)
    {
        Png = png;
        PerGroup = perGroup;
    }

    /// <summary>The file.</summary>
    public byte[] Png { get; }

    /// <summary>How many frames stand in each other's lines.</summary>
    public int PerGroup { get; }

    /// <summary>The frames of some pixels, of 1 or 3 channels.  Each: [rows * columns * channels].</summary>
    public static TrailSprite Of(IReadOnlyList<byte[]> frames, int columns, int rows, int channels)
    {
        int perGroup = Math.Clamp(MostRows / rows, 1, frames.Count);
        int groups = (frames.Count + perGroup - 1) / perGroup;
        int length = columns * channels;
        byte[] lines = new byte[rows * perGroup * groups * length];
        for (int f = 0; f < frames.Count; f++)
        {
            for (int r = 0; r < rows; r++)
            {
                int line = (r * perGroup + f % perGroup) * groups + f / perGroup;
                frames[f].AsSpan(r * length, length).CopyTo(lines.AsSpan(line * length));
            }
        }

        byte[] png =
            channels == 1
                ? PngWriter.Grey(columns * groups, rows * perGroup, lines)
                : PngWriter.TrueColor(columns * groups, rows * perGroup, lines, 0, CompressionLevel.Optimal);
        return new TrailSprite(png, perGroup);
    }
}
