using CsCheck;
using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>RNN, GRU and LSTM of random sizes, directions, activations and inputs.</summary>
public class RecurrentTests
{
    /// <summary>Softplus of numbers of size 1 by another formula: a few roundings of 2^-53 each.</summary>
    private const double Rounding = 1e-15;

    /// <summary>Softplus has a test of its own: ONNX Runtime's gated layers sometimes give NaN with it.</summary>
    private static readonly string[] Activations =
    [
        "Relu",
        "Tanh",
        "Sigmoid",
        "Affine",
        "LeakyRelu",
        "ThresholdedRelu",
        "ScaledTanh",
        "HardSigmoid",
        "Elu",
        "Softsign",
    ];

    private static readonly string[] WithAlpha =
    [
        "Affine",
        "LeakyRelu",
        "ThresholdedRelu",
        "ScaledTanh",
        "HardSigmoid",
        "Elu",
    ];

    private static readonly string[] WithBeta = ["Affine", "ScaledTanh", "HardSigmoid"];

    [Theory]
    [InlineData("RNN", 1)]
    [InlineData("GRU", 3)]
    [InlineData("LSTM", 4)]
    public void AnyLayer_IsThatOfOnnxRuntime(string operation, int gates) =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                (ModelProto model, int inputs) = Make(random, operation, gates);
                ModelOracle.Agrees(
                    model,
                    Draw(random, inputs, 2),
                    Draw(random, inputs, 1),
                    $"{seed}: {model.Graph.Node[0]}"
                );
            },
            iter: 60
        );

    /// <summary>ONNX Runtime does not know this layout.</summary>
    [Theory]
    [InlineData("RNN", 1, "Y")]
    [InlineData("GRU", 3, "Y")]
    [InlineData("LSTM", 4, "Y")]
    [InlineData("LSTM", 4, "Y_c")]
    public void BatchFirst_IsTheSameLayerTransposed(string operation, int gates, string output) =>
        Gen.Int.Sample(
            seed =>
            {
                (ModelProto plain, int inputs) = Make(new Random(seed), operation, gates);
                ModelProto wrapped = BatchFirst(plain.LookingAt(output), output);
                double[] x = Draw(new Random(seed), inputs, 2);
                Assert.Equal(Value(plain.LookingAt(output), x), Value(wrapped, x));
            },
            iter: 20
        );

    [Fact]
    public void Softplus_IsTheLogarithmOfOnePlusTheExponential()
    {
        NodeProto node = Models.Node("RNN", "y", "x", "w", "r").WithTexts("activations", ["Softplus"]);
        ModelProto model = Models.Of([2, 1, 1], node).With("w", [1, 1, 1], 2).With("r", [1, 1, 1], -1);
        double first = Math.Log(1 + Math.Exp(2 * 0.7));
        double second = Math.Log(1 + Math.Exp(2 * -0.4 - first));
        double[] y = Value(model, [0.7, -0.4]);
        Assert.Equal(first, y[0], Rounding);
        Assert.Equal(second, y[1], Rounding);
    }

    [Fact]
    public void SequenceOfOtherShape_IsRefused()
    {
        (ModelProto model, _) = Make(new Random(1), "GRU", 3);
        model.Graph.Initializer[1].Dims[0]++;
        model.Graph.Initializer[1].Dims[1]--;
        model.Graph.Initializer[1].FloatData.Clear();
        model
            .Graph.Initializer[1]
            .FloatData.Add(new float[model.Graph.Initializer[1].Dims.Aggregate(1, (a, b) => a * (int)b)]);
        Assert.Contains("has an input 3 of shape", model.LookingAt("Y").Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void MillionsOfSteps_AreRefused()
    {
        ModelProto model = Models.Of([1 << 21, 1, 1], Models.Node("RNN", "y", "x", "w", "r"));
        model.With("w", [1, 1, 1], 0.5).With("r", [1, 1, 1], 0.5);
        Assert.Contains("which is not supported", model.Refusal(), StringComparison.Ordinal);
    }

    /// <summary>A layer of input "x" and outputs Y, Y_h and, of an LSTM, Y_c; and how many inputs it has.</summary>
    internal static (ModelProto Model, int Inputs) Make(Random random, string operation, int gates)
    {
        string direction = (string[])["forward", "reverse", "bidirectional"] is var all ? all[random.Next(3)] : "";
        int directions = direction == "bidirectional" ? 2 : 1;
        (int steps, int batch) = (random.Next(1, 5), random.Next(1, 4));
        (int inputs, int hidden) = (random.Next(1, 4), random.Next(1, 5));
        bool extra = random.Next(2) == 0;
        string[] names =
        [
            "x",
            "W",
            "R",
            random.Next(3) == 0 ? "" : "B",
            random.Next(2) == 0 ? "" : "lengths",
            random.Next(2) == 0 ? "" : "h",
            .. gates == 4 ? (string[])[random.Next(2) == 0 ? "" : "c", random.Next(2) == 0 ? "" : "P"] : [],
        ];
        NodeProto node = Models
            .Node(operation, "Y", names)
            .With("hidden_size", hidden)
            .WithText("direction", direction);
        node.Output.Add("Y_h");
        ModelProto model = Models
            .Of([steps, batch, inputs], node)
            .WithFloats(
                "W",
                [directions, gates * hidden, inputs],
                Draw(random, directions * gates * hidden * inputs, 1)
            )
            .WithFloats(
                "R",
                [directions, gates * hidden, hidden],
                Draw(random, directions * gates * hidden * hidden, 1)
            )
            .WithFloats("B", [directions, 2 * gates * hidden], Draw(random, directions * 2 * gates * hidden, 1))
            .WithFloats("h", [directions, batch, hidden], Draw(random, directions * batch * hidden, 1));
        model.Graph.Output.Clear();
        model.WithOutput("Y").WithOutput("Y_h");
        AddLengths(model, [.. Enumerable.Range(0, batch).Select(_ => random.Next(1, steps + 1))]);
        if (gates == 4)
        {
            node.Output.Add("Y_c");
            model.WithOutput("Y_c");
            model.WithFloats("c", [directions, batch, hidden], Draw(random, directions * batch * hidden, 1));
            model.WithFloats("P", [directions, 3 * hidden], Draw(random, directions * 3 * hidden, 1));
        }

        AddSettings(random, node, gates, directions);
        return (model, steps * batch * inputs);
    }

    private static void AddSettings(Random random, NodeProto node, int gates, int directions)
    {
        if (random.Next(3) == 0)
        {
            node.With("clip", 0.3f + random.NextSingle());
        }

        if (gates == 3)
        {
            node.With("linear_before_reset", random.Next(2));
        }
        else if (gates == 4)
        {
            node.With("input_forget", random.Next(2));
        }

        if (random.Next(2) == 0)
        {
            int count = gates switch
            {
                1 => 1,
                3 => 2,
                _ => 3,
            };
            string[] chosen =
            [
                .. Enumerable.Range(0, count * directions).Select(_ => Activations[random.Next(Activations.Length)]),
            ];
            node.WithTexts("activations", chosen);
            node.WithNumbers("activation_alpha", Parameters(random, chosen.Count(c => WithAlpha.Contains(c))));
            node.WithNumbers("activation_beta", Parameters(random, chosen.Count(c => WithBeta.Contains(c))));
        }
    }

    private static float[] Parameters(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => 0.1f + 0.5f * random.NextSingle())];

    private static void AddLengths(ModelProto model, int[] lengths)
    {
        var tensor = new TensorProto { Name = "lengths", DataType = (int)TensorProto.Types.DataType.Int32 };
        tensor.Dims.Add(lengths.Length);
        tensor.Int32Data.Add(lengths);
        model.Graph.Initializer.Add(tensor);
    }

    /// <summary>The same map with the layer in layout 1 between transpositions.</summary>
    private static ModelProto BatchFirst(ModelProto model, string output)
    {
        ModelProto wrapped = model.Clone();
        NodeProto layer = wrapped.Graph.Node[0].With("layout", 1);
        wrapped.Graph.Node.Insert(0, Models.Node("Transpose", "x_t", "x").With("perm", [1L, 0L, 2L]));
        layer.Input[0] = "x_t";
        foreach (int state in (int[])[5, 6])
        {
            if (layer.Input.Count > state && layer.Input[state].Length > 0)
            {
                string name = layer.Input[state];
                wrapped.Graph.Node.Insert(0, Models.Node("Transpose", $"{name}_t", name).With("perm", [1L, 0L, 2L]));
                layer.Input[state] = $"{name}_t";
            }
        }

        for (int i = 0; i < layer.Output.Count; i++)
        {
            string name = layer.Output[i];
            layer.Output[i] = $"{name}_t";
            long[] order = i == 0 ? [1, 2, 0, 3] : [1, 0, 2];
            wrapped.Graph.Node.Add(Models.Node("Transpose", name, $"{name}_t").With("perm", order));
        }

        return wrapped.LookingAt(output);
    }

    private static double[] Value(ModelProto model, double[] x)
    {
        Network network = model.Read();
        double[] y = new double[network.Outputs];
        network.Map.Evaluate(x, y);
        return y;
    }

    private static double[] Draw(Random random, int count, double radius) =>
        [.. Enumerable.Range(0, count).Select(_ => radius * (2 * random.NextDouble() - 1))];
}

/// <summary>Attributes of texts and lists.</summary>
internal static class MoreAttributes
{
    public static NodeProto WithTexts(this NodeProto node, string name, string[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.Add(values.Select(ByteString.CopyFromUtf8));
        node.Attribute.Add(attribute);
        return node;
    }

    public static NodeProto WithNumbers(this NodeProto node, string name, float[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats };
        attribute.Floats.Add(values);
        node.Attribute.Add(attribute);
        return node;
    }

    public static NodeProto WithGraph(this NodeProto node, string name, GraphProto graph)
    {
        node.Attribute.Add(
            new AttributeProto
            {
                Name = name,
                G = graph,
                Type = AttributeProto.Types.AttributeType.Graph,
            }
        );
        return node;
    }
}
