using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Enclosing;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Levels;

/// <summary>Bands at the level of a saddle: branches end in the crossing, and rings that meet there stay simple.</summary>
public class RegionSaddleTests
{
    private const double Below = double.NegativeInfinity;
    private const double Above = double.PositiveInfinity;
    private const double AreaTolerance = 1e-8;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    /// <summary>x^3 - 3 x y^2: six rays at 0.</summary>
    private static readonly FunctionMap Monkey = new(
        2,
        1,
        (x, y, j) =>
        {
            y[0] = x[0] * x[0] * x[0] - 3 * x[0] * x[1] * x[1];
            j[0] = 3 * x[0] * x[0] - 3 * x[1] * x[1];
            j[1] = -6 * x[0] * x[1];
        }
    );

    /// <summary>Product of two circles of radius 1/2 about (-1/4, 0) and (1/4, 0): they cross on x = 0.</summary>
    private static readonly FunctionMap Circles = new(
        2,
        1,
        (x, y, j) =>
        {
            double a = (x[0] + 0.25) * (x[0] + 0.25) + x[1] * x[1] - 0.25;
            double b = (x[0] - 0.25) * (x[0] - 0.25) + x[1] * x[1] - 0.25;
            y[0] = a * b;
            j[0] = 2 * (x[0] + 0.25) * b + 2 * (x[0] - 0.25) * a;
            j[1] = 2 * x[1] * (a + b);
        }
    );

    /// <summary>Cassini's oval at 1 is Bernoulli's lemniscate with lobes of area 1.</summary>
    [Fact]
    public void TheLobesOfALemniscate_AreTwoParts()
    {
        Region region = Find(SkeletonMaps.Cassini, (Below, 1), Box.Cube(2, -2, 2));
        Assert.Equal(2, region.Parts.Length);
        Assert.All(region.Parts, p => Assert.Equal(1, p.Area, AreaTolerance));
        Assert.Equal(Verdict.Unknown, region.Verdict);
    }

    [Fact]
    public void AroundALemniscate_TwoHolesTouch()
    {
        Region region = Find(SkeletonMaps.Cassini, (1, 16), Box.Cube(2, -2.5, 2.5));
        Assert.Equal(2, region.Parts[0].Holes.Length);
        Region whole = Find(SkeletonMaps.Cassini, (Below, 16), Box.Cube(2, -2.5, 2.5));
        Assert.Equal(whole.Area - 2, region.Area, AreaTolerance);
    }

    [Theory]
    [InlineData(1 - 1e-6, 2)]
    [InlineData(1 + 1e-6, 1)]
    public void NextToASaddle_NothingCrosses(double level, int parts)
    {
        Region region = Find(SkeletonMaps.Cassini, (Below, level), Box.Cube(2, -2, 2));
        Assert.Equal(parts, region.Parts.Length);
        Assert.Equal(Verdict.Proved, region.Verdict);
        // dA / dlevel grows with the logarithm of the distance to the saddle's level.
        Assert.Equal(2, region.Area, 2e-5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASaddle_HasTwoSectorsOnEitherSide(bool isAbove)
    {
        Box box = new([-1, -0.8], [1.1, 0.9]);
        Region region = Find(SkeletonMaps.Saddle, isAbove ? (0, Above) : (Below, 0), box);
        Assert.Equal(2, region.Parts.Length);
        double vertical = 0.8 * 0.8 + 0.9 * 0.9;
        Assert.Equal(isAbove ? 2.1 * 1.7 - vertical : vertical, region.Area, AreaTolerance);
    }

    [Fact]
    public void AMonkeySaddle_HasThreeSectorsOnEitherSide()
    {
        double side = 1 / Math.Sqrt(3);
        LevelSet set = TracedLevels.Set(
            0,
            [
                [Ray(0, 1), Ray(0, -1), Ray(1, side), Ray(1, -side), Ray(-1, side), Ray(-1, -side)],
            ]
        );
        Region above = RegionAssembly.Assemble(new BandBorder(Monkey, Square, 0, Above, set, null));
        Assert.Equal(3, RegionTests.Valid(above).Parts.Length);
        Region below = RegionAssembly.Assemble(new BandBorder(Monkey, Square, Below, 0, null, set));
        Assert.Equal(3, RegionTests.Valid(below).Parts.Length);
        Assert.Equal(2, below.Area, AreaTolerance);
    }

    [Fact]
    public void CirclesThatCross_LeaveTwoCrescentsOrALensInAHole()
    {
        LevelSet set = Branches(Circles, [-0.75, 0], [-0.25, 0], [0.25, 0], [0.75, 0]);
        double lens = 0.5 * Math.Acos(0.5) - 0.25 * Math.Sqrt(0.75);
        double union = Math.PI / 2 - lens;
        Region crescents = Band(set, isAbove: false);
        Assert.Equal(2, crescents.Parts.Length);
        Assert.Equal(union - lens, crescents.Area, AreaTolerance);
        Region rest = Band(set, isAbove: true);
        Assert.Equal(2, rest.Parts.Length);
        Assert.Single(rest.Parts[0].Holes);
        Assert.Equal(-union, rest.Parts[0].Holes[0].Area, AreaTolerance);
        Assert.Equal(lens, rest.Parts[1].Area, AreaTolerance);
    }

    [Fact]
    public void ABranchThatIsMissing_IsNoticed()
    {
        LevelSet set = Branches(Circles, [-0.75, 0], [-0.25, 0], [0.25, 0]);
        GeometryException refusal = Assert.Throws<GeometryException>(() => Band(set, isAbove: true));
        Assert.Contains("have the band on no side in turn", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>At a chord tolerance for which the Hermite curves are right to better than the tolerance of areas.</summary>
    private static Region Find(ICurvedEnclosedMap f, (double From, double To) band, Box box)
    {
        Tracer tracer = Tracer.Continuation with { Steps = new ChordControl(1e-5) };
        Bands bands = new() { LevelSets = new LevelSets { Tracer = tracer } };
        return RegionTests.Valid(bands.Find(f.ToMap(), f, band, box, TestContext.Current.CancellationToken));
    }

    private static Region Band(LevelSet set, bool isAbove)
    {
        BandBorder band = isAbove
            ? new BandBorder(Circles, Square, 0, Above, set, null)
            : new BandBorder(Circles, Square, Below, 0, null, set);
        return RegionTests.Valid(RegionAssembly.Assemble(band));
    }

    /// <summary>Branches of the level 0 through the starts, each traced to its crossings.</summary>
    private static LevelSet Branches(IMap map, params double[][] starts) =>
        TracedLevels.Set(
            0,
            [
                [.. starts.Select(s => Tracer.Continuation.Traced(map, s, Square).Curve)],
            ]
        );

    /// <summary>The straight branch from 0 to a point.</summary>
    private static Curve Ray(double x, double y)
    {
        double length = Math.Sqrt(x * x + y * y);
        (double dx, double dy) = (x / length, y / length);
        return new Curve
        {
            Dimension = 2,
            Outputs = 1,
            Points = [0, 0, 0.5 * x, 0.5 * y, x, y],
            Tangents = [dx, dy, dx, dy, dx, dy],
            Values = [0, 0, 0],
            Defects = [0, 0, 0],
            Curvatures = [0, 0, 0],
            SingularValues = [0, 1, 1],
            Start = Ending.Singular,
            End = Ending.LeftBox,
        };
    }
}
