using CsCheck;
using Preimage.Maps;
using Preimage.Training.Data;

namespace Preimage.Tests.Training;

public class DataTests
{
    private static readonly Variable[] Square = [new("x", "", -1, 1), new("y", "", 0, 4)];

    private static FormulaSource Source(string formula) => new([formula], [.. Square], new UniformSampling(50, 7));

    private static string Refusal(Func<object> act) => Assert.Throws<ArgumentException>(act).Message;

    [Fact]
    public void UniformSampling_FillsTheBox_WithTheBitsOfItsSeed()
    {
        var box = new Box([-1, 0], [1, 4]);
        double[] points = new UniformSampling(2000, 3).Points(box);
        Assert.Equal(points, new UniformSampling(2000, 3).Points(box));
        Assert.NotEqual(points, new UniformSampling(2000, 4).Points(box));
        for (int i = 0; i < 2000; i++)
        {
            Assert.True(box.Contains(points.AsSpan(2 * i, 2)));
        }

        // Four standard deviations of the mean of 2000 uniform numbers on [-1, 1] and [0, 4].
        double deviation = 1 / Math.Sqrt(3 * 2000.0);
        Assert.InRange(points.Where((_, i) => i % 2 == 0).Average(), -4 * deviation, 4 * deviation);
        Assert.InRange(points.Where((_, i) => i % 2 == 1).Average(), 2 - 8 * deviation, 2 + 8 * deviation);
    }

    [Fact]
    public void GridSampling_HoldsTheCornersExactly()
    {
        double[] points = new GridSampling(3).Points(new Box([-1, 0.1], [1, 0.3]));
        Assert.Equal([-1, 0.1, -1, 0.2, -1, 0.3, 0, 0.1, 0, 0.2, 0, 0.3, 1, 0.1, 1, 0.2, 1, 0.3], points);
    }

    [Fact]
    public void Samplings_OutOfRange_AreRefused()
    {
        Box box = Box.Cube(10, 0, 1);
        Assert.Contains("at least two", Refusal(() => new UniformSampling(1).Points(box)), StringComparison.Ordinal);
        Assert.Contains("grid of 1", Refusal(() => new GridSampling(1).Points(box)), StringComparison.Ordinal);
        Assert.Contains("grid of 100", Refusal(() => new GridSampling(100).Points(box)), StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_TakesRangesFromTheBoxAndTheData()
    {
        Dataset data = Source("z [J] = x*y").Sample();
        Assert.Equal(50, data.Count);
        Assert.Equal(Square, data.Signature.Inputs);
        Assert.Equal(new Variable("z", "J", data.Targets.Min(), data.Targets.Max()), data.Signature.Outputs[0]);
        for (int i = 0; i < data.Count; i++)
        {
            Assert.Equal(data.Inputs[2 * i] * data.Inputs[2 * i + 1], data.Targets[i]);
        }
    }

    [Fact]
    public void Sample_WithNoise_HasItsDeviation_AndTheBitsOfItsSeed()
    {
        FormulaSource source = Source("x*y") with { Sampling = new UniformSampling(4000) };
        Dataset plain = source.Sample();
        FormulaSource noisy = source with { Noise = 0.1, NoiseSeed = 5 };
        Dataset data = noisy.Sample();
        Assert.Equal(data.Targets, noisy.Sample().Targets);
        double range = plain.Signature.Outputs[0].Upper - plain.Signature.Outputs[0].Lower;
        double variance = Enumerable.Range(0, 4000).Average(i => Math.Pow(data.Targets[i] - plain.Targets[i], 2));

        // Six standard deviations of the sample variance, which are sqrt(2 / 4000) of it.
        double deviation = 6 * Math.Sqrt(2.0 / 4000);
        Assert.InRange(variance / Math.Pow(0.1 * range, 2), 1 - deviation, 1 + deviation);
    }

    [Fact]
    public void Sample_OfUnnamedFormulas_NumbersThem()
    {
        FormulaSource source = Source("x") with
        {
            Formulas = ["x", "x*y"],
            Box = [new("x", "", 0, 1), new("y", "", 0, 1)],
        };
        Assert.Contains("'y' is given twice", Refusal(() => Source("y = x").Sample()), StringComparison.Ordinal);
        Assert.Equal<string[]>(["y1", "y2"], [.. source.Sample().Signature.Outputs.Select(v => v.Name)]);
    }

    [Theory]
    [InlineData("z = log(x)", "is NaN at (")]
    [InlineData("z = 1/(x-x)", "at (")]
    [InlineData("z = 3", "The column 'z' is 3 in every row")]
    [InlineData("z = w", "uses 'w'")]
    public void Sample_OfABadFormula_SaysWhatAndWhere(string formula, string fragment) =>
        Assert.Contains(fragment, Refusal(() => Source(formula).Sample()), StringComparison.Ordinal);

    [Fact]
    public void Sample_WithoutARange_OrWithNegativeNoise_IsRefused()
    {
        Assert.Contains(
            "'x' has no finite range",
            Refusal(() => (Source("z = x") with { Box = [new("x")] }).Sample()),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The noise is -1",
            Refusal(() => (Source("z = x") with { Noise = -1 }).Sample()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Dataset_WithAValueThatIsNotFinite_NamesRowAndColumn()
    {
        Signature signature = Signature.Anonymous(2, 1);
        Assert.Contains(
            "The value of 'x2' in row 2 is NaN",
            Refusal(() => new Dataset(signature, [1, 2, 3, double.NaN], [1, 2])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The value of 'y' in row 1 is",
            Refusal(() => new Dataset(signature, [1, 2, 3, 4], [double.PositiveInfinity, 2])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "do not fit",
            Refusal(() => new Dataset(signature, [1, 2, 3, 4], [1])),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Generator_Shuffle_IsAPermutation() =>
        Gen.Select(Gen.Int, Gen.Int[1, 100])
            .Sample(
                (seed, count) =>
                {
                    int[] items = [.. Enumerable.Range(0, count)];
                    new Generator(seed).Shuffle(items);
                    return items.Order().SequenceEqual(Enumerable.Range(0, count));
                }
            );
}
