using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;
using Preimage.Tests.Enclosing;

namespace Preimage.Tests.Levels;

/// <summary>Level sets with spikes that a tracer's steps pass over: proved with the spike, or not proved.</summary>
public class SpikeTests
{
    /// <summary>What the default chord leaves of a height, and of a length of a few units.</summary>
    private const double HeightTolerance = 1e-4;
    private const double LengthTolerance = 1e-3;

    [Theory]
    [InlineData(1e-2)]
    [InlineData(3e-3)]
    [InlineData(1e-3)]
    [InlineData(1e-4)]
    [InlineData(1e-5)]
    [InlineData(1e-6)]
    public void ASpike_OfAnyWidth_IsProvedToItsTop(double width)
    {
        ICurvedEnclosedMap f = SkeletonMaps.Enclosure(
            (x, y) => y - Bell(x, width) * 0.5,
            [(x, _) => Bell(x, width) * (x - 0.3) * (1 / (width * width)), (_, _) => 1],
            [(_, _) => Interval.Everything, (_, _) => 0, (_, _) => 0]
        );
        LevelSet set = new LevelSets { CriticalPoints = new CriticalPointSearch { Cells = 500 } }.Find(
            f.ToMap(),
            f,
            0.1,
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Verdict.Proved, set.Verdict);
        Assert.Equal(0.6, Top(set), HeightTolerance);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.01)]
    [InlineData(0.005)]
    [InlineData(0.002)]
    public void AMesaOfTwoSteepSigmoids_IsProved_AndItsBandHasThePavedArea(double gap)
    {
        double steep = 40 / gap;
        Network network = Network.From(
            new DenseNetwork([
                new DenseLayer(
                    2,
                    3,
                    [steep, 0, steep, 0, 0, 1],
                    [-0.3 * steep, -(0.3 + gap) * steep, 0],
                    new Sigmoid()
                ),
                new DenseLayer(3, 1, [1, -1, -4], [0], new Identity()),
            ])
        );
        Box box = Box.Cube(2, -1, 1);
        double level = network.Map.Evaluate([-0.5, -0.8])[0];
        (double, double) band = (level, double.PositiveInfinity);
        Region region = new Bands().Find(
            network.Map,
            new NetworkEnclosure(network),
            band,
            box,
            TestContext.Current.CancellationToken
        );
        Paving paving = new Paver { Gap = 1e-4 }.Pave(
            new NetworkRelaxation(network),
            level,
            double.PositiveInfinity,
            box,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Verdict.Proved, region.Verdict);
        Assert.InRange(region.Area, paving.VolumeInner, paving.VolumeOuter);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.005)]
    [InlineData(0.002)]
    [InlineData(0.001)]
    public void ATentOfRectifiers_IsNeverProvedWithoutItsTop(double gap)
    {
        double steep = 1 / gap;
        Network network = Network.From(
            new DenseNetwork([
                new DenseLayer(
                    2,
                    4,
                    [steep, 0, steep, 0, steep, 0, 0, 1],
                    [-0.3 * steep, -(0.3 + gap / 2) * steep, -(0.3 + gap) * steep, 2],
                    new Rectifier()
                ),
                new DenseLayer(4, 1, [1, -2, 1, -1], [0], new Identity()),
            ])
        );
        LevelSet set = new LevelSets().Find(
            network.Map,
            new NetworkEnclosure(network),
            -1.2,
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        double exact = 2 - gap + 2 * Math.Sqrt(0.25 + gap * gap / 4);
        Assert.True(
            set.Verdict == Verdict.Unknown
                || (
                    Math.Abs(set.Components.Sum(c => c.Length) - exact) < LengthTolerance
                    && Math.Abs(Top(set) + 0.3) < HeightTolerance
                )
        );
    }

    private static Interval Bell(Interval x, double width) => (-((x - 0.3) * (1 / width)).Square()).Exp();

    private static double Top(LevelSet set) =>
        set.Components.SelectMany(c => c.Branches).Max(b => Enumerable.Range(0, b.Count).Max(k => b.Point(k)[1]));
}
