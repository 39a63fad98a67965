using Preimage.Networks;
using Preimage.Onnx.Wire;
using static Preimage.Tests.Onnx.AttributeOf;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>What is not supported of the operators that select, order and compare, and an index out of bounds at a point.</summary>
public class SelectionRefusalTests
{
    private const string Place = "model.onnx: node 0 'make_y' ";

    [Theory]
    [InlineData("RandomNormalLike")]
    [InlineData("Bernoulli")]
    public void RandomNumbers_AreRefused(string operation) =>
        Assert.Equal(
            $"{Place}({operation}) draws random numbers, which is not supported: a map has one value at each point; export the model for inference.",
            Models.Of([1, 2], Models.Node(operation, "y", "x")).Refusal()
        );

    [Fact]
    public void Text_IsRefused() =>
        Assert.Equal(
            $"{Place}(StringConcat) works on text, which is not supported; start the model behind it.",
            Models.Of([1, 2], Models.Node("StringConcat", "y", "x", "x")).Refusal()
        );

    [Fact]
    public void IndicesThatVary_ForWriting_AreRefused() =>
        Assert.Equal(
            "model.onnx: node 1 'make_y' (ScatterElements) has an input 2 that depends on the network's input; only a constant is supported there.",
            Models
                .Of([2, 2], Models.Node("ArgMax", "i", "x"), Models.Node("ScatterElements", "y", "x", "i", "u"))
                .With("u", [1, 2], 1, 2)
                .Refusal()
        );

    [Fact]
    public void NonZero_OfTheInput_IsRefused() =>
        Assert.Equal(
            $"{Place}(NonZero) has an input 1 that depends on the network's input; only a constant is supported there.",
            Models.Of([1, 2], Models.Node("NonZero", "y", "x")).Refusal()
        );

    [Fact]
    public void IndicesThatAreNoIntegers_AreRefused() =>
        Assert.Equal(
            $"{Place}(Gather) has an input 2 that must be integers.",
            Models.Of([1, 2], Models.Node("Gather", "y", "x", "x")).Refusal()
        );

    [Fact]
    public void ConstantIndexOutOfBounds_IsNamed() =>
        Assert.Equal(
            $"{Place}(Gather) picks the element -3 of 2.",
            Models.Of([2, 2], Models.Node("Gather", "y", "x", "i")).WithIntegers("i", -3).Refusal()
        );

    [Fact]
    public void IndexOutOfBounds_AtAPoint_IsNamed()
    {
        Network network = Models
            .Of(
                [3],
                Models.Node("Cast", "i", "x").With("to", (long)DataType.Int64),
                Models.Node("Gather", "y", "x", "i")
            )
            .Read();
        double[] y = new double[3];
        network.PlainMap.Evaluate([2, -1, 0.5], y);
        Assert.Equal([0.5, 0.5, 2], y);
        Assert.Equal(
            "An index that depends on the point is 3, but there are 3 elements; the model does not accept this point.",
            Assert.Throws<ArgumentException>(() => network.PlainMap.Evaluate([3, 0, 0], y)).Message
        );
    }

    [Fact]
    public void MoreThanThereAre_AreNotTaken() =>
        Assert.Equal(
            $"{Place}(TopK) takes the first 3 of 2 elements.",
            Models.Of([1, 2], Models.Node("TopK", "y", "x", "k")).WithIntegers("k", 3).Refusal()
        );

    [Fact]
    public void DivisionOfIntegersByZero_IsRefused() =>
        Assert.Equal(
            "model.onnx: node 1 'make_y' (Div) divides integers by zero.",
            Models
                .Of(
                    [1, 2],
                    Models.Node("Cast", "i", "x").With("to", (long)DataType.Int64),
                    Models.Node("Div", "y", "i", "zero")
                )
                .WithIntegers("zero", 0)
                .Refusal()
        );

    [Fact]
    public void LargeDeterminants_AreRefused() =>
        Assert.Equal(
            $"{Place}(Det) takes a tensor of shape [13, 13], where square matrices of at most 12 rows are needed.",
            Models.Of([13, 13], Models.Node("Det", "y", "x")).Refusal()
        );

    [Fact]
    public void NodesThatAreNoTree_AreRefused()
    {
        NodeProto node = Models.Node("TreeEnsembleRegressor", "y", "x");
        node.Domain = "ai.onnx.ml";
        node.Attribute.Add([
            Integers("nodes_treeids", 0, 0),
            Integers("nodes_nodeids", 0, 1),
            Integers("nodes_featureids", 0, 0),
            Integers("nodes_truenodeids", 1, 0),
            Integers("nodes_falsenodeids", 1, 0),
            Reals("nodes_values", 0, 0),
            Texts("nodes_modes", "BRANCH_LEQ", "BRANCH_LEQ"),
        ]);
        Assert.Equal(
            $"{Place}(TreeEnsembleRegressor) has nodes that are no trees, or trees deeper than 256.",
            Models.Of([1, 2], node).Refusal()
        );
    }

    [Fact]
    public void ReductionsOfNothing_AreNeutral()
    {
        Assert.Equal([0, 0], OfNothing("ReduceSum"));
        Assert.Equal([1, 1], OfNothing("ReduceProd"));
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], OfNothing("ReduceMax"));
    }

    private static double[] OfNothing(string operation)
    {
        Network network = Models
            .Of([2], Models.Node(operation, "y", "nothing").With("axes", [0L]).With("keepdims", 0))
            .With("nothing", [0, 2])
            .Read();
        double[] y = new double[network.Outputs];
        network.PlainMap.Evaluate([0, 0], y);
        return y;
    }
}
