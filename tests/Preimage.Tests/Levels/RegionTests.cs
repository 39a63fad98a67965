using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tests.Tracing;
using Preimage.Tracing;

namespace Preimage.Tests.Levels;

/// <summary>Regions whose shapes and areas are known in closed form.</summary>
public class RegionTests
{
    private const double Below = double.NegativeInfinity;
    private const double Above = double.PositiveInfinity;

    /// <summary>The Hermite curve at a chord tolerance of 1e-4 is off by far less.</summary>
    private const double AreaTolerance = 1e-8;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    private static TracedLevels Disc(Box box) => new(KnownMaps.Circle, box);

    [Fact]
    public void AnAnnulus_HasOneShellAndOneHole()
    {
        Region region = Disc(Square).Band(0.09, 0.49);
        RegionPart part = Assert.Single(Valid(region).Parts);
        Assert.Single(part.Holes);
        Assert.Equal(Math.PI * 0.4, region.Area, AreaTolerance);
        Assert.Equal(-Math.PI * 0.09, part.Holes[0].Area, AreaTolerance);
    }

    [Fact]
    public void WhatLiesOutsideADisc_IsTheBoxWithAHole()
    {
        Region region = Disc(Square).Band(0.25, Above);
        RegionPart part = Assert.Single(Valid(region).Parts);
        Assert.Equal([-1, -1, 1, -1, 1, 1, -1, 1], part.Shell.Points);
        Assert.Equal(4, part.Shell.Area);
        Assert.Equal(4 - Math.PI / 4, region.Area, AreaTolerance);
    }

    [Fact]
    public void ADiscThatTheBoxCuts_EndsOnIt()
    {
        // The half plane x <= 1/4 of the disc of radius 1/2: the segment beyond has the half angle pi / 3.
        double segment = 0.25 * (Math.PI / 3 - Math.Sin(Math.PI / 3) * Math.Cos(Math.PI / 3));
        Box box = new([-1, -1], [0.25, 1]);
        Region inside = Disc(box).Band(Below, 0.25);
        Assert.Equal(Math.PI / 4 - segment, Valid(inside).Area, AreaTolerance);
        Region outside = Disc(box).Band(0.25, Above);
        Assert.Equal(2.5 - (Math.PI / 4 - segment), Valid(outside).Area, AreaTolerance);
        Assert.Empty(Assert.Single(outside.Parts).Holes);
    }

    [Fact]
    public void TheCornersOutsideADisc_AreFourParts()
    {
        Region region = Disc(Box.Cube(2, -0.9, 0.9)).Band(1, Above);
        Assert.Equal(4, Valid(region).Parts.Length);
        double side = 0.9 - Math.Sqrt(1 - 0.81);
        double angle = Math.PI / 2 - 2 * Math.Acos(0.9);
        double corner = side * side - (angle - Math.Sin(angle)) / 2 - side * side / 2;
        Assert.All(region.Parts, p => Assert.Equal(corner, p.Area, AreaTolerance));
    }

    [Fact]
    public void ADiscThatTouchesAllSides_LeavesFourCornersOrTheDisc()
    {
        TracedLevels levels = Disc(Box.Cube(2, -0.5, 0.5));
        Region outside = levels.Band(0.25, Above);
        Region inside = levels.Band(Below, 0.25);
        Assert.Equal(1 - Math.PI / 4, Valid(outside).Area, AreaTolerance);
        Assert.Equal(Math.PI / 4, Valid(inside).Area, AreaTolerance);
        Assert.Single(inside.Parts);
    }

    [Fact]
    public void ABandAlongADiagonal_GoesFromCornerToCorner()
    {
        TracedLevels levels = new(Linear(1, -1), Square);
        Assert.Equal(2, Valid(levels.Band(0, Above)).Area, 1e-15);
        Region band = levels.Band(0, 0.5);
        Assert.Equal(2 - 1.5 * 1.5 / 2, Valid(band).Area, 1e-15);
        Assert.Single(band.Parts);
    }

    [Fact]
    public void ALevelAlongASide_BoundsTheBox()
    {
        Curve side = Tracer.Continuation.Traced(Linear(0, 1), [0.1, -1], Square).Curve;
        LevelSet set = TracedLevels.Set(-1, [side]);
        Region region = RegionAssembly.Assemble(new BandBorder(Linear(0, 1), Square, -1, Above, set, null));
        Assert.Equal(4, Valid(region).Area, 1e-15);
    }

    [Theory]
    [InlineData(2, Above, false)]
    [InlineData(Below, -1, false)]
    [InlineData(Below, 2.5, true)]
    [InlineData(Below, Above, true)]
    public void WhereNoCurveIs_TheBoxIsAllOrNothing(double from, double to, bool isAll)
    {
        Region region = Disc(Box.Cube(2, -0.9, 0.9)).Band(from, to);
        Assert.Equal(isAll ? 1.8 * 1.8 : 0, Valid(region).Area, 1e-15);
        Assert.Equal(isAll ? 1 : 0, region.Parts.Length);
    }

    [Fact]
    public void IslandsInHoles_ArePartsOfTheirOwn()
    {
        // cos(2 pi r) >= 1/2: r within 1/6 of a whole number.
        TracedLevels levels = new(Waves, Box.Cube(2, -2.4, 2.4));
        Region region = levels.Band(0.5, Above);
        Assert.Equal(3, Valid(region).Parts.Count(p => p.Shell.Points.Max(Math.Abs) < 2.39));
        double sixth = 1.0 / 6;
        double rings = Math.PI * (sixth * sixth + 4 * sixth + 8 * sixth);
        Assert.Equal(rings, region.Parts.Where(p => p.Shell.Points.Max(Math.Abs) < 2.39).Sum(p => p.Area), 1e-7);
        Assert.All(region.Parts, p => Assert.InRange(p.Holes.Length, 0, 1));
    }

    [Fact]
    public void ABandThinnerThanTheChord_IsRefined()
    {
        Region region = (Disc(Square) with { Chord = 1e-3 }).Band(0.25, 0.25 + 1e-5);
        Assert.Equal(Math.PI * 1e-5, Valid(region).Area, 1e-9);
        Assert.Single(Assert.Single(region.Parts).Holes);
    }

    [Fact]
    public void UnitsOfDifferentSize_AreNoMatter()
    {
        // P V = 8.314 T: the area between two isothermals that leave through the upper and the right side.
        Box box = new([1e5, 0.025], [2e5, 0.075]);
        Region region = new TracedLevels(KnownMaps.IdealGas, box).Band(910, 1000);
        (double a, double b) = (910 * 8.314, 1000 * 8.314);
        static double Under(double c) => c * Math.Log(2e5 / (c / 0.075)) + 0.075 * (c / 0.075 - 1e5);
        Assert.Equal(Under(b) - Under(a), Valid(region).Area, 1e-8 * region.Area);
    }

    /// <summary>Twice the points divide the error of the area by 2^4: the order of the Hermite curve.</summary>
    [Fact]
    public void TheArea_ConvergesWithOrderFour()
    {
        double Error(int count)
        {
            LevelSet set = TracedLevels.Set(0.45, [Ellipse(count)]);
            BandBorder band = new(KnownMaps.Quadratic(1, 9), Square, Below, 0.45, null, set);
            return Math.Abs(RegionAssembly.Assemble(band).Area - Math.PI * 0.45 / 3);
        }

        Assert.InRange(Math.Log2(Error(64) / Error(128)), 3.8, 4.2);
        Assert.InRange(Math.Log2(Error(128) / Error(256)), 3.8, 4.2);
    }

    /// <summary>x^2 + 9 y^2 = 0.45 with exact points and tangents.</summary>
    private static Curve Ellipse(int count)
    {
        double a = Math.Sqrt(0.45);
        var angles = Enumerable.Range(0, count).Select(k => Math.SinCos(2 * Math.PI * k / count));
        return new Curve
        {
            Dimension = 2,
            Outputs = 1,
            Points = [.. angles.SelectMany(t => new[] { a * t.Cos, a / 3 * t.Sin })],
            Tangents =
            [
                .. angles
                    .Select(t => (X: -t.Sin, Y: t.Cos / 3, Norm: Math.Sqrt(t.Sin * t.Sin + t.Cos * t.Cos / 9)))
                    .SelectMany(t => new[] { t.X / t.Norm, t.Y / t.Norm }),
            ],
            Values = [.. Enumerable.Repeat(0.45, count)],
            Defects = [.. new double[count]],
            Curvatures = [.. new double[count]],
            SingularValues = [.. new double[count]],
            Start = Ending.Closed,
            End = Ending.Closed,
        };
    }

    [Fact]
    public void ACurveThatIsMissing_IsNoticed()
    {
        LevelSet all = Disc(Box.Cube(2, -0.9, 0.9)).At(1);
        Box box = Box.Cube(2, -0.9, 0.9);
        for (int missing = 0; missing < 4; missing++)
        {
            LevelSet some = all with { Components = all.Components.RemoveAt(missing) };
            GeometryException refusal = Assert.Throws<GeometryException>(() =>
                RegionAssembly.Assemble(new BandBorder(KnownMaps.Circle, box, 1, Above, some, null))
            );
            Assert.Contains(
                "do not bound a region on the border of the box",
                refusal.Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void ACurveThatEndsInside_IsNoticed()
    {
        Curve piece = (Tracer.Continuation with { Stop = new Budget(8) })
            .Traced(KnownMaps.Circle, [0.3, 0.4], Square)
            .Curve;
        LevelSet set = TracedLevels.Set(0.25, [piece]);
        GeometryException refusal = Assert.Throws<GeometryException>(() =>
            RegionAssembly.Assemble(new BandBorder(KnownMaps.Circle, Square, 0.25, Above, set, null))
        );
        Assert.Contains("ends inside the box", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ReferenceBand.All), MemberType = typeof(ReferenceBand))]
    public void TheAreasOfTheAuthorsNetworks_AreTheReference(ReferenceBand band)
    {
        SigmoidNetwork network = new(band.Path);
        TracedLevels levels = new(network, band.Box) { Chord = 1e-7 };
        Assert.Equal(band.Area, Valid(levels.Band(band.From, band.To)).Area, 1e-8 * band.Area);
    }

    /// <summary>cos(2 pi r).</summary>
    private static FunctionMap Waves { get; } =
        new(
            2,
            1,
            (x, y, j) =>
            {
                double r = Math.Sqrt(x[0] * x[0] + x[1] * x[1]);
                y[0] = Math.Cos(2 * Math.PI * r);
                double slope = r > 0 ? -2 * Math.PI * Math.Sin(2 * Math.PI * r) / r : 0;
                (j[0], j[1]) = (slope * x[0], slope * x[1]);
            }
        );

    private static FunctionMap Linear(double a, double b) =>
        new(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = a * x[0] + b * x[1];
                (j[0], j[1]) = (a, b);
            }
        );

    /// <summary>The region, after the laws that every region keeps: valid polygons, shells counterclockwise, holes clockwise.</summary>
    internal static Region Valid(Region region)
    {
        GeometryFactory factory = new();
        LinearRing Line(Ring ring) =>
            factory.CreateLinearRing([
                .. Enumerable
                    .Range(0, ring.Count + 1)
                    .Select(i => new Coordinate(
                        ring.Points[2 * (i % ring.Count)],
                        ring.Points[2 * (i % ring.Count) + 1]
                    )),
            ]);
        MultiPolygon polygons = factory.CreateMultiPolygon([
            .. region.Parts.Select(p => factory.CreatePolygon(Line(p.Shell), [.. p.Holes.Select(Line)])),
        ]);
        Assert.Null(new IsValidOp(polygons).ValidationError);
        Assert.All(region.Parts, p => Assert.True(Line(p.Shell).IsCCW && p.Shell.Area > 0));
        Assert.All(region.Parts.SelectMany(p => p.Holes), h => Assert.True(!Line(h).IsCCW && h.Area < 0));
        return region;
    }
}
