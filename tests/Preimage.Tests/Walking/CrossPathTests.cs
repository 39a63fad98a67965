using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>Ways to a crossing: at an even pace of what decides.</summary>
public class CrossPathTests
{
    private static readonly Box Plane = Box.Everything(2);

    private static readonly double[] Start = [0.3, -0.2];

    /// <summary>|x|^2, from within, falls short of the level by even steps; the way is straight, ends on the border, and goes on beyond.</summary>
    [Fact]
    public void Straight_IsEvenInTheOutput()
    {
        Crossing crossing = new Crosser().ToLevel(SquaredNorm, 4, Start, Plane, TestContext.Current.CancellationToken);
        Cloud way = new StraightCrossPath { Points = 11, Beyond = 2 }.Along(SquaredNorm, crossing, Plane);
        Assert.Equal(13, way.Count);
        Assert.Equal(Start, way.Point(0));
        Assert.Equal(crossing.At!.Value.AsSpan(), way.Point(10));
        double first = 0.13;
        for (int k = 0; k < way.Count; k++)
        {
            Assert.Equal(first + k / 10.0 * (4 - first), way.Value(k)[0], 1e-12);
            Assert.Equal(0, way.Point(k)[0] * Start[1] - way.Point(k)[1] * Start[0], 1e-12);
        }

        Assert.InRange(way.Defect, 0, 1e-12);
    }

    /// <summary>Where the output turns back on the way, the points still come one after the other.</summary>
    [Fact]
    public void Straight_PassesOverWhatTurnsBack()
    {
        // f = x + 0.3 sin 9 x rises and falls on its way to 2.
        FunctionMap waves = new(
            1,
            1,
            (x, y, jacobian) =>
            {
                y[0] = x[0] + 0.3 * Math.Sin(9 * x[0]);
                jacobian[0] = 1 + 2.7 * Math.Cos(9 * x[0]);
            }
        );
        Crossing crossing = new Crosser().ToLevel(
            waves,
            2,
            [0],
            Box.Everything(1),
            TestContext.Current.CancellationToken
        );
        Cloud way = new StraightCrossPath().Along(waves, crossing, Box.Everything(1));
        for (int k = 1; k < way.Count; k++)
        {
            Assert.True(way.Point(k)[0] >= way.Point(k - 1)[0]);
        }

        Assert.InRange(way.Defect, 0, 1e-9);
    }

    /// <summary>The lift keeps every output on the straight line between the two answers.</summary>
    [Fact]
    public void Lift_KeepsTheOutputsOnALine()
    {
        FunctionMap scores = new(
            3,
            2,
            (x, y, jacobian) =>
            {
                (y[0], y[1]) = (Math.Exp(-x[0]) + x[2], Math.Sinh(x[1]));
                ((ReadOnlySpan<double>)[-Math.Exp(-x[0]), 0, 1, 0, Math.Cosh(x[1]), 0]).CopyTo(jacobian);
            }
        );
        double[] start = [0.1, -1, 0.2];
        Crossing crossing = new Crosser().ToAnyClass(
            scores,
            start,
            Box.Everything(3),
            TestContext.Current.CancellationToken
        );
        Cloud way = new LiftedCrossPath { Points = 9, Beyond = 0 }.Along(scores, crossing, Box.Everything(3));
        Assert.Equal(9, way.Count);
        double[] last = scores.Evaluate(crossing.At!.Value.AsSpan());
        double[] first = scores.Evaluate(start);
        for (int k = 0; k < way.Count; k++)
        {
            for (int j = 0; j < 2; j++)
            {
                Assert.Equal(first[j] + k / 8.0 * (last[j] - first[j]), way.Value(k)[j], 1e-12);
            }
        }
    }

    [Fact]
    public void WithoutACrossing_ThereIsNoWay()
    {
        Crossing none = new Crosser().ToLevel(
            SquaredNorm,
            9,
            Start,
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            new StraightCrossPath().Along(SquaredNorm, none, Plane)
        );
        Assert.Contains("No crossing was found", refusal.Message, StringComparison.Ordinal);
    }

    private static FunctionMap SquaredNorm { get; } =
        new(
            2,
            1,
            (x, y, jacobian) =>
            {
                y[0] = x[0] * x[0] + x[1] * x[1];
                (jacobian[0], jacobian[1]) = (2 * x[0], 2 * x[1]);
            }
        );
}
