using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Enclosing;
using Preimage.Tests.Laws;
using Preimage.Tracing;

namespace Preimage.Tests.Levels;

/// <summary>Level sets of functions whose components are known.</summary>
public class LevelSetTests
{
    /// <summary>The length at this chord tolerance, which converges with its square, is right to better than the tolerance below.</summary>
    private const double Chord = 1e-6;
    private const double LengthTolerance = 1e-8;

    [Theory]
    [InlineData(0.25)]
    [InlineData(1e-4)]
    [InlineData(1e-8)]
    public void ACircle_HasItsLength(double level)
    {
        LevelSet set = Find(SkeletonMaps.Circle, level, 1);
        LevelComponent circle = Assert.Single(set.Components);
        Assert.Equal(Verdict.Proved, set.Verdict);
        Assert.True(circle.Closed);
        double exact = 2 * Math.PI * Math.Sqrt(level);
        Assert.Equal(exact, circle.Length, LengthTolerance * exact);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(-0.3)]
    public void Ellipses_InACircleMapStretched_HaveTheirLength(double shift)
    {
        ICurvedEnclosedMap ellipse = SkeletonMaps.Enclosure(
            (x, y) => (x - shift).Square() + y.Square() * 9,
            [(x, _) => (x - shift) * 2, (_, y) => y * 18],
            [2, 0, 18]
        );
        LevelSet set = Find(ellipse, 0.16, 1);
        double exact = KnownMaps.EllipseLength(0.4, 0.4 / 3);
        Assert.Equal(Verdict.Proved, set.Verdict);
        Assert.Equal(exact, Assert.Single(set.Components).Length, LengthTolerance * exact);
    }

    [Fact]
    public void TheSaddlesLevel_IsOneComponentOfFourBranches_ThatMeetInTheSaddle()
    {
        // Off the corners, so that nothing but the saddle is undecided.
        Box box = new([-1, -0.8], [1.1, 0.9]);
        LevelSet set = Find(SkeletonMaps.Saddle, 0, box);
        Assert.Equal(Verdict.Unknown, set.Verdict);
        UndecidedCell undecided = Assert.Single(set.Undecided);
        CriticalPoint cause = set.CriticalPoints[Assert.NotNull(undecided.Cause)];
        Assert.Equal(CriticalKind.Saddle, cause.Kind);
        LevelComponent cross = Assert.Single(set.Components);
        Assert.Equal(4, cross.Branches.Length);
        Assert.Equal((2 * 0.8 + 2 * 0.9) * Math.Sqrt(2), cross.Length, 1e-12);
        foreach (Curve branch in cross.Branches)
        {
            Assert.Contains(Ending.LeftBox, new[] { branch.Start, branch.End });
            ReadOnlySpan<double> end =
                branch.Start == Ending.LeftBox ? branch.Point(branch.Count - 1) : branch.Point(0);
            Assert.Equal(cause.At, end.ToArray());
        }
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(5)]
    public void ALevelOutsideTheRange_IsProvedEmpty(double level)
    {
        LevelSet set = Find(SkeletonMaps.Circle, level, 1);
        Assert.Equal(Verdict.Proved, set.Verdict);
        Assert.Empty(set.Components);
        Assert.Equal(0, set.Evaluations);
        Assert.Equal((0, 2), set.Range);
    }

    private static LevelSet Find(ICurvedEnclosedMap f, double level, double half) =>
        Find(f, level, Box.Cube(2, -half, half));

    private static LevelSet Find(ICurvedEnclosedMap f, double level, Box box) =>
        new LevelSets { Tracer = Tracer.Continuation with { Steps = new ChordControl(Chord) } }.Find(
            f.ToMap(),
            f,
            level,
            box,
            TestContext.Current.CancellationToken
        );
}
