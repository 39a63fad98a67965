using System.Collections.Immutable;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Enclosing;

/// <summary>Critical points of functions that have known ones.</summary>
public class CriticalPointTests
{
    [Fact]
    public void ACircleMap_HasAMinimum_FourOnTheEdges_AndFourCorners()
    {
        ImmutableArray<CriticalPoint> points = Find(SkeletonMaps.Circle, 1);
        Assert.Equal(9, points.Length);
        Assert.All(points, p => Assert.Equal(Verdict.Proved, p.Verdict));
        CriticalPoint middle = Assert.Single(points, p => p.Place == CriticalPlace.Interior);
        Assert.Equal(CriticalKind.Minimum, middle.Kind);
        Assert.True(middle.Enclosure.Contains([0, 0]));
        Assert.All(
            points.Where(p => p.Place == CriticalPlace.Edge),
            p => Assert.True(p.Kind == CriticalKind.Minimum && p.ValueLower <= 1 && p.ValueUpper >= 1)
        );
        Assert.All(
            points.Where(p => p.Place == CriticalPlace.Corner),
            p => Assert.True(p.Kind == CriticalKind.Maximum && p.Value == 2)
        );
    }

    [Fact]
    public void CassinisOvals_HaveTwoMinimaAndASaddle()
    {
        CriticalPoint[] inside = [.. Find(SkeletonMaps.Cassini, 2.5).Where(p => p.Place == CriticalPlace.Interior)];
        Assert.Equal([CriticalKind.Minimum, CriticalKind.Minimum, CriticalKind.Saddle], inside.Select(p => p.Kind));
        Assert.True(inside[2].Enclosure.Contains([0, 0]) && inside[2].ValueLower <= 1 && inside[2].ValueUpper >= 1);
    }

    [Fact]
    public void Islands_AreAllFound()
    {
        // sin 10 x has 7 zeros and 6 extrema in [-1, 1].
        ImmutableArray<CriticalPoint> points = Find(SkeletonMaps.Islands(10), 1);
        Assert.All(points, p => Assert.Equal(Verdict.Proved, p.Verdict));
        Assert.Equal(49, points.Count(p => p.Kind == CriticalKind.Saddle));
        Assert.Equal(18, points.Count(p => p is { Place: CriticalPlace.Interior, Kind: CriticalKind.Minimum }));
        Assert.Equal(18, points.Count(p => p is { Place: CriticalPlace.Interior, Kind: CriticalKind.Maximum }));
    }

    [Fact]
    public void ALine_HasTwoExtremeCorners_AndNoOther()
    {
        ImmutableArray<CriticalPoint> points = Find(SkeletonMaps.Line, 1);
        Assert.Equal([-2, 2], points.Select(p => p.Value));
        Assert.All(points, p => Assert.Equal(CriticalPlace.Corner, p.Place));
    }

    [Fact]
    public void ADegeneratePoint_StaysUnknown_InASmallPlace()
    {
        ICurvedEnclosedMap quartic = SkeletonMaps.Enclosure(
            (x, y) => x.Square().Square() + y.Square().Square(),
            [(x, _) => x * x.Square() * 4, (_, y) => y * y.Square() * 4],
            [(x, _) => x.Square() * 12, (_, _) => 0, (_, y) => y.Square() * 12]
        );
        CriticalPoint middle = Assert.Single(Find(quartic, 1), p => p.Place == CriticalPlace.Interior);
        Assert.Equal(Verdict.Unknown, middle.Verdict);
        Assert.Equal(CriticalKind.Unknown, middle.Kind);
        Assert.True(middle.Enclosure.Contains([0, 0]));
        Assert.InRange(middle.Enclosure.Width, 0, 1e-4);
    }

    [Fact]
    public void AKinkedMinimum_StaysUnknown_AtItsPlace()
    {
        CriticalPoint middle = Assert.Single(Find(SkeletonMaps.Diamond, 1), p => p.Place == CriticalPlace.Interior);
        Assert.Equal(Verdict.Unknown, middle.Verdict);
        Assert.True(middle.Enclosure.Contains([0, 0]));
        Assert.InRange(middle.Enclosure.Width, 0, 1e-6);
    }

    [Fact]
    public void WhereOnlyTheSlopeHasAKink_TheMinimumIsProved()
    {
        // f = x^2 + y^2 + max(0, x)^2: the second derivative in x jumps from 2 to 4 at the minimum.
        ICurvedEnclosedMap f = SkeletonMaps.Enclosure(
            (x, y) => x.Square() + y.Square() + Interval.Max(0, x).Square(),
            [(x, _) => x * 2 + Interval.Max(0, x) * 2, (_, y) => y * 2],
            [
                (x, _) =>
                    2
                    + new Interval(
                        x.High < 0 ? 0
                            : x.Low > 0 ? 2
                            : 0,
                        x.High < 0 ? 0 : 2
                    ),
                (_, _) => 0,
                (_, _) => 2,
            ]
        );
        CriticalPoint middle = Assert.Single(Find(f, 1), p => p.Place == CriticalPlace.Interior);
        Assert.Equal((Verdict.Proved, CriticalKind.Minimum), (middle.Verdict, middle.Kind));
        Assert.True(middle.Enclosure.Contains([0, 0]));
    }

    [Fact]
    public void WhatTheBudgetLeaves_IsUnknown_AndEnclosesTheRest()
    {
        ImmutableArray<CriticalPoint> points = (new CriticalPointSearch() with { Cells = 3 }).Find(
            SkeletonMaps.Islands(10),
            Box.Cube(2, -1, 1),
            TestContext.Current.CancellationToken
        );
        Assert.Contains(points, p => p.Verdict == Verdict.Unknown && p.Enclosure.Width > 1);
        Assert.True(points.Min(p => p.ValueLower) <= -1 && points.Max(p => p.ValueUpper) >= 1);
    }

    [Theory]
    [InlineData(1, 1, "fix the others")]
    [InlineData(2, 2, "select one")]
    [InlineData(2, 1, "finite bounds")]
    public void WrongUse_IsRefused(int inputs, int outputs, string remedy)
    {
        FunctionEnclosure f = new(inputs, outputs, (_, _) => { }, (_, _) => { }, (_, _) => { });
        var refusal = Assert.Throws<ArgumentException>(() =>
            new CriticalPointSearch().Find(f, Box.Everything(inputs), TestContext.Current.CancellationToken)
        );
        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<CriticalPoint> Find(ICurvedEnclosedMap f, double half) =>
        new CriticalPointSearch().Find(f, Box.Cube(2, -half, half), TestContext.Current.CancellationToken);
}
