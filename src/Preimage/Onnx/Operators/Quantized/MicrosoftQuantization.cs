using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators of ONNX Runtime's own (domain com.microsoft) on quantised values: read back, computed, quantised again.</summary>
internal static class MicrosoftQuantization
{
    public static Operator[] All =>
        [
            Of("DequantizeLinear", n => [QuantizationOperators.Dequantize(n)]),
            Of("DynamicQuantizeMatMul", n => [DynamicProduct(n)]),
            Of("MatMulIntegerToFloat", n => [Product(n)]),
            Of("QLinearAdd", n => [Pair(n, BinaryFunction.Add)]),
            Of("QLinearConcat", n => [Join(n)]),
            Of("QLinearLeakyRelu", n => [Function(n, new LeakyRectifier(n.Float("alpha", 0.01)))]),
            Of("QLinearMul", n => [Pair(n, BinaryFunction.Multiply)]),
            Of("QLinearSigmoid", n => [Function(n, new Sigmoid())]),
            Of("QuantizeLinear", n => [QuantizationOperators.Quantize(n)]),
        ];

    private static Operator Of(string name, Lowering lower) =>
        new(name, lower, QuantizationOperators.Evaluated) { Domain = Domains.Microsoft };

    private static Value Pair(NodeReader n, BinaryFunction f) =>
        Write(n, Broadcasting.Combine(n, f, Read(n, 0), Read(n, 3)), 6);

    private static Value Function(NodeReader n, ScalarFunction f)
    {
        Value x = Read(n, 0);
        return Write(n, x with { Node = n.Graph.Elementwise(f, x.Node) }, 3);
    }

    /// <summary>Each operand has a scale of its own; that of the result comes first.</summary>
    private static Value Join(NodeReader n)
    {
        Value[] parts = [.. Enumerable.Range(0, (n.InputCount - 2) / 3).Select(i => Read(n, 2 + 3 * i))];
        return parts.Length > 0 ? Write(n, SelectionOperators.Concat(n, parts), 0) : throw n.Fail("joins nothing");
    }

    /// <summary>Inputs: a, b, their scales, their zeros, a bias.</summary>
    private static Value Product(NodeReader n)
    {
        Value a = QuantizationOperators.Centred(n, n.Input(0), n.Has(4) ? n.Input(4) : null);
        Value b = QuantizationOperators.Centred(n, n.Input(1), n.Has(5) ? n.Input(5) : null);
        Value scale = Broadcasting.Combine(n, BinaryFunction.Multiply, n.Real(2), n.Real(3));
        return Biased(n, LinearOperators.MatMul(n, a, b), scale, 6);
    }

    /// <summary>a is quantised to 8 bits by the range of its elements.  inputs: a, b, the scale and zero of b, a bias.</summary>
    private static Value DynamicProduct(NodeReader n)
    {
        Value[] quantised = QuantizationOperators.DynamicQuantize(n);
        Value a = QuantizationOperators.Centred(n, quantised[0], quantised[2]);
        Value b = QuantizationOperators.Centred(n, n.Input(1), n.Has(3) ? n.Input(3) : null);
        Value scale = Broadcasting.Combine(n, BinaryFunction.Multiply, quantised[1], n.Real(2));
        return Biased(n, LinearOperators.MatMul(n, a, b), scale, 4);
    }

    private static Value Biased(NodeReader n, Value product, Value scale, int bias)
    {
        Value real = Broadcasting.Combine(n, BinaryFunction.Multiply, product, scale);
        return n.Has(bias) ? Broadcasting.Combine(n, BinaryFunction.Add, real, n.Real(bias)) : real;
    }

    /// <summary>The numbers that an input, with its scale and zero behind it, stands for.</summary>
    private static Value Read(NodeReader n, int i)
    {
        Value? zero = n.Has(i + 2) ? n.Input(i + 2) : null;
        Value centred = QuantizationOperators.Centred(n, n.Input(i), zero);
        return Broadcasting.Combine(n, BinaryFunction.Multiply, centred, n.Real(i + 1));
    }

    /// <summary>The result in the units that two inputs, a scale and a zero, say.</summary>
    private static Value Write(NodeReader n, Value x, int i)
    {
        Value? zero = n.Has(i + 1) ? n.Input(i + 1) : null;
        Value quotient = QuantizationOperators.Quotient(n, x, n.Real(i));
        return QuantizationOperators.Round(n, quotient, zero, zero?.Type ?? n.Input(0).Type);
    }
}
