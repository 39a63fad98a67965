using JpegLibrary;

namespace Preimage.Data.Images;

/// <summary>Reads JPEG images: baseline and progressive, grey or in colour, 8 bits. [ITU-T T.81; JFIF 1.02]</summary>
internal static class JpegFormat
{
    private static ReadOnlySpan<byte> AdobeNote =>
        [0xFF, 0xEE, 0x00, 0x0E, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e'];

    /// <summary>The image. It stands as its pixels are stored: a note of the camera to turn it counts for nothing.</summary>
    /// <exception cref="DataException">It is damaged, or of another kind.</exception>
    public static Pixels Read(byte[] bytes, string file)
    {
        try
        {
            JpegDecoder decoder = new();
            decoder.SetInput(bytes);
            decoder.Identify();
            int channels = decoder.NumberOfComponents;
            if (channels is not (1 or 3) || decoder.Precision != 8)
            {
                throw new DataException(
                    $"'{file}' is a JPEG image of {channels} channels of {decoder.Precision} bits; grey and colour ones of 8 bits are read, so save it as PNG."
                );
            }

            Plane plane = new(decoder.Width, decoder.Height, channels, file);
            decoder.SetOutputWriter(plane);
            decoder.Decode();
            return new Pixels(
                decoder.Width,
                decoder.Height,
                channels,
                [.. channels == 3 && !IsRgb(bytes) ? ToRgb(plane.Values) : plane.Values]
            );
        }
        catch (Exception bad)
            when (bad
                    is InvalidDataException
                        or InvalidOperationException
                        or NotSupportedException
                        or ArgumentException
                        or IndexOutOfRangeException
                        or ArithmeticException
                        or NullReferenceException
                        or KeyNotFoundException
            )
        {
            throw new DataException($"'{file}' is a damaged JPEG image, or one of a rare kind; save it as PNG.", bad);
        }
    }

    /// <summary>Brightness and two colour differences to red, green, blue, rounded to whole numbers as other readers do.</summary>
    private static double[] ToRgb(double[] values)
    {
        for (int i = 0; i + 2 < values.Length; i += 3)
        {
            double brightness = values[i];
            double blue = values[i + 1] - 128;
            double red = values[i + 2] - 128;
            values[i] = Level(brightness + 1.402 * red);
            values[i + 1] = Level(brightness - 0.344136286201022 * blue - 0.714136286201022 * red);
            values[i + 2] = Level(brightness + 1.772 * blue);
        }

        return values;
    }

    private static double Level(double value) => Math.Clamp(Math.Round(value), 0, 255);

    /// <summary>Whether the note of Adobe's programs says that the channels are red, green, blue.</summary>
    private static bool IsRgb(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.IndexOf(AdobeNote);
        return at >= 0 && at + 15 < bytes.Length && bytes[at + 15] == 0;
    }

    /// <summary>Takes the blocks of 8 x 8 samples.</summary>
    private sealed class Plane(int width, int height, int channels, string file) : JpegBlockOutputWriter
    {
        public double[] Values { get; } = new double[Pixels.Count(width, height, channels, file)];

        public override void WriteBlock(ref short blockRef, int componentIndex, int x, int y)
        {
            ReadOnlySpan<short> block = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(
                ref blockRef,
                64
            );
            for (int row = 0; row < 8 && y + row < height; row++)
            {
                for (int column = 0; column < 8 && x + column < width; column++)
                {
                    Values[((y + row) * width + x + column) * channels + componentIndex] = Math.Clamp(
                        (int)block[8 * row + column],
                        0,
                        255
                    );
                }
            }
        }
    }
}
