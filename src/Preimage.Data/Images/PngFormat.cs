using System.Buffers.Binary;
using System.IO.Compression;

namespace Preimage.Data.Images;

/// <summary>Reads PNG images: all depths and colour types, interlaced or not. [ISO/IEC 15948]</summary>
internal static class PngFormat
{
    private const int Grey = 0;
    private const int TrueColor = 2;
    private const int Palette = 3;

    /// <summary>Deflate packs at most 1032 bytes into one.</summary>
    private const int BestPacking = 1032;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The image.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public static Pixels Read(byte[] bytes, string file)
    {
        Chunks chunks = Chunks.Read(bytes, file);
        PngHeader header = PngHeader.Read(chunks.Header, chunks.Colors.Length, file);
        bool isClear = header.Type is Grey or TrueColor or Palette && chunks.Transparency.Length > 0;
        int channels = header.Type switch
        {
            Palette => 3,
            TrueColor => 3,
            6 => 4,
            4 => 2,
            _ => 1,
        };
        if (isClear)
        {
            channels++;
        }

        double[] values = new double[Pixels.Count(header.Width, header.Height, channels, file)];
        if (header.Bytes > chunks.Packed.Length * BestPacking)
        {
            throw CutShort(file);
        }

        PngSamples samples = new(header, chunks.Colors, isClear ? chunks.Transparency : [], channels);
        using ZLibStream stream = new(chunks.Packed, CompressionMode.Decompress);
        try
        {
            foreach (PngPass pass in header.Passes)
            {
                Read(stream, pass, samples, values, file);
            }
        }
        catch (InvalidDataException bad)
        {
            throw new DataException($"'{file}' is a damaged PNG image: its pixels cannot be unpacked.", bad);
        }

        return new Pixels(header.Width, header.Height, channels, [.. values]);
    }

    /// <summary>Reads the lines of a pass.</summary>
    private static void Read(Stream stream, PngPass pass, PngSamples samples, double[] values, string file)
    {
        PngHeader header = samples.Header;
        int columns = pass.Columns(header.Width);
        if (columns == 0)
        {
            return;
        }

        byte[] line = new byte[header.LineBytes(columns)];
        byte[] above = new byte[line.Length];
        for (int y = pass.Top; y < header.Height; y += pass.Down)
        {
            int filter = stream.ReadByte();
            if (stream.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) < line.Length)
            {
                throw CutShort(file);
            }

            if (filter > 4)
            {
                throw new DataException($"'{file}' is a damaged PNG image: it has no filter {filter}.");
            }

            Unfilter(filter, line, above, header.PixelBytes);
            for (int i = 0; i < columns; i++)
            {
                int at = (y * header.Width + pass.Left + i * pass.Right) * samples.Channels;
                samples.Convert(line, i, values.AsSpan(at, samples.Channels));
            }

            (line, above) = (above, line);
        }
    }

    /// <summary>Adds what each byte was predicted from: the byte before, the one above, their mean, or the nearest of three.</summary>
    private static void Unfilter(int filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        for (int i = 0; i < line.Length; i++)
        {
            int left = i < step ? 0 : line[i - step];
            int up = above[i];
            int corner = i < step ? 0 : above[i - step];
            line[i] += filter switch
            {
                1 => (byte)left,
                2 => (byte)up,
                3 => (byte)((left + up) / 2),
                4 => (byte)Nearest(left, up, corner),
                _ => 0,
            };
        }
    }

    private static int Nearest(int left, int up, int corner)
    {
        int guess = left + up - corner;
        int fromLeft = Math.Abs(guess - left);
        int fromUp = Math.Abs(guess - up);
        int fromCorner = Math.Abs(guess - corner);
        return fromLeft <= fromUp && fromLeft <= fromCorner ? left
            : fromUp <= fromCorner ? up
            : corner;
    }

    private static DataException CutShort(string file) =>
        new($"'{file}' is a PNG image that is cut short: it has fewer pixels than it says.");

    /// <summary>The parts of the file that make the image.</summary>
    private sealed record Chunks(byte[] Header, byte[] Colors, byte[] Transparency, MemoryStream Packed)
    {
        public static Chunks Read(byte[] bytes, string file)
        {
            Chunks found = new([], [], [], new MemoryStream());
            for (int at = Signature.Length; at <= bytes.Length - 12; )
            {
                uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
                if (length > bytes.Length - at - 12)
                {
                    break;
                }

                ReadOnlySpan<byte> content = bytes.AsSpan(at + 8, (int)length);
                ReadOnlySpan<byte> name = bytes.AsSpan(at + 4, 4);
                CheckSum(bytes.AsSpan(at + 4, (int)length + 8), file);
                if (name.SequenceEqual("IHDR"u8))
                {
                    found = found with { Header = content.ToArray() };
                }
                else if (name.SequenceEqual("PLTE"u8))
                {
                    found = found with { Colors = content.ToArray() };
                }
                else if (name.SequenceEqual("tRNS"u8))
                {
                    found = found with { Transparency = content.ToArray() };
                }
                else if (name.SequenceEqual("IDAT"u8))
                {
                    found.Packed.Write(content);
                }
                else if (name.SequenceEqual("IEND"u8))
                {
                    found.Packed.Position = 0;
                    return found;
                }

                at += 12 + (int)length;
            }

            throw new DataException($"'{file}' is a PNG image that is cut short: its end is missing.");
        }

        private static void CheckSum(ReadOnlySpan<byte> chunk, string file)
        {
            if (PngWriter.CheckSum(chunk[..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
            {
                throw new DataException($"'{file}' is a damaged PNG image: a checksum does not fit.");
            }
        }
    }
}
