using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Walking;
using Preimage.Walking;

namespace Preimage.Tests.Laws;

/// <summary>
/// A walk samples a fiber in its own area: numbers that are independent and uniform in [0, 1] for a point drawn so are uniform for the walk's points, thinned
/// until they are independent. The seeds are fixed: a perfect sampler fails one of twenty tests at the level 0.01 in 18 of 100 choices of seeds.
/// </summary>
public abstract class UniformityLaws
{
    private protected const int Seeds = 20;
    private protected const double Level = 0.01;

    protected abstract IMap Map { get; }
    protected abstract double[] Start { get; }
    protected abstract Box Box { get; }

    /// <summary>The first of the seeds.</summary>
    protected virtual int FirstSeed => 1;

    /// <summary>How many points are tested.</summary>
    protected virtual int Samples => 300;

    /// <summary>Steps between the points that are tested: several times the longest correlation time, which the effective size tells.</summary>
    protected abstract int Thinning { get; }

    /// <summary>Numbers that are uniform in [0, 1] for a point that is uniform on the fiber.</summary>
    protected abstract double[] Uniforms(ReadOnlySpan<double> x);

    [Fact]
    public void Samples_AreUniform() =>
        Assert.All(
            Enumerable.Range(FirstSeed, Seeds),
            seed => Assert.InRange(Fit(Numbers(Walker.Uniform, seed, Samples, Thinning)), Level, 1)
        );

    [Fact]
    public void Samples_AreIndependent()
    {
        double[][] numbers = Numbers(Walker.Uniform, 1, Samples, Thinning);
        Assert.All(numbers, chain => Assert.InRange(Mixing.EffectiveSize([chain]), 0.5 * Samples, double.MaxValue));
    }

    /// <summary>The p-value of one walk: that the least of k independent ones is so small. (Sidak)</summary>
    private protected static double Fit(double[][] numbers) =>
        1 - Math.Pow(1 - numbers.Min(GoodnessOfFit.Uniform), numbers.Length);

    /// <summary>Each number of the thinned points of one walk.</summary>
    private protected double[][] Numbers(Walker walker, int seed, int samples, int thinning)
    {
        WalkPlan plan = new()
        {
            Steps = samples * (long)thinning,
            WarmUp = 500,
            Every = thinning,
            Seed = seed,
            Threads = 1,
        };
        Cloud kept = walker.Run(Map, Start, Box, plan).Chains[0].Kept;
        double[][] points = [.. Enumerable.Range(0, kept.Count).Select(i => Uniforms(kept.Point(i)))];
        return [.. Enumerable.Range(0, points[0].Length).Select(k => points.Select(point => point[k]).ToArray())];
    }

    /// <summary>The angle of (x, y) as a share of the turn.</summary>
    protected static double Turn(double x, double y)
    {
        double turn = Math.Atan2(y, x) / (2 * Math.PI);
        return turn < 0 ? turn + 1 : turn;
    }
}

/// <summary>Laws of a fiber on which long steps are more likely one way than back, so that a recipe that does not care is biased.</summary>
public abstract class UnevenUniformityLaws : UniformityLaws
{
    /// <summary>A step long enough for the bias to show.</summary>
    protected abstract double BiasedLength { get; }

    /// <summary>So many points show it, with each of so many seeds.</summary>
    private const int BiasedSamples = 2000;
    private const int BiasedSeeds = 10;

    /// <summary>Long steps that are never refused forget sooner.</summary>
    private const int BiasedThinning = 40;

    /// <summary>Without the ratio and the way back, with long steps, the same test finds the bias: not that points depend on each other, for they do not.</summary>
    [Fact]
    public void ABiasedRecipe_IsFound()
    {
        Walker biased = Walker.Uniform with
        {
            Acceptance = new AlwaysAccept(),
            StepLength = new FixedLength(BiasedLength),
        };
        Assert.All(
            Enumerable.Range(FirstSeed, BiasedSeeds),
            seed =>
            {
                double[][] numbers = Numbers(biased, seed, BiasedSamples, BiasedThinning);
                Assert.InRange(Fit(numbers), 0, Level);
                Assert.InRange(
                    numbers.Min(chain => Mixing.EffectiveSize([chain])),
                    0.7 * BiasedSamples,
                    double.MaxValue
                );
            }
        );
    }
}
