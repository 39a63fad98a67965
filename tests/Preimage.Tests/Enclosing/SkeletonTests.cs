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

    [Theory]
    [InlineData(0.5, 18, 12)]
    [InlineData(1 - 1e-9, 18, 0)] // islands of a hundred-thousandth of the box
    [InlineData(1e-9, 18, 14)]
    [InlineData(-1e-9, 18, 14)]
    public void Islands_AreCounted(double level, int closed, int open)
    {
        // 6 x 6 whole squares of a chessboard, half of them above; cut ones along the border.
        Skeleton skeleton = Find(SkeletonMaps.Islands(10), level, 1);
        Assert.True(skeleton.IsComplete);
        Assert.Equal((closed, open), Counts(skeleton));
    }

    [Theory]
    [InlineData(0.5, 1, 0)]
    [InlineData(1e-6, 1, 0)]
    [InlineData(1.5, 0, 4)]
    [InlineData(-0.1, 0, 0)]
    public void Diamonds_WithKinks_AreCounted(double level, int closed, int open)
    {
        Skeleton skeleton = Find(SkeletonMaps.Diamond, level, 1);
        Assert.True(skeleton.IsComplete);
        Assert.Equal((closed, open), Counts(skeleton));
    }

    [Fact]
    public void ALevelThroughCorners_IsUndecidedThereOnly()
    {
        Skeleton skeleton = Find(SkeletonMaps.Line, 0, 1);
        Assert.Equal(2, skeleton.Clusters.Length);
        Assert.All(
            skeleton.Clusters,
            c => Assert.True(c.Hull.Width < 1e-6 && (c.Hull.Contains(1, 1) || c.Hull.Contains(-1, -1)))
        );
        Assert.False(Assert.Single(skeleton.Chains).IsWhole);
    }

    [Fact]
    public void ALevelThatTouchesTheBorder_IsUndecidedThereOnly()
    {
        Skeleton skeleton = Find(SkeletonMaps.Circle, 1, 1);
        Assert.Equal(4, skeleton.Clusters.Length);
        Assert.All(skeleton.Clusters, c => Assert.InRange(Math.Max(c.Hull.Width, c.Hull.Height), 0, 1e-6));
        Assert.Equal(4, skeleton.Chains.Length);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(3.0000000001, 0)]
    public void AConstant_IsUndecidedAsAWhole_OrNowhere(double level, int clusters)
    {
        Skeleton skeleton = Find(SkeletonMaps.Constant, level, 1);
        Assert.Equal(clusters, skeleton.Clusters.Length);
        Assert.Empty(skeleton.Chains);
        Assert.InRange(skeleton.Enclosures, 1, 9);
    }

    [Fact]
    public void TheBudget_LeavesClusters_AndNothingIsClaimed()
    {
        Skeleton skeleton = (new SkeletonSearch() with { Cells = 10 }).Find(
            SkeletonMaps.Islands(10),
            0.5,
            SkeletonMaps.Square(1),
            TestContext.Current.CancellationToken
        );
        Assert.False(skeleton.IsComplete);
        Assert.DoesNotContain(skeleton.Chains, c => c.IsWhole);
    }

    private static Skeleton Find(ICurvedEnclosedMap f, double level, double half) =>
        new SkeletonSearch().Find(f, level, SkeletonMaps.Square(half), TestContext.Current.CancellationToken);

    private static (int Closed, int Open) Counts(Skeleton skeleton) =>
        (skeleton.Chains.Count(c => c.Closed), skeleton.Chains.Count(c => !c.Closed));
}
