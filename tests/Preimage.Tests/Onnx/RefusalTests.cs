using Google.Protobuf;
using Preimage.Onnx;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>Every model that cannot be used is refused in one sentence: what, where, and what would work.</summary>
public class RefusalTests
{
    [Fact]
    public void UnknownOperator_IsNamedWithItsPlace() =>
        Assert.Equal(
            "model.onnx: node 1 'make_y' uses operator Convex (domain ai.onnx, opset 17), which is not supported; the operators that are stand in docs/guide/operators.md.",
            Models.Of([1, 2], Models.Node("Relu", "h", "x"), Models.Node("Convex", "y", "h")).Refusal()
        );

    [Fact]
    public void OperatorOfAnotherDomain_IsNamedWithIt()
    {
        NodeProto node = Models.Node("Convex", "y", "x");
        node.Domain = "com.microsoft";
        Assert.Contains(
            "uses operator Convex (domain com.microsoft, opset 17)",
            Models.Of([1, 2], node).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void MissingTensor_IsNamed() =>
        Assert.Equal(
            "model.onnx: node 0 'make_y' (Add) reads 'w', which no initialiser, input or earlier node makes; it is missing, or the graph has a cycle.",
            Models.Of([1, 2], Models.Node("Add", "y", "x", "w")).Refusal()
        );

    [Fact]
    public void Cycle_IsRefused() =>
        Assert.Contains(
            "or the graph has a cycle",
            Models.Of([1, 2], Models.Node("Add", "h", "x", "y"), Models.Node("Relu", "y", "h")).Refusal(),
            StringComparison.Ordinal
        );

    [Fact]
    public void TensorMadeTwice_IsRefused() =>
        Assert.Equal(
            "model.onnx makes the tensor 'y' twice.",
            Models.Of([1, 2], Models.Node("Relu", "y", "x"), Models.Node("Tanh", "y", "x")).Refusal()
        );

    [Fact]
    public void NaNInAWeight_IsNamedWithItsIndex() =>
        Assert.Equal(
            "model.onnx has NaN at index 1 of the initialiser 'w'; weights must be finite numbers.",
            Models.Of([1, 2], Models.Node("Add", "y", "x", "w")).With("w", [2], 1, double.NaN).Refusal()
        );

    [Fact]
    public void NaNInAWeightThatNothingNeeds_IsNotLookedAt() =>
        Assert.Equal(2, Models.Of([1, 2], Models.Node("Relu", "y", "x")).With("w", [2], 1, double.NaN).Read().Inputs);

    [Theory]
    [InlineData(-1L, 3L)]
    [InlineData(0L, 3L)]
    [InlineData(1L, 3L)]
    [InlineData(3L)]
    public void OpenLeadingDimension_IsOneSample(params long[] shape) =>
        Assert.Equal(3, Models.Of(shape, Models.Node("Relu", "y", "x")).Read().Inputs);

    [Fact]
    public void MixedTypes_AreRefused() =>
        Assert.Equal(
            "model.onnx: node 0 'make_y' (Mul) combines elements of type real and integer, which is not valid; cast one of them.",
            Models.Of([1, 2], Models.Node("Mul", "y", "x", "i")).WithIntegers("i", 2).Refusal()
        );

    [Fact]
    public void ShapesThatDoNotFit_AreNamed()
    {
        Assert.Equal(
            "model.onnx: node 0 'make_y' (Add) combines the shapes [1, 2] and [3], which do not broadcast together.",
            Models.Of([1, 2], Models.Node("Add", "y", "x", "w")).With("w", [3], 1, 2, 3).Refusal()
        );
        Assert.Equal(
            "model.onnx: node 0 'make_y' (MatMul) multiplies the shapes [1, 2] and [3, 1], which do not fit.",
            Models.Of([1, 2], Models.Node("MatMul", "y", "x", "w")).With("w", [3, 1], 1, 2, 3).Refusal()
        );
        Assert.Equal(
            "model.onnx: node 0 'make_y' (Reshape) gives the shape [3, -1] to 2 elements of shape [1, 2], which does not fit.",
            Models.Of([1, 2], Models.Node("Reshape", "y", "x", "s")).WithIntegers("s", 3, -1).Refusal()
        );
    }

    [Fact]
    public void OldOpset_IsRefused()
    {
        ModelProto model = Models.Of([1, 2], Models.Node("Relu", "y", "x"));
        model.OpsetImport[0].Version = 5;
        Assert.Equal(
            "model.onnx uses opset 5; supported are opset 6 and newer, convert it with the onnx version converter.",
            model.Refusal()
        );
    }

    [Fact]
    public void DataThatDoesNotFillItsShape_IsRefused() =>
        Assert.Equal(
            "model.onnx: initialiser 'w' holds 2 numbers, but its shape needs 3.",
            Models.Of([1, 3], Models.Node("Add", "y", "x", "w")).With("w", [3], 1, 2).Refusal()
        );

    [Theory]
    [InlineData(1L << 40)]
    [InlineData(-5L)]
    [InlineData(1L << 32, 1L << 32)]
    [InlineData(long.MaxValue, 2L, 2L)]
    [InlineData(long.MaxValue, 0L)]
    public void AbsurdShape_IsRefused(params long[] shape)
    {
        string refusal = Models.Of([1, 2], Models.Node("Add", "y", "x", "w")).With("w", shape, 1).Refusal();
        Assert.StartsWith("model.onnx: initialiser 'w' has the shape [", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AbsurdInput_IsRefused() =>
        Assert.Equal(
            "model.onnx has the input 'x' of shape [1, 1099511627776], which is not a shape of at most 134217728 elements.",
            Models.Of([1, 1L << 40], Models.Node("Relu", "y", "x")).Refusal()
        );

    [Fact]
    public void HugeOutputs_AreRefused()
    {
        ModelProto huge = Models.Of([1, 2], Models.Node("Tile", "y", "x", "times")).WithIntegers("times", 1, 1 << 21);
        Assert.Equal(
            "model.onnx has an output 'y' of 4194304 elements; at most 2097152 are supported.",
            huge.Refusal()
        );
    }

    [Fact]
    public void HugeOutputsOfSmallNodes_AreRefusedBeforeMemoryIsTaken()
    {
        ModelProto[] models =
        [
            Models.Of([1, 2], Models.Node("Tile", "y", "x", "s")).WithIntegers("s", 1, 1L << 40),
            Models.Of([1, 2], Models.Node("Tile", "y", "x", "s")).WithIntegers("s", 1, long.MaxValue),
            Models.Of([1, 2], Models.Node("Expand", "y", "x", "s")).WithIntegers("s", 1L << 26, 2),
            Models.Of([1, 2], Models.Node("ConstantOfShape", "y", "s")).WithIntegers("s", 1L << 20, 1L << 20),
            Models
                .Of([1, 2], Models.Node("Range", "y", "a", "b", "c"))
                .With("a", [], 0)
                .With("b", [], 1e300)
                .With("c", [], 1),
            Models
                .Of([1, 2], Models.Node("Range", "y", "a", "b", "c"))
                .With("a", [], 0)
                .With("b", [], 1)
                .With("c", [], 0),
            Models.Of([1, 2], Models.Node("Gather", "y", "x", "s").With("axis", 5)).WithIntegers("s", 0),
            Models
                .Of([1, 2], Models.Node("Slice", "y", "x", "a", "b", "c", "d"))
                .WithIntegers("a", 0)
                .WithIntegers("b", 9)
                .WithIntegers("c", 1)
                .WithIntegers("d", 0),
        ];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.All(models, m => Assert.StartsWith("model.onnx: node 0", m.Refusal(), StringComparison.Ordinal));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void ManyLargeConstants_TogetherAreRefused()
    {
        NodeProto[] nodes = [.. Enumerable.Range(0, 100).Select(i => Models.Node("ConstantOfShape", $"c{i}", "s"))];
        NodeProto sum = Models.Node("Concat", "y", [.. nodes.Select(n => n.Output[0])]).With("axis", 0);
        ModelProto model = Models.Of([1, 2], [.. nodes, sum]).WithIntegers("s", 1 << 20);
        Assert.Contains("makes the model's tensors larger than", model.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessArithmeticOnConstants_IsRefusedBeforeItIsDone()
    {
        ModelProto model = Models.Of(
            [1, 2],
            Models.Node("ConstantOfShape", "a", "s"),
            Models.Node("MatMul", "y", "a", "a")
        );
        Assert.Equal(
            "model.onnx: node 1 'make_y' (MatMul) asks for more arithmetic on constants than is spent on reading a model.",
            model.WithIntegers("s", 1400, 1400).Refusal()
        );
    }

    [Fact]
    public void RepeatedUseOfALargeConstant_IsCounted()
    {
        NodeProto[] nodes = [.. Enumerable.Range(0, 600).Select(i => Models.Node("Size", $"c{i}", "w"))];
        ModelProto model = Models.Of(
            [1, 2],
            [
                Models.Node("ConstantOfShape", "w", "s"),
                .. nodes,
                Models.Node("Max", "y", [.. nodes.Select(n => n.Output[0])]),
            ]
        );
        Assert.Contains(
            "more arithmetic on constants",
            model.WithIntegers("s", 1 << 22).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void NoProtobuf_IsRefused()
    {
        ModelException e = Assert.Throws<ModelException>(() =>
            OnnxFile.Read("This is no model."u8.ToArray(), "model.onnx")
        );
        Assert.Equal("model.onnx is not an ONNX model, or is damaged or cut short.", e.Message);
        Assert.Equal(
            "model.onnx is empty; it is not an ONNX model.",
            Assert.Throws<ModelException>(() => OnnxFile.Read([], "model.onnx")).Message
        );
        Assert.Equal(
            "model.onnx holds no graph; it is not an ONNX model.",
            Assert.Throws<ModelException>(() => OnnxFile.Read([0x08, 0x08], "model.onnx")).Message // an IR version only
        );
    }

    [Fact]
    public void CutShort_IsRefusedAtEveryLength()
    {
        byte[] bytes = Models.Of([1, 2], Models.Node("Add", "y", "x", "w")).With("w", [2], 1, 2).ToByteArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<ModelException>(() => OnnxFile.Read(bytes[..length], "model.onnx"));
        }
    }

    [Fact]
    public void DeepNesting_IsRefused()
    {
        // Field 15 as a group that opens and never closes: 0x7b is its start tag.
        byte[] bytes = [.. Enumerable.Repeat((byte)0x7b, 100_000)];
        Assert.Throws<ModelException>(() => OnnxFile.Read(bytes, "model.onnx"));
    }

    [Fact]
    public void MissingFileAndUnknownEnding_AreRefused()
    {
        Assert.StartsWith(
            "nowhere.onnx cannot be read: ",
            Assert.Throws<ModelException>(() => ModelFile.Read("nowhere.onnx")).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "weights.bin is no model file by its name; known endings are .onnx and .csv (text weights).",
            Assert.Throws<ModelException>(() => ModelFile.Read("weights.bin")).Message
        );
    }
}
