using System.Buffers.Binary;

namespace Preimage.Data.Images;

/// <summary>Turns the stored samples of a PNG line into values from 0 to 255.</summary>
/// <param name="header">What the samples are.</param>
/// <param name="colors">The palette: [3 * colours]; empty where there is none.</param>
/// <param name="clear">The transparent grey or colour, or the alpha of the palette's colours; empty where there is none.</param>
/// <param name="channels">Channels of the image.</param>
internal sealed class PngSamples(PngHeader header, byte[] colors, byte[] clear, int channels)
{
    private const double Opaque = 255;

    public PngHeader Header => header;

    public int Channels => channels;

    /// <summary>The pixel of a number in its line.  pixel: [Channels].</summary>
    public void Convert(ReadOnlySpan<byte> line, int index, Span<double> pixel)
    {
        if (header.Type == 3)
        {
            FromPalette(Sample(line, index), pixel);
            return;
        }

        int most = (1 << header.Depth) - 1;
        bool isClear = clear.Length >= 2 * header.Samples;
        for (int c = 0; c < header.Samples; c++)
        {
            int sample = Sample(line, index * header.Samples + c);
            pixel[c] = header.Depth == 8 ? sample : sample * 255.0 / most;
            isClear = isClear && sample == BinaryPrimitives.ReadUInt16BigEndian(clear.AsSpan(2 * c));
        }

        if (channels > header.Samples)
        {
            pixel[^1] = isClear ? 0 : Opaque;
        }
    }

    /// <summary>A colour beyond the palette is black, as other readers have it.</summary>
    private void FromPalette(int color, Span<double> pixel)
    {
        for (int c = 0; c < 3; c++)
        {
            pixel[c] = 3 * color + c < colors.Length ? colors[3 * color + c] : 0;
        }

        if (channels == 4)
        {
            pixel[3] = color < clear.Length ? clear[color] : Opaque;
        }
    }

    private int Sample(ReadOnlySpan<byte> line, int index)
    {
        if (header.Depth == 16)
        {
            return BinaryPrimitives.ReadUInt16BigEndian(line[(2 * index)..]);
        }

        int bit = index * header.Depth;
        return (line[bit / 8] >> (8 - header.Depth - bit % 8)) & ((1 << header.Depth) - 1);
    }
}
