using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>Products and convolutions of quantised values, in exact integers.</summary>
internal static class IntegerProductOperators
{
    public static Operator[] All =>
        [
            new("ConvInteger", n => [ConvolveIntegers(n)]),
            new("MatMulInteger", n => [MultiplyIntegers(n)]),
            new("QLinearConv", n => [ConvolveQuantized(n)], QuantizationOperators.Evaluated),
            new("QLinearMatMul", n => [MultiplyQuantized(n)], QuantizationOperators.Evaluated),
        ];

    private static Value MultiplyIntegers(NodeReader n)
    {
        Value a = QuantizationOperators.Centred(n, n.Input(0), n.Has(2) ? OfRows(n.Input(2)) : null);
        Value b = QuantizationOperators.Centred(n, n.Input(1), n.Has(3) ? n.Input(3) : null);
        return LinearOperators.MatMul(n, a, b) with { Kind = ElementKind.Integer, Type = DataType.Int32 };
    }

    /// <summary>The product, once multiplied by the scales, rounded.</summary>
    private static Value MultiplyQuantized(NodeReader n)
    {
        Value a = QuantizationOperators.Centred(n, n.Input(0), OfRows(n.Input(2)));
        Value b = QuantizationOperators.Centred(n, n.Input(3), n.Input(5));
        Value scale = Scale(n, OfRows(n.Real(1)), n.Real(4), n.Real(6));
        Value scaled = QuantizationOperators.Product(n, LinearOperators.MatMul(n, a, b), scale);
        return QuantizationOperators.Round(n, scaled, n.Input(7), n.Input(7).Type);
    }

    private static Value ConvolveIntegers(NodeReader n)
    {
        Value x = n.Input(0);
        Value w = n.Input(1);
        Value a = QuantizationOperators.Centred(n, x, n.Has(2) ? n.Input(2) : null);
        Value b = QuantizationOperators.Centred(n, w, n.Has(3) ? OfAxis(n.Input(3), 0, w.Rank) : null);
        Value result = ConvolutionOperators.Convolve(n, a, b, null);
        return result with { Kind = ElementKind.Integer, Type = DataType.Int32 };
    }

    /// <summary>The convolution and the bias, which counts in units of both scales, once multiplied by the scales, rounded.</summary>
    private static Value ConvolveQuantized(NodeReader n)
    {
        Value x = n.Input(0);
        Value w = n.Input(3);
        Value a = QuantizationOperators.Centred(n, x, n.Input(2));
        Value b = QuantizationOperators.Centred(n, w, OfAxis(n.Input(5), 0, w.Rank));
        Value? bias = n.Has(8) ? QuantizationOperators.Centred(n, n.Input(8), null) : null;
        Value sum = ConvolutionOperators.Convolve(n, a, b, bias);
        Value scale = Scale(n, n.Real(1), OfAxis(n.Real(4), 1, x.Rank), n.Real(6));
        Value scaled = QuantizationOperators.Product(n, sum, scale);
        return QuantizationOperators.Round(n, scaled, n.Input(7), n.Input(7).Type);
    }

    /// <summary>What a product of integers of the scales a and b counts in units of the scale c.</summary>
    private static Value Scale(NodeReader n, Value a, Value b, Value c) =>
        QuantizationOperators.Quotient(n, QuantizationOperators.Product(n, a, b), c);

    /// <summary>A vector of parameters of the left matrix belongs to its rows.</summary>
    private static Value OfRows(Value parameter) => OfAxis(parameter, 0, 2);

    /// <summary>A vector of parameters along one axis; a single number for all.</summary>
    private static Value OfAxis(Value parameter, int axis, int rank) =>
        parameter.Rank != 1 || axis >= rank ? parameter
        : parameter.Shape[0] == 1 ? parameter.In([])
        : parameter.In([.. Enumerable.Range(0, rank).Select(i => i == axis ? parameter.Shape[0] : 1)]);
}
