using Preimage.Enclosing;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Tests.Laws;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Enclosing;

/// <summary>Maps with their enclosures, by families.</summary>
internal static class EnclosedNetworks
{
    /// <summary>One operation at a time, every kind of each.</summary>
    public static IReadOnlyList<EnclosedSubject> Operations { get; } =
    [
        .. OperationExamples
            .All.Where(e => e.Graph.Inputs <= 12 && e.IsDifferentiable)
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
            .All.Where(f => f.IsEverywhere)
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

    /// <summary>Some outputs, and some inputs frozen, of networks and of others.</summary>
    public static IReadOnlyList<EnclosedSubject> Parts { get; } =
    [
        .. Mixed
            .Take(8)
            .SelectMany(s =>
                (EnclosedSubject[])
                    [
                        new(
                            $"{s} frozen",
                            s.Map.Freeze([0.3, 7], 0).Select(2, 0),
                            s.Enclosure.Freeze([0.3, 7], 0).Select(2, 0)
                        ),
                        new(
                            $"{s} frozen by the form",
                            s.Map.Select(1).Freeze([0.3, -0.4], 1),
                            new MeanValueForm(s.Enclosure).Select(1).Freeze([0.3, -0.4], 1)
                        ),
                    ]
            ),
        .. Dense
            .Take(12)
            .Select(s => new EnclosedSubject(
                $"{s} frozen twice",
                s.Map.Freeze([9, 9, 0.5], 2).Freeze([0.2, double.NaN], 0),
                s.Enclosure.Freeze([9, 9, 0.5], 2).Freeze([0.2, double.NaN], 0)
            )),
    ];

    /// <summary>The mean-value forms of all these.</summary>
    public static IReadOnlyList<EnclosedSubject> MeanValue { get; } =
    [
        .. Dense
            .Concat(Mixed)
            .Concat(Operations)
            .Select(s => s with { Name = $"{s} mean value", Enclosure = new MeanValueForm(s.Enclosure) }),
    ];

    /// <summary>x y + sin(x) and x^2 - y, by hand.</summary>
    public static EnclosedSubject Function { get; } =
        new(
            "x y + sin(x), x^2 - y",
            new FunctionMap(
                2,
                2,
                (x, y, j) =>
                {
                    y[0] = x[0] * x[1] + Math.Sin(x[0]);
                    y[1] = x[0] * x[0] - x[1];
                    if (j.Length > 0)
                    {
                        (j[0], j[1], j[2], j[3]) = (x[1] + Math.Cos(x[0]), x[0], 2 * x[0], -1);
                    }
                }
            ),
            new FunctionEnclosure(
                2,
                2,
                (x, y) =>
                {
                    y[0] = x[0] * x[1] + x[0].Sin();
                    y[1] = x[0].Square() - x[1];
                },
                (x, j) => (j[0], j[1], j[2], j[3]) = (x[1] + x[0].Cos(), x[0], x[0] * 2, -1),
                (x, h) =>
                {
                    h.Clear();
                    (h[0], h[1], h[2], h[4]) = (-x[0].Sin(), 1, 1, 2);
                }
            )
        );

    /// <summary>A dense network and its natural enclosure.</summary>
    public static EnclosedSubject Subject(string name, DenseNetwork dense)
    {
        Network network = Network.From(dense);
        return new EnclosedSubject(name, network.PlainMap, new NetworkEnclosure(network));
    }
}
