using Preimage.Maps;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>A closed level surface in space, of a trained network and of a formula whose gradient varies, against rejection sampling.</summary>
public class NetworkSurfaceTests
{
    private const int Samples = 300;
    private const int Thinning = 30;
    private const double Level = 0.01;

    /// <summary>The network of the example, whose surface has a radius of 0.57.</summary>
    private static readonly NetworkLevelRejection Network = new()
    {
        Map = OnnxFile.Read(Path.Combine(Shared.RepositoryRoot, "examples", "surface", "surface.onnx")).Map,
        Value = double.NaN,
        LargestGradient = 1.2,
        Half = 0.62,
        Band = 5e-3,
    };

    /// <summary>x^2 + 4 y^2 + 9 z^2 = 1, where the gradient's length goes from 2 to 6.</summary>
    private static readonly NetworkLevelRejection Ellipsoid = new()
    {
        Map = WalkSurfaces.Quadratic(1, 4, 9),
        Value = 1,
        LargestGradient = 6.1,
        Half = 1.02,
        Band = 2e-2,
    };

    [Fact]
    public void AWalkOfANetwork_IsWhatRejectionSamplingGives()
    {
        double[] start = [0.5, 0.2, 0.2];
        NetworkLevelRejection sampler = Network with { Value = Network.Map.Evaluate(start)[0] };
        Assert.All(
            Enumerable.Range(1, 20),
            seed =>
            {
                double[][] walked = Walked(sampler.Map, start, seed, Samples, Thinning);
                Assert.InRange(Same(walked, sampler.Draw(seed + 100, Samples)), Level, 1);
            }
        );
    }

    /// <summary>The points that are compared are independent, or their p-values would say nothing.</summary>
    [Fact]
    public void ThinnedPoints_AreIndependent()
    {
        double[][] walked = Walked(Network.Map, [0.5, 0.2, 0.2], 1, Samples, Thinning);
        Assert.All(
            Numbers(walked),
            chain => Assert.InRange(Mixing.EffectiveSize([chain]), 0.5 * Samples, double.MaxValue)
        );
    }

    /// <summary>The oracle is no tautology: with the gradient's weight it agrees with the walk, without it does not.</summary>
    [Fact]
    public void TheGradientsWeight_IsNeeded()
    {
        double[][] walked = Walked(Ellipsoid.Map, [1, 0, 0], 1, 1000, 100);
        double[][] plain = (Ellipsoid with { LargestGradient = double.PositiveInfinity }).Draw(2, 1000);
        Assert.InRange(Same(walked, Ellipsoid.Draw(2, 1000)), Level, 1);
        Assert.InRange(Same(walked, plain), 0, Level);
    }

    private static double[][] Walked(IMap map, double[] start, int seed, int samples, int thinning)
    {
        WalkPlan plan = new()
        {
            Steps = (long)thinning * samples,
            Every = thinning,
            Seed = seed,
            Threads = 1,
        };
        Cloud kept = Walker.Uniform.Run(map, start, Box.Cube(3, -1, 1), plan).Chains[0].Kept;
        return [.. Enumerable.Range(0, kept.Count).Select(i => kept.Point(i).ToArray())];
    }

    /// <summary>The p-value that two sets of points have one law: that of the number of a point that differs most, times how many there are. (Bonferroni)</summary>
    private static double Same(double[][] these, double[][] those)
    {
        double[][] a = Numbers(these);
        double[][] b = Numbers(those);
        return Math.Min(1, a.Length * a.Zip(b).Min(pair => GoodnessOfFit.Same(pair.First, pair.Second)));
    }

    /// <summary>The coordinates, their distance from 0 along the first axis, and the turn about it.</summary>
    private static double[][] Numbers(double[][] points) =>
        [
            [.. points.Select(x => x[0])],
            [.. points.Select(x => x[1])],
            [.. points.Select(x => x[2])],
            [.. points.Select(x => Math.Abs(x[0]))],
            [.. points.Select(x => Math.Atan2(x[2], x[1]))],
        ];
}
