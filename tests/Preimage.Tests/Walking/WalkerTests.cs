using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Laws;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

public class WalkerTests
{
    private static readonly WalkPlan Plan = new()
    {
        Steps = 300,
        WarmUp = 200,
        Seed = 1,
    };

    private static IMap Sphere => WalkSurfaces.Quadratic(1, 1, 1);

    public static TheoryData<string> Bounds => ["mirror", "face"];

    /// <summary>The two ways to stay on the fiber.</summary>
    private static IWalkBounds Of(string bounds) => bounds == "face" ? new FaceBounds() : new MirrorBounds();

    /// <summary>A start on a threshold of the map, where an output jumps: the jump is not taken for rounding.</summary>
    [Fact]
    public void StartOnAJump_KeepsTheOutputsToRounding()
    {
        FunctionMap stairs = new(
            2,
            2,
            (x, y, jacobian) =>
            {
                (y[0], y[1]) = (x[0] + x[1], Math.Floor(4 * x[0]));
                ((ReadOnlySpan<double>)[1, 1, 0, 0]).CopyTo(jacobian);
            }
        );
        Walk walk = Walker.Uniform.Run(
            stairs,
            [0.25, 0.3],
            Box.Cube(2, -1, 1),
            Plan,
            TestContext.Current.CancellationToken
        );
        Assert.InRange(walk.Accepted, 30, 300);
        Assert.InRange(walk.Defect, 0, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Walks_StayOnTheFiberAndInTheBox(string bounds)
    {
        (IMap Map, double[] Start, Box Box)[] cases =
        [
            (Sphere, [0.6, 0, 0.8], Box.Cube(3, 0, 0.9)),
            (WalkNetworks.Softmax(6, 3), [0.2, 0, 0.5, 0.6, 1, 0.3], Box.Cube(6, 0, 1)),
            (WalkNetworks.Rectifiers(9, 3), [0, 0, 0.5, 0.6, 1, 0.3, 0.1, 0.2, 0.7], Box.Cube(9, 0, 1)),
        ];
        foreach (Walker recipe in new[] { Walker.Uniform, Walker.Ahead })
        {
            foreach (var (map, start, box) in cases)
            {
                Walk walk = (recipe with { Bounds = Of(bounds) }).Run(
                    map,
                    start,
                    box,
                    Plan,
                    TestContext.Current.CancellationToken
                );
                Cloud kept = walk.Chains[0].Kept;
                Assert.InRange(walk.Accepted, 30, 300);
                Assert.Equal(300, kept.Count);
                Assert.Equal(0, walk.Chains[0].State.RankingChanges);
                Assert.InRange(walk.Chains[0].State.Contacts, bounds == "mirror" ? 1 : 0, long.MaxValue);
                for (int i = 0; i < kept.Count; i++)
                {
                    Assert.True(box.Contains(kept.Point(i)));
                    double defect = Vectors.LargestDifference(map.Evaluate(kept.Point(i)), walk.Target.AsSpan());
                    Assert.InRange(defect, 0, 16 * walk.Rounding);
                }
            }
        }
    }

    [Fact]
    public void Distances_AreTheDistancesOfThePoints()
    {
        Walk walk = Walker.Uniform.Run(
            Sphere,
            [0.6, 0, 0.8],
            Box.Everything(3),
            Plan,
            TestContext.Current.CancellationToken
        );
        Cloud kept = walk.Chains[0].Kept;
        double way = 0;
        for (int i = 0; i < kept.Count; i++)
        {
            Assert.Equal(Vectors.Distance(kept.Point(i), walk.Start.AsSpan()), walk.Chains[0].Distances[i]);
            way += i == 0 ? 0 : Vectors.Distance(kept.Point(i), kept.Point(i - 1));
        }

        Assert.InRange(walk.Chains[0].State.Distance - way, 0, 2);
        WalkStatistics statistics = WalkStatistics.Of(walk);
        Assert.Equal(walk.Accepted / 300.0, statistics.Acceptance);
        Assert.Equal(walk.Chains[0].Distances.Max(), statistics.Farthest);
        Assert.All(statistics.EffectiveSizes, size => Assert.InRange(size, 5, 600));
    }

    [Fact]
    public void Faces_KeepWhatStartsOnThem()
    {
        Walker walker = Walker.Uniform with { Bounds = new FaceBounds() };
        Walk walk = walker.Run(
            WalkNetworks.Rectifiers(6, 2),
            [0, 0.2, 0.5, 1, 0.6, 0.3],
            Box.Cube(6, 0, 1),
            Plan,
            TestContext.Current.CancellationToken
        );
        Cloud kept = walk.Chains[0].Kept;
        Assert.All(Enumerable.Range(0, kept.Count), i => Assert.Equal((0, 1), (kept.Point(i)[0], kept.Point(i)[3])));
        Assert.Equal(double.NaN, WalkStatistics.Of(walk).EffectiveSizes[0]);
        Assert.True(double.IsFinite(WalkStatistics.Of(walk).EffectiveSizes[1]));
    }

    /// <summary>Half of the inputs start on mirrors, where a short step is as good as a long one at turning the map around.</summary>
    [Fact]
    public void AStartOnMirrors_IsMovedOffThem()
    {
        IMap map = WalkNetworks.Rectifiers(40, 4);
        double[] start =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i =>
                    i % 4 == 0 ? 0.5
                    : i % 8 == 1 ? 1.0
                    : 0
                ),
        ];
        Walk walk = Walker.Uniform.Begin(map, start, Box.Cube(40, 0, 1), Plan);
        Assert.Equal(start, walk.Start);
        Assert.DoesNotContain(walk.Chains[0].State.Point, x => x is 0 or 1);
        Assert.True(Box.Cube(40, 0, 1).Contains(walk.Chains[0].State.Point.AsSpan()));
        double defect = Vectors.LargestDifference(
            map.Evaluate(walk.Chains[0].State.Point.AsSpan()),
            walk.Target.AsSpan()
        );
        Assert.InRange(defect, 0, 16 * walk.Rounding);
    }

    /// <summary>
    /// Every input starts on a kink, 10 + sum x_i + max(x_i, 0) / 2 at 0: steps of any length have a ratio of about exp(-15), and land on the fiber. The warm-up
    /// leaves the start; without one every step is put to the test.
    /// </summary>
    [Fact]
    public void AStartOnKinks_IsLeftInTheWarmUp()
    {
        FunctionMap map = new(
            1000,
            1,
            (x, y, j) =>
            {
                y[0] = 10;
                for (int i = 0; i < x.Length; i++)
                {
                    y[0] += x[i] + Math.Max(x[i], 0) / 2;
                    if (j.Length > 0)
                    {
                        j[i] = x[i] > 0 ? 1.5 : 1;
                    }
                }
            }
        );
        Walk Run(long warmUp) =>
            Walker.Uniform.Run(
                map,
                new double[1000],
                Box.Cube(1000, -1, 1),
                Plan with
                {
                    Steps = 50,
                    WarmUp = warmUp,
                },
                TestContext.Current.CancellationToken
            );
        Walk walk = Run(50);
        Assert.True(walk.Chains[0].State.HasMoved);
        Assert.InRange(walk.Accepted, 5, 50);
        Assert.InRange(walk.Defect, 0, 16 * walk.Rounding);
        Walk cold = Run(0);
        Assert.False(cold.Chains[0].State.HasMoved);
        Assert.Equal((0, 0), (cold.Accepted, cold.Chains[0].State.Unreturned));
        Assert.All(cold.Chains[0].Kept.Points, x => Assert.Equal(0, x));
    }

    [Fact]
    public void AnInputWhoseBoundsAreEqual_Stays()
    {
        Box box = new([-2, -2, 0.8], [2, 2, 0.8]);
        Walk walk = Walker.Uniform.Run(Sphere, [0.6, 0, 0.8], box, Plan, TestContext.Current.CancellationToken);
        Assert.Equal(0.8, walk.Chains[0].State.Point[2]);
        Assert.InRange(walk.Chains[0].State.Distance, 1, double.MaxValue);
        WalkStatistics statistics = WalkStatistics.Of(walk);
        Assert.Equal((double.NaN, double.NaN), (statistics.EffectiveSizes[2], statistics.ScaleReductions[2]));
        Assert.True(double.IsFinite(statistics.LeastEffectiveSize));
    }

    [Theory]
    [InlineData(new[] { 0.6, 0, 0.8 }, new[] { 0.6, 0, 0.8 }, new[] { 0.6, 0, 0.8 }, "the start alone")]
    [InlineData(new[] { 0.6, 0, 0.8 }, new[] { -2.0, 0, 0.8 }, new[] { 2.0, 0, 0.8 }, "the start alone")]
    [InlineData(new[] { 0.0, 0, 0 }, new[] { -2.0, -2, -2 }, new[] { 2.0, 2, 2 }, "singular")]
    public void AFiberWithoutRoom_IsRefused(double[] start, double[] lower, double[] upper, string says)
    {
        string message = Assert
            .Throws<GeometryException>(() =>
                Walker.Uniform.Run(Sphere, start, new Box(lower, upper), Plan, TestContext.Current.CancellationToken)
            )
            .Message;
        Assert.Contains(says, message);
    }

    [Fact]
    public void AConstantOutput_IsRefused()
    {
        FunctionMap constant = new(3, 1, (x, y, j) => (y[0], _) = (2, j.Length == 0 ? 0 : (j[0] = j[1] = j[2] = 0)));
        GeometryException refusal = Assert.Throws<GeometryException>(() =>
            Walker.Uniform.Run(constant, [0, 0, 0], Box.Everything(3), Plan, TestContext.Current.CancellationToken)
        );
        Assert.Contains("constant", refusal.Message);
    }

    [Fact]
    public void WrongUses_AreRefused()
    {
        Box box = Box.Cube(3, -2, 2);
        string Refusal(double[] start, Box room, WalkPlan plan) =>
            Assert.Throws<ArgumentException>(() => Walker.Uniform.Run(Sphere, start, room, plan)).Message;
        Assert.Contains("coordinate 2 is 3", Refusal([0, 3, 0], box, Plan));
        Assert.Contains("2 coordinates", Refusal([0, 1], box, Plan));
        Assert.Contains("2 sides", Refusal([0, 1, 0], Box.Cube(2, -2, 2), Plan));
        Assert.Contains("0 chains", Refusal([0, 1, 0], box, Plan with { Chains = 0 }));
        Assert.Contains("-1 steps", Refusal([0, 1, 0], box, Plan with { Steps = -1 }));
        Assert.Contains("Every 0-th", Refusal([0, 1, 0], box, Plan with { Every = 0 }));
        Assert.Contains("NaN", Refusal([0, double.NaN, 0], box, Plan));
    }

    /// <summary>Beyond x = 0.9 the value is there but its derivative is not: a step that lands there ends the chain.</summary>
    [Fact]
    public void ADerivativeThatIsNotFinite_EndsTheChain()
    {
        FunctionMap map = new(
            3,
            1,
            (x, y, j) =>
            {
                Sphere.Linearize(x, y, j);
                if (j.Length > 0 && x[0] > 0.9)
                {
                    j[1] = double.NaN;
                }
            }
        );
        Walk walk = Walker.Uniform.Run(
            map,
            [0.6, 0, 0.8],
            Box.Everything(3),
            Plan with
            {
                Steps = 3000,
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Ending.NotFinite, walk.Chains[0].State.Ending);
        Assert.All(walk.Chains[0].Kept.Points, x => Assert.True(double.IsFinite(x)));
    }

    /// <summary>A value that is not finite is no point of the fiber: the walk keeps off.</summary>
    [Fact]
    public void AValueThatIsNotFinite_IsAWall()
    {
        FunctionMap map = new(
            3,
            1,
            (x, y, j) =>
            {
                Sphere.Linearize(x, y, j);
                y[0] = x[0] < 0 ? double.NaN : y[0];
            }
        );
        Walk walk = Walker.Uniform.Run(
            map,
            [0.6, 0, 0.8],
            Box.Everything(3),
            Plan,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Ending.BudgetSpent, walk.Chains[0].State.Ending);
        Assert.All(Enumerable.Range(0, 300), i => Assert.InRange(walk.Chains[0].Kept.Point(i)[0], 0, 1));
    }

    /// <summary>A great circle is straight ahead on a sphere: the walk stays in its plane.</summary>
    [Fact]
    public void StraightAhead_OnASphere_IsAGreatCircle()
    {
        Walker walker = Walker.Ahead with { StepLength = new FixedLength(0.05) };
        Cloud kept = walker
            .Run(Sphere, [0.6, 0, 0.8], Box.Everything(3), Plan, TestContext.Current.CancellationToken)
            .Chains[0]
            .Kept;
        double[] normal = Cross(kept.Point(0), kept.Point(1));
        double size = Vectors.Norm(normal);
        for (int i = 0; i < kept.Count; i++)
        {
            Assert.Equal(0, Vectors.Dot(normal, kept.Point(i)) / size, 1e-12);
        }
    }

    [Fact]
    public void Steps_AllocateOnlyWhatIsKept()
    {
        IMap map = WalkNetworks.Softmax(30, 4);
        double[] start = [.. Enumerable.Range(0, 30).Select(i => 0.3 + 0.01 * i)];
        WalkPlan plan = new()
        {
            Every = long.MaxValue,
            Threads = 1,
            WarmUp = 0,
        };
        long Bytes(long steps) =>
            Allocation.Least(() =>
                new WalkRun(
                    Walker.Uniform,
                    WalkGround.From(map, start, Box.Cube(30, 0, 1), new MirrorBounds()),
                    Begun,
                    Begun.Chains[0]
                ).Run(plan with { Steps = steps }, CancellationToken.None)
            );
        Walk begun = Walker.Uniform.Begin(map, start, Box.Cube(30, 0, 1), plan);
        Begun = begun;
        Bytes(10);

        // Distances: 8 bytes a step in a list that doubles, once more in the record.
        Assert.InRange(Bytes(2010) - Bytes(10), 0, 2010 * 8 * 4);
    }

    private Walk Begun { get; set; } = null!;

    private static double[] Cross(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
