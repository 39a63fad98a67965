using Preimage.Maps;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Maps;

/// <summary>What decorated maps are, and what they refuse.</summary>
public class MapTests
{
    [Fact]
    public void Decorators_Compute_WhatTheySay()
    {
        double[] whole = KnownMaps.Softmax.Evaluate([0.1, 0.2, 0.3]);
        Assert.Equal([whole[2], whole[0]], KnownMaps.Softmax.Select(2, 0).Evaluate([0.1, 0.2, 0.3]));
        FrozenInputs frozen = new(KnownMaps.Softmax, [0, 0.2, 0], [1]);
        Assert.Equal(whole, frozen.Evaluate([0.1, 0.3]));
        Assert.Equal([0, 2], frozen.Free);
        Assert.Equal([1 * 1 + 4.0], KnownMaps.Circle.Restrict([1, 0], [0, 2]).Evaluate([1]));
    }

    [Fact]
    public void WrongUse_IsRefused()
    {
        Assert.Equal("No output is selected; select some of the map's 3.", Refusal(() => KnownMaps.Softmax.Select()));
        Assert.Equal(
            "Output 3 is selected, but the map's outputs are 0 to 2; select among these.",
            Refusal(() => KnownMaps.Softmax.Select(3))
        );
        Assert.Equal(
            "Input 5 cannot be frozen; freeze inputs among 0 to 1, at finite values.",
            Refusal(() => KnownMaps.Circle.Freeze([0, 0], 5))
        );
        Assert.Equal("All inputs are frozen; leave some free.", Refusal(() => KnownMaps.Circle.Freeze([0, 0], 0, 1)));
        Assert.Equal(
            "The maps do not fit: the inner one has 3 outputs, but the outer one takes 2 inputs; compose maps of equal numbers.",
            Refusal(() => KnownMaps.Softmax.Then(KnownMaps.Circle))
        );
        Assert.Equal(
            "The matrix has 3 entries and the offset 2; give outputs times inputs entries and one offset for each output.",
            Refusal(() => new AffineMap([1, 2, 3], [0, 0]))
        );
        Assert.Equal(
            "A map needs inputs and outputs, but got 0 and 1; give positive numbers.",
            Refusal(() => new FunctionMap(0, 1, (_, _, _) => { }))
        );
    }

    [Fact]
    public void CountingMap_CountsBoth()
    {
        CountingMap map = new(KnownMaps.Circle);
        _ = map.Evaluate([0.0, 0.0]);
        map.Linearize([0, 0], new double[1], new double[2]);
        Assert.Equal(2, map.Evaluations);
    }

    private static string Refusal(Func<object> use) => Assert.Throws<ArgumentException>(use).Message;
}
