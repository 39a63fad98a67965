using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Results;
using Preimage.Tests.Enclosing;
using Preimage.Tracing;

namespace Preimage.Tests.Levels;

/// <summary>Bands from maps and enclosures: proved where both level sets are.</summary>
public class BandTests
{
    private const double Below = double.NegativeInfinity;
    private const double Above = double.PositiveInfinity;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    [Fact]
    public void AnAnnulus_IsProvedWithItsArea()
    {
        Region region = Find(SkeletonMaps.Circle, (0.09, 0.49), Square);
        Assert.Equal(Verdict.Proved, region.Verdict);
        Assert.Equal(Math.PI * 0.4, region.Area, 1e-8);
        Assert.Equal((0.09, 0.49), (region.Lower!.Level, region.Upper!.Level));
        Assert.Single(Assert.Single(region.Parts).Holes);
    }

    [Theory]
    [InlineData(Below, Above, 1)]
    [InlineData(-1, 3, 1)]
    [InlineData(-1, Above, 1)]
    [InlineData(2.5, 3, 0)]
    [InlineData(Below, -1, 0)]
    public void WhereNoLevelIs_AllOrNothingIsProved(double from, double to, int parts)
    {
        Region region = Find(SkeletonMaps.Circle, (from, to), Square);
        Assert.Equal(Verdict.Proved, region.Verdict);
        Assert.Equal(parts, region.Parts.Length);
        Assert.Equal(4 * parts, region.Area);
        Assert.Equal(double.IsInfinity(from), region.Lower is null);
    }

    [Fact]
    public void Islands_AreAllThere()
    {
        // sin(10 x) sin(10 y) on [0, pi]^2: a hundred squares, half of them positive.
        Region region = Find(SkeletonMaps.Islands(10), (0.5, Above), new Box([0, 0], [Math.PI, Math.PI]));
        Assert.Equal(50, region.Parts.Length);
        Assert.Equal(Verdict.Proved, region.Verdict);
        Assert.All(region.Parts, p => Assert.Equal(region.Parts[0].Area, p.Area, 1e-8));
        Region holes = Find(SkeletonMaps.Islands(10), (Below, 0.5), new Box([0, 0], [Math.PI, Math.PI]));
        Assert.Equal(50, Assert.Single(holes.Parts).Holes.Length);
        Assert.Equal(Math.PI * Math.PI, region.Area + holes.Area, 1e-12);
    }

    [Theory]
    [InlineData(1, 0.5, "is reversed")]
    [InlineData(0.5, 0.5, "has no inside")]
    [InlineData(Above, Above, "has no inside")]
    [InlineData(double.NaN, 1, "give numbers")]
    [InlineData(0, double.NaN, "give numbers")]
    public void WhatIsNoBand_IsRefused(double from, double to, string message)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            Find(SkeletonMaps.Circle, (from, to), Square)
        );
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnboundedBox_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Find(SkeletonMaps.Circle, (0, 1), Box.Everything(2)));

    [Fact]
    public void AConstantMap_IsAllOrNothing()
    {
        Assert.Equal(4, Find(SkeletonMaps.Constant, (2, 4), Square).Area);
        Assert.Equal(0, Find(SkeletonMaps.Constant, (4, 5), Square).Area);
    }

    /// <summary>Against areas from independent code in long double, at the chord tolerance that they were asked for.</summary>
    [Theory]
    [MemberData(nameof(ReferenceBand.All), MemberType = typeof(ReferenceBand))]
    public void TheBandsOfTheAuthorsNetworks_AreProvedWithTheirAreas(ReferenceBand band)
    {
        Network network = ModelFile.Read(band.Path);
        Tracer tracer = Tracer.Continuation with { Steps = new ChordControl(1e-7) };
        Bands bands = new() { LevelSets = new LevelSets { Tracer = tracer } };
        Region region = bands.Find(
            network.Map,
            new NetworkEnclosure(network),
            (band.From, band.To),
            band.Box,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(band.Area, RegionTests.Valid(region).Area, 1e-8 * band.Area);
        Assert.Equal(Verdict.Proved, region.Verdict);
    }

    private static Region Find(ICurvedEnclosedMap f, (double From, double To) band, Box box) =>
        RegionTests.Valid(new Bands().Find(f.ToMap(), f, band, box, TestContext.Current.CancellationToken));
}
