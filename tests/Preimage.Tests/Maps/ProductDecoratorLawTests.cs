using Preimage.Maps;
using Preimage.Tests.Laws;
using static Preimage.Tests.Maps.ChosenMaps;

namespace Preimage.Tests.Maps;

/// <summary>Chosen outputs of a wide map, one of them twice: by covectors.</summary>
public sealed class SelectedProductsLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } = new ChainOfPairs(40, 30).Select(7, 0, 29, 7);
}

/// <summary>Nearly all outputs: by the map's own Jacobian.</summary>
public sealed class NearlyAllOutputsLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } = new ChainOfPairs(5, 4).Select(3, 1, 2);
}

/// <summary>Few free inputs of many: by directions.</summary>
public sealed class FewFreeInputsLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } =
        new ChainOfPairs(40, 30).Freeze(Waves(40), [.. Enumerable.Range(0, 40).Where(i => i is not (3 or 4 or 17))]);
}

/// <summary>Few frozen inputs: by the map's own Jacobian.</summary>
public sealed class FewFrozenInputsLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } = new ChainOfPairs(6, 3).Freeze(Waves(6), 0, 4);
}

/// <summary>More outputs than inputs: directions through both maps.</summary>
public sealed class WideningCompositionLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } = new ChainOfPairs(3, 6).Then(new ChainOfPairs(6, 5));
}

/// <summary>More inputs than outputs: covectors through both maps.</summary>
public sealed class NarrowingCompositionLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } = new ChainOfPairs(7, 6).Then(new ChainOfPairs(6, 2));
}

/// <summary>A narrow space between: the product of both Jacobians.</summary>
public sealed class BottleneckCompositionLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } = new ChainOfPairs(6, 2).Then(new ChainOfPairs(2, 5));
}

/// <summary>A difference of two outputs.</summary>
public sealed class MarginLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } = new ChainOfPairs(8, 9).Margin(6, 2);
}

/// <summary>An affine map alone.</summary>
public sealed class AffineProductsLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } = new AffineMap([1, 2, 3, 4, 5, 6], [0.5, -0.5]);
}

/// <summary>A plane in the inputs' space.</summary>
public sealed class RestrictedProductsLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } =
        new ChainOfPairs(4, 3).Restrict([0.1, 0.2, 0.3, 0.4], [1, 2, 0, -1, 0.5, 1, 1, 1]);
}

/// <summary>Choices of choices.</summary>
public sealed class SliceOfAMarginLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } =
        new ChainOfPairs(12, 9).Freeze(Waves(12), 0, 1, 2, 3, 4).Select(8, 5, 3).Margin(0, 2);
}

/// <summary>The decorators as maps: NaN, allocation, lengths.</summary>
public sealed class ProductDecoratorsMapLaws : MapLaws
{
    protected override IMap Map { get; } =
        new AffineMap(Waves(40 * 30), Waves(30)).Freeze(Waves(40), 0, 1).Select(7, 0, 29).Then(Last).Margin(0, 1);

    private static AffineMap Last => new([1, 2, 3, 4, 5, 6], [0, 0]);
}

/// <summary>What the laws of chosen maps share.</summary>
internal static class ChosenMaps
{
    /// <summary>sin(1), sin(2), ...: numbers of size 1 without a pattern.</summary>
    public static double[] Waves(int count) => [.. Enumerable.Range(1, count).Select(k => Math.Sin(k))];
}
