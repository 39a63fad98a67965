using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>The closed fiber of a trained network, uniform over the arc length that the tracer measures.</summary>
public sealed class NetworkLevelWalkLaws : UniformityLaws
{
    private static readonly Curve Curve = Tracer
        .Continuation.Trace(TrainedSurface.Map, TrainedSurface.Start, TrainedSurface.Box)
        .Curve;

    private static readonly double[] Lengths = ArcLengths();

    protected override IMap Map => TrainedSurface.Map;
    protected override double[] Start => TrainedSurface.Start;
    protected override Box Box => TrainedSurface.Box;
    protected override int Thinning => 100;

    protected override double[] Uniforms(ReadOnlySpan<double> x)
    {
        double nearest = double.PositiveInfinity;
        double length = 0;
        for (int k = 0; k + 1 < Lengths.Length; k++)
        {
            ReadOnlySpan<double> a = Curve.Point(k);
            ReadOnlySpan<double> b = Curve.Point((k + 1) % Curve.Count);
            double share = Share(a, b, x);
            double distance = Vectors.Norm([a[0] + share * (b[0] - a[0]) - x[0], a[1] + share * (b[1] - a[1]) - x[1]]);
            if (distance < nearest)
            {
                nearest = distance;
                length = Lengths[k] + share * (Lengths[k + 1] - Lengths[k]);
            }
        }

        Assert.InRange(nearest, 0, 1e-4); // the chord tolerance of the curve
        return [length / Lengths[^1]];
    }

    private static double[] ArcLengths()
    {
        Assert.True(Curve.Closed);
        double[] lengths = new double[Curve.Count + 1];
        for (int k = 0; k < Curve.Count; k++)
        {
            lengths[k + 1] = lengths[k] + Vectors.Distance(Curve.Point(k), Curve.Point((k + 1) % Curve.Count));
        }

        return lengths;
    }

    /// <summary>Where on the chord from a to b the point nearest to x lies, from 0 to 1.</summary>
    private static double Share(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> x)
    {
        double[] chord = [b[0] - a[0], b[1] - a[1]];
        double square = Vectors.Dot(chord, chord);
        return square == 0 ? 0 : Math.Clamp(Vectors.Dot(chord, [x[0] - a[0], x[1] - a[1]]) / square, 0, 1);
    }
}

/// <summary>A level set of a trained network against rejection sampling.</summary>
public class NetworkLevelTests
{
    private const int Samples = 300;
    private const int Thinning = 100;
    private const double Band = 2e-3;
    private const double Level = 0.01;

    [Fact]
    public void AWalk_IsWhatRejectionSamplingGives() =>
        Assert.All(
            Enumerable.Range(1, 20),
            seed => Assert.InRange(GoodnessOfFit.Same(Walked(seed), Rejected(seed + 100)), Level, 1)
        );

    /// <summary>The oracle itself, on an ellipse, whose gradient varies from 2 to 4: weighted it is the length, plain it is not.</summary>
    [Fact]
    public void RejectionSampling_IsTheLength()
    {
        NetworkLevelRejection weighted = new()
        {
            Map = WalkSurfaces.Quadratic(1, 4),
            Value = 1,
            LargestGradient = 4.01,
            Band = Band,
        };
        NetworkLevelRejection plain = weighted with { LargestGradient = double.PositiveInfinity };
        Assert.InRange(GoodnessOfFit.Uniform(weighted.Draw(1, 2000).Select(x => ShareOfQuarter(x))), Level, 1);
        Assert.InRange(GoodnessOfFit.Uniform(plain.Draw(1, 2000).Select(x => ShareOfQuarter(x))), 0, Level);
    }

    /// <summary>The length from the nearer tip of the long axis as a share of the quarter's, in which the gradient grows all the way.</summary>
    private static double ShareOfQuarter(ReadOnlySpan<double> x) =>
        1 - Math.Abs(4 * EllipseWalkLaws.ShareOfLength(x) % 2 - 1);

    private static double[] Walked(int seed)
    {
        WalkPlan plan = new()
        {
            Steps = Thinning * Samples,
            Every = Thinning,
            Seed = seed,
            Threads = 1,
        };
        Cloud kept = Walker
            .Uniform.Run(TrainedSurface.Map, TrainedSurface.Start, TrainedSurface.Box, plan)
            .Chains[0]
            .Kept;
        return [.. Enumerable.Range(0, kept.Count).Select(i => Angle(kept.Point(i)))];
    }

    private static double[] Rejected(int seed) =>
        [
            .. new NetworkLevelRejection
            {
                Map = TrainedSurface.Map,
                Value = TrainedSurface.Map.Evaluate(TrainedSurface.Start)[0],
                LargestGradient = TrainedSurface.LargestGradient,
                Band = Band,
            }
                .Draw(seed, Samples)
                .Select(x => Angle(x)),
        ];

    private static double Angle(ReadOnlySpan<double> x) => Math.Atan2(x[1], x[0]);
}

/// <summary>The network of the first example: exp(x^2 + y^2 - 2) on a square, whose fibers are nearly circles.</summary>
internal static class TrainedSurface
{
    public static IMap Map { get; } =
        OnnxFile.Read(Path.Combine(Shared.RepositoryRoot, "examples", "01-compact-class", "compact-class.onnx")).Map;

    public static double[] Start => [0.25, 0.25];

    /// <summary>No gradient on the start's level is longer.</summary>
    public static double LargestGradient => 0.2;

    public static Box Box => Box.Cube(2, -1, 1);
}
