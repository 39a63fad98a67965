using CsCheck;
using Preimage.Data;
using Preimage.Data.Images;

namespace Preimage.Tests.Data;

public class PreprocessingTests
{
    private const double Roundoff = 1e-12;

    [Theory]
    [InlineData("imagenet", "scale=1/255,mean=0.485;0.456;0.406,std=0.229;0.224;0.225,order=rgb,size=256,crop=center")]
    [InlineData("caffe", "scale=1,mean=104;117;123,std=1,order=bgr,crop=center,background=255")]
    [InlineData("mnist", "scale=1/255,mean=0,std=1,order=gray,crop=none")]
    [InlineData("unit", "scale=1/255,mean=0,std=1,crop=none")]
    [InlineData("raw", "scale=1,mean=0,std=1,crop=none")]
    [InlineData(
        "imagenet, size=232 ,crop=224",
        "scale=1/255,mean=0.485;0.456;0.406,std=0.229;0.224;0.225,order=rgb,size=232,crop=224"
    )]
    [InlineData(
        "scale=1/127.5,mean=1,layout=HWC,background=white",
        "scale=0.00784313725490196,mean=1,std=1,layout=hwc,crop=none,background=255"
    )]
    [InlineData("background=1;2;3,crop=fit,order=rgb", "scale=1,mean=0,std=1,order=rgb,crop=fit,background=1;2;3")]
    public void AText_IsReadAndWrittenBack(string text, string whole)
    {
        Assert.Equal(whole, Preprocessing.Parse(text).ToString());
        Assert.Equal(whole, Preprocessing.Parse(whole).ToString());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("vgg", "does not know 'vgg'; it knows imagenet, caffe, mnist, unit, raw")]
    [InlineData("gamma=2", "no setting 'gamma'")]
    [InlineData("scale=x", "scale=x, which is not a number")]
    [InlineData("scale=1/0", "scale=1/0")]
    [InlineData("scale=0", "not zero")]
    [InlineData("std=1;0;1", "not zero")]
    [InlineData("mean=nan", "mean=nan")]
    [InlineData("order=rbg", "it knows rgb, bgr, gray")]
    [InlineData("layout=nchw", "it knows chw, hwc")]
    [InlineData("crop=middle", "it knows none, center, fit")]
    [InlineData("crop=0", "number of pixels")]
    [InlineData("size=1e3", "number of pixels")]
    [InlineData("background=blue", "background=blue")]
    [InlineData("background=300", "0 to 255")]
    [InlineData("background=1;2", "red;green;blue")]
    public void AText_ThatIsNone_IsRefused(string text, string names) =>
        Refuses(() => Preprocessing.Parse(text), names);

    [Fact]
    public void EveryStep_IsDoneAsItSays()
    {
        // In turn a pixel of red 10, green 20, blue 30 and one half transparent, over black.
        double[] row = [10, 20, 30, 255, 100, 200, 50, 127.5];
        DataArray image = new([1, 5, 6, 4], [.. Enumerable.Repeat(row, 15).SelectMany(r => r)]);
        double[] means = [1, 2, 3];
        double[] deviations = [2, 4, 8];
        double[][] pixels =
        [
            [10, 20, 30],
            [50, 100, 25],
        ];
        Preprocessing p = Preprocessing.Parse("scale=0.5,mean=1;2;3,std=2;4;8,order=bgr,background=black");
        double[] planes = [.. ImageFile.Values(image, p, [1, 3, 5, 6], "a")];
        double[] points = [.. ImageFile.Values(image, p with { Layout = ImageLayout.Hwc }, [5, 6, 3], "a")];
        for (int x = 0; x < 30; x++)
        {
            for (int c = 0; c < 3; c++)
            {
                double wanted = (pixels[x % 2][2 - c] * 0.5 - means[c]) / deviations[c];
                Assert.Equal(wanted, planes[c * 30 + x], Roundoff);
                Assert.Equal(wanted, points[x * 3 + c], Roundoff);
            }
        }

        double[] grey = [.. ImageFile.Values(image, Preprocessing.Parse("raw,background=black"), [1, 1, 5, 6], "a")];
        Assert.Equal(0.299 * 10 + 0.587 * 20 + 0.114 * 30, grey[0], Roundoff);
        Assert.Equal(0.299 * 50 + 0.587 * 100 + 0.114 * 25, grey[1], Roundoff);
        Refuses(() => ImageFile.Values(image, new Preprocessing(), [1, 3, 5, 6], "a.png"), "transparent");
    }

    [Fact]
    public void AnArray_IsAnImageInAnyLayout()
    {
        DataArray planes = new([3, 4, 5], [.. Enumerable.Range(0, 60).Select(i => (double)i)]);
        DataArray points = new([1, 4, 5, 3], [.. Enumerable.Range(0, 60).Select(i => i % 3 * 20.0 + i / 3)]);
        DataArray row = planes with { Shape = [60] };
        foreach (DataArray image in (DataArray[])[planes, points, row])
        {
            Assert.Equal(planes.Values, ImageFile.Values(image, new Preprocessing(), [1, 3, 4, 5], "a"));
        }

        DataArray grey = new([2, 2], [0, 51, 102, 255]);
        Assert.Equal([0, 0.2, 0.4, 1], ImageFile.Values(grey, Preprocessing.Parse("mnist"), [1, 4], "a"));
        Assert.Equal(
            [0, 0.2, 0.4, 1],
            ImageFile.Values(grey with { Shape = [4] }, Preprocessing.Parse("mnist"), [1, 1, 2, 2], "a")
        );
        Refuses(
            () => ImageFile.Values(new DataArray([2, 2], [0, 0, 0, 256]), new Preprocessing(), [1, 1, 2, 2], "a"),
            "outside 0 to 255"
        );
        Refuses(
            () => ImageFile.Values(new DataArray([2, 2, 2, 2], [.. new double[16]]), new Preprocessing(), [16], "a"),
            "no image"
        );
    }

    [Fact]
    public void TheSize_IsMadeToFitOrRefused()
    {
        DataArray image = new([4, 6], [.. Enumerable.Range(0, 24).Select(i => (double)i)]);
        Refuses(() => Values("raw", [2, 4]), "has 6 x 4 pixels, but the model's input has 4 x 2");
        Assert.Equal([7, 8, 9, 10, 13, 14, 15, 16], Values("crop=center", [2, 4]));
        Refuses(() => Values("crop=3", [2, 4]), "crop=3 does not fit");
        Refuses(() => Values("crop=center", [6, 6]), "background=white");
        double[] framed = Values("crop=center,background=9", [6, 6]);
        Assert.Equal(Enumerable.Repeat(9.0, 6), framed[..6]);
        Assert.Equal(image.Values, framed[6..30]);
        Assert.Equal(Enumerable.Repeat(9.0, 6), framed[30..]);
        Assert.Equal(Resampling.Scale([.. image.Values], (4, 6), (2, 3), 1), Values("size=2", [2, 3]));
        Assert.Equal(Resampling.Scale([.. image.Values], (4, 6), (5, 5), 1), Values("crop=fit", [5, 5]));
        Refuses(() => Values("order=rgb", [4, 6]), "order=rgb has 3 channels");
        Refuses(() => Values("mean=1;2;3", [4, 6]), "1 channels");
        Refuses(() => Values("raw", [5]), "no image");
        Refuses(() => Values("raw", [1, 4, 6, 4]), "no image of 1 or 3 channels");
        Refuses(() => Values("layout=hwc", [3, 4, 6]), "layout=hwc");
        double[] Values(string text, int[] shape) =>
            [.. ImageFile.Values(image, Preprocessing.Parse(text), [.. shape], "a")];
    }

    [Fact]
    public void WhatDependsOnTheModel_IsSettledForTheRecord()
    {
        Assert.Equal(
            "scale=1/255,mean=0,std=1,order=gray,layout=chw,crop=none",
            Preprocessing.Parse("unit").For([1, 1, 28, 28]).ToString()
        );
        Assert.Equal(
            "scale=1/255,mean=0,std=1,order=rgb,layout=hwc,crop=none",
            Preprocessing.Parse("unit").For([1, 32, 32, 3]).ToString()
        );
    }

    /// <summary>Each new value by the definition: the triangle of weights over all old values, in each direction.</summary>
    [Fact]
    public void Scaling_IsTheSumOverATriangleOfWeights() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Double[0, 255].Array[81 * 2])
            .Sample(
                (height, width, newHeight, newWidth, all) =>
                {
                    double[] values = all[..(height * width * 2)];
                    double[] scaled = Resampling.Scale(values, (height, width), (newHeight, newWidth), 2);
                    for (int i = 0; i < scaled.Length; i++)
                    {
                        (int y, int x, int c) = (i / 2 / newWidth, i / 2 % newWidth, i % 2);
                        double[] down = Triangle(y, height, newHeight);
                        double[] across = Triangle(x, width, newWidth);
                        double wanted = 0;
                        for (int j = 0; j < height * width; j++)
                        {
                            wanted += down[j / width] * across[j % width] * values[2 * j + c];
                        }

                        Assert.Equal(wanted, scaled[i], 255 * Roundoff);
                    }
                },
                iter: 200
            );

    [Fact]
    public void Scaling_KeepsAConstant_AndALineWhereItGrows()
    {
        double[] constant = Resampling.Scale([.. Enumerable.Repeat(7.0, 35)], (5, 7), (3, 11), 1);
        Assert.All(constant, value => Assert.Equal(7, value, Roundoff));
        double[] line = Resampling.Scale([0, 1, 2, 3], (1, 4), (1, 8), 1);
        for (int i = 1; i < 7; i++)
        {
            Assert.Equal((i + 0.5) / 2 - 0.5, line[i], Roundoff);
        }
    }

    private static double[] Triangle(int index, int old, int length)
    {
        double reach = Math.Max(1.0, (double)old / length);
        double[] weights =
        [
            .. Enumerable
                .Range(0, old)
                .Select(j => Math.Max(0, 1 - Math.Abs((index + 0.5) * old / length - (j + 0.5)) / reach)),
        ];
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static void Refuses(Func<object?> action, string names) =>
        Assert.Contains(names, Assert.Throws<ArgumentException>(() => _ = action()).Message, StringComparison.Ordinal);
}
