using System.Collections.Immutable;
using Preimage.Data.Images;
using Preimage.Figures;
using Preimage.Figures.Trails;
using Preimage.Results;

namespace Preimage.Tests.Figures;

public class TrailPixelsTests
{
    [Theory]
    [InlineData("imagenet", 1, 3, 5, 4)]
    [InlineData("scale=1/255,order=bgr,mean=0.5", 1, 3, 5, 4)]
    [InlineData("scale=1/255,layout=hwc", 1, 5, 4, 3)]
    [InlineData("scale=1/255,mean=0.1307,std=0.3081", 1, 1, 5, 4)]
    public void Preprocessing_IsUndone(string text, params int[] shape)
    {
        bool isLast = text.Contains("hwc", StringComparison.Ordinal);
        int channels = isLast ? shape[3] : shape[1];
        Preprocessing preprocessing = Preprocessing.Parse(text) with { Size = null, Crop = Cropping.None };
        byte[] colors = [.. Enumerable.Range(0, 20 * channels).Select(i => (byte)(i * 37 % 256))];
        ImmutableArray<double> point = ImageFile.Values(
            new(channels == 1 ? [5, 4] : [5, 4, 3], [.. colors.Select(c => (double)c)]),
            preprocessing,
            [.. shape],
            "colours"
        );
        TrailPixels pixels = Pixels(point, new TrailImage { Shape = [.. shape], Preprocessing = preprocessing });
        Assert.Equal((4, 5, channels), (pixels.Columns, pixels.Rows, pixels.Channels));
        Assert.Equal(colors, pixels.Bytes(point.AsSpan()));
    }

    [Theory]
    [InlineData(0, 1, 0.5, 128)]
    [InlineData(0, 255, 51, 51)]
    [InlineData(-2, 2, 0, 128)]
    public void WithoutPreprocessing_TheStartTellsBlackAndWhite(double low, double high, double value, byte level)
    {
        ImmutableArray<double> start = [low, high, value, low];
        TrailPixels pixels = Pixels(start, new TrailImage { Shape = [2, 2] });
        Assert.Equal([0, 255, level, 0], pixels.Bytes(start.AsSpan()));

        // Differences are in the input's own numbers then.
        Assert.Equal([0, 0, 0, high - low], pixels.Difference([low, high, value, high], start.AsSpan()), Close);
    }

    [Fact]
    public void HeldNumbers_AreShownAsTheyStand()
    {
        TrailImage image = new()
        {
            Shape = [1, 2, 3],
            Places = [5, 1],
            Whole = [1, 0, 0, 1, 0, 0],
        };
        TrailPixels pixels = Pixels([0.2, 0.4], image);
        Assert.Equal([255, 102, 0, 255, 0, 51], pixels.Bytes([0.2, 0.4]));
    }

    [Fact]
    public void DifferencesOfColours_AreThoseOfTheChannelThatChangedTheMost()
    {
        double[] start = new double[12];
        double[] point = [.. start];
        (point[0], point[4], point[8]) = (10, -30, 20);
        TrailImage image = new() { Shape = [3, 2, 2], Preprocessing = new Preprocessing() };
        Assert.Equal([-30, 0, 0, 0], Pixels([.. start], image).Difference(point, start));
    }

    [Fact]
    public void Sprite_HasLineROfFrameFBelowThatOfFrameBefore()
    {
        byte[][] frames =
        [
            .. Enumerable.Range(0, 3).Select(f => Enumerable.Range(0, 6).Select(i => (byte)(40 * f + i)).ToArray()),
        ];
        TrailSprite sprite = TrailSprite.Of(frames, columns: 2, rows: 3, channels: 1);
        (int columns, int rows, byte[] lines) = PngReader.Decode(sprite.Png);
        Assert.Equal((2, 9, 3), (columns, rows, sprite.PerGroup));
        byte[][] pixels = Unfiltered(lines, columns, rows);
        for (int f = 0; f < 3; f++)
        {
            for (int r = 0; r < 3; r++)
            {
                Assert.Equal(frames[f][(2 * r)..(2 * r + 2)], pixels[r * 3 + f]);
            }
        }
    }

    [Fact]
    public void FramesBeyondABrowsersHeight_StandInFurtherGroups()
    {
        byte[][] frames = [.. Enumerable.Range(0, 5).Select(f => Enumerable.Repeat((byte)f, 8000).ToArray())];
        TrailSprite sprite = TrailSprite.Of(frames, columns: 1, rows: 8000, channels: 1);
        (int columns, int rows, byte[] lines) = PngReader.Decode(sprite.Png);
        Assert.Equal((3, 16000, 2), (columns, rows, sprite.PerGroup));
        byte[][] pixels = Unfiltered(lines, columns, rows);
        Assert.Equal([0, 2, 4], pixels[14]);
        Assert.Equal([1, 3, 0], pixels[15]);
    }

    [Fact]
    public void Scale_IsSharedAndNotThatOfOneStrongPixel()
    {
        double[] weak = [.. Enumerable.Range(0, 200).Select(i => i * 0.01)];
        double[] strong = [.. weak];
        strong[7] = 1000;
        DifferenceScale scale = DifferenceScale.Of([weak, strong]);
        Assert.InRange(scale.Largest, 1.9, 2);
        byte[] levels = scale.Levels([0, -1000, 1000, double.NaN]);
        Assert.Equal([127, 0, 254, 255], levels);
        Assert.Equal(
            3,
            DifferenceScale
                .Of([
                    [0, 0, 3, 0],
                ])
                .Largest
        );
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(b));

    private static TrailPixels Pixels(ImmutableArray<double> start, TrailImage image)
    {
        Cloud cloud = new()
        {
            Dimension = start.Length,
            Outputs = 1,
            Points = start,
            Values = [0],
            Defects = [0],
        };
        return TrailPixels.Of(TrailSamples.Report(TrailSamples.Trail("one", cloud)) with { Image = image })!;
    }

    /// <summary>The lines of a grey PNG whose filters are none and up.</summary>
    private static byte[][] Unfiltered(byte[] lines, int columns, int rows)
    {
        byte[][] pixels = new byte[rows][];
        for (int r = 0; r < rows; r++)
        {
            byte[] line = lines[(r * (columns + 1) + 1)..((r + 1) * (columns + 1))];
            bool isUp = lines[r * (columns + 1)] == 2;
            pixels[r] = isUp ? [.. line.Zip(pixels[r - 1], (a, b) => (byte)(a + b))] : line;
        }

        return pixels;
    }
}
