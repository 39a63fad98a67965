namespace Preimage.Tests.Data;

/// <summary>Baseline JPEG files with quantisation steps of 1, made of given cosine coefficients, independently of the code under test. [ITU-T T.81]</summary>
internal static class JpegBytes
{
    /// <summary>Every run and size, and the end of a block, each with a code of 8 bits.</summary>
    private static readonly byte[] Symbols =
    [
        0x00,
        0xF0,
        .. from run in Enumerable.Range(0, 16) from size in Enumerable.Range(1, 10) select (byte)(run << 4 | size),
    ];

    private static readonly int[] ZigZag =
    [
        .. Enumerable.Range(0, 64).OrderBy(i => i / 8 + i % 8).ThenBy(i => (i / 8 + i % 8) % 2 == 0 ? -(i / 8) : i / 8),
    ];

    /// <summary>A file.</summary>
    /// <param name="width">Pixels in a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="sampling">Blocks across and down of each channel in a unit.</param>
    /// <param name="blocks">The coefficients in the order of the file, row-major 8 x 8: the channels of each unit one after the other.</param>
    public static byte[] Of(int width, int height, (int Across, int Down)[] sampling, IReadOnlyList<int[]> blocks)
    {
        int channels = sampling.Length;
        byte[] frame =
        [
            8,
            (byte)(height >> 8),
            (byte)height,
            (byte)(width >> 8),
            (byte)width,
            (byte)channels,
            .. sampling.SelectMany((s, c) => new byte[] { (byte)(c + 1), (byte)(s.Across << 4 | s.Down), 0 }),
        ];
        byte[] scan =
        [
            (byte)channels,
            .. Enumerable.Range(1, channels).SelectMany(c => new byte[] { (byte)c, 0 }),
            0,
            63,
            0,
        ];
        // Sizes 0 to 11 of the first coefficient with codes of 4 bits; a table lists how many codes of 1 to 16 bits there are.
        byte[] first = [0x00, 0, 0, 0, 12, .. new byte[12], .. Enumerable.Range(0, 12).Select(i => (byte)i)];
        byte[] rest = [0x10, .. new byte[7], (byte)Symbols.Length, .. new byte[8], .. Symbols];
        return
        [
            0xFF,
            0xD8,
            .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. Segment(0xC0, frame),
            .. Segment(0xC4, first),
            .. Segment(0xC4, rest),
            .. Segment(0xDA, scan),
            .. Coded(sampling, blocks),
            0xFF,
            0xD9,
        ];
    }

    /// <summary>The samples of a block by the definition of the inverse transform, before rounding.</summary>
    public static double[] Samples(int[] coefficients)
    {
        double[] samples = new double[64];
        for (int i = 0; i < 64; i++)
        {
            double sum = 0;
            for (int k = 0; k < 64; k++)
            {
                double scale = (k / 8 == 0 ? Math.Sqrt(0.5) : 1) * (k % 8 == 0 ? Math.Sqrt(0.5) : 1) / 4;
                sum +=
                    scale
                    * coefficients[k]
                    * Math.Cos((2 * (i % 8) + 1) * (k % 8) * Math.PI / 16)
                    * Math.Cos((2 * (i / 8) + 1) * (k / 8) * Math.PI / 16);
            }

            samples[i] = sum + 128;
        }

        return samples;
    }

    private static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static IEnumerable<byte> Coded((int Across, int Down)[] sampling, IReadOnlyList<int[]> blocks)
    {
        int[] order = [.. sampling.SelectMany((s, c) => Enumerable.Repeat(c, s.Across * s.Down))];
        int[] before = new int[sampling.Length];
        List<bool> bits = [];
        for (int b = 0; b < blocks.Count; b++)
        {
            int channel = order[b % order.Length];
            int change = blocks[b][0] - before[channel];
            before[channel] = blocks[b][0];
            Put(bits, Size(change), 4);
            PutNumber(bits, change);
            PutRest(bits, blocks[b]);
        }

        while (bits.Count % 8 != 0)
        {
            bits.Add(true);
        }

        foreach (bool[] eight in bits.Chunk(8))
        {
            byte one = (byte)eight.Aggregate(0, (value, bit) => value << 1 | (bit ? 1 : 0));
            yield return one;
            if (one == 0xFF)
            {
                yield return 0;
            }
        }
    }

    /// <summary>All coefficients but the first: how many zeros come before each other one, and that one.</summary>
    private static void PutRest(List<bool> bits, int[] block)
    {
        int run = 0;
        foreach (int number in ZigZag.Skip(1).Select(k => block[k]))
        {
            if (number == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
            {
                Put(bits, Array.IndexOf(Symbols, (byte)0xF0), 8);
            }

            Put(bits, Array.IndexOf(Symbols, (byte)(run << 4 | Size(number))), 8);
            PutNumber(bits, number);
            run = 0;
        }

        if (run > 0)
        {
            Put(bits, 0, 8);
        }
    }

    /// <summary>The bits of a number; of a negative one those of what is less by one.</summary>
    private static void PutNumber(List<bool> bits, int number) =>
        Put(bits, number > 0 ? number : number + (1 << Size(number)) - 1, Size(number));

    private static void Put(List<bool> bits, int value, int length)
    {
        for (int i = length - 1; i >= 0; i--)
        {
            bits.Add((value >> i & 1) == 1);
        }
    }

    private static int Size(int number)
    {
        int size = 0;
        for (int left = Math.Abs(number); left > 0; left >>= 1)
        {
            size++;
        }

        return size;
    }
}
