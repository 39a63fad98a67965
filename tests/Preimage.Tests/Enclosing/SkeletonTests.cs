using Preimage.Enclosing;

namespace Preimage.Tests.Enclosing;

/// <summary>The number and type of components, where they are known.</summary>
public class SkeletonTests
{
    [Theory]
    [InlineData(0.25, 1, 0)] // inside the box
    [InlineData(1e-12, 1, 0)] // a millionth of the box
    [InlineData(1.2, 0, 4)] // cut by all four sides
    [InlineData(1.9999, 0, 4)] // only corners
    [InlineData(2.1, 0, 0)] // outside
    [InlineData(-0.1, 0, 0)] // below the minimum
    public void Circles_AreCounted(double level, int closed, int open)
    {
        Skeleton skeleton = Find(SkeletonMaps.Circle, level, 1);
        Assert.True(skeleton.IsComplete);
        Assert.Equal((closed, open), Counts(skeleton));
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(-1e-6)]
    [InlineData(1e-9)]
    [InlineData(-1e-12)]
    public void HyperbolasBesideTheSaddle_AreTwo(double level)
    {
        Skeleton skeleton = Find(SkeletonMaps.Saddle, level, 1);
        Assert.True(skeleton.IsComplete);
        Assert.Equal((0, 2), Counts(skeleton));
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(1 - 1e-9, 2)]
    [InlineData(1 + 1e-9, 1)]
    [InlineData(2, 1)]
    [InlineData(1e-9, 2)]
    public void CassinisOvals_AreCounted(double level, int closed)
    {
        Skeleton skeleton = Find(SkeletonMaps.Cassini, level, 3);
        Assert.True(skeleton.IsComplete);
        Assert.Equal((closed, 0), Counts(skeleton));
    }

    [Fact]
    public void TheSaddleItself_IsUndecided_WithFourBranches()
    {
        Skeleton skeleton = Find(SkeletonMaps.Saddle, 0, 1);
        SkeletonCluster cluster = Assert.Single(skeleton.Clusters, c => c.Hull.Contains(0, 0));
        Assert.InRange(cluster.Hull.Width, 0, 1e-6);
        Assert.Equal(4, skeleton.Chains.Count(c => c.StartCluster >= 0 || c.EndCluster >= 0));
    }

    private static Skeleton Find(ICurvedEnclosedMap f, double level, double half) =>
        new SkeletonSearch().Find(f, level, SkeletonMaps.Square(half), TestContext.Current.CancellationToken);

    private static (int Closed, int Open) Counts(Skeleton skeleton) =>
        (skeleton.Chains.Count(c => c.Closed), skeleton.Chains.Count(c => !c.Closed));
}
