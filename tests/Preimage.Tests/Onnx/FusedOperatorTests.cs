using CsCheck;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>What ONNX Runtime's optimiser fuses, against ONNX Runtime. All operands are parts of one input, so that all carry derivatives.</summary>
public class FusedOperatorTests
{
    private const string Domain = "com.microsoft";

    private const long Opset = 17;

    private static readonly string[] Activations = ["Relu", "Tanh", "Sigmoid", "LeakyRelu", "HardSigmoid"];

    [Theory]
    [InlineData("Gelu")]
    [InlineData("QuickGelu")]
    public void FunctionOfOneVariable_IsThatOfOnnxRuntime(string operation) =>
        Sample(random => Of(operation).Free(random.Next(1, 4), random.Next(1, 4)));

    [Theory]
    [InlineData("BiasGelu")]
    [InlineData("FastGelu")]
    public void FunctionOfABiasedVariable_IsThatOfOnnxRuntime(string operation) =>
        Sample(random =>
        {
            int width = random.Next(1, 5);
            return Of(operation).Free(random.Next(1, 4), width).Free(width);
        });

    [Fact]
    public void FusedMatMul_IsThatOfOnnxRuntime() =>
        Sample(random =>
        {
            (int batch, int rows) = (random.Next(1, 3), random.Next(1, 4));
            (int inner, int columns) = (random.Next(1, 4), random.Next(1, 4));
            (int a, int b) = (random.Next(2), random.Next(2));
            LayerOperands operands = Of("FusedMatMul");
            operands.Node.With("transA", a).With("transB", b).With("alpha", 0.5f + random.NextSingle());
            return operands
                .Free(a == 0 ? [batch, rows, inner] : [batch, inner, rows])
                .Free(b == 0 ? [batch, inner, columns] : [batch, columns, inner]);
        });

    [Fact]
    public void FusedGemm_IsThatOfOnnxRuntime() =>
        Sample(random =>
        {
            (int rows, int inner, int columns) = (random.Next(1, 4), random.Next(1, 4), random.Next(1, 4));
            LayerOperands operands = Of("FusedGemm");
            operands.Node.WithText("activation", Activations[random.Next(3)]).With("transB", 1);
            return operands.Free(rows, inner).Free(columns, inner).Free(columns);
        });

    [Fact]
    public void FusedConv_IsThatOfOnnxRuntime() =>
        Sample(random =>
        {
            string activation = Activations[random.Next(Activations.Length)];
            LayerOperands operands = Of("FusedConv");
            operands.Node.WithText("activation", activation).With("pads", [1L, 1L, 1L, 1L]);
            _ = activation switch
            {
                "LeakyRelu" => operands.Node.WithNumbers("activation_params", [0.2f]),
                "HardSigmoid" => operands.Node.WithNumbers("activation_params", [0.3f, 0.4f]),
                _ => operands.Node,
            };
            return operands.Free(1, 2, 3, 3).Free(2, 2, 3, 3).Free(2);
        });

    [Fact]
    public void EmbedLayerNormalization_IsThatOfOnnxRuntime() =>
        Sample(random =>
        {
            (int batch, int rows, int width) = (random.Next(1, 3), random.Next(1, 4), random.Next(2, 5));
            int[] Draw(int highest) => [.. Enumerable.Range(0, batch * rows).Select(_ => random.Next(highest))];
            LayerOperands operands = Of("EmbedLayerNormalization");
            operands.Node.With("epsilon", 1e-2f);
            operands.Node.Output.Add("count");
            operands.Integers([batch, rows], Draw(5)).Integers([batch, rows], Draw(2));
            return operands.Free(5, width).Free(4, width).Free(2, width).Free(width).Free(width);
        });

    /// <summary>ONNX Runtime has it on graphics processors only.</summary>
    [Fact]
    public void BiasSplitGelu_IsTheProductOfTheHalves()
    {
        NodeProto split = Models.Node("BiasSplitGelu", "y", "x", "b");
        split.Domain = Domain;
        NodeProto[] parts =
        [
            Models.Node("Add", "s", "x", "b"),
            Models.Node("Slice", "left", "s", "zero", "two", "axis"),
            Models.Node("Slice", "right", "s", "two", "four", "axis"),
            Models.Node("Gelu", "gate", "right"),
            Models.Node("Mul", "y", "left", "gate"),
        ];
        double[][] values =
        [
            .. (
                (NodeProto[][])
                    [
                        [split],
                        parts,
                    ]
            ).Select(nodes =>
            {
                ModelProto model = Models.Of([2, 4], nodes).With("b", [4], 0.1, -0.2, 0.3, -0.4);
                model.WithIntegers("zero", 0).WithIntegers("two", 2).WithIntegers("four", 4).WithIntegers("axis", 1);
                model.OpsetImport[0].Version = 20;
                Network network = model.Read();
                double[] y = new double[network.Outputs];
                network.Map.Evaluate([1, 2, 3, 4, -1, -2, -3, -4], y);
                return y;
            }),
        ];
        Assert.Equal(values[1], values[0]);
    }

    private static LayerOperands Of(string operation) => new(Models.Node(operation, "y"), Domain, Opset);

    private static void Sample(Func<Random, LayerOperands> make) =>
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                LayerOperands operands = make(random);
                ModelProto model = operands.Model();
                double[] Draw() => [.. Enumerable.Range(0, operands.Size).Select(_ => 2 * random.NextDouble() - 1)];
                ModelOracle.Agrees(model, Draw(), Draw(), $"{seed}: {operands.Node}");
            },
            iter: 20
        );
}
