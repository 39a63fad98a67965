using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Levels;

/// <summary>What holds for the bands of every map, on random sums of bells and waves.</summary>
public class RegionLawTests
{
    private const double Below = double.NegativeInfinity;
    private const double Above = double.PositiveInfinity;
    private const double Chord = 1e-4;

    /// <summary>Areas of rings of the same curves differ by rounding.</summary>
    private const double Rounding = 1e-13;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AreasAddUp(int seed)
    {
        (TracedLevels levels, double[] c) = Draw(seed);
        Region low = RegionTests.Valid(levels.Band(Below, c[0]));
        Region first = RegionTests.Valid(levels.Band(c[0], c[1]));
        Region second = RegionTests.Valid(levels.Band(c[1], c[2]));
        Region high = RegionTests.Valid(levels.Band(c[2], Above));
        Assert.Equal(RegionTests.Valid(levels.Band(c[0], c[2])).Area, first.Area + second.Area, Rounding);
        Assert.Equal(4, low.Area + first.Area + second.Area + high.Area, Rounding);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void APointIsInside_IffItsValueIsInTheBand(int seed)
    {
        (TracedLevels levels, double[] c) = Draw(seed);
        Region region = levels.Band(c[0], c[1]);
        IndexedPointInAreaLocator locator = new(Polygons(region));
        Random random = new(seed);
        double[] value = new double[1];
        double[] gradient = new double[2];
        for (int k = 0; k < 2000; k++)
        {
            double[] x = [2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1];
            levels.Map.Linearize(x, value, gradient);
            double near = 4 * Chord * (Math.Abs(gradient[0]) + Math.Abs(gradient[1])) + 1e-6;
            if (Math.Abs(value[0] - c[0]) > near && Math.Abs(value[0] - c[1]) > near)
            {
                bool isInside = locator.Locate(new Coordinate(x[0], x[1])) == Location.Interior;
                Assert.Equal(value[0] > c[0] && value[0] < c[1], isInside);
            }
        }
    }

    /// <summary>Within six standard errors of a Monte-Carlo estimate.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheArea_IsThatOfRandomPoints(int seed)
    {
        (TracedLevels levels, double[] c) = Draw(seed);
        const int Count = 20_000;
        Random random = new(seed);
        int inside = 0;
        for (int k = 0; k < Count; k++)
        {
            double value = levels.Map.Evaluate([2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1])[0];
            inside += value >= c[0] && value <= c[1] ? 1 : 0;
        }

        double share = (double)inside / Count;
        double error = Math.Sqrt((share * (1 - share) + 1.0 / Count) / Count);
        Assert.Equal(share, levels.Band(c[0], c[1]).Area / 4, 6 * error);
    }

    /// <summary>A map, and three levels in ascending order that it takes at random points.</summary>
    private static (TracedLevels Levels, double[] C) Draw(int seed)
    {
        Random random = new(seed);
        double[][] terms =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(_ => Enumerable.Range(0, 6).Select(_ => 2 * random.NextDouble() - 1).ToArray()),
        ];
        FunctionMap map = new(2, 1, (x, y, j) => Sum(terms, x, y, j));
        double[] levels =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(_ => map.Evaluate([2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1])[0])
                .Order(),
        ];
        return (new TracedLevels(map, Square) { Chord = Chord, Lines = 80 }, levels);
    }

    /// <summary>Bells (even terms) a exp(-|x - p|^2 / s) and waves (odd terms) a sin(k . x + phase).</summary>
    private static void Sum(double[][] terms, ReadOnlySpan<double> x, Span<double> y, Span<double> j)
    {
        (y[0], j[0], j[1]) = (0, 0, 0);
        for (int i = 0; i < terms.Length; i++)
        {
            double[] t = terms[i];
            if (i % 2 == 0)
            {
                (double dx, double dy, double s) = (x[0] - t[1], x[1] - t[2], 0.1 + t[3] * t[3]);
                double bell = t[0] * Math.Exp(-(dx * dx + dy * dy) / s);
                y[0] += bell;
                j[0] -= 2 * dx / s * bell;
                j[1] -= 2 * dy / s * bell;
            }
            else
            {
                (double kx, double ky) = (6 * t[1], 6 * t[2]);
                (double sine, double cosine) = Math.SinCos(kx * x[0] + ky * x[1] + 3 * t[3]);
                y[0] += t[0] * sine;
                j[0] += t[0] * kx * cosine;
                j[1] += t[0] * ky * cosine;
            }
        }
    }

    private static MultiPolygon Polygons(Region region)
    {
        GeometryFactory factory = new();
        LinearRing Line(Ring ring) =>
            factory.CreateLinearRing([
                .. ring
                    .Points.Chunk(2)
                    .Append([ring.Points[0], ring.Points[1]])
                    .Select(p => new Coordinate(p[0], p[1])),
            ]);
        return factory.CreateMultiPolygon([
            .. region.Parts.Select(p => factory.CreatePolygon(Line(p.Shell), [.. p.Holes.Select(Line)])),
        ]);
    }
}
