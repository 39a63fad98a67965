using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>A walk in other units is the walk of the map in these units, bit by bit: as uniform there as that one is.</summary>
public class WalkUnitsTests
{
    private static readonly double[] Sizes = [1.0 / 64, 1, 1024];

    private static readonly WalkPlan Plan = new()
    {
        Steps = 400,
        WarmUp = 200,
        Seed = 4,
    };

    /// <summary>A sphere of radius 1 in units of the sizes; the box has half widths near them, and cuts it.</summary>
    private static IMap Map { get; } = WalkSurfaces.Quadratic([.. Sizes.Select(size => 1 / (size * size))]);

    private static double[] Start { get; } = [0.6 * Sizes[0], 0, 0.8 * Sizes[2]];

    private static Box Room(Func<int, double> size) =>
        new(
            [.. Enumerable.Range(0, 3).Select(i => -1.2 * size(i))],
            [.. Enumerable.Range(0, 3).Select(i => 0.9 * size(i))]
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AWalkInUnits_IsTheWalkOfTheMapInThem(bool isUniform)
    {
        Walker walker = isUniform ? Walker.Uniform : Walker.Ahead;
        Walk scaled = (walker with { Units = new WalkBoxUnits() }).Run(
            Map,
            Start,
            Room(i => Sizes[i]),
            Plan,
            TestContext.Current.CancellationToken
        );
        Walk plain = walker.Run(
            WalkSurfaces.Quadratic(1, 1, 1),
            [0.6, 0, 0.8],
            Room(_ => 1),
            Plan,
            TestContext.Current.CancellationToken
        );
        Assert.InRange(plain.Accepted, 100, 400);
        Assert.InRange(plain.Chains[0].State.Contacts, 1, long.MaxValue);
        Assert.Equal(plain.Chains[0].Kept.Points.Select((x, i) => x * Sizes[i % 3]), scaled.Chains[0].Kept.Points);
        Assert.Equal(plain.Chains[0].Kept.Values, scaled.Chains[0].Kept.Values);
        Assert.Equal(plain.Chains[0].State.StepLength, scaled.Chains[0].State.StepLength);
    }

    /// <summary>In input units the long axis is hardly moved along: the steps are as short as the others ask.</summary>
    [Fact]
    public void UnequalInputs_MixInUnitsOfTheBox()
    {
        double Least(IWalkUnits units) =>
            WalkStatistics
                .Of(
                    (Walker.Uniform with { Units = units }).Run(
                        Map,
                        Start,
                        Room(i => Sizes[i]),
                        Plan,
                        TestContext.Current.CancellationToken
                    )
                )
                .LeastEffectiveSize;
        Assert.InRange(Least(new WalkBoxUnits()), 10 * Least(new WalkInputUnits()), 400);
    }

    [Fact]
    public void Distances_AreInInputUnits_AndAPauseChangesNoBit()
    {
        Walker walker = Walker.Uniform with { Units = new WalkBoxUnits() };
        Box box = Room(i => Sizes[i]);
        Walk whole = walker.Run(Map, Start, box, Plan, TestContext.Current.CancellationToken);
        Walk pieces = walker.Begin(Map, Start, box, Plan);
        while (!Walker.IsDone(pieces, Plan))
        {
            pieces = walker.Resume(Map, pieces, box, Plan with { Pause = 77 }, TestContext.Current.CancellationToken);
        }

        Chain chain = whole.Chains[0];
        Assert.Equal(chain.Kept.Points, pieces.Chains[0].Kept.Points);
        Assert.Equal(chain.State with { Point = [] }, pieces.Chains[0].State with { Point = [] });
        for (int i = 0; i < chain.Kept.Count; i++)
        {
            Assert.True(box.Contains(chain.Kept.Point(i)));
            Assert.Equal(Vectors.Distance(chain.Kept.Point(i), Start), chain.Distances[i], 1e-9);
        }
    }

    /// <summary>A map with products keeps them: the walk that needs no Jacobian goes the same way as far as rounding.</summary>
    [Fact]
    public void Products_AreScaledToo()
    {
        IProductMap map = WalkNetworks.Softmax(3, 2);
        IProductMap scaled = Assert.IsType<IProductMap>(WalkScaledMap.Of(map, Sizes), exactMatch: false);
        Generator random = new(1);
        double[] u = new double[3];
        double[] v = new double[3];
        double[] w = new double[2];
        random.Normals(u);
        random.Normals(v);
        random.Normals(w);
        double[] value = new double[2];
        double[] jacobian = new double[6];
        double[] forward = new double[2];
        double[] back = new double[3];
        scaled.Linearize(u, value, jacobian);
        scaled.Tangent(u, v, forward);
        scaled.Adjoint(u, w, back);
        Assert.Equal(map.Evaluate([.. u.Select((x, i) => x * Sizes[i])]), value);
        double largest = jacobian.Max(Math.Abs);
        for (int j = 0; j < 2; j++)
        {
            Assert.Equal(Vectors.Dot(jacobian.AsSpan(3 * j, 3), v), forward[j], 1e-13 * largest);
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(w[0] * jacobian[i] + w[1] * jacobian[3 + i], back[i], 1e-13 * largest);
        }
    }

    [Fact]
    public void UnitsOfABox_ArePowersOfTwoNearItsHalfWidths() =>
        Assert.Equal(
            [0.25, 1024, 1, 1, 1],
            new WalkBoxUnits().Of(
                new Box([0, -1000, 3, double.NegativeInfinity, 0], [0.5, 1100, 3, 1, double.PositiveInfinity])
            )
        );
}
