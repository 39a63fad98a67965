using CsCheck;
using Preimage.Networks;
using Preimage.Onnx.Wire;
using static Preimage.Tests.Onnx.AttributeOf;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Tests.Onnx;

/// <summary>Quantised values against ONNX Runtime, and that no derivative is taken of them where they depend on the point.</summary>
public class QuantizationTests
{
    private const int Models = 20;

    /// <summary>A scale in whose units no product of the others is half an integer, where the runtime rounds sometimes before and sometimes behind the zero.</summary>
    private const double OffTheHalves = 0.2701;

    [Theory]
    [InlineData("Uint8")]
    [InlineData("Int8")]
    public void QuantizeAndDequantize_OfTheInput_PerAxis(string type) =>
        Each(m =>
        {
            int axis = m.Axis;
            int[] line = [m.Shape[m.Place(axis)]];
            string scale = m.Floats(line, [.. line.SelectMany(d => Enumerable.Range(1, d)).Select(i => i / 64.0)]);
            string zero = m.Small(Of(type), line, 0, 100);
            string quantised = m.Node("QuantizeLinear", ["x", scale, zero], Integer("axis", axis));
            return m.Node("DequantizeLinear", [quantised, scale, zero], Integer("axis", axis));
        });

    [Fact]
    public void DynamicQuantizeLinear_OfTheInput() =>
        Each(m =>
        {
            string quantised = m.Node("DynamicQuantizeLinear", ["x"]);
            string scale = m.Second();
            string zero = m.Second();
            return m.Node("DequantizeLinear", [quantised, scale, zero]);
        });

    [Fact]
    public void MatMulInteger_OfTheQuantisedInput() =>
        Each(m =>
        {
            string quantised = m.Node("DynamicQuantizeLinear", ["x"]);
            m.Second();
            string zero = m.Second();
            string weights = m.Small(DataType.Uint8, [m.Shape[^1], 3], 0, 256);
            string product = m.Node("MatMulInteger", [quantised, weights, zero, m.Small(DataType.Uint8, [], 0, 256)]);
            return m.Node("Cast", [product], Integer("to", (long)DataType.Float));
        });

    [Fact]
    public void QLinearMatMul_OfTheQuantisedInput() =>
        Each(
            m =>
            {
                string weights = m.Small(DataType.Int8, [m.Shape[^1], 3], -128, 128);
                string scales = m.Floats([3], 0.01, 0.02, 0.04);
                (string scale, string zero) = (m.Floats([], 0.05), m.Small(DataType.Int8, [], -9, 9));
                string quantised = m.Node("QuantizeLinear", ["x", scale, zero]);
                (string outer, string shift) = (m.Floats([], 0.0625), m.Small(DataType.Int8, [], -9, 9));
                return m.Node(
                    "QLinearMatMul",
                    [quantised, scale, zero, weights, scales, m.Small(DataType.Int8, [3], 0, 1), outer, shift]
                );
            },
            leastRank: 2
        );

    [Fact]
    public void QLinearConv_OfTheQuantisedInput() =>
        Each(m =>
        {
            m.Shape = [2, 4, 5, 5];
            string weights = m.Small(DataType.Int8, [6, 2, 3, 3], -128, 128);
            string scales = m.Floats([6], 0.01, 0.02, 0.04, 0.01, 0.02, 0.04);
            (string scale, string zero) = (m.Floats([], 0.05), m.Small(DataType.Uint8, [], 90, 130));
            string quantised = m.Node("QuantizeLinear", ["x", scale, zero]);
            (string outer, string shift) = (m.Floats([], OffTheHalves), m.Small(DataType.Uint8, [], 90, 130));
            string bias = m.Small(DataType.Int32, [6], -1000, 1000);
            string[] inputs =
            [
                quantised,
                scale,
                zero,
                weights,
                scales,
                m.Small(DataType.Int8, [6], 0, 1),
                outer,
                shift,
                bias,
            ];
            return m.Node("QLinearConv", inputs, Integer("group", 2), Text("auto_pad", "SAME_UPPER"));
        });

    [Fact]
    public void ConvInteger_OfTheQuantisedInput() =>
        Each(m =>
        {
            m.Shape = [1, 2, 5, 5];
            string quantised = m.Node("DynamicQuantizeLinear", ["x"]);
            m.Second();
            string zero = m.Second();
            string weights = m.Small(DataType.Uint8, [3, 2, 2, 2], 0, 256);
            string sum = m.Node("ConvInteger", [quantised, weights, zero, m.Small(DataType.Uint8, [], 0, 256)]);
            return m.Node("Cast", [sum], Integer("to", (long)DataType.Float));
        });

    [Theory]
    [InlineData("QLinearAdd")]
    [InlineData("QLinearMul")]
    public void PairsOfQuantisedInputs(string operation) =>
        Each(m =>
        {
            string[] a = Quantised(m, 0.0625);
            string[] b = Quantised(m, 0.125);
            string[] scale = [m.Floats([], OffTheHalves), m.Small(DataType.Uint8, [], 90, 130)];
            return m.Microsoft(operation, [.. a, .. b, .. scale]);
        });

    [Theory]
    [InlineData("QLinearSigmoid", 0.00390625)]
    [InlineData("QLinearLeakyRelu", 0.0625)]
    public void FunctionsOfQuantisedInputs(string operation, double step) =>
        Each(m =>
            m.Microsoft(operation, [.. Quantised(m, 0.0625), m.Floats([], step), m.Small(DataType.Uint8, [], 0, 10)])
        );

    [Fact]
    public void QLinearConcat() =>
        Each(m =>
        {
            string[] scale = [m.Floats([], OffTheHalves), m.Small(DataType.Uint8, [], 90, 130)];
            string[] inputs = [.. scale, .. Quantised(m, 0.03125), .. Quantised(m, 0.125)];
            return m.Microsoft("QLinearConcat", inputs, Integer("axis", m.Place(m.Axis)));
        });

    [Fact]
    public void DynamicQuantizeMatMul() =>
        Each(
            m =>
            {
                string weights = m.Small(DataType.Uint8, [m.Shape[^1], 3], 0, 256);
                string[] scale = [m.Floats([], 0.01), m.Small(DataType.Uint8, [], 0, 256)];
                return m.Microsoft("DynamicQuantizeMatMul", ["x", weights, .. scale, m.Floats([3])]);
            },
            leastRank: 2
        );

    [Fact]
    public void MatMulIntegerToFloat() =>
        Each(
            m =>
            {
                string[] x = Quantised(m, 0.05);
                string weights = m.Small(DataType.Uint8, [m.Shape[^1], 3], 0, 256);
                string[] scale = [x[1], m.Floats([], 0.01), x[2], m.Small(DataType.Uint8, [], 0, 256)];
                return m.Microsoft("MatMulIntegerToFloat", [x[0], weights, .. scale, m.Floats([3])]);
            },
            leastRank: 2
        );

    [Fact]
    public void WeightsThatAreStoredQuantised_AreOrdinaryWeights()
    {
        ModelProto model = Onnx.Models.Of(
            [1, 2],
            Onnx.Models.Node("QuantizeLinear", "q", "w", "scale"),
            Onnx.Models.Node("DequantizeLinear", "v", "q", "scale"),
            Onnx.Models.Node("Mul", "y", "x", "v")
        );
        Network network = model.With("w", [2], 0.26, 0.74).With("scale", [], 0.5).Read();
        double[] jacobian = new double[4];
        network.Map.Linearize([1, 1], new double[2], jacobian);
        Assert.Equal([0.5, 0, 0, 0.5], jacobian);
    }

    [Fact]
    public void DerivativeOfWhatIsQuantised_IsRefused()
    {
        ModelProto model = Onnx.Models.Of([1, 2], Onnx.Models.Node("QuantizeLinear", "q", "x", "scale"));
        model.Graph.Node.Add(Onnx.Models.Node("DequantizeLinear", "y", "q", "scale"));
        Network network = model.With("scale", [], 0.5).Read();
        double[] y = new double[2];
        network.Map.Evaluate([0.6, 1.3], y);
        Assert.Equal([0.5, 1.5], y);
        var refusal = Assert.Throws<ModelException>(() => network.Map.Linearize([1, 1], y, new double[4]));
        Assert.Equal(
            "model.onnx: node 0 'make_q' (QuantizeLinear) quantises values that depend on the network's input, so that the derivative is 0 almost everywhere and says nothing; take the model as it was before quantisation, or start behind this node.",
            refusal.Message
        );
    }

    [Fact]
    public void QuantisationToATypeThatNothingSays_IsRefused() =>
        Assert.Equal(
            "model.onnx: node 0 'make_y' (QuantizeLinear) needs to know the integer type of its elements, which is float here; cast them to one.",
            Onnx.Models.Of([1, 2], Onnx.Models.Node("QuantizeLinear", "y", "x", "scale").With("output_dtype", 1L))
                .With("scale", [], 0.5)
                .Refusal()
        );

    /// <summary>x in 8 bits, its scale and its zero.</summary>
    private static string[] Quantised(OracleModel m, double step)
    {
        string scale = m.Floats([], step);
        string zero = m.Small(DataType.Uint8, [], 90, 130);
        return [m.Node("QuantizeLinear", ["x", scale, zero]), scale, zero];
    }

    private static void Each(Func<OracleModel, string> make, int leastRank = 1) =>
        Gen.Int.Sample(
            seed =>
            {
                var model = new OracleModel(new Random(seed), leastRank);
                model.Check(make(model), differentiable: false);
            },
            iter: Models
        );

    private static DataType Of(string type) => Enum.Parse<DataType>(type);
}
