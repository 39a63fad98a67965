using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>Stopped anywhere, stored and resumed, a walk has the bits of one that was not stopped; so has one on other threads.</summary>
public class WalkResumeTests
{
    private static readonly WalkPlan Plan = new()
    {
        Steps = 120,
        WarmUp = 60,
        Chains = 3,
        Every = 7,
        Seed = 5,
    };

    public static TheoryData<string> Recipes => [.. Named.Keys];

    private static readonly Dictionary<string, Walker> Named = new()
    {
        ["uniform"] = Walker.Uniform,
        ["ahead"] = Walker.Ahead,
        ["face"] = Walker.Uniform with { Bounds = new FaceBounds() },
        ["simec"] = PublishedWalks.Simec(0.01),
        ["simexp"] = PublishedWalks.Simexp(0.01),
        ["as coded"] = PublishedWalks.AsCoded(PublishedWalks.TransformerSimec(0.01)),
        ["products"] = Walker.Uniform with { RowSpaces = new ProductRowSpaces() },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void AWalkThatPauses_HasTheBitsOfAnUnbrokenOne(string recipe)
    {
        Walker walker = Named[recipe];
        (IMap map, double[] start, Box box) = Network();
        Walk whole = walker.Run(map, start, box, Plan, TestContext.Current.CancellationToken);
        Walk pieces = walker.Begin(map, start, box, Plan);
        Generator random = new(recipe.Length);
        for (int round = 0; !Walker.IsDone(pieces, Plan); round++)
        {
            Assert.InRange(round, 0, 100);
            pieces = walker.Resume(
                map,
                pieces,
                box,
                Plan with
                {
                    Pause = 1 + random.Whole(25),
                    Threads = 1,
                },
                TestContext.Current.CancellationToken
            );
        }

        AssertSame(whole, pieces);
    }

    [Fact]
    public void AWalkThatIsCancelled_GoesOnWithTheSameBits()
    {
        (IMap map, double[] start, Box box) = Network();
        Walk whole = Walker.Uniform.Run(map, start, box, Plan, TestContext.Current.CancellationToken);
        using CancellationTokenSource source = new();
        int calls = 0;
        FunctionMap counting = new(
            map.Inputs,
            map.Outputs,
            (x, y, j) =>
            {
                if (Interlocked.Increment(ref calls) == 1500)
                {
                    source.Cancel();
                }

                map.Linearize(x, y, j);
            }
        );
        FunctionMap plain = new(map.Inputs, map.Outputs, (x, y, j) => map.Linearize(x, y, j));
        Walk part = Walker.Uniform.Run(counting, start, box, Plan, source.Token);
        Assert.Contains(part.Chains, chain => chain.State.Ending == Ending.Cancelled);
        Walk rest = Walker.Uniform.Resume(plain, part, box, Plan, TestContext.Current.CancellationToken);
        AssertSame(Walker.Uniform.Run(plain, start, box, Plan, TestContext.Current.CancellationToken), rest);
        Assert.Equal(whole.Steps, rest.Steps);
    }

    [Fact]
    public void MoreSteps_GoOnWhereAFinishedWalkEnded()
    {
        (IMap map, double[] start, Box box) = Network();
        Walk whole = Walker.Uniform.Run(map, start, box, Plan, TestContext.Current.CancellationToken);
        Walk half = Walker.Uniform.Run(
            map,
            start,
            box,
            Plan with
            {
                Steps = 50,
            },
            TestContext.Current.CancellationToken
        );
        AssertSame(whole, Walker.Uniform.Resume(map, half, box, Plan, TestContext.Current.CancellationToken));
        AssertSame(whole, Walker.Uniform.Resume(map, whole, box, Plan, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AWalkOfAnotherMap_IsRefused()
    {
        (IMap map, double[] start, Box box) = Network();
        Walk walk = Walker.Uniform.Run(map, start, box, Plan with { Steps = 1 }, TestContext.Current.CancellationToken);
        Assert.Contains(
            "3 outputs",
            Assert
                .Throws<ArgumentException>(() =>
                    Walker.Uniform.Resume(map.Select(0, 1), walk, box, Plan, TestContext.Current.CancellationToken)
                )
                .Message
        );
    }

    private static void AssertSame(Walk expected, Walk actual)
    {
        Assert.Equal(expected.Chains.Length, actual.Chains.Length);
        foreach ((Chain a, Chain b) in expected.Chains.Zip(actual.Chains))
        {
            Assert.Equal(a.Kept.Points, b.Kept.Points);
            Assert.Equal(a.Kept.Values, b.Kept.Values);
            Assert.Equal(a.Kept.Defects, b.Kept.Defects);
            Assert.Equal(a.Distances, b.Distances);
            Assert.Equal(a.State.Point, b.State.Point);
            Assert.Equal(a.State.Direction, b.State.Direction);
            Assert.Equal(a.State with { Point = [], Direction = [] }, b.State with { Point = [], Direction = [] });
        }
    }

    /// <summary>A softmax of a network with six inputs and three outputs, rank two; the start lies on two bounds.</summary>
    private static (IMap Map, double[] Start, Box Box) Network() =>
        (WalkNetworks.Softmax(6, 3), [0.2, 0, 0.5, 0.6, 1, 0.3], Box.Cube(6, 0, 1));
}
