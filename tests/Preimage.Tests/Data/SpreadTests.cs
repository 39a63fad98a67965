using System.Collections.Immutable;
using CsCheck;
using Preimage.Data.Samples;

namespace Preimage.Tests.Data;

public class SpreadTests
{
    private static ReadOnlyMemory<double>[] Line(params double[] places) =>
        [.. places.Select(x => new[] { x }.AsMemory())];

    [Fact]
    public void OnALine_EveryNumberIsKnown()
    {
        // radii by the second nearest other point: 2, 1, 2, 6
        Spread spread = new SpreadSurvey { Neighbours = 2 }.Of(
            Line(0.5, 20),
            Line(0, 1, 2, 7),
            TestContext.Current.CancellationToken
        );
        Assert.Equal([0.5, 13], spread.SampleToData);
        Assert.Equal([19.5, 19.5], spread.SampleToSample);
        Assert.Equal([1, 1, 1, 5], spread.DataToData);
        Assert.Equal([2, 1, 2, 6], spread.Radii);
        Assert.Equal(0.75, spread.Coverage);
        Assert.Equal(3 / (2.0 * 2), spread.Density);
    }

    [Fact]
    public void OneOfEach_HasNoNeighbours()
    {
        Spread spread = new SpreadSurvey().Of(Line(0), Line(3), TestContext.Current.CancellationToken);
        Assert.Equal([3], spread.SampleToData);
        Assert.Empty(spread.SampleToSample);
        Assert.Empty(spread.DataToData);
        Assert.True(double.IsNaN(spread.Coverage));
    }

    /// <summary>Against distances one by one, in dimensions below, at and beyond the width of a register.</summary>
    [Fact]
    public void InAnyDimension_AsOneByOne() =>
        Gen.Select(Gen.Int[1, 11], Gen.Int[2, 8], Gen.Int[3, 12], Gen.Int)
            .Sample(
                (n, samples, data, seed) =>
                {
                    Random random = new(seed);
                    double[][] Cloud(int count) =>
                        [
                            .. Enumerable
                                .Range(0, count)
                                .Select(_ => Enumerable.Range(0, n).Select(_ => random.NextDouble()).ToArray()),
                        ];
                    (double[][] s, double[][] d) = (Cloud(samples), Cloud(data));
                    Spread spread = new SpreadSurvey { Neighbours = 2 }.Of(Memories(s), Memories(d));
                    double[] radii =
                    [
                        .. d.Select(x => d.Where(y => y != x).Select(y => Distance(x, y)).Order().ElementAt(1)),
                    ];
                    AreClose(s.Select(x => d.Min(y => Distance(x, y))), spread.SampleToData);
                    AreClose(s.Select(x => s.Where(y => y != x).Min(y => Distance(x, y))), spread.SampleToSample);
                    AreClose(d.Select(x => d.Where(y => y != x).Min(y => Distance(x, y))), spread.DataToData);
                    AreClose(radii, spread.Radii);
                    int covered = d.Where((x, i) => s.Any(y => Distance(x, y) <= radii[i])).Count();
                    Assert.Equal(covered / (double)data, spread.Coverage);
                }
            );

    /// <summary>Where samples and data have one law, the density is 1 on average and the coverage at least 1 - 2^-k of it. [Naeem2020]</summary>
    [Fact]
    public void OfOneLaw_DensityIsOne()
    {
        Generator random = new(3);
        ReadOnlyMemory<double>[] Cloud() =>
            [.. Enumerable.Range(0, 400).Select(_ => new[] { random.Uniform(), random.Uniform() }.AsMemory())];
        Spread spread = new SpreadSurvey().Of(Cloud(), Cloud(), TestContext.Current.CancellationToken);
        Assert.InRange(spread.Density, 0.85, 1.15);
        Assert.InRange(spread.Coverage, 0.92, 1);
    }

    [Fact]
    public void NothingToMeasure_IsRefused()
    {
        Assert.Throws<ArgumentException>(() =>
            new SpreadSurvey().Of([], Line(1), TestContext.Current.CancellationToken)
        );
        Assert.Throws<ArgumentException>(() =>
            new SpreadSurvey().Of(Line(1), [], TestContext.Current.CancellationToken)
        );
        Assert.Throws<ArgumentException>(() =>
            new SpreadSurvey().Of(Line(1), [new double[] { 1, 2 }], TestContext.Current.CancellationToken)
        );
        Assert.Throws<ArgumentException>(() =>
            new SpreadSurvey().Of(Line(1), [Array.Empty<double>()], TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void Median_IsTheMiddle()
    {
        Assert.Equal(2, Spread.Median([3, 1, 2]));
        Assert.Equal(2.5, Spread.Median([4, 1, 2, 3]));
        Assert.True(double.IsNaN(Spread.Median([])));
    }

    private static ReadOnlyMemory<double>[] Memories(double[][] points) => [.. points.Select(x => x.AsMemory())];

    private static double Distance(double[] x, double[] y) =>
        Math.Sqrt(x.Zip(y).Sum(p => (p.First - p.Second) * (p.First - p.Second)));

    /// <summary>Sums in another order differ by roundings.</summary>
    private static void AreClose(IEnumerable<double> expected, ImmutableArray<double> actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-14);
}
