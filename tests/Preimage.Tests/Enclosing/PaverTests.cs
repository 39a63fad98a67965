using CsCheck;
using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Enclosing;

/// <summary>Pavings of bands whose volumes are known in closed form.</summary>
public class PaverTests
{
    /// <summary>What is left open where affine bounds decide everything: the rounding of a few thousand operations.</summary>
    private const double Rounding = 1e-9;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 2.0)]
    [InlineData(2, Math.PI)]
    [InlineData(3, 4 * Math.PI / 3)]
    [InlineData(4, Math.PI * Math.PI / 2)]
    public void Balls_AreBracketed(int n, double volume)
    {
        Paver paver = new() { Gap = n < 4 ? 1e-3 : 1e-2 };
        Paving paving = Pave(paver, RelaxableMaps.SquareSum(n), double.NegativeInfinity, 1, Box.Cube(n, -1.1, 1.3));
        Assert.Equal(PavingEnding.GapReached, paving.Ending);
        Assert.True(paving.Gap <= paver.Gap);
        Assert.InRange(volume, paving.VolumeInner, paving.VolumeOuter);
    }

    [Fact]
    public void Annuli_AreBracketed() =>
        Gen.Select(Gen.Double[0, 1.2], Gen.Double[0.01, 1], Gen.Double[1, 4])
            .Sample(
                (from, width, digits) =>
                {
                    double to = Math.Min(from + width, 1.44);
                    Paver paver = new() { Gap = Math.Pow(10, -digits) };
                    Paving paving = Pave(paver, RelaxableMaps.SquareSum(2), from, to, Box.Cube(2, -1.2, 1.2));
                    Assert.Equal(PavingEnding.GapReached, paving.Ending);
                    Assert.InRange(Math.PI * (to - from), paving.VolumeInner, paving.VolumeOuter);
                    Holds(paving, x => x[0] * x[0] + x[1] * x[1], from, to);
                },
                iter: 50
            );

    [Fact]
    public void HalfSpaces_NeedOneBox() =>
        Gen.Select(Gen.Double[0.01, 1].Select(Gen.Bool, (s, b) => b ? s : -s).Array[1, 4], Gen.Double[-2, 2])
            .Sample(
                (slopes, level) =>
                {
                    Paving paving = Pave(
                        new Paver { Gap = Rounding },
                        RelaxableMaps.Linear(slopes),
                        level,
                        double.PositiveInfinity,
                        Box.Cube(slopes.Length, -1, 1)
                    );
                    Assert.Equal(PavingEnding.GapReached, paving.Ending);
                    Assert.Equal(1, paving.Enclosures);
                    // A half space and its complement fill the box.
                    Paving rest = Pave(
                        new Paver { Gap = Rounding },
                        RelaxableMaps.Linear(slopes),
                        double.NegativeInfinity,
                        level,
                        Box.Cube(slopes.Length, -1, 1)
                    );
                    double room = Math.Pow(2, slopes.Length);
                    Assert.InRange(room, paving.VolumeInner + rest.VolumeInner, paving.VolumeOuter + rest.VolumeOuter);
                },
                iter: 200
            );

    [Fact]
    public void TheGap_FallsWithTheSquareOfTheBoxes()
    {
        long Boxes(double gap) =>
            Pave(new Paver { Gap = gap }, RelaxableMaps.SquareSum(2), 0.3, 0.9, Box.Cube(2, -1, 1.1)).Enclosures;

        // O(h^2) with O(1/h) boxes: a hundredth of the gap costs ten times the boxes, where whole boxes would cost a hundred times.
        double growth = Math.Log(Boxes(1e-5) / (double)Boxes(1e-3)) / Math.Log(100);
        Assert.InRange(growth, 0.3, 0.65);
    }

    [Fact]
    public void Kinks_AreBracketed()
    {
        Paving paving = Pave(new Paver(), RelaxableMaps.Diamond, 0.25, 0.75, Box.Cube(2, -1, 1.2));
        Assert.Equal(PavingEnding.GapReached, paving.Ending);
        Assert.InRange(2 * (0.75 * 0.75 - 0.25 * 0.25), paving.VolumeInner, paving.VolumeOuter);
        Holds(paving, x => Math.Abs(x[0]) + Math.Abs(x[1]), 0.25, 0.75);
    }

    [Fact]
    public void ABandOutsideTheRange_IsProvedEmpty()
    {
        Paving paving = Pave(new Paver(), RelaxableMaps.SquareSum(2), 2.5, 3, Box.Cube(2, -1, 1));
        Assert.Empty(paving.Inner);
        Assert.Empty(paving.Boundary);
        Assert.Equal(0, paving.VolumeOuter);
    }

    [Fact]
    public void ABandWithoutEnds_IsTheBox()
    {
        Paving paving = Pave(
            new Paver(),
            RelaxableMaps.SquareSum(2),
            double.NegativeInfinity,
            double.PositiveInfinity,
            Box.Cube(2, -1, 1)
        );
        Assert.Equal(paving.Box, Assert.Single(paving.Inner));
        Assert.Equal(4, paving.VolumeInner);
        Assert.Equal(4, paving.VolumeOuter);
    }

    [Fact]
    public void ASpentBudget_LeavesWhatWasProved()
    {
        Paver paver = new() { Gap = 1e-6, Boxes = 100 };
        Paving paving = Pave(paver, RelaxableMaps.SquareSum(2), 0.2, 1, Box.Cube(2, -1.2, 1.2));
        Assert.Equal(PavingEnding.BudgetSpent, paving.Ending);
        Assert.InRange(paving.Enclosures, 2, 100);
        Assert.InRange(0.8 * Math.PI, paving.VolumeInner, paving.VolumeOuter);
        Holds(paving, x => x[0] * x[0] + x[1] * x[1], 0.2, 1);
    }

    [Fact]
    public void ACancelledPaving_LeavesWhatWasProved()
    {
        using CancellationTokenSource source = new();
        long calls = 0;
        FunctionEnclosure square = RelaxableMaps.SquareSum(2);
        FunctionEnclosure interrupting = new(
            2,
            1,
            (x, y) =>
            {
                square.Enclose(x, y);
                if (++calls == 200)
                {
                    source.Cancel();
                }
            },
            (x, j) => square.EncloseJacobian(x, new Interval[1], j),
            (_, h) => h.Clear()
        );
        Paving paving = new Paver { Gap = 1e-6 }.Pave(
            new MeanValueRelaxation(interrupting),
            0.2,
            1,
            Box.Cube(2, -1.2, 1.2),
            source.Token
        );
        Assert.Equal(PavingEnding.Cancelled, paving.Ending);
        Assert.InRange(0.8 * Math.PI, paving.VolumeInner, paving.VolumeOuter);
        Holds(paving, x => x[0] * x[0] + x[1] * x[1], 0.2, 1);
    }

    [Fact]
    public void SameInputs_GiveTheSameBits()
    {
        Paving once = Pave(new Paver(), RelaxableMaps.SquareSum(2), 0.2, 1, Box.Cube(2, -1, 1.3));
        Paving again = Pave(new Paver(), RelaxableMaps.SquareSum(2), 0.2, 1, Box.Cube(2, -1, 1.3));
        Assert.Equal(once.VolumeInner, again.VolumeInner);
        Assert.Equal(once.VolumeOuter, again.VolumeOuter);
        Assert.Equal(Corners(once), Corners(again));
    }

    [Fact]
    public void AFlatBorder_EndsAtTheSmallestBoxes()
    {
        // f = 0 on the whole box up to rounding that nothing can decide.
        FunctionEnclosure noise = new(
            1,
            1,
            (_, y) => y[0] = new Interval(-1, 1),
            (_, j) => j[0] = Interval.Everything,
            (_, h) => h.Clear()
        );
        Box thin = new([1], [1 + 1e-14]);
        Paving paving = Pave(new Paver(), noise, 0, 2, thin);
        Assert.Equal(PavingEnding.SmallestBoxes, paving.Ending);
        Assert.Equal(0, paving.VolumeInner);
        Assert.InRange(paving.VolumeOuter, thin.Upper[0] - 1, 2e-14);
    }

    [Theory]
    [InlineData(2, 1e-170)]
    [InlineData(2, 1e160)]
    [InlineData(400, 0.1)]
    [InlineData(784, 0.05)]
    [InlineData(120, 1000)]
    public void VolumesBeyondNumbers_LeaveTheShares(int n, double size)
    {
        double[] slopes = new double[n];
        (slopes[0], slopes[1]) = (1, -1);
        Box box = Box.Cube(n, -size, size);
        Paving paving = Pave(new Paver(), RelaxableMaps.Linear(slopes), 0, double.PositiveInfinity, box);
        Assert.Equal(PavingEnding.GapReached, paving.Ending);
        Assert.Equal(1, paving.Enclosures);
        Assert.InRange(0.5, paving.ShareInner, paving.ShareOuter);
        Assert.InRange(paving.Gap, 0, Rounding);
        Assert.InRange(paving.VolumeInner, 0, paving.VolumeOuter);
    }

    [Fact]
    public void SharesOfManyBoxes_AreVolumesOfTheBox()
    {
        Paving paving = Pave(new Paver(), RelaxableMaps.SquareSum(2), 0.2, 1, new Box([-1.2, -1.1], [1.1, 1.3]));
        double volume = 2.3 * 2.4;
        Assert.Equal(paving.VolumeInner, paving.ShareInner * volume, 1e-13);
        Assert.Equal(paving.VolumeOuter, paving.ShareOuter * volume, 1e-13);
        Assert.InRange(paving.VolumeInner, paving.Inner.Sum(cell => cell.Volume) - 1e-12, paving.VolumeOuter);
    }

    [Fact]
    public void WrongUse_IsRefusedInASentence()
    {
        MeanValueRelaxation disc = new(RelaxableMaps.SquareSum(2));
        Box square = Box.Cube(2, -1, 1);
        Refuses("from 2 to 1", () => new Paver().Pave(disc, 2, 1, square, Token));
        Refuses("from NaN to 1", () => new Paver().Pave(disc, double.NaN, 1, square, Token));
        Refuses("give a box of 2", () => new Paver().Pave(disc, 0, 1, Box.Cube(3, -1, 1), Token));
        Refuses("unbounded in input 1", () => new Paver().Pave(disc, 0, 1, Box.Everything(2), Token));
        Refuses("no width in input 2", () => new Paver().Pave(disc, 0, 1, new Box([0, 1], [1, 1]), Token));
        Refuses("gap of at least 0", () => new Paver { Gap = double.NaN }.Pave(disc, 0, 1, square, Token));
        MeanValueRelaxation two = new(RelaxableMaps.ComplexSquare);
        Refuses("has 2 outputs", () => new Paver().Pave(two, 0, 1, square, Token));
    }

    private static Paving Pave(Paver paver, IEnclosedMap map, double from, double to, Box box) =>
        paver.Pave(new MeanValueRelaxation(map), from, to, box, Token);

    /// <summary>Random points of inner boxes are members; points of the box in no inner and no boundary box are not.</summary>
    private static void Holds(Paving paving, Func<double[], double> f, double from, double to)
    {
        Random random = new(7);
        for (int k = 0; k < 2000; k++)
        {
            double[] x =
            [
                .. paving.Box.Lower.Zip(paving.Box.Upper, (low, high) => low + (high - low) * random.NextDouble()),
            ];
            double y = f(x);
            Assert.True(y >= from && y <= to || !paving.Inner.Any(c => c.Contains(x)));
            Assert.True(y < from || y > to || paving.Inner.Concat(paving.Boundary).Any(c => c.Contains(x)));
        }
    }

    private static double[] Corners(Paving paving) =>
        [.. paving.Inner.Concat(paving.Boundary).SelectMany(c => c.Lower.Concat(c.Upper))];

    private static void Refuses(string part, Action call) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
}
