using Preimage.Maps;
using Preimage.Results;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>The published steps, on scores where they are known, and beside ours on digits.</summary>
public class DeepFoolTests
{
    /// <summary>Of linear scores it is one step, 1.02 of the way to the nearest border.</summary>
    [Fact]
    public void OfLinearScores_ItIsOneStepWithTheOvershoot()
    {
        AffineMap scores = new([1, 0, 0, 1, -1, -1], [0, -0.5, 1]);
        double[] start = [2, 0];
        Crossing found = PublishedCrossings.DeepFool.Step(scores, start, Box.Everything(2));
        // To f_0 - f_1 = x - y + 0.5 there are 2.5 / sqrt 2, to f_0 - f_2 = 2 x + y - 1 there are 3 / sqrt 5: the nearer.
        Assert.Equal(2, found.ToLabel);
        Assert.Equal(1.02 * 3 / Math.Sqrt(5), found.Distance, 1e-12);
        Crossing ours = new Crosser().ToAnyClass(
            scores,
            start,
            Box.Everything(2),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(3 / Math.Sqrt(5), ours.Distance, 1e-12);
    }

    /// <summary>A border that the steps never reach leaves them without an answer, and that is said.</summary>
    [Fact]
    public void WhereItFindsNone_ThatIsSaid()
    {
        FunctionMap scores = new(
            1,
            2,
            (x, y, jacobian) =>
            {
                (y[0], y[1]) = (1 + x[0] * x[0], 0);
                (jacobian[0], jacobian[1]) = (2 * x[0], 0);
            }
        );
        Crossing none = PublishedCrossings.DeepFool.Step(scores, [1], Box.Everything(1));
        Assert.False(none.Found);
        Assert.Equal(double.PositiveInfinity, none.Distance);
    }
}
