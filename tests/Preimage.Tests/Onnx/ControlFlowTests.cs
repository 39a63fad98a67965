using System.Collections.Immutable;
using Google.Protobuf;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Branches, loops and sequences: those with tensors on both ends against ONNX Runtime.</summary>
public class ControlFlowTests
{
    /// <summary>x + x is exact, and 3 x and 4 x are rounded once each: half a unit in the last place of numbers below 8, 2^-51, twice.</summary>
    private const double Rounding = 1e-15;

    private static readonly double[] X = [0.3, -0.7, 1.1, 0.4, -0.2, 0.9];

    private static readonly double[] V = [1, -0.5, 0.25, 2, -1, 0.5];

    [Fact]
    public void Loop_CarriesAndStacks() => ModelOracle.Agrees(AnyLoop().WithOutput("all"), X, V, "loop");

    internal static ModelProto AnyLoop()
    {
        // h <- tanh(h + x) three times; every h is kept, and x is seen from outside.
        GraphProto body = Graph(
            ["i:int", "go:bool", "h"],
            ["go_on:bool", "next", "each"],
            Models.Node("Identity", "go_on", "go"),
            Models.Node("Add", "sum", "h", "x"),
            Models.Node("Tanh", "next", "sum"),
            Models.Node("Mul", "each", "next", "scale")
        );
        NodeProto loop = Models.Node("Loop", "y", "trips", "go", "x").WithGraph("body", body);
        loop.Output.Add("all");
        return Scalars(Models.Of([2, 3], loop)).WithFloats("scale", [1], [0.5]);
    }

    [Fact]
    public void Loop_EndsByItsCondition()
    {
        // Until i = 2: two more iterations than none, of a bound of 10.
        GraphProto body = Graph(
            ["i:int", "go:bool", "h"],
            ["go_on:bool", "next"],
            Models.Node("Less", "go_on", "i", "two"),
            Models.Node("Add", "next", "h", "x")
        );
        NodeProto loop = Models.Node("Loop", "y", "many", "go", "x").WithGraph("body", body);
        ModelProto model = Scalars(Models.Of([2, 3], loop));
        ModelOracle.Agrees(model, X, V, "loop");
        Assert.Equal(X.Select(x => 4 * x), Value(model, X), (a, b) => Math.Abs(a - b) < Rounding);
    }

    [Fact]
    public void Loop_OverWhatVaries_IsRefused()
    {
        GraphProto body = Graph(
            ["i:int", "go:bool", "h"],
            ["go_on:bool", "next"],
            Models.Node("ReduceSum", "all", "h").With("keepdims", 0),
            Models.Node("Less", "go_on", "all", "one"),
            Models.Node("Add", "next", "h", "x")
        );
        NodeProto loop = Models.Node("Loop", "y", "many", "go", "x").WithGraph("body", body);
        Assert.Contains(
            "its number of iterations must be constant",
            Scalars(Models.Of([2, 3], loop)).WithFloats("one", [], [1]).Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void EndlessLoop_IsRefused()
    {
        GraphProto body = Graph(["i:int", "go:bool", "h"], ["go", "h"]);
        NodeProto loop = Models.Node("Loop", "y", "", "go", "x").WithGraph("body", body);
        Assert.Contains("elements together", Scalars(Models.Of([2, 3], loop)).Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(1, 1, 1, 1)]
    public void Scan_OverAnyAxisInAnyDirection(long axis, long backwards, long outputAxis, long outputBackwards) =>
        ModelOracle.Agrees(AnyScan(axis, backwards, outputAxis, outputBackwards).WithOutput("all"), X, V, "scan");

    internal static ModelProto AnyScan(long axis = 0, long backwards = 1, long outputAxis = 1, long outputBackwards = 0)
    {
        GraphProto body = Graph(
            ["h", "part"],
            ["next", "each"],
            Models.Node("Mul", "bent", "part", "part"),
            Models.Node("ReduceSum", "total", "bent").With("keepdims", 0),
            Models.Node("Add", "next", "h", "total"),
            Models.Node("Add", "each", "part", "next")
        );
        NodeProto scan = Models
            .Node("Scan", "y", "start", "x")
            .With("num_scan_inputs", 1)
            .With("scan_input_axes", [axis])
            .With("scan_input_directions", [backwards])
            .With("scan_output_axes", [outputAxis])
            .With("scan_output_directions", [outputBackwards])
            .WithGraph("body", body);
        scan.Output.Add("all");
        return Models.Of([2, 3], scan).WithFloats("start", [], [0.25]);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public void If_OfAConstant_TakesOneBranch(string condition)
    {
        ModelProto model = Models.Of([2, 3], Branches(condition));
        ModelOracle.Agrees(Truths(model).WithFloats("two", [], [2]), X, V, condition);
    }

    /// <summary>The sign of the sum decides: on both sides.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void If_OfWhatVaries_Chooses(double factor)
    {
        ModelProto model = Models
            .Of(
                [2, 3],
                Models.Node("ReduceSum", "total", "x").With("keepdims", 0),
                Models.Node("Less", "condition", "total", "zero"),
                Branches("condition")
            )
            .WithFloats("two", [], [2])
            .WithFloats("zero", [], [0]);
        ModelOracle.Agrees(model, [.. X.Select(x => factor * x)], V, "if");
    }

    [Fact]
    public void BodiesInsideEachOther_AreReadUpToALimit()
    {
        Assert.Equal(X, Value(Truths(Nested(20)), X));
        Assert.Contains("bodies inside each other", Truths(Nested(40)).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sequence_IsTakenApartAndPutTogether()
    {
        ModelProto model = AnySequence();
        ModelOracle.Agrees(model, X, V, "sequence");
        Assert.Equal([X[2], X[1], X[2], X[5], X[4], X[5]], Value(model, X));
    }

    internal static ModelProto AnySequence()
    {
        ModelProto model = Models.Of(
            [2, 3],
            Models.Node("SplitToSequence", "parts", "x").With("axis", 1),
            Models.Node("SequenceAt", "last", "parts", "minus"),
            Models.Node("SequenceInsert", "longer", "parts", "last", "zero"),
            Models.Node("SequenceErase", "other", "longer", "one"),
            Models.Node("ConcatFromSequence", "y", "other").With("axis", 1)
        );
        Integer(model, "minus", -1);
        Integer(model, "zero", 0);
        Integer(model, "one", 1);
        return model;
    }

    /// <summary>As an output, a sequence is the elements of its tensors one after the other; as an input, the tensors that are given.</summary>
    [Fact]
    public void Sequence_AsAnOutputAndAsAnInput()
    {
        ModelProto columns = Models.Of([2, 3], Models.Node("SplitToSequence", "y", "x").With("axis", 1));
        Assert.Equal([X[0], X[3], X[1], X[4], X[2], X[5]], Value(columns, X));

        ModelProto model = Models.Of(
            [2],
            Models.Node("SequenceAt", "last", "s", "minus"),
            Models.Node("Add", "y", "x", "last")
        );
        Integer(model, "minus", -1);
        var type = new TypeProto.Types.Sequence { ElemType = Typed("s").Type };
        model.Graph.Input.Add(
            new ValueInfoProto
            {
                Name = "s",
                Type = new TypeProto { SequenceType = type },
            }
        );
        var given = ImmutableDictionary<string, GivenTensor>
            .Empty.Add("s[0]", GivenTensor.Flat([1, 2]))
            .Add("s[1]", GivenTensor.Flat([3, 4]));
        Network network = OnnxFile
            .Open(model.ToByteArray(), "model.onnx")
            .Network(new Exploration { From = "x", Given = given });
        Assert.Equal([3.5, 4.25], network.Map.Evaluate([0.5, 0.25]));
        Assert.Contains("names the position -1 of a sequence of 0", model.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sequence_AsATensor_IsRefused()
    {
        ModelProto model = Models.Of(
            [2, 3],
            Models.Node("SplitToSequence", "parts", "x"),
            Models.Node("Tanh", "y", "parts")
        );
        Assert.Contains("takes a sequence as input 1", model.Refusal(), StringComparison.Ordinal);
    }

    private static NodeProto Branches(string condition) =>
        Models
            .Node("If", "y", condition)
            .WithGraph("then_branch", Graph([], ["a"], Models.Node("Mul", "a", "x", "two")))
            .WithGraph("else_branch", Graph([], ["b"], Models.Node("Tanh", "b", "x")));

    private static ModelProto Nested(int depth)
    {
        NodeProto node = Models.Node("Identity", "y", "x");
        for (int i = 0; i < depth; i++)
        {
            node = Models
                .Node("If", "y", "yes")
                .WithGraph("then_branch", Graph([], ["y"], node))
                .WithGraph("else_branch", Graph([], ["y"], node));
            if (i > 1)
            {
                // One branch is enough; both would double the model.
                node.Attribute.RemoveAt(1);
            }
        }

        return Models.Of([2, 3], node);
    }

    /// <summary>A body; names may carry a type: "i:int".</summary>
    private static GraphProto Graph(string[] inputs, string[] outputs, params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "body" };
        graph.Input.Add(inputs.Select(Typed));
        graph.Output.Add(outputs.Select(Typed));
        graph.Node.Add(nodes);
        return graph;
    }

    private static ValueInfoProto Typed(string name)
    {
        string[] parts = name.Split(':');
        DataType type =
            parts.Length == 1 ? DataType.Float
            : parts[1] == "int" ? DataType.Int64
            : DataType.Bool;
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type };
        tensor.Shape = parts.Length == 1 ? null : new TensorShapeProto();
        return new ValueInfoProto
        {
            Name = parts[0],
            Type = new TypeProto { TensorType = tensor },
        };
    }

    private static ModelProto Scalars(ModelProto model)
    {
        Integer(model, "trips", 3);
        Integer(model, "many", 10);
        Integer(model, "two", 2);
        var go = new TensorProto { Name = "go", DataType = (int)DataType.Bool };
        go.Int32Data.Add(1);
        model.Graph.Initializer.Add(go);
        return model;
    }

    private static ModelProto Truths(ModelProto model)
    {
        foreach ((string name, int value) in (IEnumerable<(string, int)>)[("yes", 1), ("no", 0)])
        {
            var truth = new TensorProto { Name = name, DataType = (int)DataType.Bool };
            truth.Int32Data.Add(value);
            model.Graph.Initializer.Add(truth);
        }

        return model;
    }

    private static void Integer(ModelProto model, string name, long value)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Int64 };
        tensor.Int64Data.Add(value);
        model.Graph.Initializer.Add(tensor);
    }

    private static double[] Value(ModelProto model, double[] x)
    {
        Network network = model.Read();
        double[] y = new double[network.Outputs];
        network.Map.Evaluate(x, y);
        return y;
    }
}
