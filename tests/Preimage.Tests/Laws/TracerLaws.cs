using Preimage.Maps;
using Preimage.Results;
using Preimage.Tracing;

namespace Preimage.Tests.Laws;

/// <summary>Runs that end with the test.</summary>
internal static class TestRuns
{
    public static Fiber Traced(this Tracer tracer, IMap map, double[] start, Box box, ISink? sink = null) =>
        tracer.Trace(map, start, box, sink, TestContext.Current.CancellationToken);

    public static Fiber Resumed(this Tracer tracer, IMap map, Fiber fiber, Box box) =>
        tracer.Resume(map, fiber, box, null, TestContext.Current.CancellationToken);
}

/// <summary>What every traced fiber obeys, on a fiber that is known.</summary>
public abstract class TracerLaws
{
    /// <summary>"Down to rounding": ulp of the output's scale, as the corrector's default has it.</summary>
    private const double Ulps = 4;
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>A network of a few layers rounds no worse than this: its sums have some ten terms, magnified by a few layers.</summary>
    private const double WorstNoiseUlps = 256;

    /// <summary>The error of the length is of fourth order in the step, and the step goes with the root of the chord tolerance.</summary>
    private const double LengthOrderInChord = 2;

    /// <summary>The step varies along a curve, and the last one is cut, so that measured orders scatter a little.</summary>
    private const double OrderScatter = 0.35;

    /// <summary>Rounding of a length summed from some hundred arcs.</summary>
    private const double LengthRoundoff = 1e-13;

    protected abstract IMap Map { get; }

    protected abstract double[] Start { get; }

    protected abstract Box Box { get; }

    /// <summary>Euclidean length of the fiber's component in the box.</summary>
    protected abstract double Length { get; }

    protected abstract Ending Ending { get; }

    /// <summary>Whether the fiber is straight, so that its length has no error to converge.</summary>
    protected virtual bool IsStraight => false;

    /// <summary>A chord tolerance from which on the length converges in its order.</summary>
    protected virtual double CoarseChord => 1e-3;

    [Fact]
    public void EveryPoint_IsOnTheFiber_InTheBox_AndTellsItsDefect()
    {
        Fiber fiber = Trace(1e-4);
        double[] value = new double[Map.Outputs];
        double[] jacobian = new double[Map.Outputs * Map.Inputs];
        for (int i = 0; i < fiber.Curve.Count; i++)
        {
            ReadOnlySpan<double> point = fiber.Curve.Point(i);
            Map.Linearize(point, value, jacobian);
            double defect = 0;
            double scale = fiber.Target.Max(Math.Abs);
            for (int j = 0; j < value.Length; j++)
            {
                defect = Math.Max(defect, Math.Abs(value[j] - fiber.Target[j]));
                double moved = 0;
                for (int k = 0; k < point.Length; k++)
                {
                    moved += Math.Abs(jacobian[j * point.Length + k] * point[k]);
                }

                scale = Math.Max(scale, moved);
            }

            Assert.True(Box.Contains(point), $"point {i} lies outside the box");
            Assert.Equal(defect, fiber.Curve.Defects[i]);
            Assert.InRange(defect, 0, Math.Max(Ulps * Epsilon * scale, fiber.Noise));
            Assert.InRange(fiber.Noise, 0, WorstNoiseUlps * Epsilon * scale);
        }
    }

    [Fact]
    public void Ends_AreWhatTheyAre_AndOnAFaceToTheBit()
    {
        Curve curve = Trace(1e-4).Curve;
        Assert.Equal(Ending, curve.Start);
        Assert.Equal(Ending, curve.End);
        if (Ending == Ending.LeftBox)
        {
            Assert.True(IsOnFace(curve.Point(0)));
            Assert.True(IsOnFace(curve.Point(curve.Count - 1)));
        }
    }

    [Fact]
    public void Length_ConvergesWithOrderFour()
    {
        double coarse = Math.Abs(Trace(CoarseChord).Curve.Length - Length) / Length;
        double fine = Math.Abs(Trace(CoarseChord / 100).Curve.Length - Length) / Length;
        if (IsStraight)
        {
            Assert.InRange(fine, 0, LengthRoundoff);
            return;
        }

        double order = Math.Log10(coarse / fine) / 2;
        Assert.InRange(order, LengthOrderInChord - OrderScatter, LengthOrderInChord + OrderScatter);
        Assert.InRange(fine, 0, 1e-8);
    }

    [Fact]
    public void TheCurve_StaysWithinTheChordTolerance()
    {
        const double chord = 1e-3;
        Curve curve = Trace(chord).Curve;
        double[] units = new HalfWidths().Units(Box);
        int arcs = curve.Closed ? curve.Count : curve.Count - 1;
        for (int i = 0; i < arcs; i++)
        {
            Assert.InRange(Sagitta(curve, i, (i + 1) % curve.Count, units), 0, chord * 1.02);
        }
    }

    [Fact]
    public void Tangents_AreUnit_AndIgnoredByTheMap()
    {
        Curve curve = Trace(1e-4).Curve;
        double[] value = new double[Map.Outputs];
        double[] jacobian = new double[Map.Outputs * Map.Inputs];
        for (int i = 0; i < curve.Count; i++)
        {
            ReadOnlySpan<double> tangent = curve.Tangent(i);
            Map.Linearize(curve.Point(i), value, jacobian);
            double square = 0;
            foreach (double part in tangent)
            {
                square += part * part;
            }

            Assert.Equal(1, square, 1e-14);
            for (int j = 0; j < value.Length; j++)
            {
                double derivative = 0;
                double size = 0;
                for (int k = 0; k < tangent.Length; k++)
                {
                    derivative += jacobian[j * tangent.Length + k] * tangent[k];
                    size += Math.Abs(jacobian[j * tangent.Length + k]);
                }

                Assert.InRange(Math.Abs(derivative), 0, 1e-13 * size);
            }
        }
    }

    [Fact]
    public void AnyPoint_OfTheFiber_GivesTheSameFiber()
    {
        Curve curve = Trace(1e-4).Curve;
        for (int k = 1; k < 5; k++)
        {
            Curve other = Trace(1e-4, curve.Point(k * curve.Count / 5).ToArray()).Curve;
            Assert.Equal(curve.Length, other.Length, 1e-7 * curve.Length);
            Assert.Equal(Ending, other.Start);
            Assert.Equal(Ending, other.End);
        }
    }

    [Fact]
    public void TheOppositeMap_GivesTheSamePoints_TheOtherWayRound()
    {
        FunctionMap opposite = new(
            Map.Inputs,
            1,
            (x, y, j) =>
            {
                double[] value = new double[Map.Outputs];
                double[] jacobian = new double[Map.Outputs * Map.Inputs];
                Map.Linearize(x, value, jacobian);
                y[0] = -value[0];
                for (int i = 0; i < j.Length; i++)
                {
                    j[i] = -jacobian[i];
                }
            }
        );
        if (Map.Outputs == 1)
        {
            Curve curve = Trace(1e-4).Curve;
            Curve other = Tracer.Continuation.Traced(opposite, Start, Box).Curve;
            Assert.Equal(curve.Length, other.Length, 1e-7 * curve.Length);
            Assert.Equal(Ending, other.End);
            if (Ending == Ending.LeftBox)
            {
                Assert.Equal(
                    curve.Point(0).ToArray(),
                    other.Point(other.Count - 1).ToArray(),
                    (a, b) => Math.Abs(a - b) <= 1e-13 * (1 + Math.Abs(a))
                );
            }
        }
    }

    [Fact]
    public void OtherUnits_OfTheInputs_GiveTheSamePoints()
    {
        // Powers of two, so that not a bit is rounded on the way.
        double[] units = [.. Enumerable.Range(0, Map.Inputs).Select(i => i % 2 == 0 ? 1024.0 : 1.0 / 64)];
        Fiber fiber = Trace(1e-4);
        Fiber scaled = Tracer.Continuation.Traced(
            new ScaledMap(Map, units),
            [.. Start.Select((x, i) => x * units[i])],
            new Box([.. Box.Lower.Select((x, i) => x * units[i])], [.. Box.Upper.Select((x, i) => x * units[i])])
        );
        Assert.Equal([.. fiber.Curve.Points.Select((x, k) => x * units[k % units.Length])], scaled.Curve.Points);
        Assert.Equal(fiber.Curve.Values, scaled.Curve.Values);
        Assert.Equal(fiber.Evaluations, scaled.Evaluations);
    }

    [Fact]
    public void Twice_GivesTheSameBits() => AssertSame(Trace(1e-4), Trace(1e-4));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(40)]
    public void StoppedAndResumed_GivesTheSameBits(int points)
    {
        Tracer tracer = Tracer.Continuation;
        Fiber part = (tracer with { Stop = new Budget(points) }).Traced(Map, Start, Box);
        Fiber whole = tracer.Resumed(Map, part, Box);
        AssertSame(tracer.Traced(Map, Start, Box), whole);
    }

    [Fact]
    public void ResumedPointByPoint_GivesTheSameBits()
    {
        Tracer tracer = Tracer.Continuation with { Steps = new ChordControl(1e-3) };
        Fiber part = (tracer with { Stop = new Budget(0) }).Traced(Map, Start, Box);
        for (int points = 1; points < 100; points++)
        {
            part = (tracer with { Stop = new Budget(points) }).Resumed(Map, part, Box);
        }

        AssertSame(tracer.Traced(Map, Start, Box), part);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Cancelled_LeavesAValidPart_ToResume(int points)
    {
        using CancellationTokenSource source = new();
        Cancelling sink = new(source, points);
        Fiber part = Tracer.Continuation.Trace(Map, Start, Box, sink, source.Token);
        Assert.Equal(Ending.Cancelled, part.Curve.Start);
        Assert.Equal(Ending.Cancelled, part.Curve.End);
        Assert.Equal(points, part.Curve.Count);
        AssertSame(Trace(1e-4), Tracer.Continuation.Resumed(Map, part, Box));
    }

    [Fact]
    public void Evaluations_AreCounted_AndFew()
    {
        CountingMap counting = new(Map);
        Fiber fiber = Tracer.Continuation.Traced(counting, Start, Box);
        Assert.Equal(counting.Evaluations, fiber.Evaluations);
        Assert.InRange((double)fiber.Evaluations / fiber.Curve.Count, 0, 3);
    }

    private Fiber Trace(double chord, double[]? start = null) =>
        (Tracer.Continuation with { Steps = new ChordControl(chord) }).Traced(Map, start ?? Start, Box);

    private bool IsOnFace(ReadOnlySpan<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            if (point[i] == Box.Lower[i] || point[i] == Box.Upper[i])
            {
                return true;
            }
        }

        return false;
    }

    private static void AssertSame(Fiber expected, Fiber actual)
    {
        Assert.Equal(expected.Curve.Points, actual.Curve.Points);
        Assert.Equal(expected.Curve.Tangents, actual.Curve.Tangents);
        Assert.Equal(expected.Curve.Values, actual.Curve.Values);
        Assert.Equal(expected.Curve.Curvatures, actual.Curve.Curvatures);
        Assert.Equal(expected.Curve.SingularValues, actual.Curve.SingularValues);
        Assert.Equal(expected.Curve.Start, actual.Curve.Start);
        Assert.Equal(expected.Curve.End, actual.Curve.End);
        Assert.Equal(expected.PseudoLength, actual.PseudoLength);
        if (!expected.Curve.Closed)
        {
            // A run that was stopped before it closed went the other way too, and that counts.
            Assert.Equal(expected.Evaluations, actual.Evaluations);
            Assert.Equal(expected.Rejections, actual.Rejections);
        }
    }

    /// <summary>The distance of the Hermite arc's middle from the chord, in units.</summary>
    private static double Sagitta(Curve curve, int i, int j, double[] units)
    {
        ReadOnlySpan<double> p = curve.Point(i);
        ReadOnlySpan<double> q = curve.Point(j);
        double length = 0;
        for (int d = 0; d < p.Length; d++)
        {
            length += (q[d] - p[d]) * (q[d] - p[d]);
        }

        length = Math.Sqrt(length);
        double square = 0;
        double along = 0;
        double chord = 0;
        for (int d = 0; d < p.Length; d++)
        {
            double offset = length / 8 * (curve.Tangent(i)[d] - curve.Tangent(j)[d]) / units[d];
            double side = (q[d] - p[d]) / units[d];
            square += offset * offset;
            along += offset * side;
            chord += side * side;
        }

        return Math.Sqrt(Math.Max(0, square - along * along / chord));
    }

    private sealed class Cancelling(CancellationTokenSource source, int points) : ISink
    {
        private int _left = points;

        public void Accept(in TracePoint point)
        {
            if (--_left == 0)
            {
                source.Cancel();
            }
        }
    }

    /// <summary>The map in inputs measured in other units, x_i / units_i.</summary>
    private sealed class ScaledMap(IMap map, double[] units) : IMap
    {
        public int Inputs => map.Inputs;

        public int Outputs => map.Outputs;

        public void Evaluate(ReadOnlySpan<double> x, Span<double> y) => map.Evaluate(Scaled(x), y);

        public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
        {
            map.Linearize(Scaled(x), y, jacobian);
            for (int k = 0; k < jacobian.Length; k++)
            {
                jacobian[k] /= units[k % units.Length];
            }
        }

        private double[] Scaled(ReadOnlySpan<double> x)
        {
            double[] scaled = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                scaled[i] = x[i] / units[i];
            }

            return scaled;
        }
    }
}
