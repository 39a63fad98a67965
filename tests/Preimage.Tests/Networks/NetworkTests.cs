using Preimage.Maps;
using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>A network as a person meets it: its map, its inner tensors, and the maps between them.</summary>
public class NetworkTests
{
    [Fact]
    public void Between_FromInputToInnerToOutput_ComposesToTheWhole()
    {
        Network network = Example();
        double[] x = [0.3, -0.7];
        double[] hidden = new double[2];
        double[] y = new double[1];
        double[] whole = new double[1];
        network.Between(null, "hidden").PlainMap.Evaluate(x, hidden);
        network.Between("hidden", null).PlainMap.Evaluate(hidden, y);
        network.PlainMap.Evaluate(x, whole);
        Assert.Equal(Math.Sin(0.3), hidden[0]);
        Assert.Equal(whole, y);
    }

    [Fact]
    public void Between_OfATensorThatDoesNotCut_IsRefusedWithThoseThatDo()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Example().Between("branch", null));
        Assert.Equal(
            "'branch' does not cut the network: the output also depends on the input by a way that passes it by; give the point at which that way is held, or choose a tensor that cuts it, such as 'hidden', 'sum'.",
            e.Message
        );
    }

    [Fact]
    public void Between_OfAnUnknownTensor_IsRefusedWithThoseThatThereAre()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Example().Between("nothing", null));
        Assert.Equal(
            "The network has no inner tensor 'nothing' that depends on the input; it has 'hidden', 'branch', 'sum'.",
            e.Message
        );
    }

    [Fact]
    public void Between_Backwards_IsRefused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Example().Between("sum", "hidden"));
        Assert.Equal("'hidden' does not depend on 'sum'; swap them or choose a later one.", e.Message);
    }

    [Fact]
    public void Tensors_HaveTheirShapes() =>
        Assert.Equal([1, 2], Example().Tensors.First(t => t.Name == "hidden").Shape);

    [Fact]
    public void Map_OfAPointOfAnotherLength_IsRefused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Example().Map.Evaluate([1, 2, 3], new double[1]));
        Assert.Equal(
            "The map has 2 inputs and 1 outputs, but got a point of 3 and a value of 1 numbers; give spans of just these lengths.",
            e.Message
        );
    }

    [Fact]
    public void From_SignatureOfAnotherSize_IsRefused()
    {
        DenseNetwork dense = DenseNetworks.Make(1, [2, 3], DenseHead.None);
        ArgumentException e = Assert.Throws<ArgumentException>(() => Network.From(dense, Signature.Anonymous(2, 2)));
        Assert.Equal("The signature names 2 inputs and 2 outputs, but the network has 2 and 3.", e.Message);
    }

    /// <summary>hidden = sin(x), branch = cos(hidden), sum = hidden + branch, output = its total.</summary>
    private static Network Example()
    {
        var graph = new GraphBuilder(2);
        int hidden = graph.Elementwise(new Sine(), GraphBuilder.Input);
        int branch = graph.Elementwise(new Cosine(), hidden);
        int sum = graph.Combine(BinaryFunction.Add, hidden, branch);
        int output = graph.Reduce(new Reduce(Reduction.Sum, 1, 2, 1), sum);
        NamedNode[] tensors = [new("hidden", hidden, [1, 2]), new("branch", branch, [1, 2]), new("sum", sum, [1, 2])];
        return new Network(graph.Build(output, tensors), Signature.Anonymous(2, 1));
    }
}
