using Preimage.Networks;
using Preimage.Onnx.Wire;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;

namespace Preimage.Tests.Onnx;

/// <summary>Operators whose operands moved from attributes to inputs: both forms mean the same.</summary>
public class OperatorVersionTests
{
    /// <summary>Six shares of a sum, each rounded by 2^-53 of itself or a few times that, and their additions.</summary>
    private const double Rounding = 1e-15;

    private static readonly double[] X = [1, -2, 3, -4, 5, -6];

    [Fact]
    public void Clip_ByAttributesAndByInputs()
    {
        Assert.Equal([1, -1, 2, -1, 2, -1], Old(Node("Clip").With("min", -1f).With("max", 2f)));
        Assert.Equal(
            [1, -1, 2, -1, 2, -1],
            New(Node("Clip", "x", "low", "high"), m => m.With("low", [], -1).With("high", [], 2))
        );
        Assert.Equal([1, -2, 2, -4, 2, -6], New(Node("Clip", "x", "", "high"), m => m.With("high", [], 2)));
    }

    [Fact]
    public void ReduceSum_ByAttributesAndByInputs()
    {
        Assert.Equal([2, -5], Old(Node("ReduceSum").With("axes", [2L])));
        Assert.Equal([2, -5], New(Node("ReduceSum", "x", "axes"), m => m.WithIntegers("axes", -1)));
        Assert.Equal(X, New(Node("ReduceSum").With("noop_with_empty_axes", 1)));
        Assert.Equal([-3], New(Node("ReduceSum")));
    }

    [Theory]
    [InlineData("ReduceMax", 1, -2)]
    [InlineData("ReduceLogSumExp", 1, -2)]
    [InlineData("ReduceL1", 1, 2)]
    [InlineData("ReduceL2", 1, 2)]
    [InlineData("ReduceSumSquare", 1, 4)]
    public void ReductionOverNoAxes_StillTakesTheSizeOfEachElement(string operation, double first, double second) =>
        Assert.Equal([first, second], New(Node(operation).With("noop_with_empty_axes", 1), opset: 18)[..2]);

    [Fact]
    public void ReduceMax_OverAxesThatAreNoNeighbours() =>
        Assert.Equal(
            [5, -2],
            Value(
                Models
                    .Of(
                        [3, 2],
                        Models.Node("Reshape", "r", "x", "s"),
                        Models.Node("ReduceMax", "y", "r").With("axes", [0L, 2L])
                    )
                    .WithIntegers("s", 3, 2, 1),
                13
            )
        );

    [Fact]
    public void SqueezeAndUnsqueeze_ByAttributesAndByInputs()
    {
        Assert.Equal([1, 2, 3, 1], Shape(Node("Unsqueeze").With("axes", [3L]), 11));
        Assert.Equal([1, 2, 3, 1], Shape(Node("Unsqueeze", "x", "axes"), 13, m => m.WithIntegers("axes", -1)));
        Assert.Equal([2, 3], Shape(Node("Squeeze").With("axes", [0L]), 11));
        Assert.Equal([2, 3], Shape(Node("Squeeze", "x", "axes"), 13, m => m.WithIntegers("axes", 0)));
        Assert.Equal([2, 3], Shape(Node("Squeeze"), 13));
    }

    [Fact]
    public void OpsetSix_AlignsTheSecondOperandByItsAxis()
    {
        NodeProto Add(params string[] inputs) => Models.Node("Add", "y", inputs).With("broadcast", 1);
        Assert.Equal(
            [11, 8, 13, 16, 25, 14],
            Value(Models.Of([2, 3], Add("x", "b").With("axis", 0)).With("b", [2], 10, 20), 6)
        );
        Assert.Equal(
            [11, 18, 33, 6, 25, 24],
            Value(Models.Of([2, 3], Add("x", "b").With("axis", 1)).With("b", [3], 10, 20, 30), 6)
        );
        Assert.Equal([11, 18, 33, 6, 25, 24], Value(Models.Of([2, 3], Add("x", "b")).With("b", [3], 10, 20, 30), 6));
        Assert.Contains(
            "aligns the shape [2] with the axis 2 of [2, 3], which does not fit",
            Models.Of([2, 3], Add("x", "b").With("axis", 2)).With("b", [2], 10, 20).At(6).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void OpsetSix_RectifiesChannelByChannel() =>
        Assert.Equal(
            [1, -4, 3, -12, 5, -18],
            Value(Models.Of([1, 3, 2], Models.Node("PRelu", "y", "x", "s")).With("s", [3], 2, 3, 3), 6)
        );

    [Fact]
    public void OpsetSix_DropsOnlyInTraining()
    {
        Assert.Equal(X, Value(Models.Of([6], Models.Node("Dropout", "y", "x").With("is_test", 1)), 6));
        Assert.Contains(
            "drops elements at random",
            Models.Of([6], Models.Node("Dropout", "y", "x")).At(6).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Split_ByAttributesByInputsAndByCount()
    {
        Assert.Equal([1, -2, -4, 5], Old(SplitNode().With("axis", 2).With("split", [2L, 1L])));
        Assert.Equal([1, -2, -4, 5], New(SplitNode("x", "sizes").With("axis", 2), m => m.WithIntegers("sizes", 2, 1)));
        Assert.Equal([1, -2, -4, 5], New(SplitNode().With("axis", 2).With("num_outputs", 2), null, 18));
    }

    [Fact]
    public void Slice_ByAttributesAndByInputs()
    {
        Assert.Equal(
            [3, -6],
            Value(Model(Node("Slice").With("axes", [2L]).With("starts", [-1L]).With("ends", [long.MaxValue]), null), 9)
        );
        Assert.Equal(
            [3, 1, -6, -4],
            New(
                Node("Slice", "x", "starts", "ends", "axes", "steps"),
                m =>
                    m.WithIntegers("starts", -1)
                        .WithIntegers("ends", long.MinValue)
                        .WithIntegers("axes", 2)
                        .WithIntegers("steps", -2)
            )
        );
    }

    [Fact]
    public void Softmax_BeforeOpset13_IsOverAllAxesFromTheNamedOneOn()
    {
        double[] old = Old(Node("Softmax"));
        double[] current = New(Node("Softmax"));
        Assert.Equal(1, old.Sum(), Rounding);
        Assert.Equal(2, current.Sum(), Rounding);
    }

    [Fact]
    public void Where_WithAConstantCondition_Selects() =>
        Assert.Equal(
            [7, -2, 7, -4, 7, -6],
            New(Node("Where", "positive", "seven", "x"), m => Condition(m.With("seven", [], 7)))
        );

    [Fact]
    public void ShapeArithmetic_IsFolded()
    {
        // Reshape to [Shape(x)[0], -1], as exporters write a flatten.
        ModelProto model = Models.Of(
            [-1, 2, 3],
            Models.Node("Shape", "shape", "x"),
            Models.Node("Gather", "batch", "shape", "zero"),
            Models.Node("Unsqueeze", "row", "batch", "axes"),
            Models.Node("Concat", "target", "row", "open").With("axis", 0),
            Models.Node("Reshape", "y", "x", "target")
        );
        model.WithIntegers("zero", 0).WithIntegers("axes", 0).WithIntegers("open", -1);
        model.Graph.Initializer[0].Dims.Clear();
        Network network = model.Read();
        Assert.Equal([1, 6], network.Tensors.First(t => t.Name == "y").Shape);
    }

    private static void Condition(ModelProto model)
    {
        var tensor = new TensorProto { Name = "positive", DataType = (int)TensorProto.Types.DataType.Bool };
        tensor.Dims.Add([1, 2, 3]);
        tensor.Int32Data.Add([1, 0, 1, 0, 1, 0]);
        model.Graph.Initializer.Add(tensor);
    }

    private static NodeProto Node(string operation, params string[] inputs) =>
        Models.Node(operation, "y", inputs.Length == 0 ? ["x"] : inputs);

    private static NodeProto SplitNode(params string[] inputs)
    {
        NodeProto node = Node("Split", inputs);
        node.Output.Add("rest");
        return node;
    }

    private static double[] Old(NodeProto node) => Value(Model(node, null), 7);

    private static double[] New(NodeProto node, Action<ModelProto>? more = null, long opset = 13) =>
        Value(Model(node, more), opset);

    private static ModelProto Model(NodeProto node, Action<ModelProto>? more)
    {
        ModelProto model = Models.Of([1, 2, 3], node);
        more?.Invoke(model);
        return model;
    }

    private static int[] Shape(NodeProto node, long opset, Action<ModelProto>? more = null)
    {
        ModelProto model = Model(node, more);
        model.OpsetImport[0].Version = opset;
        return [.. model.Read().Tensors.First(t => t.Name == "y").Shape];
    }

    private static double[] Value(ModelProto model, long opset)
    {
        Network network = model.At(opset).Read();
        double[] y = new double[network.Outputs];
        network.Map.Evaluate(X, y);
        return y;
    }
}

/// <summary>More attributes for the models of these tests.</summary>
internal static class Attributes
{
    public static ModelProto At(this ModelProto model, long opset)
    {
        model.OpsetImport[0].Version = opset;
        return model;
    }

    public static NodeProto With(this NodeProto node, string name, float value)
    {
        node.Attribute.Add(
            new AttributeProto
            {
                Name = name,
                F = value,
                Type = AttributeType.Float,
            }
        );
        return node;
    }

    public static NodeProto With(this NodeProto node, string name, long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.Add(values);
        node.Attribute.Add(attribute);
        return node;
    }
}
