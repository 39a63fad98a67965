using System.Runtime.InteropServices;
using System.Text;
using Preimage.Networks;

namespace Preimage.Bench;

/// <summary>A dense network as the bytes of an ONNX file in float, for the peer: Gemm, Sigmoid and Relu only.</summary>
internal static class OnnxBytes
{
    public static byte[] Of(DenseNetwork network)
    {
        Message graph = new();
        string from = "x";
        for (int l = 0; l < network.Layers.Length; l++)
        {
            DenseLayer layer = network.Layers[l];
            bool isLast = l == network.Layers.Length - 1;
            bool isIdentity = layer.Activation is Identity;
            string sum = isLast && isIdentity ? "y" : $"z{l}";
            graph.Add(5, Tensor($"w{l}", layer.Weights, layer.Outputs, layer.Inputs));
            graph.Add(5, Tensor($"b{l}", layer.Biases, layer.Outputs));
            Message transposed = new Message().Add(1, "transB").Add(3, 1).Add(20, 2);
            graph.Add(1, Node("Gemm", sum, from, $"w{l}", $"b{l}").Add(5, transposed));
            from = sum;
            if (!isIdentity)
            {
                string value = isLast ? "y" : $"a{l}";
                graph.Add(1, Node(layer.Activation is Sigmoid ? "Sigmoid" : "Relu", value, sum));
                from = value;
            }
        }

        graph.Add(2, "dense").Add(11, Value("x", network.Inputs)).Add(12, Value("y", network.Outputs));
        Message opset = new Message().Add(1, "").Add(2, 13);
        return new Message().Add(1, 8).Add(7, graph).Add(8, opset).ToArray();
    }

    private static Message Node(string operation, string output, params string[] inputs)
    {
        Message node = new();
        foreach (string input in inputs)
        {
            node.Add(1, input);
        }

        return node.Add(2, output).Add(4, operation);
    }

    private static Message Tensor(string name, IEnumerable<double> numbers, params int[] sizes)
    {
        Message tensor = new();
        foreach (int size in sizes)
        {
            tensor.Add(1, size);
        }

        float[] floats = [.. numbers.Select(number => (float)number)];
        return tensor.Add(2, 1).Add(8, name).Add(9, MemoryMarshal.AsBytes<float>(floats).ToArray());
    }

    private static Message Value(string name, int size)
    {
        Message shape = new Message().Add(1, new Message().Add(2, "n")).Add(1, new Message().Add(1, size));
        Message type = new Message().Add(1, new Message().Add(1, 1).Add(2, shape));
        return new Message().Add(1, name).Add(2, type);
    }

    /// <summary>A protobuf message on the wire.</summary>
    private sealed class Message
    {
        private readonly List<byte> bytes = [];

        public Message Add(int field, int value)
        {
            Varint(field << 3);
            Varint(value);
            return this;
        }

        public Message Add(int field, byte[] value)
        {
            Varint((field << 3) | 2);
            Varint(value.Length);
            bytes.AddRange(value);
            return this;
        }

        public Message Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

        public Message Add(int field, Message value) => Add(field, value.ToArray());

        public byte[] ToArray() => [.. bytes];

        private void Varint(int value)
        {
            for (; value > 127; value >>= 7)
            {
                bytes.Add((byte)(value | 128));
            }

            bytes.Add((byte)value);
        }
    }
}
