using CsCheck;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>Fibers at the level of a saddle, where branches cross: a trace ends there, whatever rounding makes of the level.</summary>
public class SaddleTests
{
    /// <summary>The root of the rounding of outputs up to 10 over the second derivatives, from 0.1: so far from a saddle its branches cannot be told apart.</summary>
    private const double Unclear = 1e-5;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    /// <summary>A plane map with a critical point, turned and shifted: value and derivatives in its own coordinates, and how large it is.</summary>
    private sealed record Place(double X, double Y, double Angle, double Size, double Level, double Steepness)
    {
        public FunctionMap Map(Func<double, double, (double Value, double X, double Y)> f) =>
            new(
                2,
                1,
                (x, y, j) =>
                {
                    (double sine, double cosine) = Math.SinCos(Angle);
                    double u = (cosine * (x[0] - X) + sine * (x[1] - Y)) / Size;
                    double v = (cosine * (x[1] - Y) - sine * (x[0] - X)) / Size;
                    (double value, double du, double dv) = f(u, v);
                    y[0] = Level + Steepness * value;
                    if (j.Length > 0)
                    {
                        j[0] = Steepness * (cosine * du - sine * dv) / Size;
                        j[1] = Steepness * (sine * du + cosine * dv) / Size;
                    }
                }
            );

        public double[] At(double u, double v)
        {
            (double sine, double cosine) = Math.SinCos(Angle);
            return [X + Size * (cosine * u - sine * v), Y + Size * (sine * u + cosine * v)];
        }
    }

    private static readonly Gen<Place> Places =
        from x in Gen.Double[-0.3, 0.3]
        from y in Gen.Double[-0.3, 0.3]
        from angle in Gen.Double[-3, 3]
        from size in Gen.Double[0.3, 0.8]
        from level in Gen.OneOf(Gen.Const(0.0), Gen.Double[-10, 10])
        from steepness in Gen.Double[0.2, 10]
        select new Place(x, y, angle, size, level, steepness);

    /// <summary>x^2 - r y^2 and cubic terms, on a branch: x = y s with s^2 - r + y c(s) = 0, c the cubic terms of (s, 1).</summary>
    [Fact]
    public void ASaddle_EndsATrace() =>
        (
            from place in Places
            from r in Gen.Double[0.3, 3]
            from cubic in Gen.Double[-0.2, 0.2].Array[4]
            from side in Gen.OneOf(Gen.Const(-1.0), Gen.Const(1.0))
            from far in Gen.Double[0.05, 0.4]
            from isGiven in Gen.Bool
            select (place, r, cubic, side * far, isGiven)
        ).Sample(
            (place, r, cubic, y, isGiven) =>
            {
                double s = Math.Sqrt(r);
                for (int k = 0; k < 60; k++)
                {
                    double c = ((cubic[0] * s + cubic[1]) * s + cubic[2]) * s + cubic[3];
                    s = Math.Sqrt(r - y * c);
                }

                FunctionMap map = place.Map(
                    (u, v) =>
                        (
                            u * u
                                - r * v * v
                                + cubic[0] * u * u * u
                                + cubic[1] * u * u * v
                                + cubic[2] * u * v * v
                                + cubic[3] * v * v * v,
                            2 * u + 3 * cubic[0] * u * u + 2 * cubic[1] * u * v + cubic[2] * v * v,
                            -2 * r * v + cubic[1] * u * u + 2 * cubic[2] * u * v + 3 * cubic[3] * v * v
                        )
                );
                AssertEnds(map, place.At(s * y, y), place, isGiven);
            },
            iter: 1000
        );

    [Fact]
    public void CrossingLines_EndATrace() =>
        (
            from place in Places
            from slope in Gen.Double[0.2, 5]
            from u in Gen.Double[0.1, 0.4]
            from isGiven in Gen.Bool
            select (place, slope, u, isGiven)
        ).Sample(
            (place, slope, u, isGiven) =>
            {
                FunctionMap map = place.Map((x, y) => (y * (y - slope * x), -slope * y, 2 * y - slope * x));
                AssertEnds(map, place.At(u, 0), place, isGiven);
            },
            iter: 500
        );

    [Fact]
    public void AnEight_IsOneLobe() =>
        (
            from place in Places
            from angle in Gen.Double[-0.7, 0.7]
            from isGiven in Gen.Bool
            select (place with { Size = 0.5 * place.Size }, angle, isGiven)
        ).Sample(
            (place, angle, isGiven) =>
            {
                // The lemniscate r^2 = cos(2 angle) / 2; a lobe of it is 2.6220575542921198 sqrt(1/2) long.
                double radius = Math.Sqrt(Math.Cos(2 * angle) / 2);
                double[] start = place.At(radius * Math.Cos(angle), radius * Math.Sin(angle));
                Curve curve = AssertEnds(place.Map(Lemniscate), start, place, isGiven);
                Assert.Equal((Ending.Singular, Ending.Singular), (curve.Start, curve.End));
                Assert.Equal(2.6220575542921198 * Math.Sqrt(0.5) * place.Size, curve.Length, 4 * Unclear);
            },
            iter: 500
        );

    [Fact]
    public void AnEight_FromItsTip_IsOneLobe()
    {
        // The start rounds to a level a little above 0, whose exact fiber goes around both lobes, 1e-8 past the crossing.
        Place place = new(0, 0, 0, 1, 0, 1);
        Curve curve = Tracer.Continuation.Traced(place.Map(Lemniscate), [Math.Sqrt(0.5), 0], Square).Curve;
        Assert.Equal((Ending.Singular, Ending.Singular), (curve.Start, curve.End));
        Assert.Equal(2.6220575542921198 * Math.Sqrt(0.5), curve.Length, 1e-6);
    }

    /// <summary>A level that differs from the saddle's by more than rounding is another curve, however sharply it turns.</summary>
    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    [InlineData(1e-13)]
    public void BesideASaddle_ACurveTurns(double level)
    {
        double[] start = [0.5, Math.Sqrt(0.25 - level)];
        Curve curve = Tracer.Continuation.Traced(KnownMaps.Quadratic(1, -1), start, Square).Curve;
        Assert.Equal((Ending.LeftBox, Ending.LeftBox), (curve.Start, curve.End));
        Assert.Equal((1, 1), (curve.Point(0)[0], curve.Point(curve.Count - 1)[0]));
        Assert.Equal(2 * Math.Sqrt(2), curve.Length, 2 * Math.Sqrt(level) + 1e-7);
    }

    [Fact]
    public void StoppedBeforeASaddle_AndResumed_GivesTheSameBits()
    {
        FunctionMap map = new Place(0, 0, 0, 1, 0, 1).Map(Lemniscate);
        Fiber whole = Tracer.Continuation.Traced(map, [Math.Sqrt(0.5), 0], Square);
        foreach (int points in new[] { 10, 55, 60, 64 })
        {
            Fiber part = (Tracer.Continuation with { Stop = new Budget(points) }).Traced(
                map,
                [Math.Sqrt(0.5), 0],
                Square
            );
            Fiber resumed = Tracer.Continuation.Resumed(map, part, Square);
            Assert.Equal(whole.Curve.Points, resumed.Curve.Points);
            Assert.Equal((whole.Curve.Start, whole.Curve.End), (resumed.Curve.Start, resumed.Curve.End));
        }
    }

    private static (double Value, double X, double Y) Lemniscate(double x, double y)
    {
        double square = x * x + y * y;
        return (square * square - (x * x - y * y) / 2, 4 * x * square - x, 4 * y * square + y);
    }

    /// <summary>One direction, at least, ends at the crossing.</summary>
    private static Curve AssertEnds(FunctionMap map, double[] start, Place place, bool isGiven)
    {
        Curve curve = (
            isGiven
                ? Tracer.Continuation.Trace(
                    new Problem(map, Square, [place.Level]),
                    start,
                    null,
                    TestContext.Current.CancellationToken
                )
                : Tracer.Continuation.Traced(map, start, Square)
        ).Curve;
        double nearest = double.PositiveInfinity;
        foreach ((Ending ending, int end) in new[] { (curve.Start, 0), (curve.End, curve.Count - 1) })
        {
            if (ending == Ending.Singular)
            {
                double distance = Math.Sqrt(
                    Math.Pow(curve.Point(end)[0] - place.X, 2) + Math.Pow(curve.Point(end)[1] - place.Y, 2)
                );
                nearest = Math.Min(nearest, distance);
            }
        }

        Assert.InRange(nearest, 0, Unclear);
        return curve;
    }
}
