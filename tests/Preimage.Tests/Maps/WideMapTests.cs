using Preimage.Maps;

namespace Preimage.Tests.Maps;

/// <summary>What the decorators ask of a map with 1000 outputs and 10,000 inputs, whose dense Jacobian would have 10 million numbers.</summary>
public class WideMapTests
{
    private const int Inputs = 10_000;
    private const int Outputs = 1_000;

    private readonly ChainOfPairs _wide = new(Inputs, Outputs, allowsDense: false);
    private readonly double[] _x = ChosenMaps.Waves(Inputs);

    [Fact]
    public void TenOutputs_CostTenCovectorsAtOnce()
    {
        int[] chosen = [3, 999, 500, 1, 2, 7, 77, 777, 42, 0];
        IProductMap map = _wide.Select(chosen);
        (double[] y, double[] jacobian) = Linearize(map, _x);
        Assert.Equal([10], _wide.Covectors);
        Assert.Empty(_wide.Directions);
        for (int k = 0; k < chosen.Length; k++)
        {
            int j = chosen[k];
            Assert.Equal(Math.Sin(_x[j]) * _x[j + 1], y[k]);
            Assert.Equal(Math.Cos(_x[j]) * _x[j + 1], jacobian[k * Inputs + j]);
            Assert.Equal(Math.Sin(_x[j]), jacobian[k * Inputs + j + 1]);
            Assert.Equal(2, jacobian.AsSpan(k * Inputs, Inputs).ToArray().Count(d => d != 0));
        }
    }

    [Fact]
    public void TenOutputs_AskedAgain_AllocateNothing()
    {
        IProductMap map = _wide.Select(3, 999, 500, 1, 2, 7, 77, 777, 42, 0);
        double[] y = new double[10];
        double[] jacobian = new double[10 * Inputs];
        map.Linearize(_x, y, jacobian);
        _wide.Covectors.Capacity = 16;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 5; k++)
        {
            map.Linearize(_x, y, jacobian);
        }

        // The assertions inside the map compare boxed numbers; the vectors alone would be 80,000 bytes a call.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5 * 2_000);
    }

    [Fact]
    public void AMargin_CostsOneCovector()
    {
        (double[] y, double[] jacobian) = Linearize(_wide.Margin(5, 900), _x);
        Assert.Equal([1], _wide.Covectors);
        Assert.Equal(Math.Sin(_x[5]) * _x[6] - Math.Sin(_x[900]) * _x[901], y[0]);
        Assert.Equal(-Math.Sin(_x[900]), jacobian[901]);
    }

    [Fact]
    public void FourFreeInputs_CostFourDirectionsAtOnce()
    {
        int[] free = [2, 3, 998, 5_000];
        IProductMap map = _wide.Freeze(_x, [.. Enumerable.Range(0, Inputs).Except(free)]);
        (_, double[] jacobian) = Linearize(map, [.. free.Select(i => _x[i])]);
        Assert.Equal([4], _wide.Directions);
        Assert.Empty(_wide.Covectors);
        Assert.Equal(Math.Cos(_x[2]) * _x[3], jacobian[2 * 4]);
        Assert.Equal(Math.Sin(_x[2]), jacobian[2 * 4 + 1]);
        Assert.Equal(0, jacobian[2 * 4 + 3]);
    }

    [Fact]
    public void ManyFreeInputs_CostCovectorsInBlocksOfBoundedRoom()
    {
        IProductMap map = _wide.Freeze(_x, 0, 9_999);
        (_, double[] jacobian) = Linearize(map, _x[1..^1]);
        Assert.Equal(Outputs, _wide.Covectors.Sum());
        Assert.All(_wide.Covectors, count => Assert.InRange(count * Inputs, 1, 1 << 22));
        Assert.Equal(Math.Cos(_x[999]) * _x[1_000], jacobian[999 * (Inputs - 2) + 998]);
    }

    [Fact]
    public void APatchOfTheInputs_OfTenOutputs_CostsTenCovectors()
    {
        int[] patch = [.. Enumerable.Range(100, 48)];
        IProductMap map = _wide
            .Select([.. Enumerable.Range(100, 10)])
            .Freeze(_x, [.. Enumerable.Range(0, Inputs).Except(patch)]);
        (_, double[] jacobian) = Linearize(map, [.. patch.Select(i => _x[i])]);
        Assert.Equal([10], _wide.Covectors);
        Assert.Equal(Math.Cos(_x[109]) * _x[110], jacobian[9 * 48 + 9]);
    }

    [Fact]
    public void AMapKnownOnlyAsAMap_StillGivesProducts()
    {
        IMap map = _wide;
        Assert.IsAssignableFrom<IProductMap>(map.Select(1));
        Assert.IsAssignableFrom<IProductMap>(map.Freeze(_x, 1));
        Assert.IsAssignableFrom<IProductMap>(map.Margin(1, 2));
        Assert.IsAssignableFrom<IProductMap>(map.Select(1, 2).Then(new AffineMap([1, 1], [0])));
        Assert.False(new CountingMap(_wide).Select(1) is IProductMap, "a map without products cannot give any");
    }

    [Fact]
    public void TheLargest_AreInOrder_EqualOnesByNumber()
    {
        IMap map = new AffineMap([1, 2, 2, -1], [0, 0, 0, 0]);
        Assert.Equal([1, 2, 0], map.Largest([1.0], 3));
        Assert.Equal([2.0, 2.0], map.SelectLargest([1.0], 2).Evaluate([1.0]));
        Assert.Equal([3, 0], map.Largest([-1.0], 2));
    }

    [Fact]
    public void WrongChoices_AreRefused()
    {
        Assert.Equal(
            "The 1001 largest outputs are asked for, but the map has 1000; ask for 1 to 1000.",
            Refusal(() => _wide.SelectLargest(_x, 1_001))
        );
        Assert.Equal(
            "Both outputs of the margin are 4, and so it is 0 everywhere; choose two different ones of the map's 1000.",
            Refusal(() => _wide.Margin(4, 4))
        );
        Assert.Equal(
            "Output 1000 is selected, but the map's outputs are 0 to 999; select among these.",
            Refusal(() => _wide.Margin(4, 1_000))
        );
        double[] broken = [.. _x];
        broken[5] = double.NaN;
        Assert.Equal(
            "An output is NaN at the point, so none is the largest; choose another point.",
            Refusal(() => _wide.SelectLargest(broken, 1))
        );
    }

    private static string Refusal(Func<object> use) => Assert.Throws<ArgumentException>(use).Message;

    private static (double[] Value, double[] Jacobian) Linearize(IMap map, double[] x)
    {
        double[] y = new double[map.Outputs];
        double[] jacobian = new double[map.Outputs * map.Inputs];
        map.Linearize(x, y, jacobian);
        return (y, jacobian);
    }
}
