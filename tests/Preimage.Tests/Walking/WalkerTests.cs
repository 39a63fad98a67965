using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

public class WalkerTests
{
    [Fact]
    public void AWalkOnASphere_StaysOnIt()
    {
        WalkPlan plan = new()
        {
            Steps = 2000,
            Chains = 2,
            Seed = 1,
        };
        Walk walk = Walker.Uniform.Run(WalkSurfaces.Quadratic(1, 1, 1), [0.6, 0, 0.8], Box.Everything(3), plan);
        Assert.Equal(4000, walk.Steps);
        Assert.InRange(walk.Accepted, 1000, 3000);
        Assert.True(walk.Defect <= walk.Rounding, $"{walk.Defect:R} {walk.Rounding:R}");
        Assert.All(walk.Chains, chain => Assert.Equal(Ending.BudgetSpent, chain.State.Ending));
        Assert.All(walk.Chains, chain => Assert.Equal(2000, chain.Kept.Count));
    }
}
