using CsCheck;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Tests.Laws;

namespace Preimage.Tests.Networks;

/// <summary>Graphs seen as dense layers.</summary>
public class DenseChainTests
{
    /// <summary>Folding reorders sums of some ten terms.</summary>
    private const double Reordering = 1e-13;

    [Fact]
    public void DenseNetwork_AsGraph_IsRecognisedBitByBit() =>
        DenseNetworks.Any.Sample(network =>
        {
            // A layer without a function merges with the next one, which is another network of the same map.
            DenseNetwork? found = DenseChain.TryRecognize(DenseGraph.From(network));
            return found is not null
                && (
                    network.Layers[..^1].Any(l => l.Activation is Identity or Negate)
                    || network.Layers[^1].Activation is Negate
                    || DenseNetworks.Same(network, found)
                );
        });

    [Fact]
    public void Recognised_HasTheSameValues() =>
        DenseNetworks.Any.Sample(network =>
        {
            var plain = new NetworkMap(DenseGraph.From(network));
            var again = new NetworkMap(DenseGraph.From(DenseChain.TryRecognize(DenseGraph.From(network))!));
            double[] x = [.. Enumerable.Range(0, plain.Inputs).Select(i => Math.Cos(i))];
            double[] expected = new double[plain.Outputs];
            double[] y = new double[plain.Outputs];
            plain.Evaluate(x, expected);
            again.Evaluate(x, y);
            Assert.All(y.Zip(expected), p => Assert.Equal(p.Second, p.First, Reordering * (1 + Math.Abs(p.Second))));
        });

    [Fact]
    public void InputNormalisation_IsFoldedIntoTheFirstLayer()
    {
        var graph = new GraphBuilder(2);
        int centred = graph.Combine(BinaryFunction.Subtract, 0, graph.Constant([1, 2]));
        int scaled = graph.Combine(BinaryFunction.Divide, centred, graph.Constant([4, 8]));
        int summed = graph.MatrixMultiply(new MatrixMultiply(1, 1, 2, 1), scaled, graph.Constant([4, 8]));
        int output = graph.Elementwise(new Sigmoid(), summed);
        DenseNetwork? network = DenseChain.TryRecognize(graph.Build(output, []));
        Assert.NotNull(network);
        DenseLayer layer = Assert.Single(network.Layers);
        Assert.Equal([1, 1], layer.Weights);
        Assert.Equal([-3], layer.Biases);
    }

    [Fact]
    public void ConstantDividedByInput_IsNoDenseChain() =>
        Assert.Null(Recognise(2, g => g.Combine(BinaryFunction.Divide, g.Constant([1, 1]), 0)));

    [Fact]
    public void BranchAroundAFunction_IsNoDenseChain() =>
        Assert.Null(Recognise(2, g => g.Combine(BinaryFunction.Add, 0, g.Elementwise(new Sine(), 0))));

    [Fact]
    public void ProductOfTwoBranches_IsNoDenseChain() =>
        Assert.Null(Recognise(2, g => g.Combine(BinaryFunction.Multiply, 0, g.Select([1, 0], 0))));

    [Fact]
    public void SoftmaxInTheMiddle_IsNoDenseChain() =>
        Assert.Null(Recognise(2, g => g.Elementwise(new Sine(), g.Softmax(1, 2, 1, 0))));

    [Fact]
    public void ConstantOutput_IsNoDenseChain() => Assert.Null(Recognise(2, g => g.Constant([1])));

    [Fact]
    public void NothingOfTheInput_IsNoDenseChain() => Assert.Null(Recognise(2, g => g.Select([], GraphBuilder.Input)));

    [Fact]
    public void ParallelAffineBranches_AreOneLayer()
    {
        DenseNetwork? network = Recognise(2, g => g.Combine(BinaryFunction.Add, 0, g.Select([1, 0], 0)));
        Assert.NotNull(network);
        Assert.Equal([1, 1, 1, 1], Assert.Single(network.Layers).Weights);
    }

    private static DenseNetwork? Recognise(int inputs, Func<GraphBuilder, int> output)
    {
        var graph = new GraphBuilder(inputs);
        return DenseChain.TryRecognize(graph.Build(output(graph), []));
    }
}

/// <summary>The map of a plain graph keeps the laws of maps, in reverse mode.</summary>
public class NetworkMapLaws : MapLaws
{
    protected override IMap Map { get; } =
        new NetworkMap(DenseGraph.From(DenseNetworks.Make(7, [5, 6, 7, 3], DenseHead.Softmax)));

    protected override bool IsSmooth => false;
}

/// <summary>The same in forward mode.</summary>
public class ForwardNetworkMapLaws : MapLaws
{
    protected override IMap Map { get; } =
        new NetworkMap(DenseGraph.From(DenseNetworks.Make(11, [2, 6, 5], DenseHead.LogSoftmax)));

    protected override bool IsSmooth => false;
}

/// <summary>The products of a plain graph keep their laws.</summary>
public class NetworkMapProductLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } =
        new NetworkMap(DenseGraph.From(DenseNetworks.Make(7, [5, 6, 7, 3], DenseHead.Softmax)));
}

/// <summary>The same in forward mode.</summary>
public class ForwardNetworkMapProductLaws : ProductMapLaws
{
    protected override IProductMap Map { get; } =
        new NetworkMap(DenseGraph.From(DenseNetworks.Make(11, [2, 6, 5], DenseHead.LogSoftmax)));
}
