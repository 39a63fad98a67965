using Preimage.Enclosing;
using Preimage.Networks;
using Preimage.Tests.Laws;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Enclosing;

/// <summary>Networks and their natural enclosures.</summary>
internal static class EnclosedNetworks
{
    public static EnclosedSubject Subject(string name, DenseNetwork dense)
    {
        Network network = Network.From(dense);
        return new EnclosedSubject(name, network.PlainMap, new NetworkEnclosure(network));
    }

    /// <summary>One operation at a time, every kind of each.</summary>
    public static IReadOnlyList<EnclosedSubject> Operations { get; } =
    [
        .. OperationExamples
            .All.Where(e => e.Graph.Inputs <= 12)
            .Select(e => new EnclosedSubject(
                e.Name,
                new NetworkMap(e.Graph),
                new NetworkEnclosure(e.Graph),
                e.Lower,
                e.Upper
            )),
    ];

    /// <summary>Dense networks of every function that is defined everywhere.</summary>
    public static IReadOnlyList<EnclosedSubject> Dense { get; } =
    [
        .. ScalarFunctionExamples
            .All.Where(f => f.Lower < 0)
            .SelectMany(f =>
                Enumerable.Range(1, 2).Select(seed => Subject($"{f} {seed}", DenseNetworks.With(f.Function, seed)))
            ),
    ];

    /// <summary>Chains of unlike functions, with every head.</summary>
    public static IReadOnlyList<EnclosedSubject> Mixed { get; } =
    [
        .. Enum.GetValues<DenseHead>()
            .SelectMany(head =>
                Enumerable
                    .Range(1, 6)
                    .Select(seed => Subject($"{head} {seed}", DenseNetworks.Make(seed, [2, 5, 4, 3], head)))
            ),
    ];
}

public sealed class OperationEnclosureLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => EnclosedNetworks.Operations;
}

public sealed class DenseEnclosureLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => EnclosedNetworks.Dense;
}

public sealed class MixedEnclosureLaws : EnclosedMapLaws
{
    protected override IReadOnlyList<EnclosedSubject> Subjects => EnclosedNetworks.Mixed;
}
