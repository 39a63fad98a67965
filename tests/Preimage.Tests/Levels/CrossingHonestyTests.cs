using Preimage.Enclosing;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Results;

namespace Preimage.Tests.Levels;

/// <summary>A crossing is not proved by a value that is 0 by rounding, ends in boxes of any size, soon after it is cancelled, and cheaply.</summary>
public class CrossingHonestyTests
{
    private static readonly Box Square = Box.Cube(2, -1, 1);

    /// <summary>tanh(20 x) - 1: 0 to rounding from 0.95 on, and never 0.</summary>
    private static readonly Border Saturated = Borders.Of(
        2,
        (x, g) =>
        {
            double t = Math.Tanh(20 * x[0]);
            if (g.Length > 0)
            {
                (g[0], g[1]) = (20 * (1 - t * t), 0);
            }

            return t - 1;
        },
        (x, g) =>
        {
            Interval t = (x[0] * 20).Tanh();
            (g[0], g[1]) = ((1 - t.Square()) * 20, Interval.Zero);
            return t - 1;
        }
    );

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void ALevelThatIsOnlyApproached_IsNeverProvedToBeReached(double x) =>
        AssertOpen(new Crossings { Cells = 2000 }.Nearest(Saturated.Map, Saturated.Enclosure, [x, 0.1], Square, Token));

    [Fact]
    public void ASaturatedOutput_IsNotItsLimit()
    {
        Network network = Network.From(new DenseNetwork([new DenseLayer(2, 1, [1, 0.5], [45], new Sigmoid())]));
        AssertOpen(
            new Crossings { Cells = 2000 }.Nearest(
                new LevelMargin(network.Map, 1),
                new EnclosedLevelMargin(new NetworkEnclosure(network), 1),
                [0.3, 0.2],
                Square,
                Token
            )
        );
    }

    [Fact]
    public void TwoSaturatedClasses_AreNotOnTheirBorder()
    {
        // Before the sigmoids one leads by at least 1.
        DenseLayer layer = new(2, 2, [10, 0, 5, 1], [50, 60], new Sigmoid());
        Network network = Network.From(new DenseNetwork([layer]));
        AssertOpen(
            new Crossings { Cells = 2000 }.Nearest(
                new ClassMargin(network.Map, 0),
                new EnclosedClassMargin(new NetworkEnclosure(network), 0),
                [0.3, 0.2],
                Square,
                Token
            )
        );
    }

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e160)]
    [InlineData(1e300)]
    public void AHugeBox_IsBisectedToAnEnd(double size)
    {
        int evaluations = 0;
        FunctionMap wave = new(
            2,
            1,
            (x, y, j) =>
            {
                Assert.True(++evaluations < 100_000, "the search does not end");
                y[0] = Math.Sin(x[0]) - 0.5;
                if (j.Length > 0)
                {
                    (j[0], j[1]) = (Math.Cos(x[0]), 0);
                }
            }
        );
        FunctionEnclosure boxes = new(
            2,
            1,
            (x, y) => y[0] = x[0].Sin() - 0.5,
            (x, j) => (j[0], j[1]) = (x[0].Cos(), Interval.Zero),
            (_, h) => h.Fill(Interval.Everything)
        );
        Crossings recipe = new() { Cells = 200 };
        Crossing crossing = recipe.Nearest(wave, boxes, [-size, -1], new Box([-size, -1], [size, 1]), Token);
        Assert.False(double.IsNaN(crossing.Distance));
        Assert.InRange(crossing.DistanceLower, 0, crossing.Distance);
    }

    [Fact]
    public void Cancelled_ItEndsWithinAFewEvaluations()
    {
        Border ellipse = Borders.Quadratic(1, 9, 0.49);
        for (int after = 2; after < 600; after += 7)
        {
            using CancellationTokenSource source = new();
            int evaluations = 0;
            int last = after;
            FunctionMap map = new(
                2,
                1,
                (x, y, j) =>
                {
                    if (++evaluations == last)
                    {
                        source.Cancel();
                    }

                    ellipse.Map.Linearize(x, y, j.Length > 0 ? j : new double[2]);
                }
            );
            new Crossings().Nearest(map, ellipse.Enclosure, [0.05, 0.02], Square, source.Token);
            // A step of the lift is finished; a descent is not.
            Assert.InRange(evaluations, 0, after + 60);
        }
    }

    [Fact]
    public void AnEasyAnswer_CostsFewEvaluations()
    {
        // Some forty evaluations for each of the descents; without Newton's method in time they are thousands.
        Border ellipse = Borders.Quadratic(1, 9, 0.49);
        Crossing crossing = new Crossings().Nearest(ellipse.Map, ellipse.Enclosure, [0.3, 0.6], Square, Token);
        Assert.Equal(Verdict.Proved, crossing.Verdict);
        Assert.InRange(crossing.Evaluations, 1, 3000);
    }

    [Fact]
    public void ANeighbourhood_BoundsTheBorderInIt_ThoughItsPointIsNotOnTheFaceThatHoldsIt()
    {
        // x1 - 1 + s (x2 - q) + c (x2 - q)^2 = 0 with q just below the face x2 <= 1, towards which it comes nearer.
        Random random = new(5);
        int made = 0;
        for (int k = 0; k < 3000; k++)
        {
            double h = Math.ScaleB(1, -random.Next(7, 13));
            double s = (9 + random.NextDouble() * 40) * h;
            double c = 2 + 8 * random.NextDouble();
            double below = h * (0.3 + 0.69 * random.NextDouble());
            double q = 1 - below;
            FunctionEnclosure bent = new(
                2,
                1,
                (x, y) => y[0] = x[0] - 1 + (x[1] - q) * s + (x[1] - q).Square() * c,
                (x, j) => (j[0], j[1]) = (1, (x[1] - q) * (2 * c) + s),
                (_, e) => (e[0], e[1], e[2], e[3]) = (0, 0, 0, 2 * c)
            );
            double[] origin = [0, q + below * random.NextDouble()];
            double multiplier = (1 + (q - origin[1]) * s) / (1 + s * s);
            Box box = new([-2, -1], [2, 1]);
            if (Neighbourhood.Around(bent, origin, [1, q], multiplier, box) is not { } around)
            {
                continue;
            }

            made++;
            for (int i = 0; i <= 200; i++)
            {
                double y = around.Region[1].Low + around.Region[1].Width * i / 200;
                double x = 1 - (y - q) * s - (y - q) * (y - q) * c;
                double distance = Math.Sqrt(x * x + (y - origin[1]) * (y - origin[1]));
                Assert.True(!around.Region[0].Contains(x) || distance >= around.Lower - 1e-12);
            }
        }

        Assert.InRange(made, 1000, 3000);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static void AssertOpen(Crossing crossing)
    {
        Assert.Equal(Verdict.Unknown, crossing.Verdict);
        Assert.False(crossing.Found);
        Assert.True(double.IsFinite(crossing.DistanceLower));
    }
}
