using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Tests.Enclosing;

/// <summary>Uniform points of an annulus, against its area.</summary>
public class BandSamplingTests
{
    private const double From = 0.2;
    private const double To = 0.9;

    /// <summary>Rings of one area times sectors of one angle.</summary>
    private const int Rings = 5;
    private const int Sectors = 8;

    /// <summary>Chi-square with 39 degrees of freedom exceeds it once in a thousand; the seeds are fixed.</summary>
    private const double ChiSquareLimit = 72.055;
    private const int Count = 4000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1e-3)]
    [InlineData(2, 1e-3)]
    [InlineData(3, 1e-2)]
    [InlineData(4, 0.5)]
    [InlineData(-5, 0.5)]
    public void Points_AreUniformOverTheBand(int seed, double gap)
    {
        BandSample sample = Draw(seed, gap, Count);
        Assert.Equal(Count, sample.Count);
        int[] hits = new int[Rings * Sectors];
        for (int i = 0; i < sample.Count; i++)
        {
            ReadOnlySpan<double> x = sample.Point(i);
            double square = x[0] * x[0] + x[1] * x[1];
            Assert.InRange(square, From, To);
            int ring = (int)((square - From) / (To - From) * Rings);
            int sector = (int)((Math.Atan2(x[1], x[0]) / (2 * Math.PI) + 0.5) * Sectors);
            hits[Math.Min(ring, Rings - 1) * Sectors + Math.Min(sector, Sectors - 1)]++;
        }

        double expected = (double)Count / hits.Length;
        Assert.InRange(hits.Sum(h => (h - expected) * (h - expected) / expected), 0, ChiSquareLimit);
    }

    [Fact]
    public void InManyInputs_AllBoxesAreDrawnFrom()
    {
        // A band of the first coordinate's square, in a box whose volume is too small for a number.
        const int n = 400;
        FunctionEnclosure square = new(
            n,
            1,
            (x, y) => y[0] = x[0].Square(),
            (x, j) =>
            {
                j.Clear();
                j[0] = x[0] * 2;
            },
            (_, h) =>
            {
                h.Clear();
                h[0] = 2;
            }
        );
        FunctionMap map = new(n, 1, (x, y, _) => y[0] = x[0] * x[0]);
        Paver paver = new() { Gap = 1e-2 };
        Paving paving = paver.Pave(new MeanValueRelaxation(square), 0, 0.0016, Box.Cube(n, -0.05, 0.05), Token);
        BandSample sample = new BandSampling(0, 0.0016).Draw(map, paving, 400, Token);
        int right = Enumerable.Range(0, sample.Count).Count(i => sample.Point(i)[0] > 0);
        Assert.InRange(right, 140, 260);
    }

    [Fact]
    public void AFinerPaving_AcceptsMore()
    {
        double band = Math.PI * (To - From);
        Assert.InRange(Draw(1, 1e-3, Count).AcceptanceRate, 0.85, 1);
        // One box: the band's share of it.
        Assert.Equal(band / 4.84, Draw(1, 1, Count).AcceptanceRate, 0.03);
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBits()
    {
        Assert.Equal(Draw(7, 1e-2, 100).Points, Draw(7, 1e-2, 100).Points);
        Assert.NotEqual(Draw(7, 1e-2, 100).Points, Draw(8, 1e-2, 100).Points);
    }

    [Fact]
    public void WhereThereIsHardlyAMember_TheAttemptsEnd()
    {
        Paving paving = Pave(0, 1e-9, 0.9);
        BandSample sample = new BandSampling(0, 1e-9) { AttemptsPerPoint = 10 }.Draw(Disc, paving, 20, Token);
        Assert.Equal(200, sample.Attempts);
        Assert.InRange(sample.Count, 0, 1);
    }

    [Fact]
    public void WrongUse_IsRefusedInASentence()
    {
        Paving paving = Pave(From, To, 0.5);
        Paving empty = Pave(4, 5, 0.5);
        Refuses("proved empty", () => new BandSampling(4, 5).Draw(Disc, empty, 1, Token));
        Refuses("reversed", () => new BandSampling(5, 4).Draw(Disc, paving, 1, Token));
        Refuses("positive", () => new BandSampling(From, To).Draw(Disc, paving, 0, Token));
        IMap line = new AffineMap([1, 0, 0], [0]);
        Refuses("2 dimensions", () => new BandSampling(From, To).Draw(line, paving, 1, Token));
    }

    [Fact]
    public void Membership_IsProvedButAtTheBorder()
    {
        IEnclosedMap disc = RelaxableMaps.SquareSum(2);
        Assert.Equal(Verdict.Proved, Membership.Of(disc, 0, 1, [0.6, 0.7]));
        Assert.Equal(Verdict.Disproved, Membership.Of(disc, 0, 1, [0.8, 0.7]));
        // 0.6^2 + 0.8^2 of the doubles nearest to them is not 1, and which side it is on drowns in rounding.
        Assert.Equal(Verdict.Unknown, Membership.Of(disc, 0, 1, [0.6, 0.8]));
        Assert.Equal(Verdict.Proved, Membership.Of(disc, double.NegativeInfinity, 1, [1, 0]));
        Refuses("give 2 coordinates", () => Membership.Of(disc, 0, 1, [0.6]));
        Refuses("Coordinate 2", () => Membership.Of(disc, 0, 1, [0.6, double.NaN]));
        Refuses("select one output", () => Membership.Of(RelaxableMaps.ComplexSquare, 0, 1, [0.6, 0.7]));
    }

    private static BandSample Draw(int seed, double gap, int count) =>
        new BandSampling(From, To) { Seed = seed }.Draw(Disc, Pave(From, To, gap), count, Token);

    private static Paving Pave(double from, double to, double gap) =>
        new Paver { Gap = gap }.Pave(
            new MeanValueRelaxation(RelaxableMaps.SquareSum(2)),
            from,
            to,
            Box.Cube(2, -1.1, 1.1),
            Token
        );

    private static FunctionMap Disc { get; } = new(2, 1, (x, y, _) => y[0] = x[0] * x[0] + x[1] * x[1]);

    private static void Refuses(string part, Action call) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
}
