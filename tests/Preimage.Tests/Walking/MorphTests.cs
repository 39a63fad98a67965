using CsCheck;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>Morphs whose end is known in closed form, or by an independent search.</summary>
public class MorphTests
{
    /// <summary>An end is as exact as its stationarity: the square root of rounding.</summary>
    private const double Ended = 1e-6;

    /// <summary>How far outside the box the target lies does not change where the path ends: it then says a direction only.</summary>
    [Theory]
    [InlineData(1e3)]
    [InlineData(1e9)]
    [InlineData(1e14)]
    public void ATargetFarOutsideTheBox_IsADirection(double far)
    {
        Morphing path = new Morpher().Run(
            new MorphQuestion
            {
                Map = MorphMaps.Sphere(3),
                Start = [0.6, 0, 0.8],
                Target = [0, far * 0.8, far * -0.6],
                Box = Box.Cube(3, -2, 2),
            },
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Ending.Stationary, path.Ending);
        Assert.True(MorphMaps.Distance(path.End(), [0, 0.8, -0.6]) <= Ended);
        Assert.InRange(path.Defect, 0, 1e-13);
    }

    [Fact]
    public void OnASphere_ItFollowsTheGreatCircle_ToThePointBelowTheTarget() =>
        (
            from n in Gen.Int[2, 8]
            from seed in Gen.Int
            let random = new Generator(seed)
            let start = random.Uniform(n, -1, 1)
            let target = random.Uniform(n, -3, 3)
            where MorphMaps.Norm(start) > 0.1 && Math.Abs(Cosine(start, target)) < 0.9
            select (start, target)
        ).Sample(
            ends =>
            {
                (double[] start, double[] target) = ends;
                Morphing path = new Morpher { Frames = 7 }.Go(MorphMaps.Sphere(start.Length), start, target);
                double radius = MorphMaps.Norm(start);
                double size = MorphMaps.Norm(target);
                Assert.Equal(Ending.Stationary, path.Ending);
                Assert.True(
                    MorphMaps.Distance(path.End(), [.. target.Select(b => radius * b / size)]) <= Ended * radius
                );
                for (int i = 0; i < path.Frames.Count; i++)
                {
                    Assert.True(OffPlane(path.Frames.Point(i).ToArray(), start, target) <= 1e-9 * radius);
                }
            },
            iter: 100
        );

    [Fact]
    public void OnAPlaneInABox_ItEndsAtTheProjection() =>
        (
            from n in Gen.Int[2, 12]
            from seed in Gen.Int
            let random = new Generator(seed)
            let normal = random.Uniform(n, 0.05, 1).Select((w, i) => i % 2 == 0 ? w : -w).ToArray()
            let start = random.Uniform(n, 0, 1)
            let target = random.Uniform(n, -1, 2)
            select (normal, start, target)
        ).Sample(
            question =>
            {
                (double[] normal, double[] start, double[] target) = question;
                FunctionMap map = MorphMaps.Plane(normal);
                Morphing path = new Morpher { Frames = 3 }.Go(map, start, target, Box.Cube(start.Length, 0, 1));
                Assert.True(path.Ending.IsComplete());
                Assert.True(MorphMaps.Distance(path.End(), Projection(normal, start, target)) <= Ended);
            },
            iter: 200
        );

    [Theory]
    [InlineData(1, 0.3, 0.2)]
    [InlineData(1, -0.4, 0.9)]
    [InlineData(-1, 0.5, 0.1)]
    public void OnAnEllipse_NoPointNearbyIsNearer(double x, double bx, double by)
    {
        double[] target = [2 * bx, 2 * by];
        Morphing path = new Morpher().Go(MorphMaps.Ellipsoid([1, 9]), [x, 0.02], target);
        double[] end = path.End();
        double radius = Math.Sqrt(1 + 9 * 0.02 * 0.02);
        double angle = Math.Atan2(3 * end[1], end[0]);
        double nearest = Scan(t => Distance(target, radius * Math.Cos(t), radius / 3 * Math.Sin(t)), angle);
        Assert.Equal(Ending.Stationary, path.Ending);
        Assert.True(path.Distances[^1] <= nearest + 1e-9, $"{path.Distances[^1]} but {nearest} is near");
    }

    [Fact]
    public void OnATorus_ItEndsBelowTheTarget()
    {
        double[] target = [1, 2.5, 0.8];
        Morphing path = new Morpher().Go(MorphMaps.Torus, [3, 0, 0], target);
        double ring = Math.Sqrt(1 + 2.5 * 2.5);
        double[] center = [2 / ring, 5 / ring, 0];
        double offset = MorphMaps.Distance(center, target);
        double[] expected = [.. center.Zip(target, (c, b) => c + (b - c) / offset)];
        Assert.Equal(Ending.Stationary, path.Ending);
        Assert.True(MorphMaps.Distance(path.End(), expected) <= Ended);
    }

    [Fact]
    public void InAnAnnulus_ItGoesRoundTheHole_AndEndsOnTheInnerCircle()
    {
        Morpher morpher = new() { Hold = new WithinBounds([0.25], [1]) };
        Morphing path = morpher.Go(MorphMaps.Sphere(2), [0.9, 0.05], [-0.2, 0.1]);
        double[] end = path.End();
        Assert.Equal(Ending.Stationary, path.Ending);
        Assert.Equal(-0.5 * 2 / Math.Sqrt(5), end[0], Ended);
        Assert.Equal(0.5 / Math.Sqrt(5), end[1], Ended);
        Assert.All(path.Frames.Values, value => Assert.InRange(value, 0.25 - 1e-13, 1 + 1e-13));
    }

    [Fact]
    public void InAHalfSpace_ItEndsOnItsFace()
    {
        Morpher morpher = new() { Hold = new WithinBounds([double.NegativeInfinity], [1]) };
        Morphing path = morpher.Go(MorphMaps.Plane([1, 2, 2]), [0, 0, 0], [2, 2, 2]);
        Assert.Equal(Ending.Stationary, path.Ending);
        Assert.True(MorphMaps.Distance(path.End(), [1, 0, 0]) <= Ended);
        Assert.Equal(9.0 / 3, path.Distances[^1], Ended);
    }

    [Fact]
    public void ATargetInTheBand_IsReached_BitForBit()
    {
        double[] target = [0.3, -0.7, 0.123456789];
        Morphing path = new Morpher { Hold = new WithinTolerance(1) }.Go(MorphMaps.Sphere(3), [0.9, 0.1, 0], target);
        Assert.Equal(Ending.ReachedTarget, path.Ending);
        Assert.Equal(target, path.End());
        Assert.Equal(0, path.Distances[^1]);
    }

    [Fact]
    public void ATargetOnTheFiber_IsReached()
    {
        Morphing path = new Morpher().Go(MorphMaps.Sphere(3), [1, 0, 0], [0, 0, 1]);
        Assert.Equal(Ending.ReachedTarget, path.Ending);
        Assert.Equal([0, 0, 1], path.End());
        Assert.Equal(Math.PI / 2, path.Lengths[^1], 1e-2);
    }

    [Fact]
    public void OverARidge_ItGoesOn()
    {
        Morphing path = new Morpher().Go(MorphMaps.Roof(2), [-3, -3], [5, -4.9]);
        Assert.Equal(Ending.Stationary, path.Ending);
        Assert.True(MorphMaps.Distance(path.End(), [4.95, -4.95]) <= Ended);
    }

    [Fact]
    public void OnARidge_ItSlidesAlong_ToTheEnd()
    {
        Morphing path = new Morpher().Go(MorphMaps.Roof(3), [-3, -3, 0], [0.1, 5, 2]);
        Assert.Equal(Ending.Stationary, path.Ending);
        Assert.True(MorphMaps.Distance(path.End(), [0, 0, 2]) <= Ended);
    }

    [Fact]
    public void WhereTheMapEnds_ItSaysSo()
    {
        FunctionMap half = new(
            2,
            1,
            (x, y, jacobian) =>
            {
                y[0] = x[1] + (x[0] > 1 ? double.NaN : 0);
                jacobian[0] = 0;
                jacobian[1] = 1;
            }
        );
        Morphing path = new Morpher().Go(half, [0, 0], [2, 0]);
        Assert.Equal(Ending.NotFinite, path.Ending);
        Assert.Equal(1, path.End()[0], 1e-9);
    }

    [Fact]
    public void ABudget_AndACancellation_KeepWhatWasDone()
    {
        FunctionMap map = MorphMaps.Ellipsoid([1, 4, 25]);
        Morphing spent = new Morpher { MostSteps = 5 }.Go(map, [1, 0, 0], [-0.5, 2, 0.3]);
        Assert.Equal(Ending.BudgetSpent, spent.Ending);
        Assert.Equal(5, spent.Steps);
        using CancellationTokenSource source = new();
        Morphing cancelled = new Morpher().Run(
            new MorphQuestion
            {
                Map = map,
                Start = [1, 0, 0],
                Target = [-0.5, 2, 0.3],
                Box = Box.Everything(3),
            },
            new CancelAfter(3, source),
            source.Token
        );
        Assert.Equal(Ending.Cancelled, cancelled.Ending);
        Assert.Equal(3, cancelled.Steps);
        Assert.Equal(25, cancelled.Frames.Count);
    }

    [Fact]
    public void WrongQuestions_AreRefused()
    {
        FunctionMap map = MorphMaps.Sphere(2);
        Morpher morpher = new();
        Assert.Contains("target", Refused(() => morpher.Go(map, [1, 0], [1])), StringComparison.Ordinal);
        Assert.Contains("finite", Refused(() => morpher.Go(map, [1, double.NaN], [1, 1])), StringComparison.Ordinal);
        Assert.Contains(
            "outside the box",
            Refused(() => morpher.Go(map, [1, 0], [1, 1], Box.Cube(2, -0.5, 0.5))),
            StringComparison.Ordinal
        );
        Morpher band = morpher with { Hold = new WithinBounds([2], [3]) };
        Assert.Contains("outside its band", Refused(() => band.Go(map, [1, 0], [1, 1])), StringComparison.Ordinal);
        Assert.Throws<GeometryException>(() => morpher.Go(map, [0, 0], [1, 1]));
    }

    private static string Refused(Action act) => Assert.Throws<ArgumentException>(act).Message;

    private static double Cosine(double[] x, double[] y) =>
        x.Zip(y, (a, b) => a * b).Sum() / (MorphMaps.Norm(x) * MorphMaps.Norm(y) + 1e-300);

    /// <summary>How far a point is from the plane through 0 that two others span.</summary>
    private static double OffPlane(double[] x, double[] a, double[] b)
    {
        double[] first = Unit(a);
        double along = first.Zip(b, (p, q) => p * q).Sum();
        double[] second = Unit([.. b.Zip(first, (q, p) => q - along * p)]);
        double u = x.Zip(first, (p, q) => p * q).Sum();
        double v = x.Zip(second, (p, q) => p * q).Sum();
        return MorphMaps.Norm(x.Select((value, i) => value - u * first[i] - v * second[i]));
    }

    private static double[] Unit(double[] x)
    {
        double norm = MorphMaps.Norm(x);
        return norm == 0 ? x : [.. x.Select(value => value / norm)];
    }

    /// <summary>clip(b + t w) with w . x = w . a, t by bisection.</summary>
    private static double[] Projection(double[] normal, double[] start, double[] target)
    {
        double level = normal.Zip(start, (w, a) => w * a).Sum();
        (double low, double high) = (-1e4, 1e4);
        double[] At(double t) => [.. target.Select((b, i) => Math.Clamp(b + t * normal[i], 0, 1))];
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            bool isLow = normal.Zip(At(middle), (w, x) => w * x).Sum() < level;
            (low, high) = isLow ? (middle, high) : (low, middle);
        }

        return At(high);
    }

    private static double Distance(double[] target, double x, double y) => MorphMaps.Distance(target, [x, y]);

    private static double Scan(Func<double, double> distance, double around) =>
        Enumerable.Range(-1000, 2001).Min(i => distance(around + 1e-3 * i));

    private sealed class CancelAfter(long steps, CancellationTokenSource source) : IProgress<MorphProgress>
    {
        public void Report(MorphProgress value)
        {
            if (value.Steps >= steps)
            {
                source.Cancel();
            }
        }
    }
}
