using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Tracing;

/// <summary>How the chord tolerance sets the steps.</summary>
public class StepControlTests
{
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    public void Steps_GoWithTheRootOfChordTimesRadius(double chord)
    {
        // A circle's chord of length h is h^2 / 8 r away: the fewest points are 2 pi r / sqrt(8 r chord); the control aims a little lower.
        const double radius = 0.5;
        int count = Trace(KnownMaps.Circle, chord).Count;
        double fewest = 2 * Math.PI * radius / Math.Sqrt(8 * radius * chord);
        Assert.InRange(count, fewest, 1.15 * fewest + 4);
    }

    [Fact]
    public void TheTurn_IsLimited_HoweverLargeTheChord()
    {
        Curve curve = Trace(KnownMaps.Circle, 1);
        for (int i = 0; i + 1 < curve.Count; i++)
        {
            double cosine =
                curve.Tangent(i)[0] * curve.Tangent(i + 1)[0] + curve.Tangent(i)[1] * curve.Tangent(i + 1)[1];
            Assert.True(cosine >= Math.Cos(0.36));
        }
    }

    [Fact]
    public void TheStep_IsLimited_OnALine()
    {
        FunctionMap line = new(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = x[1];
                if (j.Length > 0)
                {
                    (j[0], j[1]) = (0, 1);
                }
            }
        );
        Curve curve = (Tracer.Continuation with { Steps = new ChordControl { Longest = 0.1 } })
            .Traced(line, [0, 0], Box.Cube(2, -1, 1))
            .Curve;
        for (int i = 0; i + 1 < curve.Count; i++)
        {
            Assert.InRange(curve.Point(i + 1)[0] - curve.Point(i)[0], -0.1000000001, 0.1000000001);
        }
    }

    [Fact]
    public void HalfWidths_AreOne_WhereTheBoxIsUnbounded()
    {
        Box box = new([double.NegativeInfinity, 0, 1], [0, double.PositiveInfinity, 5]);
        Assert.Equal([1, 1, 2], new HalfWidths().Units(box));
        Assert.Equal([1, 1, 1], new InputUnits().Units(box));
    }

    private static Curve Trace(IMap map, double chord) =>
        (Tracer.Continuation with { Steps = new ChordControl(chord) })
            .Traced(map, [0.3, 0.4], Box.Cube(2, -1, 1))
            .Curve;
}
