using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>One model, many questions: which tensor is free, which is looked at, and what the others are.</summary>
public class ExplorationTests
{
    /// <summary>y = relu(x w) + z, twice = 2 y, i = (y > 1).</summary>
    private static OnnxModel Model()
    {
        ModelProto model = Models.Of(
            [-1, 2],
            Models.Node("MatMul", "h", "x", "w"),
            Models.Node("Relu", "r", "h"),
            Models.Node("Add", "y", "r", "z"),
            Models.Node("Mul", "twice", "y", "two")
        );
        model.Graph.Input.Add(Models.Describe("z", DataType.Float, -1, 2));
        model.Graph.Output.Add(Models.Describe("twice", DataType.Float));
        return model.With("w", [2, 2], 1, 2, 3, -4).With("two", [], 2).Open();
    }

    private static readonly GivenTensor Z = new([1, 2], [10, 20]);

    [Fact]
    public void Model_SaysItsInputsAndOutputs()
    {
        OnnxModel model = Model();
        Assert.Equal(["x: float[d1, 2]", "z: float[d1, 2]"], model.Inputs.Select(i => $"{i.Name}: {i}"));
        Assert.Equal(["y", "twice"], model.Outputs.Select(o => o.Name));
        Assert.All(model.Inputs, i => Assert.Equal(ElementKind.Real, i.Kind));
    }

    [Fact]
    public void WithoutAQuestion_FirstInputIsFreeAndOthersAreZerosWithANote()
    {
        Network network = Model().Network();
        Assert.Equal("x", network.InputTensor.Name);
        Assert.Equal("y", network.OutputTensor.Name);
        Assert.Equal([1, 2], network.OutputTensor.Shape);
        Assert.Empty(network.Start);
        Assert.Equal(
            "The input 'z' (float[1, 2]) is held at zeros, as no value is given for it; give one with --input z=...",
            Assert.Single(network.Assumptions)
        );
        Assert.Equal([4, 0], network.Map.Evaluate([1, 1]));
    }

    [Fact]
    public void GivenInput_IsHeldAtItsValue()
    {
        Network network = Model().Network(new Exploration { Given = Given("z", Z) });
        Assert.Empty(network.Assumptions);
        Assert.Equal([14, 20], network.Map.Evaluate([1, 1]));
    }

    [Fact]
    public void AnyInputCanBeFree_AndItsGivenValueIsTheStart()
    {
        Network network = Model()
            .Network(new Exploration { From = "z", Given = Given("z", Z).Add("x", GivenTensor.Flat([1, 1])) });
        Assert.Equal([10, 20], network.Start);
        Assert.Equal([4, 0], network.Map.Evaluate([0, 0]));
    }

    [Fact]
    public void FirstInputThatIsNotGiven_IsFree() =>
        Assert.Equal(
            "z",
            Model().Network(new Exploration { Given = Given("x", GivenTensor.Flat([1, 1])) }).InputTensor.Name
        );

    [Fact]
    public void InnerTensor_IsFreeAtItsOwnValueWithAllElseHeld()
    {
        Network network = Model()
            .Network(
                new Exploration
                {
                    From = "r",
                    To = "twice",
                    Given = Given("z", Z).Add("x", GivenTensor.Flat([1, 1])),
                }
            );
        Assert.Equal([4, 0], network.Start);
        Assert.Equal([1, 2], network.InputTensor.Shape);
        Assert.Equal([28, 40], network.Map.Evaluate(network.Start.AsSpan()));
        Assert.Equal([22, 44], network.Map.Evaluate([1, 2]));
    }

    [Fact]
    public void Weight_CanBeFree()
    {
        Network network = Model()
            .Network(
                new Exploration
                {
                    From = "w",
                    To = "h",
                    Given = Given("x", GivenTensor.Flat([1, 10])),
                }
            );
        Assert.Equal([1, 2, 3, -4], network.Start);
        Assert.Equal([31, -38], network.Map.Evaluate(network.Start.AsSpan()));
        Assert.Empty(network.Assumptions); // z is not on the way
    }

    [Fact]
    public void AllGiven_IsAMapWithoutInputs()
    {
        Network network = Model().Network(new Exploration { Given = Given("z", Z).Add("x", GivenTensor.Flat([1, 1])) });
        Assert.Equal(0, network.Inputs);
        Assert.Equal([14, 20], network.Map.Evaluate([]));
    }

    [Fact]
    public void Networks_AreToEveryOutput()
    {
        ImmutableArray<Network> all = Model().Networks(new Exploration { Given = Given("z", Z) });
        Assert.Equal(["y", "twice"], all.Select(n => n.OutputTensor.Name));
        Assert.Equal([28, 40], all[1].Map.Evaluate([1, 1]));
        Assert.Equal("r", Assert.Single(Model().Networks(new Exploration { To = "r" })).OutputTensor.Name);
    }

    [Fact]
    public void OutputThatCannotBeMade_IsLeftOutWithANote()
    {
        ModelProto proto = Models.Of([1, 2], Models.Node("Relu", "y", "x"), Models.Node("Unknown", "u", "x"));
        proto.Graph.Output.Add(Models.Describe("u", DataType.Float));
        Network network = Assert.Single(proto.Open().Networks());
        Assert.StartsWith(
            "The output 'u' is left out: model.onnx: node 1 'make_u' uses operator Unknown",
            Assert.Single(network.Assumptions),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("q", null, "model.onnx has no tensor 'q'; it has 'x', 'z', 'h', 'r', 'y', 'twice', 'w', 'two'.")]
    [InlineData(null, "q", "model.onnx has no tensor 'q'; it has 'x', 'z', 'h', 'r', 'y', 'twice', 'w', 'two'.")]
    public void UnknownTensor_IsRefusedWithThoseThatThereAre(string? from, string? to, string sentence) =>
        Assert.Equal(
            sentence,
            Assert.Throws<ArgumentException>(() => Model().Network(new Exploration { From = from, To = to })).Message
        );

    [Fact]
    public void GivenValuesThatDoNotFit_AreRefused()
    {
        Assert.Equal(
            "model.onnx has no input 'q'; it has 'x', 'z'.",
            Refusal(new Exploration { Given = Given("q", Z) })
        );
        Assert.Equal(
            "The input 'z' is given as 3 numbers of shape [3], but the model declares float[d1, 2], here [1, 2].",
            Refusal(new Exploration { Given = Given("z", GivenTensor.Flat([1, 2, 3])) })
        );
        Assert.Equal(
            "The input 'z' is given with the shape [1, 3], where its dimension 2 is 2; the model declares float[d1, 2].",
            Refusal(new Exploration { Given = Given("z", new([1, 3], [1, 2, 3])) })
        );
        Assert.Equal(
            "The input 'z' is given NaN at index 1, but its elements are of type float.",
            Refusal(new Exploration { Given = Given("z", new([1, 2], [1, double.NaN])) })
        );
    }

    [Fact]
    public void SharedSymbol_TakesTheSizeOfAGivenValue()
    {
        Network network = Model().Network(new Exploration { Given = Given("z", new([3, 2], [1, 2, 3, 4, 5, 6])) });
        Assert.Equal([3, 2], network.InputTensor.Shape);
        Assert.Equal(6, network.Map.Evaluate([0, 0, 0, 0, 0, 0])[5]);
    }

    [Fact]
    public void OpenDimension_NeedsASize()
    {
        OnnxModel model = Models.Of([-1, -7, 2], Models.Node("Relu", "y", "x")).Open();
        Assert.Equal(
            "model.onnx has the input 'x' whose axis 1 'd7' is open; say its size, as in --dimension d7=48.",
            Assert.Throws<ModelException>(() => model.Network()).Message
        );
        Assert.Equal(
            [1, 5, 2],
            model
                .Network(new Exploration { Dimensions = ImmutableDictionary<string, int>.Empty.Add("d7", 5) })
                .InputTensor.Shape
        );
        Assert.Equal([1, 4, 2], model.Network(new Exploration { PointShape = [8] }).InputTensor.Shape);
        Assert.Equal([2, 4, 2], model.Network(new Exploration { PointShape = [2, 4, 2] }).InputTensor.Shape);
        Assert.Equal(
            "model.onnx has no open dimension 'W'; open are d1, d7.",
            Assert
                .Throws<ArgumentException>(() =>
                    model.Network(new Exploration { Dimensions = ImmutableDictionary<string, int>.Empty.Add("W", 5) })
                )
                .Message
        );
    }

    [Fact]
    public void NamelessOpenDimension_GoesByInputAndAxis()
    {
        OnnxModel model = Models.Of([1, 0, 2], Models.Node("Relu", "y", "x")).Open();
        Assert.Contains(
            "as in --dimension x:1=48",
            Assert.Throws<ModelException>(() => model.Network()).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            6,
            model.Network(new Exploration { Dimensions = ImmutableDictionary<string, int>.Empty.Add("x:1", 3) }).Inputs
        );
    }

    [Fact]
    public void IntegerInputs_AreConstants()
    {
        ModelProto proto = Models.Of([3, 2], Models.Node("Gather", "y", "x", "i"));
        proto.Graph.Input.Insert(0, Models.Describe("i", DataType.Int64, 2));
        OnnxModel model = proto.Open();
        Network network = model.Network(new Exploration { Given = Given("i", GivenTensor.Flat([2, 0])) });
        Assert.Equal("x", network.InputTensor.Name);
        Assert.Equal([5, 6, 1, 2], network.Map.Evaluate([1, 2, 3, 4, 5, 6]));
        Assert.Equal(
            "The input 'i' is given 0.5 at index 0, but its elements are of type int64.",
            Assert
                .Throws<ArgumentException>(() =>
                    model.Network(new Exploration { Given = Given("i", GivenTensor.Flat([0.5, 0])) })
                )
                .Message
        );
        Assert.Equal(
            "model.onnx has the tensor 'i' of integers, along which there is no derivative; let a tensor of real numbers be free, such as 'x'.",
            Assert.Throws<ArgumentException>(() => model.Network(new Exploration { From = "i" })).Message
        );
    }

    [Fact]
    public void WeightThatIsListedAsAnInput_IsNone_AndCanBeGiven()
    {
        ModelProto proto = Models.Of([1, 2], Models.Node("Add", "y", "x", "z"));
        proto.Graph.Input.Add(Models.Describe("z", DataType.Double, 2));
        OnnxModel model = proto.With("z", [2], 1, 2).Open();
        Assert.Equal("x", Assert.Single(model.Inputs).Name);
        Assert.Equal([1, 2], model.Network().Map.Evaluate([0, 0]));
        Assert.Equal(
            [5, 7],
            model.Network(new Exploration { Given = Given("z", GivenTensor.Flat([5, 7])) }).Map.Evaluate([0, 0])
        );
    }

    [Fact]
    public void OutputOfIntegers_HasAValueButNoDerivative()
    {
        ModelProto proto = Models.Of([1, 2], Models.Node("Shape", "s", "x"), Models.Node("Relu", "y", "x"));
        Network network = proto.Open().Network(new Exploration { To = "s" });
        Assert.Equal(ElementKind.Integer, network.OutputKind);
        Assert.Equal([1, 2], network.Map.Evaluate([0, 0]));
    }

    [Fact]
    public void TextWeights_HaveNoTensorsToName() =>
        Assert.Equal(
            "weights.csv holds text weights, which have one input, one output and no names; only of an .onnx model can tensors be named.",
            Assert
                .Throws<ArgumentException>(() => ModelFile.Read("weights.csv", new Exploration { From = "x" }))
                .Message
        );

    private static ImmutableDictionary<string, GivenTensor> Given(string name, GivenTensor value) =>
        ImmutableDictionary<string, GivenTensor>.Empty.Add(name, value);

    private static string Refusal(Exploration question) =>
        Assert.Throws<ArgumentException>(() => Model().Network(question)).Message;
}
