using System.Text.Json;
using CsCheck;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>Ends, refusals and special places of a trace.</summary>
public class TracerTests
{
    private static readonly Box Square = Box.Cube(2, -1, 1);

    private static readonly IMap Saddle = KnownMaps.Quadratic(1, -1);

    /// <summary>Whatever the start, and however little the face cuts off: down to what the arc between two steps can tell.</summary>
    [Fact]
    public void AFaceThatIsCut_EndsTheFiber() =>
        (
            from angle in Gen.Double[0.2, 6.0]
            from digits in Gen.Double[3, 9]
            from chord in Gen.Double[2, 5]
            select (angle, Math.Pow(10, -digits), Math.Pow(10, -chord))
        ).Sample(
            (angle, depth, chord) =>
            {
                double bound = 0.5 - depth;
                double[] start = [0.5 * Math.Cos(angle), 0.5 * Math.Sin(angle)];
                if (start[0] > bound - 1e-3)
                {
                    return;
                }

                Curve curve = (Tracer.Continuation with { Steps = new ChordControl(chord) })
                    .Traced(KnownMaps.Circle, start, new Box([-1, -1], [bound, 1]))
                    .Curve;
                Assert.Equal((Ending.LeftBox, Ending.LeftBox), (curve.Start, curve.End));
                Assert.Equal((bound, bound), (curve.Point(0)[0], curve.Point(curve.Count - 1)[0]));
            },
            iter: 500
        );

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-3)]
    [InlineData(1e-4)]
    [InlineData(1e-5)]
    public void AFaceThatIsGrazed_EndsTheFiberAtTheFirstExit(double chord)
    {
        // The circle of radius 1/2 passes x = 1/2 - depth by less than its arc's rounding between two steps.
        foreach (double depth in new[] { 1e-2, 1e-4, 1e-6, 1e-8, 1e-10 })
        {
            double bound = 0.5 - depth;
            Curve curve = (Tracer.Continuation with { Steps = new ChordControl(chord) })
                .Traced(KnownMaps.Circle, [-0.3, 0.4], new Box([-1, -1], [bound, 1]))
                .Curve;
            Assert.Equal(Ending.LeftBox, curve.Start);
            Assert.Equal(Ending.LeftBox, curve.End);
            double height = Math.Sqrt(0.25 - bound * bound);
            foreach (int end in new[] { 0, curve.Count - 1 })
            {
                Assert.Equal(bound, curve.Point(end)[0]);
                Assert.Equal(height, Math.Abs(curve.Point(end)[1]), 1e-15 / height);
            }

            Assert.All(Enumerable.Range(0, curve.Count), i => Assert.True(curve.Point(i)[0] <= bound));
        }
    }

    [Fact]
    public void AStartOnAFace_GoesInwardsOnly()
    {
        Curve curve = Tracer.Continuation.Traced(KnownMaps.Circle, [0.3, 0.4], new Box([-1, -1], [0.3, 1])).Curve;
        double[] start = [0.3, 0.4];
        bool first = curve.Point(0).SequenceEqual(start);
        Assert.True(first || curve.Point(curve.Count - 1).SequenceEqual(start));
        Assert.Equal(Ending.LeftBox, curve.Start);
        Assert.Equal(Ending.LeftBox, curve.End);
        double[] other = [0.3, -0.4];
        Assert.Equal(other[1], curve.Point(first ? curve.Count - 1 : 0)[1], 1e-15);
        Assert.Equal(Math.PI - Math.Atan2(0.4, 0.3), curve.Length, 1e-7);
    }

    [Fact]
    public void AStartInACorner_ThatTheCurveLeavesAtOnce_IsAPoint()
    {
        FunctionMap sum = new(2, 1, (x, y, j) => Linear(x, y, j, 1, 1));
        Curve curve = Tracer.Continuation.Traced(sum, [1, 1], Square).Curve;
        Assert.Equal([1, 1], curve.Points);
        Assert.Equal(Ending.LeftBox, curve.Start);
        Assert.Equal(Ending.LeftBox, curve.End);
        Assert.Equal(0, curve.Length);
    }

    [Fact]
    public void ATarget_IsReached_ToTheBit()
    {
        double[] target = [-0.5, 0];
        Curve curve = Tracer.Continuation.Until(target).Traced(KnownMaps.Circle, [0.3, 0.4], Square).Curve;
        Assert.Equal(Ending.ReachedTarget, curve.Start);
        Assert.Equal(Ending.ReachedTarget, curve.End);
        Assert.Equal(target, curve.Point(0).ToArray());
        Assert.Equal(target, curve.Point(curve.Count - 1).ToArray());
        Assert.Equal(Math.PI, curve.Length, 1e-7);
    }

    [Fact]
    public void ABranchPoint_EndsTheRun_NextToIt()
    {
        // The fiber of the saddle x^2 - y^2 through (1/2, 1/2) is two lines that cross in 0.
        Curve curve = Tracer.Continuation.Traced(Saddle, [0.5, 0.5], Square).Curve;
        (int singular, int corner) = curve.Start == Ending.Singular ? (0, curve.Count - 1) : (curve.Count - 1, 0);
        Assert.Equal(Ending.Singular, singular == 0 ? curve.Start : curve.End);
        Assert.Equal(Ending.LeftBox, singular == 0 ? curve.End : curve.Start);
        Assert.InRange(Math.Abs(curve.Point(singular)[0]), 0, 1e-8);
        Assert.Equal([1, 1], curve.Point(corner).ToArray());
    }

    [Fact]
    public void ACusp_EndsTheRun_NextToIt()
    {
        FunctionMap cusp = new(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = x[1] * x[1] - x[0] * x[0] * x[0];
                if (j.Length > 0)
                {
                    j[0] = -3 * x[0] * x[0];
                    j[1] = 2 * x[1];
                }
            }
        );
        Curve curve = Tracer.Continuation.Traced(cusp, [0.25, 0.125], Square).Curve;
        Assert.Contains(Ending.Singular, new[] { curve.Start, curve.End });
        int end = curve.Start == Ending.Singular ? 0 : curve.Count - 1;
        Assert.InRange(Math.Abs(curve.Point(end)[0]), 0, 1e-6);
    }

    [Fact]
    public void AMapThatIsNotFinite_EndsTheRun_BeforeIt()
    {
        // ln x + y goes to minus infinity at x = 0, inside the box; and the curve is cut there by the box in y. The root of y is cut in the middle.
        FunctionMap root = new(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = x[0] + Math.Sqrt(x[1]);
                if (j.Length > 0)
                {
                    j[0] = 1;
                    j[1] = 0.5 / Math.Sqrt(x[1]);
                }
            }
        );
        Curve curve = Tracer.Continuation.Traced(root, [0, 0.25], Square).Curve;
        Assert.Contains(curve.Start, new[] { Ending.NotFinite, Ending.LeftBox });
        Assert.Contains(Ending.NotFinite, new[] { curve.Start, curve.End });
        Assert.All(Enumerable.Range(0, curve.Count), i => Assert.True(double.IsFinite(curve.Value(i)[0])));
    }

    [Fact]
    public void Curvatures_ConvergeWithOrderTwo_ToTheHelix()
    {
        double coarse = Error(1e-3);
        double fine = Error(1e-5);
        Assert.Equal(2, Math.Log10(coarse / fine), 0.3); // h^2 goes with the chord: 100 times
        static double Error(double chord)
        {
            Curve curve = (Tracer.Continuation with { Steps = new ChordControl(chord) })
                .Traced(KnownMaps.Helix, [1, 0, 0], new Box([-2, -2, -3], [2, 2, 5]))
                .Curve;
            return curve.Curvatures.AsSpan(2, curve.Count - 4).ToArray().Max(k => Math.Abs(k - 0.5));
        }
    }

    [Fact]
    public void SingularValues_AreThoseOfTheJacobian_InInputUnits()
    {
        Curve curve = Tracer.Continuation.Traced(KnownMaps.Circle, [0.3, 0.4], new Box([-1, -4], [1, 4])).Curve;
        Assert.All(curve.SingularValues, s => Assert.Equal(1, s, 1e-14)); // |(2x, 2y)| = 2 r
    }

    [Fact]
    public void TheSink_ReceivesThePoints_AsTheyCome()
    {
        Collecting sink = new();
        Curve curve = Tracer.Continuation.Traced(KnownMaps.Circle, [0.3, 0.4], Square, sink).Curve;
        Assert.Equal(curve.Points, sink.Points);
    }

    [Fact]
    public void AnUnboundedFiber_SpendsItsBudget()
    {
        FunctionMap line = new(2, 1, (x, y, j) => Linear(x, y, j, 1, 2));
        Curve curve = (Tracer.Continuation with { Stop = new Budget(100) })
            .Traced(line, [0, 0], Box.Everything(2))
            .Curve;
        Assert.Equal(Ending.BudgetSpent, curve.Start);
        Assert.Equal(Ending.BudgetSpent, curve.End);
        Assert.Equal(201, curve.Count);
    }

    [Fact]
    public void ATolerance_MustBePositive() =>
        Assert.Equal(
            "The chord tolerance is 0; give a positive number.",
            Assert.Throws<ArgumentException>(() => new ChordControl(0)).Message
        );

    [Fact]
    public void AStoredState_ResumesWithTheSameBits()
    {
        Tracer tracer = Tracer.Continuation;
        Fiber whole = tracer.Traced(KnownMaps.Helix, [1, 0, 0], Box.Cube(3, -2, 2));
        Fiber part = (tracer with { Stop = new Budget(10) }).Traced(KnownMaps.Helix, [1, 0, 0], Box.Cube(3, -2, 2));
        Fiber stored = part with { Forward = Stored(part.Forward), Backward = Stored(part.Backward) };
        Fiber resumed = tracer.Resumed(KnownMaps.Helix, stored, Box.Cube(3, -2, 2));
        Assert.Equal(whole.Curve.Points, resumed.Curve.Points);
        static Progress? Stored(Progress? state) =>
            JsonSerializer.Deserialize<Progress>(JsonSerializer.Serialize(state));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_AllocateNothing(bool inSpace)
    {
        // One output of two inputs has a path of its own.
        IMap map = inSpace ? KnownMaps.Helix : KnownMaps.Circle;
        double[] start = inSpace ? [1, 0, 0] : [0.3, 0.4];
        Fiber begun = (Tracer.Continuation with { Stop = new Budget(0) }).Traced(
            map,
            start,
            Box.Everything(start.Length)
        );
        Problem problem = new(map, Box.Everything(start.Length), begun.Target);
        long few = Allocated(20);
        Assert.Equal(few, Allocated(400));

        long Allocated(int points)
        {
            Tracer tracer = Tracer.Continuation with { Stop = new Budget(points), Events = [] };
            Nothing sink = new();
            tracer.Run(problem, begun.Forward!, 1, sink, CancellationToken.None);
            return Allocation.Least(() =>
            {
                Progress end = tracer.Run(problem, begun.Forward!, 1, sink, CancellationToken.None);
                Assert.Equal(points, end.Accepted);
            });
        }
    }

    [Fact]
    public void AMinimum_IsRefused() =>
        AssertRefused(
            KnownMaps.Circle,
            [0, 0],
            "The start is singular: the Jacobian has rank 0 there and 1 around it, as at a minimum or a saddle, so no single curve goes through it; start a little to the side."
        );

    [Fact]
    public void AConstantOutput_IsRefused() =>
        AssertRefused(
            new FunctionMap(2, 1, (x, y, _) => y[0] = 1),
            [0, 0],
            "The output is constant around the start, to rounding: every direction is in the fiber; start where the network responds to its inputs."
        );

    [Fact]
    public void AFiberOfMoreDimensions_IsRefused()
    {
        FunctionMap sphere = new(
            3,
            1,
            (x, y, j) =>
            {
                y[0] = x[0] + x[1] * x[2];
                if (j.Length > 0)
                {
                    (j[0], j[1], j[2]) = (1, x[2], x[1]);
                }
            }
        );
        AssertRefused(
            sphere,
            [0.5, 0.5, 0.5],
            "The fiber has dimension 2, not 1 (3 inputs, rank 1); hold 1 of the inputs (--fix, --free) to follow a curve in it, or mesh it as a surface (--dim 2)."
        );
    }

    [Fact]
    public void AFiberThatIsAPoint_IsRefused()
    {
        FunctionMap identity = new(
            2,
            2,
            (x, y, j) =>
            {
                x.CopyTo(y);
                if (j.Length > 0)
                {
                    (j[0], j[1], j[2], j[3]) = (1, 0, 0, 1);
                }
            }
        );
        AssertRefused(
            identity,
            [0.5, 0.5],
            "The fiber is the start alone: the Jacobian has rank 2 in 2 inputs; select fewer outputs to follow a curve."
        );
    }

    [Fact]
    public void WrongUse_IsRefused()
    {
        Assert.Equal("The start has 1 coordinates, but the map takes 2; give 2.", Wrong([0], Square));
        Assert.Equal("Coordinate 1 of the start is NaN; give a finite number.", Wrong([double.NaN, 0], Square));
        Assert.Equal(
            "The start lies outside the box: coordinate 2 is 2, but the box allows -1 to 1; move the start or give a larger box.",
            Wrong([0, 2], Square)
        );
        Assert.Equal(
            "The box has 3 sides, but the map takes 2 inputs; give one interval for each input.",
            Wrong([0, 0], Box.Cube(3, -1, 1))
        );
        static string Wrong(double[] start, Box box) =>
            Assert.Throws<ArgumentException>(() => Tracer.Continuation.Traced(KnownMaps.Circle, start, box)).Message;
    }

    private static void AssertRefused(IMap map, double[] start, string message)
    {
        Box box = Box.Cube(map.Inputs, -1, 1);
        Assert.Equal(
            message,
            Assert.Throws<GeometryException>(() => Tracer.Continuation.Traced(map, start, box)).Message
        );
    }

    private static void Linear(ReadOnlySpan<double> x, Span<double> y, Span<double> j, double a, double b)
    {
        y[0] = a * x[0] + b * x[1];
        if (j.Length > 0)
        {
            (j[0], j[1]) = (a, b);
        }
    }

    private sealed class Nothing : ISink
    {
        public void Accept(in TracePoint point) { }
    }

    private sealed class Collecting : ISink
    {
        public List<double> Points { get; } = [];

        public void Accept(in TracePoint point) => Points.AddRange(point.Point);
    }
}
