using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Tests.Tracing;

namespace Preimage.Tests.Levels;

/// <summary>Families of fibers, ours and the published way.</summary>
public class FoliationTests
{
    /// <summary>Hermite lengths of circles at the default chord tolerance.</summary>
    private const double LengthTolerance = 1e-6;

    private static readonly Box Square = Box.Cube(2, -1, 1);

    [Fact]
    public void OfCircles_EveryLeafIsItsCircle()
    {
        double[] levels = [.. Foliations.Evenly(0.1, 0.9, 9)];
        Foliation foliation = Trace(KnownMaps.Circle, [0.3, 0.4], levels, Square);
        Assert.Equal(9, foliation.Leaves.Length);
        Assert.Equal(9, foliation.Asked);
        for (int k = 0; k < 9; k++)
        {
            Leaf leaf = foliation.Leaves[k];
            Assert.Equal(levels[k], leaf.Level[0]);
            Assert.Equal(leaf.Start, leaf.Fiber.Curve.Point(IndexOf(leaf)).ToArray());
            Assert.Equal(levels[k], leaf.Fiber.Target[0], 1e-15);
            Assert.Equal(2 * Math.PI * Math.Sqrt(levels[k]), leaf.Fiber.Curve.Length, LengthTolerance);
            Assert.Equal(Ending.Closed, leaf.Fiber.Curve.End);
        }

        Assert.Equal(0.1, foliation.Lift.Values[0], 1e-15);
        Assert.Equal(0.9, foliation.Lift.Values[^1], 1e-15);
    }

    [Fact]
    public void LevelsOutOfReach_HaveNoLeaf_AndTheLiftSaysWhy()
    {
        Foliation foliation = Trace(KnownMaps.Circle, [0.3, 0.4], [-0.1, 0.2, 0.25, 0.5, 3, 4], Square);
        Assert.Equal([0.2, 0.25, 0.5], foliation.Leaves.Select(leaf => leaf.Level[0]));
        Assert.Equal(6, foliation.Asked);
        Assert.Equal(Ending.Singular, foliation.Lift.Start);
        Assert.Equal(Ending.LeftBox, foliation.Lift.End);
        Assert.Equal([-0.1, 3, 4], foliation.Missed.Select(missed => missed.Level[0]));
        Assert.Contains("critical point", foliation.Missed[0].Reason, StringComparison.Ordinal);
        Assert.Contains("leaves the box", foliation.Missed[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ALevelTooFlatToFollow_IsMissed_AndSaysWhy()
    {
        // tanh 20 x, 1e-12 below its plateau: its rounding is 1e-5 of x there, and the lines x = const are hidden.
        FunctionMap step = new(
            2,
            1,
            (x, y, j) =>
            {
                y[0] = Math.Tanh(20 * x[0]);
                if (j.Length > 0)
                {
                    (j[0], j[1]) = (20 * (1 - y[0]) * (1 + y[0]), 0);
                }
            }
        );
        Foliation foliation = Trace(step, [0.01, 0], [0.5, 0.9, 1 - 1e-12], Square);
        Assert.Equal([0.5, 0.9], foliation.Leaves.Select(leaf => leaf.Level[0]));
        Assert.Equal(1 - 1e-12, Assert.Single(foliation.Missed).Level[0]);
        Assert.StartsWith("The output is flat around the start", foliation.Missed[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Reach_TellsTheOutputsOnTheLift()
    {
        (double lowest, double highest) = new Foliations().Reach(
            KnownMaps.Circle,
            [0.3, 0.4],
            Square,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(0, lowest, 1e-15);
        Assert.Equal(1 + 0.5625, highest, 1e-12);
    }

    [Fact]
    public void Levels_AreLaidOutEvenly()
    {
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], Foliations.Evenly(0, 1, 5));
        Assert.Equal([0.5], Foliations.Evenly(0, 1, 1));
        Assert.Equal([-1, 1, 3, 5], Foliations.Around(1, 2, 1, 2));
        Assert.Equal(0.3, Foliations.Evenly(0.1, 0.3, 7)[^1]);
        Assert.Equal(
            "Levels from 0 to NaN, 3 of them, cannot be laid out; give finite levels and a positive count.",
            Assert.Throws<ArgumentException>(() => Foliations.Evenly(0, double.NaN, 3)).Message
        );
        Assert.Equal(
            "1 levels below and 2 above, 0 apart, cannot be laid out; give counts from 0 and a positive spacing.",
            Assert.Throws<ArgumentException>(() => Foliations.Around(0, 0, 1, 2)).Message
        );
    }

    [Fact]
    public void Published_HasItsLeavesAtItsSteps_AndDrifts()
    {
        PublishedFoliations recipe = Foliations.Published(1e-3) with { Along = 400, Every = 25 };
        Foliation foliation = recipe.Trace(KnownMaps.Circle, [0.3, 0.4], Square, TestContext.Current.CancellationToken);
        Assert.Equal(9, foliation.Leaves.Length);
        Assert.Equal(9, foliation.Asked);
        double[] radii = [.. foliation.Leaves.Select(leaf => Math.Sqrt(leaf.Level[0])).Order()];
        for (int k = 0; k < 9; k++)
        {
            Assert.Equal(0.4 + 0.025 * k, radii[k], 1e-12);
        }

        // Each explicit step along a circle adds delta^2 to its square radius.
        Assert.All(foliation.Leaves, leaf => Assert.Equal(400e-6, leaf.Fiber.Curve.Defect, 1e-9));
    }

    [Fact]
    public void Published_StaysWithFewerLeaves_WhereTheBoxEndsIt()
    {
        PublishedFoliations recipe = Foliations.Published(0.01) with { Along = 5 };
        Foliation foliation = recipe.Trace(
            KnownMaps.Circle,
            [0.54, 0.72],
            Square,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(201, foliation.Asked);
        Assert.InRange(foliation.Leaves.Length, 101 + 34, 101 + 35);
    }

    [Fact]
    public void OfTheAuthorsNetwork_LeavesAreEvenlySpacedInTheOutput()
    {
        SigmoidNetwork network = new(Shared.Path("simec/surface_1_good_weights.csv"));
        double[] levels = [.. Foliations.Evenly(0.15, 0.4, 6)];
        Foliation foliation = Trace(network, [0.2, 0.2], levels, Square);
        Assert.Equal(6, foliation.Leaves.Length);
        Assert.Equal(1.9149197812, foliation.Leaves[0].Fiber.Curve.Length, LengthTolerance);
        Assert.All(foliation.Leaves, leaf => Assert.Equal(leaf.Level[0], leaf.Fiber.Target[0], 1e-15));
    }

    [Fact]
    public void Refusals_SayWhatWouldWork()
    {
        Assert.Equal(
            "The map has 2 outputs, but a foliation is by the levels of one; select one of the outputs.",
            Assert.Throws<ArgumentException>(() => Trace(KnownMaps.Helix, [1, 0, 0], [1], Box.Cube(3, -2, 2))).Message
        );
        Assert.Equal(
            "The map has 3 inputs, so its fibers are no curves; fix all but 2 of the inputs.",
            Assert
                .Throws<ArgumentException>(() =>
                    Trace(KnownMaps.SphereAndPlane.Select(0), [1, 0, 0], [1], Box.Cube(3, -2, 2))
                )
                .Message
        );
        Assert.Equal(
            "The step delta is 0; give a positive number.",
            Assert.Throws<ArgumentException>(() => Foliations.Published(0)).Message
        );
    }

    private static Foliation Trace(IMap map, double[] start, double[] levels, Box box) =>
        new Foliations().Trace(map, start, levels, box, TestContext.Current.CancellationToken);

    private static int IndexOf(Leaf leaf) => (int)leaf.Fiber.Backward!.Accepted;
}
