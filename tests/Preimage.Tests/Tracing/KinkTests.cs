using CsCheck;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>Fibers with corners, as networks of rectifiers have them.</summary>
public class KinkTests
{
    /// <summary>A corner is placed to its stride, and a curve has a few.</summary>
    private const double CornerError = 1e-8;

    /// <summary>
    /// Corners that turn by little are rounded off within the chord tolerance, and a small detour between two points may be missed: each trace in
    /// its own way. A part left out or gone twice would be far longer.
    /// </summary>
    private const double RoundedOff = 0.02;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    public void ADiamond_IsClosed(double chord)
    {
        Fiber fiber = (Tracer.Continuation with { Steps = new ChordControl(chord) }).Traced(
            Folded(1, 1),
            [0.3, 0.2],
            Square
        );
        Assert.True(fiber.Curve.Closed);
        Assert.Equal(2 * Math.Sqrt(2), fiber.Curve.Length, CornerError);
        Assert.InRange(fiber.Curve.Defect, 0, 1e-15);
        Assert.All(fiber.Curve.Curvatures, curvature => Assert.InRange(curvature, 0, 1e-6)); // straight between its corners
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(300)]
    public void AThinDiamond_HasSharpCorners(double steepness)
    {
        // steepness |x| + |y| = 1/2: the corners at the top turn by nearly half a turn.
        Fiber fiber = Tracer.Continuation.Traced(Folded(steepness, 1), [0.25 / steepness, 0.25], Square);
        Assert.True(fiber.Curve.Closed);
        Assert.Equal(4 * Math.Sqrt(0.25 + 0.25 / (steepness * steepness)), fiber.Curve.Length, CornerError * steepness);
    }

    [Fact]
    public void ACorner_InSpace_IsCrossed()
    {
        // |x| + |y| = 1/2 and z = |x|: a square folded over.
        FunctionMap map = new(
            3,
            2,
            (x, y, j) =>
            {
                y[0] = Math.Abs(x[0]) + Math.Abs(x[1]);
                y[1] = x[2] - Math.Abs(x[0]);
                if (j.Length > 0)
                {
                    (j[0], j[1], j[2]) = (Math.Sign(x[0]), Math.Sign(x[1]), 0);
                    (j[3], j[4], j[5]) = (-Math.Sign(x[0]), 0, 1);
                }
            }
        );
        Curve curve = Tracer.Continuation.Traced(map, [0.3, 0.2, 0.3], Box.Cube(3, -1, 1)).Curve;
        Assert.True(curve.Closed);
        Assert.Equal(4 * Math.Sqrt(0.75), curve.Length, CornerError);
    }

    [Fact]
    public void WithoutThePart_TheRunEndsAtTheCorner()
    {
        Tracer tracer = Tracer.Continuation with { Corner = new NoCorner() };
        Curve curve = tracer.Traced(Folded(1, 1), [0.3, 0.2], Square).Curve;
        Assert.Equal(Ending.StepTooSmall, curve.Start);
        Assert.Equal(Ending.StepTooSmall, curve.End);
        Assert.Equal(Math.Sqrt(0.5), curve.Length, CornerError);
    }

    /// <summary>From any point of a fiber the same fiber is traced.</summary>
    [Fact]
    public void ARectifierNetwork_IsTracedWhole() =>
        Gen.Select(Gen.Int[0, 1 << 30], Gen.Double[-0.9, 0.9], Gen.Double[-0.9, 0.9]).Sample(TraceTwice, iter: 1000);

    private static void TraceTwice(int seed, double x, double y)
    {
        IMap map = Rectifiers(seed);
        Curve first;
        try
        {
            first = Tracer.Continuation.Traced(map, [x, y], Square).Curve;
        }
        catch (GeometryException)
        {
            return; // all rectifiers are off around the start
        }

        Assert.All(Enumerable.Range(0, first.Count), i => Assert.True(Square.Contains(first.Point(i))));
        if (!first.Start.IsComplete() || !first.End.IsComplete())
        {
            return; // into a region where all are off, or two kinks met
        }

        Curve second = Tracer.Continuation.Traced(map, first.Point(first.Count / 3).ToArray(), Square).Curve;
        if (!second.Start.IsComplete() || !second.End.IsComplete())
        {
            return; // the new start lies just before a corner, some in a thousand: stopped, and said so
        }

        Assert.Equal((first.Start, first.End), (second.Start, second.End));
        Assert.Equal(first.Length, second.Length, RoundedOff);
    }

    /// <summary>Most fibers of random networks are traced to their ends; the others run into a plateau.</summary>
    [Fact]
    public void RectifierNetworks_AreMostlyComplete()
    {
        int complete = 0;
        int traced = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            try
            {
                Curve curve = Tracer.Continuation.Traced(Rectifiers(seed), [0.1, -0.2], Square).Curve;
                traced++;
                Assert.NotEqual(Ending.Singular, curve.Start); // a kink is no crossing of branches
                Assert.NotEqual(Ending.Singular, curve.End);
                complete += curve.Start.IsComplete() && curve.End.IsComplete() ? 1 : 0;
            }
            catch (GeometryException)
            {
                // flat at the start
            }
        }

        Assert.InRange(complete, 0.97 * traced, traced);
        Assert.InRange(traced, 150, 200);
    }

    /// <summary>a |x| + b |y|.</summary>
    private static FunctionMap Folded(double a, double b) =>
        new(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = a * Math.Abs(x[0]) + b * Math.Abs(x[1]);
                if (j.Length > 0)
                {
                    (j[0], j[1]) = (a * Math.Sign(x[0]), b * Math.Sign(x[1]));
                }
            }
        );

    /// <summary>2-8-8-1 with rectifiers and normal weights.</summary>
    private static IMap Rectifiers(int seed)
    {
        Random random = new(seed);
        DenseLayer Layer(int inputs, int outputs, ScalarFunction activation) =>
            new(
                inputs,
                outputs,
                [.. Enumerable.Range(0, inputs * outputs).Select(_ => Normal(random))],
                [.. Enumerable.Range(0, outputs).Select(_ => 0.5 * Normal(random))],
                activation
            );
        return Network
            .From(
                new DenseNetwork([
                    Layer(2, 8, new Rectifier()),
                    Layer(8, 8, new Rectifier()),
                    Layer(8, 1, new Identity()),
                ])
            )
            .Map;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed record NoCorner : ICorner
    {
        public bool Cross(Arc arc) => false;
    }
}
