using CsCheck;
using Preimage.Levels;
using Preimage.Maps;
using Preimage.Results;
using Preimage.Tests.Levels;
using Preimage.Walking;

namespace Preimage.Tests.Walking;

/// <summary>The crossing of any width beside the proved one, on networks and borders of two inputs.</summary>
public class CrossAgreementTests
{
    private static readonly Box Square = Box.Cube(2, -1, 1);

    // A descent from a few starts finds the nearest point of nearly every border of two inputs; the proof of the other recipe finds the rest.
    private const double MostlyNearest = 0.9;

    /// <summary>Never nearer than what was proved, never found where it was proved that there is none, and nearly always the nearest.</summary>
    [Fact]
    public void OnNetworks_ItIsTheProvedOne()
    {
        int searched = 0;
        int agreed = 0;
        Gen.Select(Borders.Networks(2, 4), Gen.Double[-0.9, 0.9].Array[2])
            .Sample(
                (border, start) =>
                {
                    Crossing proved = new Crossings { Cells = 2000 }.Nearest(
                        border.Map,
                        border.Enclosure,
                        start,
                        Square
                    );
                    Crossing found = new Crosser().ToLevel(border.Map, 0, start, Square);
                    Assert.True(found.Distance >= proved.DistanceLower * (1 - 1e-9));
                    if (proved is { Verdict: Verdict.Proved, Found: true, Distance: > 1e-6 })
                    {
                        Interlocked.Increment(ref searched);
                        agreed += found.Distance <= proved.Distance * (1 + 2e-6) ? 1 : 0;
                    }
                },
                iter: 60,
                threads: 1
            );
        Assert.True(agreed >= MostlyNearest * searched, $"{agreed} of {searched}");
    }

    /// <summary>A diamond's corner is a kink of the border, and from outside its box the nearest point.</summary>
    [Fact]
    public void AtTheCornerOfADiamond_BothAgree()
    {
        double[] start = [0.9, 0.05];
        Crossing proved = new Crossings().Nearest(
            Borders.Diamond.Map,
            Borders.Diamond.Enclosure,
            start,
            Square,
            TestContext.Current.CancellationToken
        );
        Crossing found = new Crosser().ToLevel(
            Borders.Diamond.Map,
            0,
            start,
            Square,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(proved.Distance, found.Distance, 2e-6 * proved.Distance);
        Assert.InRange(found.KktResidual, 0, 1e-9);
    }
}
