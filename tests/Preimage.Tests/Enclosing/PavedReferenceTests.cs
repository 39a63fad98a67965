using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Results;

namespace Preimage.Tests.Enclosing;

/// <summary>Pavings of the published networks, against areas from independent code in long-double arithmetic.</summary>
public class PavedReferenceTests
{
    /// <summary>Half the last digit of the reference areas.</summary>
    private const double ReferenceRounding = 5e-12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, double[], double[], double> Bands =>
        new()
        {
            { "surface_1_good_weights.csv", [-1, 1, -1, 1], [0.1416094864023021, 0.15160173064119634], 0.23848774761 },
            { "weights_binary.csv", [-3.14, 3.14, -1, 1.5], [0.05, 0.95], 0.17760875705 },
            { "thermodynamics_weights_addestrata_bene.csv", [0, 1, 0, 1], [0.4, 0.6], 0.26710693235 },
        };

    [Theory]
    [MemberData(nameof(Bands))]
    public void Areas_AreBracketed(string weights, double[] sides, double[] band, double area)
    {
        Network network = TextWeights.Read(Shared.Path($"simec/{weights}"));
        Box box = new([sides[0], sides[2]], [sides[1], sides[3]]);
        foreach (IRelaxedMap f in Relaxations(network))
        {
            Paving paving = new Paver().Pave(f, band[0], band[1], box, Token);
            Assert.Equal(PavingEnding.GapReached, paving.Ending);
            Assert.True(paving.Gap <= 1e-3);
            Assert.InRange(area, paving.VolumeInner - ReferenceRounding, paving.VolumeOuter + ReferenceRounding);
            AllAreMembers(paving, network.PlainMap, band);
        }
    }

    [Fact]
    public void TheRange_EndsAtTheKnownMinimum()
    {
        Network network = TextWeights.Read(Shared.Path("simec/surface_1_good_weights.csv"));
        Interval range = new OutputRange().Find(new NetworkRelaxation(network), Box.Cube(2, -1, 1), Token);
        // The reference minimum has eight digits, and the range is found to a millionth of its width.
        Assert.InRange(range.Low, 0.13813062 - 1e-6, 0.13813063);
        Assert.InRange(range.High, 0.87, 1);
    }

    [Fact]
    public void NetworkBounds_NeedFewerBoxesThanMeanValues()
    {
        Network network = TextWeights.Read(Shared.Path("simec/surface_1_good_weights.csv"));
        long[] boxes =
        [
            .. Relaxations(network)
                .Select(f => new Paver().Pave(f, 0.1416, 0.1516, Box.Cube(2, -1, 1), Token).Enclosures),
        ];
        Assert.True(2 * boxes[1] < boxes[0], $"{boxes[1]} boxes against {boxes[0]}");
    }

    private static IRelaxedMap[] Relaxations(Network network) =>
        [new MeanValueRelaxation(new NetworkEnclosure(network)), new NetworkRelaxation(network)];

    private static void AllAreMembers(Paving paving, IMap map, double[] band)
    {
        Random random = new(5);
        foreach (Cell cell in paving.Inner)
        {
            double[] x =
            [
                .. cell.Lower.Zip(cell.Upper, (low, high) => Math.Min(high, low + (high - low) * random.NextDouble())),
            ];
            // The rounding of the evaluated map.
            Assert.InRange(map.Evaluate(x)[0], band[0] - 1e-14, band[1] + 1e-14);
        }
    }
}
