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

    [Theory]
    [InlineData(1e-3, 1)]
    [InlineData(-1e-3, 2)]
    [InlineData(1e-6, 1)]
    [InlineData(-1e-6, 2)]
    [InlineData(1e-9, 1)]
    [InlineData(-1e-9, 2)]
    [InlineData(1e-12, 1)]
    [InlineData(-1e-12, 2)]
    public void CassinisOvals_BesideTheSaddle_AreProvedAndTraced(double above, int ovals)
    {
        LevelSet set = Find(SkeletonMaps.Cassini, 1 + above, 3);
        Assert.Equal(Verdict.Proved, set.Verdict);
        Assert.Equal(ovals, set.Components.Length);
        Assert.All(set.Components, c => Assert.True(c.Closed));
    }

    [Fact]
    public void TheLemniscate_IsOneComponentOfTwoLoops_WithItsLength()
    {
        LevelSet set = Find(SkeletonMaps.Cassini, 1, 3);
        LevelComponent eight = Assert.Single(set.Components);
        Assert.Equal(2, eight.Branches.Length);

        // Half width sqrt 2, and the lemniscate constant.
        double exact = Math.Sqrt(2) * 5.244115108584240;
        Assert.Equal(exact, eight.Length, LengthTolerance * exact);
        Assert.Equal(Verdict.Unknown, eight.Verdict);
        Assert.Equal(CriticalKind.Saddle, set.CriticalPoints[Assert.NotNull(Assert.Single(set.Undecided).Cause)].Kind);
    }

    [Fact]
    public void ACircleThatTouchesTheBorder_IsWhole_AndSaysWhatItTouches()
    {
        LevelSet set = Find(SkeletonMaps.Circle, 1, 1);
        Assert.Equal(Verdict.Unknown, set.Verdict);
        Assert.Equal(2 * Math.PI, Assert.Single(set.Components).Length, 1e-6);
        Assert.All(
            set.Undecided,
            u => Assert.Equal(CriticalPlace.Edge, set.CriticalPoints[Assert.NotNull(u.Cause)].Place)
        );
    }

    [Fact]
    public void ALineThroughCorners_IsWhole_AndUnknown()
    {
        LevelSet set = Find(SkeletonMaps.Line, 0, 1);
        Assert.Equal(Verdict.Unknown, set.Verdict);
        Assert.Equal(Math.Sqrt(8), Assert.Single(set.Components).Length, 1e-6);
    }

    [Fact]
    public void ADiamond_GoesAroundItsCorners()
    {
        LevelSet set = Find(SkeletonMaps.Diamond, 0.5, 1);
        Assert.Equal(Verdict.Proved, set.Verdict);
        Assert.Equal(Math.Sqrt(8), Assert.Single(set.Components).Length, 1e-7);
    }

    [Fact]
    public void AMinimumAtTheLevel_IsAPlaceWithoutCurve()
    {
        LevelSet set = Find(SkeletonMaps.Circle, 0, 1);
        Assert.Empty(set.Components);
        UndecidedCell place = Assert.Single(set.Undecided);
        Assert.Equal(CriticalKind.Minimum, set.CriticalPoints[Assert.NotNull(place.Cause)].Kind);
    }

    [Fact]
    public void TheTable_OfCassinisOvals_IsKnown()
    {
        LevelGap[] gaps =
        [
            .. new LevelSets().Table(SkeletonMaps.Cassini, Box.Cube(2, -3, 3), TestContext.Current.CancellationToken),
        ];
        Assert.Equal([(2, 0), (1, 0), (0, 2), (0, 4)], gaps.Select(g => (g.Closed, g.Open)));
        Assert.All(gaps, g => Assert.Equal(Verdict.Proved, g.Verdict));
        Assert.Equal([1, 64, 100, 325], gaps.Select(g => g.To), (a, b) => Math.Abs(a - b) < 1e-12 * b);
    }

    [Fact]
    public void Cancelled_NothingIsClaimed()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        LevelSet set = new LevelSets().Find(
            SkeletonMaps.Cassini.ToMap(),
            SkeletonMaps.Cassini,
            0.5,
            Box.Cube(2, -3, 3),
            source.Token
        );
        Assert.Equal(Verdict.Unknown, set.Verdict);
        Assert.NotEmpty(set.Undecided);
    }

    [Theory]
    [InlineData(double.NaN, 1, "finite number")]
    [InlineData(0.5, 0, "finite bounds")]
    public void WrongUse_IsRefused(double level, double half, string remedy)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Find(SkeletonMaps.Circle, level, half));
        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
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
