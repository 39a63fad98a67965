using System.Collections.Immutable;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
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

    /// <summary>(x^2 + y^2)^2 - (x^2 - y^2) / 2: Bernoulli's lemniscate at 0, with lobes of area 1 / 4.</summary>
    private static readonly FunctionMap Lemniscate = new(
        2,
        1,
        (x, y, j) =>
        {
            double r = x[0] * x[0] + x[1] * x[1];
            y[0] = r * r - 0.5 * (x[0] * x[0] - x[1] * x[1]);
            j[0] = 4 * r * x[0] - x[0];
            j[1] = 4 * r * x[1] + x[1];
        }
    );

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

    private static readonly LevelSet Lobes = Branches(Lemniscate, [Math.Sqrt(0.5), 0], [-Math.Sqrt(0.5), 0]);

    [Fact]
    public void TheLobesOfALemniscate_AreTwoParts()
    {
        Region region = Band(Lemniscate, Lobes, isAbove: false);
        Assert.Equal(2, region.Parts.Length);
        Assert.All(region.Parts, p => Assert.Equal(0.25, p.Area, AreaTolerance));
    }

    [Fact]
    public void AroundALemniscate_TwoHolesTouch()
    {
        Region region = Band(Lemniscate, Lobes, isAbove: true);
        Assert.Equal(2, Assert.Single(region.Parts).Holes.Length);
        Assert.Equal(3.5, region.Area, AreaTolerance);
    }

    [Fact]
    public void ASaddle_HasTwoSectorsOnEitherSide()
    {
        double half = 0.5;
        IMap saddle = KnownMaps.Quadratic(1, -1);
        LevelSet set = Branches(saddle, [half, half], [half, -half], [-half, half], [-half, -half]);
        foreach (bool isAbove in new[] { false, true })
        {
            Region region = Band(saddle, set, isAbove);
            Assert.Equal(2, region.Parts.Length);
            Assert.All(region.Parts, p => Assert.Equal(1, p.Area, AreaTolerance));
        }
    }

    [Fact]
    public void AMonkeySaddle_HasThreeSectorsOnEitherSide()
    {
        double slope = 1 / Math.Sqrt(3);
        LevelSet set = Branches(
            Monkey,
            [0, 0.5],
            [0, -0.5],
            [0.5, 0.5 * slope],
            [0.5, -0.5 * slope],
            [-0.5, 0.5 * slope],
            [-0.5, -0.5 * slope]
        );
        Assert.Equal(3, Band(Monkey, set, isAbove: true).Parts.Length);
        Region below = Band(Monkey, set, isAbove: false);
        Assert.Equal(3, below.Parts.Length);
        Assert.Equal(2, below.Area, AreaTolerance);
    }

    [Fact]
    public void CirclesThatCross_LeaveTwoCrescentsOrALensInAHole()
    {
        LevelSet set = Branches(Circles, [-0.75, 0], [-0.25, 0], [0.25, 0], [0.75, 0]);
        double lens = 0.5 * Math.Acos(0.5) - 0.25 * Math.Sqrt(0.75);
        double union = Math.PI / 2 - lens;
        Region crescents = Band(Circles, set, isAbove: false);
        Assert.Equal(2, crescents.Parts.Length);
        Assert.Equal(union - lens, crescents.Area, AreaTolerance);
        Region rest = Band(Circles, set, isAbove: true);
        Assert.Equal(2, rest.Parts.Length);
        Assert.Single(rest.Parts[0].Holes);
        Assert.Equal(-union, rest.Parts[0].Holes[0].Area, AreaTolerance);
        Assert.Equal(lens, rest.Parts[1].Area, AreaTolerance);
    }

    [Fact]
    public void ABranchThatIsMissing_IsNoticed()
    {
        LevelSet set = Branches(Circles, [-0.75, 0], [-0.25, 0], [0.25, 0]);
        GeometryException refusal = Assert.Throws<GeometryException>(() => Band(Circles, set, isAbove: true));
        Assert.Contains("have the band on no side in turn", refusal.Message, StringComparison.Ordinal);
    }

    private static Region Band(IMap map, LevelSet set, bool isAbove)
    {
        BandBorder band = isAbove
            ? new BandBorder(map, Square, 0, Above, set, null)
            : new BandBorder(map, Square, Below, 0, null, set);
        return RegionTests.Valid(RegionAssembly.Assemble(band));
    }

    /// <summary>Branches of the level 0 through the starts, each traced to its crossings.</summary>
    private static LevelSet Branches(IMap map, params double[][] starts) =>
        TracedLevels.Set(
            0,
            [.. starts.Select(s => ImmutableArray.Create(Tracer.Continuation.Traced(map, s, Square).Curve))]
        );
}
