using CsCheck;
using Preimage.Data;
using Preimage.Data.Images;
using Preimage.Tests.Onnx;

namespace Preimage.Tests.Data;

public sealed class ImageFileTests : IDisposable
{
    /// <summary>Decoders may compute the inverse transform with integers; the standard allows them 1 level.</summary>
    private const double TransformRounding = 1;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Saved(string name, byte[] bytes)
    {
        File.WriteAllBytes(folder[name], bytes);
        return folder[name];
    }

    /// <summary>Every depth and colour type, plain and interlaced, with all filters.</summary>
    [Fact]
    public void Png_OfEveryKind_IsReadExactly()
    {
        (int Type, int Depth)[] kinds =
        [
            (0, 1),
            (0, 2),
            (0, 4),
            (0, 8),
            (0, 16),
            (2, 8),
            (2, 16),
            (4, 8),
            (4, 16),
            (6, 8),
            (6, 16),
        ];
        var size = Gen.Int[1, 19];
        foreach (bool isInterlaced in (bool[])[false, true])
        {
            Gen.Select(Gen.Int[0, kinds.Length - 1], size, size, Gen.Int)
                .Sample(
                    (kind, width, height, seed) =>
                    {
                        PngBytes png = new(width, height, kinds[kind].Depth, kinds[kind].Type, isInterlaced);
                        int most = (1 << png.Depth) - 1;
                        int Sample(int y, int x, int c) => Hash(seed, y, x, c) & most;
                        string path = Saved("a.png", png.Encode(Sample, line => Hash(seed, line, 7, 7) % 5));
                        Pixels image = ImageFile.Read(path);
                        Assert.Equal((width, height, png.Samples), (image.Width, image.Height, image.Channels));
                        for (int i = 0; i < image.Values.Length; i++)
                        {
                            int pixel = i / png.Samples;
                            int sample = Sample(pixel / width, pixel % width, i % png.Samples);
                            Assert.Equal(png.Depth == 8 ? sample : sample * 255.0 / most, image.Values[i]);
                        }
                    },
                    iter: 100,
                    threads: 1
                );
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Png_WithAPalette_HasItsColours(int depth)
    {
        PngBytes png = new(5, 3, depth, 3, false);
        byte[] colors = [10, 20, 30, 40, 50, 60];
        byte[] bytes = png.Encode((y, x, _) => (x + y) % 2, _ => 0, ("PLTE", colors));
        Pixels image = ImageFile.Read(Saved("p.png", bytes));
        Assert.Equal(3, image.Channels);
        Assert.Equal([10, 20, 30, 40, 50, 60], image.Values[..6]);
        bytes = png.Encode((y, x, _) => (x + y) % 2, _ => 0, ("PLTE", colors), ("tRNS", [7]));
        Assert.Equal([10, 20, 30, 7, 40, 50, 60, 255], ImageFile.Read(Saved("p.png", bytes)).Values[..8]);
    }

    [Fact]
    public void Png_WithATransparentColour_HasAlpha()
    {
        PngBytes grey = new(2, 1, 8, 0, false);
        byte[] bytes = grey.Encode((_, x, _) => x, _ => 0, ("tRNS", [0, 1]));
        Assert.Equal([0, 255, 1, 0], ImageFile.Read(Saved("g.png", bytes)).Values);
        PngBytes color = new(2, 1, 8, 2, false);
        bytes = color.Encode((_, x, c) => x + c, _ => 0, ("tRNS", [0, 0, 0, 1, 0, 2]));
        Assert.Equal([0, 1, 2, 0, 1, 2, 3, 255], ImageFile.Read(Saved("c.png", bytes)).Values);
    }

    [Fact]
    public void Png_ThatIsDamaged_IsRefused()
    {
        PngBytes png = new(4, 4, 8, 0, false);
        byte[] good = png.Encode((y, x, _) => x + y, _ => 0);
        Refuses(good[..^12], "end is missing");
        byte[] changed = [.. good];
        changed[^20] ^= 1;
        Refuses(changed, "checksum");
        Refuses((png with { Height = 9 }).Encode((_, _, _) => 0, line => line == 3 ? 9 : 0), "no filter 9");
        byte[] taller =
        [
            .. good[..8],
            .. PngBytes.Chunk("IHDR", [0, 0, 0, 4, 0, 0, 0, 9, 8, 0, 0, 0, 0]),
            .. good[33..],
        ];
        Refuses(taller, "cut short");
        byte[] huge = [.. good[..8], .. PngBytes.Chunk("IHDR", [0, 1, 0, 0, 0, 1, 0, 0, 8, 0, 0, 0, 0]), .. good[33..]];
        Refuses(huge, "65536 x 65536");
        byte[] large =
        [
            .. good[..8],
            .. PngBytes.Chunk("IHDR", [0, 0, 16, 0, 0, 0, 16, 0, 8, 0, 0, 0, 0]),
            .. good[33..],
        ];
        Refuses(large, "cut short");
        byte[] odd = [.. good[..8], .. PngBytes.Chunk("IHDR", [0, 0, 0, 4, 0, 0, 0, 4, 3, 0, 0, 0, 0]), .. good[33..]];
        Refuses(odd, "type 0, 3 bits");
        Refuses((png with { Type = 3 }).Encode((_, _, _) => 0, _ => 0), "palette is missing");
        Refuses("hello"u8.ToArray(), "no PNG, JPEG or BMP");
        Refuses([], "no PNG, JPEG or BMP");
    }

    [Theory]
    [InlineData(24, 3, false)]
    [InlineData(24, 4, true)]
    [InlineData(32, 5, false)]
    public void Bmp_OfTrueColour_IsRead(int depth, int width, bool isTopDown)
    {
        int stride = (width * depth / 8 + 3) / 4 * 4;
        byte[] pixels = new byte[stride * 2];
        for (int y = 0; y < 2; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int line = isTopDown ? y : 1 - y;
                (byte red, byte green, byte blue) = ((byte)(10 * x), (byte)y, (byte)200);
                new[] { blue, green, red }.CopyTo(pixels, line * stride + x * depth / 8);
            }
        }

        Pixels image = ImageFile.Read(Saved("a.bmp", Bmp(width, isTopDown ? -2 : 2, depth, [], pixels)));
        Assert.Equal((width, 2, 3), (image.Width, image.Height, image.Channels));
        for (int i = 0; i < 2 * width; i++)
        {
            Assert.Equal([10 * (i % width), i / width, 200], image.Values.Skip(3 * i).Take(3));
        }
    }

    [Theory]
    [InlineData(1, new byte[] { 0b0110_0000, 0, 0, 0 })]
    [InlineData(4, new byte[] { 0x01, 0x10, 0, 0 })]
    [InlineData(8, new byte[] { 0, 1, 1, 0 })]
    public void Bmp_WithAPalette_IsRead(int depth, byte[] line)
    {
        byte[] palette = [3, 2, 1, 0, 6, 5, 4, 0];
        Pixels image = ImageFile.Read(Saved("p.bmp", Bmp(3, 1, depth, palette, line)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 4, 5, 6], image.Values);
    }

    [Fact]
    public void Bmp_ThatIsDamaged_IsRefused()
    {
        byte[] good = Bmp(3, 1, 24, [], new byte[12]);
        Refuses(good[..^1], "cut short");
        Refuses(good[..30], "cut short");
        byte[] packed = [.. good];
        packed[30] = 1;
        Refuses(packed, "compression 1");
        byte[] huge = [.. good];
        huge[21] = huge[25] = 0x7F;
        Refuses(huge, "pixels");
    }

    private static byte[] Bmp(int width, int height, int depth, byte[] palette, byte[] pixels)
    {
        int start = 54 + palette.Length;
        return
        [
            .. "BM"u8,
            .. BitConverter.GetBytes(start + pixels.Length),
            0,
            0,
            0,
            0,
            .. BitConverter.GetBytes(start),
            40,
            0,
            0,
            0,
            .. BitConverter.GetBytes(width),
            .. BitConverter.GetBytes(height),
            1,
            0,
            (byte)depth,
            0,
            .. new byte[24],
            .. palette,
            .. pixels,
        ];
    }

    [Fact]
    public void Jpeg_InGrey_IsTheInverseTransformOfItsCoefficients()
    {
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int)
            .Sample(
                (width, height, seed) =>
                {
                    int across = (width + 7) / 8;
                    int[][] blocks = [.. Enumerable.Range(0, across * ((height + 7) / 8)).Select(b => Block(seed, b))];
                    Pixels image = ImageFile.Read(Saved("g.jpg", JpegBytes.Of(width, height, [(1, 1)], blocks)));
                    Assert.Equal((width, height, 1), (image.Width, image.Height, image.Channels));
                    for (int i = 0; i < width * height; i++)
                    {
                        (int y, int x) = (i / width, i % width);
                        double wanted = JpegBytes.Samples(blocks[y / 8 * across + x / 8])[y % 8 * 8 + x % 8];
                        Assert.Equal(Math.Clamp(wanted, 0, 255), image.Values[i], TransformRounding);
                    }
                },
                iter: 50,
                threads: 1
            );
    }

    [Fact]
    public void Jpeg_InColour_AlsoWithFewerColourSamples_IsRead()
    {
        int[] Flat(int level) => [8 * (level - 128), .. new int[63]];
        // brightness 100, blue difference 160, red difference 90 (JFIF's formula, by hand)
        double[] color = [100 + 1.402 * -38, 100 - 0.344136 * 32 + 0.714136 * 38, 100 + 1.772 * 32];
        Pixels full = ImageFile.Read(
            Saved("c.jpg", JpegBytes.Of(8, 8, [(1, 1), (1, 1), (1, 1)], [Flat(100), Flat(160), Flat(90)]))
        );
        int[][] unit = [Flat(100), Flat(100), Flat(100), Flat(100), Flat(160), Flat(90)];
        Pixels half = ImageFile.Read(Saved("h.jpg", JpegBytes.Of(15, 9, [(2, 2), (1, 1), (1, 1)], unit)));
        Assert.Equal((15, 9, 3), (half.Width, half.Height, half.Channels));
        foreach (Pixels image in (Pixels[])[full, half])
        {
            for (int i = 0; i < image.Values.Length; i++)
            {
                Assert.Equal(color[i % 3], image.Values[i], 3 * TransformRounding);
            }
        }
    }

    [Theory]
    [InlineData(0x10)]
    [InlineData(0x01)]
    public void Jpeg_WithoutSamplesInOneDirection_IsRefused(byte factors)
    {
        byte[] jpeg = JpegBytes.Of(8, 8, [(1, 1)], [Block(1, 1)]);
        // The frame's mark, length, precision, size, number of channels and the first one's name stand before its factors.
        jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 11] = factors;
        Assert.Contains(
            "damaged",
            Assert.Throws<DataException>(() => ImageFile.Read(Saved("z.jpg", jpeg))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void DamagedImages_AreReadOrRefused()
    {
        byte[] png = new PngBytes(6, 5, 8, 2, true).Encode((y, x, c) => y + x + c, line => line % 5);
        byte[] jpeg = JpegBytes.Of(8, 8, [(1, 1)], [Block(1, 1)]);
        byte[] bmp = Bmp(3, 2, 24, [], new byte[24]);
        Gen.Select(
                Gen.OneOf(Gen.Const(png), Gen.Const(jpeg), Gen.Const(bmp)),
                Gen.Int[0, 600],
                Gen.Int[0, 600],
                Gen.Byte
            )
            .Sample(
                (file, at, length, value) =>
                {
                    byte[] bytes = [.. file.Take(Math.Max(length, 3))];
                    bytes[2 + at % (bytes.Length - 2)] = value;
                    try
                    {
                        Pixels image = ImageFile.Read(Saved("f", bytes));
                        Assert.Equal(image.Width * image.Height * image.Channels, image.Values.Length);
                    }
                    catch (DataException refusal)
                    {
                        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
                    }
                },
                iter: 3000,
                threads: 1
            );
    }

    [Theory]
    [InlineData("unit", new[] { 1, 1, 5, 7 })]
    [InlineData("mnist", new[] { 5, 7 })]
    [InlineData("imagenet", new[] { 1, 3, 4, 6 })]
    [InlineData("caffe", new[] { 3, 4, 6 })]
    [InlineData("unit,layout=hwc", new[] { 1, 4, 6, 3 })]
    [InlineData("raw", new[] { 1, 49 })]
    public void AnImage_ComesBackFromTheModelsInput(string name, int[] shape)
    {
        Preprocessing preprocessing = Preprocessing.Parse(name) with { Size = null };
        bool isGrey = !shape.Contains(3);
        (int height, int width) = isGrey ? (shape.Contains(49) ? 7 : 5, 7) : (4, 6);
        PngBytes png = new(width, height, 8, isGrey ? 0 : 2, false);
        string path = Saved("in.png", png.Encode((y, x, c) => Hash(3, y, x, c) & 255, _ => 4));
        var values = ImageFile.Read(path, preprocessing, [.. shape]);
        ImageFile.Write(folder["out.png"], values.AsSpan(), preprocessing, [.. shape]);
        Assert.Equal(ImageFile.Read(path).Values, ImageFile.Read(folder["out.png"]).Values);
    }

    [Fact]
    public void AWrittenImage_IsCutOffAtBlackAndWhite()
    {
        ImageFile.Write(folder["o.png"], [-0.5, 2, 0.5, 1], Preprocessing.Parse("unit"), [2, 2]);
        Assert.Equal([0, 255, 128, 255], ImageFile.Read(folder["o.png"]).Values);
        Assert.Contains(
            "not finite",
            Assert
                .Throws<ArgumentException>(() =>
                    ImageFile.Write(folder["o.png"], [double.NaN, 0, 0, 0], new Preprocessing(), [2, 2])
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    private static int[] Block(int seed, int block)
    {
        int[] coefficients = new int[64];
        coefficients[0] = Hash(seed, block, 0, 1) % 1000 - 500;
        for (int k = 1; k < 64; k++)
        {
            // Few and small ones, so that most samples stay between 0 and 255.
            coefficients[k] = Hash(seed, block, k, 2) % 3 == 0 ? Hash(seed, block, k, 3) % 41 - 20 : 0;
        }

        return coefficients;
    }

    /// <summary>A number from 0 that anyone can make again.</summary>
    private static int Hash(int seed, int a, int b, int c)
    {
        uint mixed = (uint)seed;
        foreach (int part in (int[])[a, b, c])
        {
            mixed = (mixed ^ (uint)part) * 2654435761;
            mixed ^= mixed >> 15;
        }

        return (int)(mixed & int.MaxValue);
    }

    private void Refuses(byte[] bytes, string names) =>
        Assert.Contains(
            names,
            Assert.Throws<DataException>(() => ImageFile.Read(Saved("bad", bytes))).Message,
            StringComparison.Ordinal
        );
}
