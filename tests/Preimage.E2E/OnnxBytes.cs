using System.Buffers.Binary;
using System.Text;

namespace Preimage.E2E;

/// <summary>
/// Small ONNX models, byte by byte in protobuf's wire format and independent of the reader under test:
/// each member is one message of the format, its numbers are the format's field numbers.
/// </summary>
internal static class OnnxBytes
{
    /// <summary>The format's number of 64-bit integers.</summary>
    public const int Integer = 7;

    private const int Double = 11;
    private const int External = 1;

    /// <summary>A model of one input x and one output y.  inputShape: numbers are fixed, words are symbols.</summary>
    public static byte[] Model(string[] inputShape, byte[][] nodes, params byte[][] initializers) =>
        Model([Value("x", inputShape)], [Value("y", ["1", "1"])], nodes, initializers);

    /// <summary>A model of any inputs and outputs.</summary>
    public static byte[] Model(byte[][] inputs, byte[][] outputs, byte[][] nodes, params byte[][] initializers) =>
        Join(
            Number(1, 8),
            Message(8, Number(2, 13)),
            Message(
                7,
                [
                    .. nodes.Select(node => Message(1, node)),
                    Text(2, "graph"),
                    .. initializers.Select(tensor => Message(5, tensor)),
                    .. inputs.Select(input => Message(11, input)),
                    .. outputs.Select(output => Message(12, output)),
                ]
            )
        );

    /// <summary>A model of an input of integers and one output y.</summary>
    public static byte[] OfTokens(string name, string[] inputShape, byte[][] nodes, params byte[][] initializers) =>
        Model([Value(name, inputShape, Integer)], [Value("y", ["1", "1"])], nodes, initializers);

    /// <summary>y = x W: a row of inputs times one column of weights.</summary>
    public static byte[] Linear(params double[] weights) =>
        Model(["1", $"{weights.Length}"], [Node("MatMul", "y", "x", "w")], Column("w", weights));

    /// <summary>y = x1^2 + ... + xn^2.</summary>
    public static byte[] SumOfSquares(int inputs) =>
        Model(
            ["1", $"{inputs}"],
            [Node("Mul", "q", "x", "x"), Node("MatMul", "y", "q", "w")],
            Column("w", [.. Enumerable.Repeat(1.0, inputs)])
        );

    /// <summary>One operation.</summary>
    public static byte[] Node(string operation, string output, params string[] inputs) =>
        Join([
            .. inputs.Select(input => Text(1, input)),
            Text(2, output),
            Text(3, $"the_{output}"),
            Text(4, operation),
        ]);

    /// <summary>Weights, as one column.</summary>
    public static byte[] Column(string name, params double[] values) => Matrix(name, values.Length, 1, values);

    /// <summary>Weights, as a matrix, row by row.</summary>
    public static byte[] Matrix(string name, int rows, int columns, params double[] values)
    {
        byte[] raw = new byte[8 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(raw.AsSpan(8 * i), values[i]);
        }

        return Join(Number(1, rows), Number(1, columns), Number(2, Double), Text(8, name), Bytes(9, raw));
    }

    /// <summary>Weights in another file, as one column.</summary>
    public static byte[] ExternalColumn(string name, int rows, string location) =>
        Join(
            Number(1, rows),
            Number(1, 1),
            Number(2, Double),
            Text(8, name),
            Message(13, Text(1, "location"), Text(2, location)),
            Number(14, External)
        );

    /// <summary>An input or output.  shape: numbers are fixed, words are symbols.</summary>
    public static byte[] Value(string name, string[] shape, int type = Double) =>
        Join(
            Text(1, name),
            Message(2, Message(1, Number(1, type), Message(2, [.. shape.Select(size => Message(1, Size(size)))])))
        );

    private static byte[] Size(string size) => long.TryParse(size, out long number) ? Number(1, number) : Text(2, size);

    private static byte[] Message(int field, params byte[][] parts) => Bytes(field, Join(parts));

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] bytes) => Join(Varint((field << 3) | 2), Varint(bytes.Length), bytes);

    private static byte[] Number(int field, long number) => Join(Varint(field << 3), Varint(number));

    private static byte[] Varint(long number)
    {
        List<byte> bytes = [];
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
        return [.. bytes];
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
