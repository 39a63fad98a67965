using Preimage.Geometry;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>The walks of the papers, and each slip of their code by itself.</summary>
public class PublishedWalkTests
{
    private const double Delta = 1e-3;

    private static readonly WalkPlan Plan = new()
    {
        Steps = 400,
        WarmUp = 0,
        Seed = 2,
    };

    private static readonly double[] Start = [0.2, 0.4, 0.5, 0.6, 0.7];

    private static IMap Map => WalkNetworks.Softmax(5, 3);

    [Fact]
    public void Eigenvectors_AreOrthonormalAndSplitTheMetric()
    {
        PullbackFrame frame = new(5, 3, null, 1e-12);
        frame.At(Map, Start);
        Assert.Equal(2, frame.Rank);
        double[][] nulls = [.. Enumerable.Range(0, 3).Select(_ => new double[5])];
        for (int i = 0; i < 3; i++)
        {
            frame.NullDirection(i, nulls[i]);
            Assert.Equal(0, frame.PseudoNorm(nulls[i]), 1e-14);
            for (int j = 0; j <= i; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Vectors.Dot(nulls[i], nulls[j]), 1e-14);
            }
        }
    }

    /// <summary>Every step has the length delta, and changes the output in proportion to its square: half of delta drifts a quarter a step.</summary>
    [Fact]
    public void Simec_DriftsWithTheSquareOfItsStep()
    {
        Walk walk = Run(PublishedWalks.Simec(Delta), Box.Everything(5));
        Assert.Equal(400, walk.Accepted);
        Assert.Equal(400 * Delta, walk.Chains[0].State.Distance, 1e-12);
        double one = FirstDefect(PublishedWalks.Simec(Delta));
        double half = FirstDefect(PublishedWalks.Simec(Delta / 2));
        Assert.InRange(one / half, 3.8, 4.2);
        Assert.InRange(walk.Defect, 1e-6, 1e-2);
    }

    [Fact]
    public void Simexp_ChangesTheOutput_ToFirstOrder()
    {
        double one = FirstDefect(PublishedWalks.Simexp(Delta));
        double half = FirstDefect(PublishedWalks.Simexp(Delta / 2));
        Assert.InRange(one / half, 1.9, 2.1);
    }

    /// <summary>eta sqrt(lambda_min / lambda_max) over the eigenvalues that are not zero.</summary>
    [Fact]
    public void TransformerSteps_AreScaledByTheSpectrum()
    {
        PullbackFrame frame = new(5, 3, null, 1e-12);
        frame.At(Map, Start);
        Walk walk = Run(PublishedWalks.TransformerSimec(Delta), Box.Everything(5), 1);
        double expected = Delta * frame.SingularValues[1] / frame.SingularValues[0];
        Assert.Equal(expected, walk.Chains[0].State.Distance, 1e-12);
    }

    [Fact]
    public void Slip_TheIndex_CanDrawWhatIsNotNull()
    {
        Generator random = new(1);
        int[] faithful = [.. Enumerable.Range(0, 1000).Select(_ => new AmongNull().Choose(5, 2, random))];
        int[] slipped = [.. Enumerable.Range(0, 1000).Select(_ => new AmongNullAndOneMore().Choose(5, 2, random))];
        int[] visible = [.. Enumerable.Range(0, 1000).Select(_ => new AmongVisible().Choose(5, 2, random))];
        Assert.Equal([0, 1, 2], faithful.Distinct().Order());
        Assert.Equal([0, 1, 2, 3], slipped.Distinct().Order());
        Assert.Equal([3, 4], visible.Distinct().Order());

        // One draw in four leaves the class to first order.
        Walker walker = PublishedWalks.Simec(Delta);
        Walker slip = walker with { Proposal = new EigenvectorStep { Index = new AmongNullAndOneMore() } };
        Assert.InRange(Run(slip, Box.Everything(5)).Defect, 2 * Run(walker, Box.Everything(5)).Defect, 1);
    }

    [Fact]
    public void Slip_TheSign_IsThatOfTheParity()
    {
        Generator random = new(1);
        Assert.Equal([1, -1, 1, -1], Enumerable.Range(0, 4).Select(i => new SignOfParity().Choose(i, random)));
        Assert.Equal(
            [-1, 1],
            Enumerable.Range(0, 100).Select(_ => new EitherSign().Choose(0, random)).Distinct().Order()
        );

        // No way is gone back, so the walk runs away: it comes much farther than a random walk of as many steps.
        Walker walker = PublishedWalks.Simec(Delta);
        Walker slip = walker with { Proposal = new EigenvectorStep { Sign = new SignOfParity() } };
        Assert.InRange(Farthest(slip), 3 * Farthest(walker), 400 * Delta);
    }

    /// <summary>From a corner of the box every step is clamped, and changes the output to first order.</summary>
    [Fact]
    public void Slip_Clamping_LeavesTheClass()
    {
        Box corner = new(Start, [1, 1, 1, 1, 1]);
        Walk clamped = Run(PublishedWalks.Simec(Delta), corner);
        Assert.InRange(clamped.Chains[0].State.Contacts, 50, long.MaxValue);
        Assert.True(corner.Contains(clamped.Chains[0].State.Point.AsSpan()));
        double one = Run(PublishedWalks.Simec(Delta), corner, 1).Defect;
        double half = Run(PublishedWalks.Simec(Delta / 2), corner, 1).Defect;
        Assert.InRange(one / half, 1.9, 2.1);
    }

    [Fact]
    public void Slip_TheLength_IsThatOfTheLastStep()
    {
        Walker slip = PublishedWalks.Simec(Delta) with { WayLength = new LastStepLength() };
        Assert.Equal(Delta, Run(slip, Box.Everything(5)).Chains[0].State.Distance, 1e-12);
    }

    [Fact]
    public void AsCoded_HasAllSlips()
    {
        Walker coded = PublishedWalks.AsCoded(PublishedWalks.TransformerSimec(1));
        EigenvectorStep step = Assert.IsType<EigenvectorStep>(coded.Proposal);
        Assert.IsType<AmongNullAndOneMore>(step.Index);
        Assert.IsType<SignOfParity>(step.Sign);
        Assert.IsType<SpectralScale>(step.Scale);
        Assert.IsType<LastStepLength>(coded.WayLength);
        Assert.IsType<AmongVisible>(((EigenvectorStep)PublishedWalks.AsCoded(PublishedWalks.Simexp(1)).Proposal).Index);
        Assert.Same(Walker.Uniform, PublishedWalks.AsCoded(Walker.Uniform));
    }

    [Fact]
    public void PublishedWalks_ByProducts_AreRefused()
    {
        Walker walker = PublishedWalks.Simec(Delta) with { RowSpaces = new ProductRowSpaces() };
        Assert.Contains("dense", Assert.ThrowsAny<ArgumentException>(() => Run(walker, Box.Everything(5))).Message);
    }

    private static Walk Run(Walker walker, Box box, long steps = 400) =>
        walker.Run(Map, Start, box, Plan with { Steps = steps });

    private static double FirstDefect(Walker walker) => Run(walker, Box.Everything(5), 1).Defect;

    private static double Farthest(Walker walker) => WalkStatistics.Of(Run(walker, Box.Everything(5))).Farthest;
}
