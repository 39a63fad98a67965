using Preimage.Enclosing;
using Preimage.Networks;
using Preimage.Tests.Laws;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Enclosing;

/// <summary>Mean-value forms of one operation at a time.</summary>
public sealed class OperationMeanValueLaws : RelaxedMapLaws
{
    protected override IReadOnlyList<RelaxedSubject> Subjects { get; } =
    [.. EnclosedNetworks.Operations.Select(s => new RelaxedSubject(s, new MeanValueRelaxation(s.Enclosure)))];
}

/// <summary>Mean-value forms of networks.</summary>
public sealed class NetworkMeanValueLaws : RelaxedMapLaws
{
    protected override IReadOnlyList<RelaxedSubject> Subjects { get; } =
    [
        .. EnclosedNetworks
            .Dense.Concat(EnclosedNetworks.Mixed)
            .Select(s => new RelaxedSubject(s, new MeanValueRelaxation(s.Enclosure))),
    ];
}

/// <summary>Affine bounds of one operation at a time, every kind of each.</summary>
public sealed class OperationRelaxationLaws : RelaxedMapLaws
{
    protected override IReadOnlyList<RelaxedSubject> Subjects { get; } =
    [
        .. OperationExamples
            .All.Where(e => e.Graph.Inputs <= 12 && e.IsDifferentiable)
            .Select(e => new RelaxedSubject(
                EnclosedNetworks.Operations.First(s => s.Name == e.Name),
                new NetworkRelaxation(e.Graph)
            )),
    ];
}

/// <summary>Affine bounds of networks of every function, and of chains of unlike functions with every head.</summary>
public sealed class NetworkRelaxationLaws : RelaxedMapLaws
{
    protected override IReadOnlyList<RelaxedSubject> Subjects { get; } =
    [
        .. ScalarFunctionExamples
            .All.Where(f => f.IsEverywhere)
            .SelectMany(f => new[] { 1, 2 }.Select(seed => DenseNetworks.With(f.Function, seed)))
            .Concat(
                Enum.GetValues<DenseHead>()
                    .SelectMany(h => new[] { 1, 2, 3 }.Select(seed => DenseNetworks.Make(seed, [2, 5, 4, 3], h)))
            )
            .Select(Subject),
    ];

    private static RelaxedSubject Subject(DenseNetwork dense)
    {
        var network = Network.From(dense);
        string name = string.Join(", ", dense.Layers.Select(l => l.Activation)) + " " + dense.Head;
        return new RelaxedSubject(
            new EnclosedSubject(name, network.PlainMap, new NetworkEnclosure(network)),
            new NetworkRelaxation(network)
        );
    }
}

/// <summary>Bounds that are wrong on purpose.</summary>
public class WrongRelaxationTests
{
    /// <summary>Affine bounds of a network, spoilt.</summary>
    private sealed class Spoilt(IRelaxedMap map, double inward) : IRelaxedMap
    {
        public int Inputs => map.Inputs;

        public int Outputs => map.Outputs;

        public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y) => map.Enclose(x, y);

        public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian) =>
            map.EncloseJacobian(x, y, jacobian);

        public void Relax(ReadOnlySpan<Interval> x, Span<Interval> y, Span<double> lower, Span<double> upper)
        {
            map.Relax(x, y, lower, upper);
            int last = Inputs;
            double gap = upper[last] - lower[last];
            lower[last] += inward * gap;
        }
    }

    [Fact]
    public void BoundsThatStandTooClose_AreCaught()
    {
        // A tangent in the middle: a thousandth of the gap is too much.
        EnclosedSubject exponential = EnclosedNetworks.Operations.First(s =>
            s.Name.StartsWith("Elementwise Exp", StringComparison.Ordinal)
        );
        NetworkRelaxation right = new(OperationExamples.All.First(e => e.Name == exponential.Name).Graph);
        RelaxedSubject wrong = new(exponential, new Spoilt(right, 1e-3));
        Random random = new(3);
        for (int i = 0; i < 100; i++)
        {
            Interval[] box = exponential.Box(random, least: 1e-3);
            double[] middle = [.. box.Select(x => x.Middle)];
            RelaxedMapLaws.CheckPoint(wrong with { Relaxation = right }, RelaxedMapLaws.Rows.Of(right, box), middle);
            RelaxedMapLaws.Rows rows = RelaxedMapLaws.Rows.Of(wrong.Relaxation, box);
            // Narrower gaps drown in the width of the point's own enclosure.
            if (rows.Gaps[0] > 1e-9)
            {
                Assert.Throws<Xunit.Sdk.TrueException>(() => RelaxedMapLaws.CheckPoint(wrong, rows, middle));
            }
        }
    }
}
