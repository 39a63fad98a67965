using Preimage.Data;
using Preimage.Training.Data;
using Preimage.Training.Digits;

namespace Preimage.Tests.Training;

/// <summary>Digits that are drawn.</summary>
public class DigitImagesTests
{
    [Fact]
    public void EachImage_IsTheSame_WhateverStandsBesideIt()
    {
        Dataset all = new DigitImages().Draw(0, 30);
        Dataset some = new DigitImages().Draw(20, 5);
        Assert.Equal(all.Inputs.Skip(20 * 784).Take(5 * 784), some.Inputs);
        Assert.Equal(all.Targets.Skip(200).Take(50), some.Targets);
        Assert.NotEqual(
            all.Inputs,
            new DigitImages { Seed = 2 }
                .Draw(0, 30)
                .Inputs
        );
    }

    [Theory]
    [InlineData(8)]
    [InlineData(28)]
    [InlineData(65)]
    public void Pixels_AreLevelsOfGrey_BlackOnTheEdgeOfThePage(int size)
    {
        Dataset digits = new DigitImages { Size = size }.Draw(0, 200);
        Assert.All(digits.Inputs, v => Assert.Equal(Math.Round(255 * v) / 255, v));
        for (int i = 0; i < digits.Count; i++)
        {
            ReadOnlySpan<double> image = digits.Inputs.AsSpan(i * size * size, size * size);
            Assert.InRange(image.ToArray().Max(), 0.4, 1);
            Assert.Equal(0, image[0]);
            Assert.Equal(0, image[^1]);
            Assert.InRange(image.ToArray().Average(), 0.02, 0.3);
        }
    }

    /// <summary>Ten digits of equal chance: of 2,000, each within five deviations of 200.</summary>
    [Fact]
    public void AllDigits_AreWrittenEquallyOften()
    {
        Dataset digits = new DigitImages { Size = 8 }.Draw(0, 2000);
        Assert.Equal(2000, digits.Targets.Sum());
        for (int digit = 0; digit < 10; digit++)
        {
            Assert.InRange(digits.Targets.Where((_, i) => i % 10 == digit).Sum(), 200 - 67, 200 + 67);
        }

        Assert.Equal("digit=3", digits.Signature.Outputs[3].Name);
        Assert.All(digits.Signature.Inputs, v => Assert.Equal((0.0, 1.0), (v.Lower, v.Upper)));
    }

    /// <summary>The nearest of some labelled digits has the same label far more often than by chance, 1 in 10: they look alike, and unlike others.</summary>
    [Fact]
    public void Neighbours_AreMostlyTheSameDigit()
    {
        Dataset digits = new DigitImages { Size = 14 }.Draw(0, 700);
        int Label(int i) => digits.Targets.AsSpan(i * 10, 10).IndexOf(1.0);
        double Distance(int i, int j) =>
            System.Numerics.Tensors.TensorPrimitives.Distance(
                digits.Inputs.AsSpan(i * 196, 196),
                digits.Inputs.AsSpan(j * 196, 196)
            );
        int same = Enumerable
            .Range(600, 100)
            .Count(i => Label(Enumerable.Range(0, 600).MinBy(j => Distance(i, j))) == Label(i));
        Assert.InRange(same, 70, 99);
    }

    [Fact]
    public void WhatCannotBeDrawn_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new DigitImages { Size = 7 }.Draw(0, 10));
        Assert.Throws<ArgumentException>(() => new DigitImages().Draw(-1, 10));
        Assert.Throws<ArgumentException>(() => new DigitImages().Draw(0, 1));
    }

    [Fact]
    public void IdxBytes_ReadBack()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.idx");
        File.WriteAllBytes(file, IdxBytes.Of([1, 2, 3, 4, 5, 255], [1, 3, 2]));
        DataArray read = DataFile.Read(file);
        File.Delete(file);
        Assert.Equal([1, 3, 2], read.Shape);
        Assert.Equal([1.0, 2, 3, 4, 5, 255], read.Values);
        Assert.Throws<ArgumentException>(() => IdxBytes.Of([1, 2], [3]));
    }

    [Fact]
    public void Arrays_BecomeSamplesAndTargets()
    {
        DataArray pixels = new([3, 1, 2], [0, 0.5, 0, 1, 0, 0.25]);
        Dataset data = new ArraySource(pixels, new DataArray([3], [2, 0, 2])).Read();
        Assert.Equal([0.0, 0, 1, 1, 0, 0, 0, 0, 1], data.Targets);
        Assert.Equal("class=2", data.Signature.Outputs[2].Name);
        Assert.All(data.Signature.Inputs, v => Assert.Equal((0.0, 1.0), (v.Lower, v.Upper)));
        Dataset numbers = new ArraySource(pixels, new DataArray([3, 1], [2.5, 0, -2])) { Classes = false }.Read();
        Assert.Equal([2.5, 0, -2], numbers.Targets);
    }

    [Theory]
    [InlineData("as many labels", 2, 0.0, 1.0)]
    [InlineData("sample 2 is 1.5", 3, 0.0, 1.5, 0.0)]
    [InlineData("sample 3 is -1", 3, 0.0, 1.0, -1.0)]
    [InlineData("from 0 to 4", 3, 0.0, 5.0, 1.0)]
    public void Labels_ThatDoNotFit_AreRefused(string words, int count, params double[] labels)
    {
        DataArray pixels = new([3, 1, 2], [0, 0.5, 0, 1, 0, 0.25]);
        ArraySource source = new(pixels, new DataArray([count], [.. labels])) { ClassCount = 5 };
        Assert.Contains(words, Assert.Throws<ArgumentException>(source.Read).Message, StringComparison.Ordinal);
    }
}
