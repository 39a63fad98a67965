using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>Operators on the bits of integers, which are computed while reading: no derivative could pass them.</summary>
internal static class BitOperators
{
    public static Operator[] All =>
        [
            new("BitShift", n => [Shift(n)], Support.OnConstants),
            new("BitwiseAnd", n => [Pairs(n, (a, b) => a & b)], Support.OnConstants),
            new("BitwiseOr", n => [Pairs(n, (a, b) => a | b)], Support.OnConstants),
            new("BitwiseXor", n => [Pairs(n, (a, b) => a ^ b)], Support.OnConstants),
            new("BitwiseNot", n => [Not(n)], Support.OnConstants),
        ];

    private static Value Shift(NodeReader n)
    {
        (_, double highest) = IntegerTypes.Range(n, n.Input(0).Type);
        bool left = n.Text("direction", "") switch
        {
            "LEFT" => true,
            "RIGHT" => false,
            var other => throw n.Fail($"shifts to '{other}', which is not known; known are LEFT and RIGHT"),
        };
        return Pairs(n, (a, b) => Shifted((ulong)a, (ulong)b, left, (ulong)highest));
    }

    /// <summary>Bits beyond the type are lost. a and the result are the bits of an unsigned integer of at most 64.</summary>
    private static long Shifted(ulong a, ulong bits, bool left, ulong mask) =>
        bits > 63 ? 0
        : left ? (long)((a << (int)bits) & mask)
        : (long)(a >> (int)bits);

    /// <summary>An unsigned one has all bits of its type, a signed one those of a 64-bit integer.</summary>
    private static Value Not(NodeReader n)
    {
        Value x = Whole(n, 0);
        (double lowest, double highest) = IntegerTypes.Range(n, x.Type);
        return Folding.Elementwise(n, x, e => lowest < 0 ? -1 - e : highest - e);
    }

    private static Value Pairs(NodeReader n, Func<long, long, long> f)
    {
        bool unsigned = n.Input(0).Type == DataType.Uint64;
        return Folding.Combine(n, Whole(n, 0), Whole(n, 1), (a, b) => Number(f(Bits(a), Bits(b)), unsigned));
    }

    private static long Bits(double e) => e > long.MaxValue ? (long)(ulong)e : (long)e;

    private static double Number(long bits, bool unsigned) => unsigned ? (ulong)bits : bits;

    private static Value Whole(NodeReader n, int i) =>
        n.Input(i).Kind == ElementKind.Integer
            ? n.Input(i)
            : throw n.Fail($"has an input {i + 1} that must be integers");
}
