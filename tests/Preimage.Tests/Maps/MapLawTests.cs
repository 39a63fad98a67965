using Preimage.Maps;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Maps;

/// <summary>The laws for maps of functions that allocate themselves.</summary>
public abstract class KnownMapLaws : MapLaws
{
    protected override bool AllocatesNothing => false;
}

public sealed class FunctionMapLaws : KnownMapLaws
{
    protected override IMap Map => KnownMaps.Softmax;
}

public sealed class SelectedOutputsLaws : KnownMapLaws
{
    protected override IMap Map { get; } = KnownMaps.Softmax.Select(2, 0);
}

public sealed class FrozenInputsLaws : KnownMapLaws
{
    protected override IMap Map { get; } = KnownMaps.Softmax.Freeze([0, 0.25, double.NaN], 1).Freeze([0, -0.5], 1);
}

public sealed class ComposedMapLaws : KnownMapLaws
{
    protected override IMap Map { get; } = KnownMaps.Helix.Then(KnownMaps.Circle);
}

public sealed class RestrictedMapLaws : KnownMapLaws
{
    protected override IMap Map { get; } = KnownMaps.SphereAndPlane.Restrict([0.1, 0.2, 0.3], [1, 2, 0, -1, 0.5, 1]);
}

public sealed class AffineMapLaws : MapLaws
{
    protected override IMap Map { get; } = new AffineMap([1, 2, 3, 4, 5, 6], [0.5, -0.5]);
}

public sealed class CountingMapLaws : KnownMapLaws
{
    protected override IMap Map { get; } = new CountingMap(KnownMaps.Helix);
}

/// <summary>A map too wide for the stack.</summary>
public sealed class WideMapLaws : KnownMapLaws
{
    protected override IMap Map { get; } =
        new AffineMap([.. Enumerable.Range(0, 600).Select(k => Math.Sin(k))], new double[200])
            .Then(new AffineMap([.. Enumerable.Range(0, 600).Select(k => Math.Cos(k) / 20)], new double[3]))
            .Then(KnownMaps.Helix);
}
