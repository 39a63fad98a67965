using Preimage.Walking;

namespace Preimage.Tests.Walking;

public class MixingTests
{
    // The standard error of an effective size estimated from so many draws, as a share, is about sqrt(2 lags / draws).
    private const double Share = 0.1;

    /// <summary>x_t = a x_(t-1) + noise has correlations a^k, so that draws count (1 - a) / (1 + a) of independent ones.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(-0.4)]
    public void EffectiveSize_OfAnAutoregression_IsKnown(double a)
    {
        double[][] chains = [.. Enumerable.Range(1, 4).Select(seed => Autoregression(a, 50_000, seed))];
        double expected = 4 * 50_000 * (1 - a) / (1 + a);
        Assert.InRange(Mixing.EffectiveSize(chains), (1 - Share) * expected, (1 + Share) * expected);
        Assert.InRange(Mixing.ScaleReduction(chains), 0.999, 1.01);
    }

    [Fact]
    public void ScaleReduction_OfChainsApart_IsThatOfTheirMeans()
    {
        double[][] chains = [.. Enumerable.Range(0, 4).Select(k => Autoregression(0, 20_000, k + 1))];
        chains[0] = [.. chains[0].Select(x => x + 2)];

        // Eight halves, two of them 2 off: the variance of the means is 8/7 * 4 * (1/4)(3/4).
        Assert.Equal(Math.Sqrt(1 + 8.0 / 7 * 4 * 3 / 16), Mixing.ScaleReduction(chains), 0.02);
    }

    /// <summary>One chain that drifts disagrees with itself.</summary>
    [Fact]
    public void ScaleReduction_OfATrend_IsLarge()
    {
        double[] trend = [.. Enumerable.Range(0, 1000).Select(k => k / 1000.0)];

        // Within a half the variance is (1/2)^2 / 12, between the two means (1/2)^2 / 2.
        Assert.Equal(Math.Sqrt(1 + 6), Mixing.ScaleReduction([trend]), 0.01);
        Assert.InRange(Mixing.EffectiveSize([trend]), 1, 5);
    }

    [Fact]
    public void NothingToSay_IsNaN()
    {
        Assert.Equal(double.NaN, Mixing.EffectiveSize([new double[100]]));
        Assert.Equal(double.NaN, Mixing.ScaleReduction([new double[100]]));
        Assert.Equal(
            double.NaN,
            Mixing.EffectiveSize([
                [],
            ])
        );
        Assert.Equal(
            double.NaN,
            Mixing.ScaleReduction([
                [1, 2, 3],
            ])
        );
    }

    /// <summary>A mean of equal numbers is rounded, as of 0.1; that is no movement, also where two chains stay at different places.</summary>
    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(1.0 / 3, 0.7)]
    [InlineData(-1e300, 1e-300)]
    public void WhatNeverMoves_IsNaN(double here, double there)
    {
        double[][] chains =
        [
            [.. Enumerable.Repeat(here, 101)],
            [.. Enumerable.Repeat(there, 101)],
        ];
        Assert.Equal(double.NaN, Mixing.EffectiveSize(chains));
        Assert.Equal(double.NaN, Mixing.ScaleReduction(chains));
    }

    [Fact]
    public void ChainsOfDifferentLengths_AreRefused() =>
        Assert.Contains(
            "equal length",
            Assert.Throws<ArgumentException>(() => Mixing.EffectiveSize([new double[10], new double[11]])).Message
        );

    private static double[] Autoregression(double a, int draws, int seed)
    {
        Generator random = new(seed);
        double[] chain = new double[draws];
        chain[0] = random.Normal() / Math.Sqrt(1 - a * a);
        for (int k = 1; k < draws; k++)
        {
            chain[k] = a * chain[k - 1] + random.Normal();
        }

        return chain;
    }
}
