using Preimage.Networks;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>
/// Quantised values: integers q that stand for scale (q - zero). They are computed exactly, and no derivative is taken of what is quantised at the point.
/// A constant that is quantised and read back is an ordinary constant.
/// </summary>
internal static class QuantizationOperators
{
    /// <summary>The guide's word for what has a value everywhere, and a derivative hardly anywhere.</summary>
    public const string Evaluated = "evaluated; differentiated only where what is quantised is constant";

    private const string Reason =
        "quantises values that depend on the network's input, so that the derivative is 0 almost everywhere and says nothing; take the model as it was before quantisation, or start behind this node";

    public static Operator[] All =>
        [
            new("DequantizeLinear", n => [Dequantize(n)]),
            new("DynamicQuantizeLinear", DynamicQuantize, Evaluated),
            new("QuantizeLinear", n => [Quantize(n)], Evaluated),
        ];

    /// <summary>round(x / scale) + zero, of two nearest the even one, within the integers of a type.</summary>
    public static Value Round(NodeReader n, Value quotient, Value? zero, DataType type)
    {
        (double lowest, double highest) = IntegerTypes.Range(n, type);
        Value rounded = quotient with { Node = n.Graph.Elementwise(new RoundToEven(), quotient.Node) };
        if (zero is not null)
        {
            rounded = Broadcasting.Combine(n, BinaryFunction.Add, rounded, zero);
        }

        int node = n.Graph.Elementwise(new Clip(lowest, highest), rounded.Node);
        return new Value(n.Graph.Undifferentiable(n.Fail(Reason).Message, node), rounded.Shape, ElementKind.Integer)
        {
            Type = type,
        };
    }

    /// <summary>x - zero, as exact numbers.</summary>
    public static Value Centred(NodeReader n, Value x, Value? zero)
    {
        Value real = x with { Kind = ElementKind.Real, Type = DataType.Undefined };
        return zero is null ? real : Broadcasting.Combine(n, BinaryFunction.Subtract, real, zero);
    }

    /// <summary>a / b in 32 bits, as the format divides before it rounds: half an integer here must be half an integer there.</summary>
    public static Value Quotient(NodeReader n, Value a, Value b) =>
        b.Type == DataType.Double
            ? Broadcasting.Combine(n, BinaryFunction.Divide, a, b)
            : Single(n, Broadcasting.Combine(n, BinaryFunction.Divide, a, Single(n, b)));

    /// <summary>a b in 32 bits.</summary>
    public static Value Product(NodeReader n, Value a, Value b) =>
        Single(n, Broadcasting.Combine(n, BinaryFunction.Multiply, a, b));

    /// <summary>The nearest number of 24 bits: with s = (2^29 + 1) x it is s - (s - x). [Dekker1971]</summary>
    private static Value Single(NodeReader n, Value x)
    {
        Value scaled = Broadcasting.Combine(n, BinaryFunction.Multiply, x, Broadcasting.Number(n, (1 << 29) + 1));
        Value rest = Broadcasting.Combine(n, BinaryFunction.Subtract, scaled, x);
        return Broadcasting.Combine(n, BinaryFunction.Subtract, scaled, rest);
    }

    /// <summary>QuantizeLinear.</summary>
    public static Value Quantize(NodeReader n)
    {
        Value x = n.Input(0);
        Value scale = Spread(n, x, n.Real(1));
        Value? zero = n.Has(2) ? Spread(n, x, n.Input(2)) : null;
        var named = (DataType)n.Int("output_dtype", 0);
        DataType type =
            named != DataType.Undefined ? named
            : zero is null ? DataType.Uint8
            : zero.Type;
        return Round(n, Quotient(n, x with { Kind = ElementKind.Real }, scale), zero, type);
    }

    /// <summary>DequantizeLinear.</summary>
    public static Value Dequantize(NodeReader n)
    {
        Value x = n.Input(0);
        Value centred = Centred(n, x, n.Has(2) ? Spread(n, x, n.Input(2)) : null);
        return Broadcasting.Combine(n, BinaryFunction.Multiply, centred, Spread(n, x, n.Real(1)));
    }

    /// <summary>A parameter of the whole tensor, of each slice along the axis, or of each block of some slices, as it broadcasts to x.</summary>
    private static Value Spread(NodeReader n, Value x, Value parameter)
    {
        if (n.Graph.Size(parameter.Node) == 1)
        {
            return parameter.In([]);
        }

        int axis = n.Axis(n.Int("axis", 1), x.Rank);
        long block = n.Int("block_size", 0);
        if (block == 0)
        {
            return parameter.Rank == 1 && parameter.Shape[0] == x.Shape[axis]
                ? parameter.In([.. x.Shape.Select((d, i) => i == axis ? d : 1)])
                : throw Misfit(n, x, parameter);
        }

        int[] expected = [.. x.Shape];
        expected[axis] = (int)Math.Clamp((x.Shape[axis] + block - 1) / Math.Max(1, block), 0, int.MaxValue);
        if (block < 0 || !expected.AsSpan().SequenceEqual(parameter.Shape))
        {
            throw Misfit(n, x, parameter);
        }

        Line line = Line.Along(x.Shape, axis);
        n.Spend(line.Elements);
        int[] sources = new int[line.Elements];
        for (int k = 0; k < sources.Length; k++)
        {
            int row = k / line.Inner / line.Count * expected[axis] + (int)(line.Place(k) / block);
            sources[k] = row * line.Inner + k % line.Inner;
        }

        return parameter with
        {
            Node = n.Graph.Select(sources, parameter.Node),
            Shape = x.Shape,
        };
    }

    private static ModelException Misfit(NodeReader n, Value x, Value parameter) =>
        n.Fail(
            $"has scales or zero points of shape {Shapes.Text(parameter.Shape)} for the shape {Shapes.Text(x.Shape)}, which do not fit"
        );

    /// <summary>To 8 bits without sign, with the scale (max - min) / 255 of the elements and 0.</summary>
    public static Value[] DynamicQuantize(NodeReader n)
    {
        Value x = n.Real(0);
        int count = n.Graph.Size(x.Node);
        if (count == 0)
        {
            throw n.Fail("quantises no elements");
        }

        Value none = Broadcasting.Number(n, 0);
        Value largest = new(n.Graph.Reduce(new Reduce(Reduction.Maximum, 1, count, 1), x.Node), []);
        Value smallest = new(n.Graph.Reduce(new Reduce(Reduction.Minimum, 1, count, 1), x.Node), []);
        largest = Broadcasting.Combine(n, BinaryFunction.Maximum, largest, none);
        smallest = Broadcasting.Combine(n, BinaryFunction.Minimum, smallest, none);
        Value range = Broadcasting.Combine(n, BinaryFunction.Subtract, largest, smallest);
        Value scale = Quotient(n, range, Broadcasting.Number(n, byte.MaxValue));
        Value start = Broadcasting.Combine(n, BinaryFunction.Subtract, none, Quotient(n, smallest, scale));
        Value zero = Round(n, start, null, DataType.Uint8);
        return [Round(n, Quotient(n, x, scale), zero, DataType.Uint8), scale, zero];
    }
}
