using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;
using Dimension = Preimage.Onnx.Wire.TensorShapeProto.Types.Dimension;

namespace Preimage.Bench;

/// <summary>Convolutional networks with random weights: one as the bytes of an ONNX file, others as graphs that grow in one way each.</summary>
internal sealed class WideNetworks
{
    private readonly Random random = new(1);
    private readonly GraphProto graph = new() { Name = "digits" };

    /// <summary>The usual network for digits: conv 1-10-5, average pool, relu, conv 10-20-5, average pool, relu, 320-50-50-10, log-softmax.</summary>
    public static byte[] Digits()
    {
        WideNetworks made = new();
        made.Node("Conv", "c1", "x", made.Weights("w1", 10, 1, 5, 5), made.Weights("b1", 10));
        made.Halve("p1", "c1");
        made.Node("Relu", "r1", "p1");
        made.Node("Conv", "c2", "r1", made.Weights("w2", 20, 10, 5, 5), made.Weights("b2", 20));
        made.Halve("p2", "c2");
        made.Node("Relu", "r2", "p2");
        made.Node("Flatten", "f", "r2");
        made.Node("Gemm", "g1", "f", made.Weights("w3", 320, 50), made.Weights("b3", 50));
        made.Node("Relu", "r3", "g1");
        made.Node("Gemm", "g2", "r3", made.Weights("w4", 50, 50), made.Weights("b4", 50));
        made.Node("Relu", "r4", "g2");
        made.Node("Gemm", "g3", "r4", made.Weights("w5", 50, 10), made.Weights("b5", 10));
        made.Node("LogSoftmax", "y", "g3");
        made.graph.Input.Add(Describe("x", 1, 1, 28, 28));
        made.graph.Output.Add(Describe("y", 1, 10));
        ModelProto model = new() { IrVersion = 8, Graph = made.graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model.ToByteArray();
    }

    /// <summary>Convolutions of 3 x 3 on a square image, 8 channels each, tanh between, and a dense layer.</summary>
    public static Graph Chain(int side, int layers, int outputs)
    {
        WideNetworks made = new();
        GraphBuilder builder = new(8 * side * side);
        Window window = new([side, side], [3, 3], [1, 1], [1, 1], [1, 1], [side, side]);
        int x = GraphBuilder.Input;
        for (int i = 0; i < layers; i++)
        {
            x = builder.Convolve(
                new Convolve(window, 1, 1, 8, 8),
                x,
                builder.Constant(made.Numbers(8 * 8 * 9)),
                builder.Constant(made.Numbers(8))
            );
            x = builder.Elementwise(new HyperbolicTangent(), x);
        }

        int size = 8 * side * side;
        MatrixMultiply dense = new(1, 1, size, outputs);
        return builder.Build(builder.MatrixMultiply(dense, x, builder.Constant(made.Numbers(size * outputs))), []);
    }

    private NodeProto Node(string operation, string output, params string[] inputs)
    {
        NodeProto node = new() { OpType = operation, Name = output };
        node.Input.Add(inputs);
        node.Output.Add(output);
        graph.Node.Add(node);
        return node;
    }

    private void Halve(string output, string input)
    {
        NodeProto node = Node("AveragePool", output, input);
        foreach (string name in (string[])["kernel_shape", "strides"])
        {
            AttributeProto two = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
            two.Ints.Add([2, 2]);
            node.Attribute.Add(two);
        }
    }

    private string Weights(string name, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Float };
        tensor.Dims.Add(shape);
        tensor.FloatData.Add(Numbers((int)shape.Aggregate(1L, (a, b) => a * b)).Select(number => (float)number));
        graph.Initializer.Add(tensor);
        return name;
    }

    private double[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => 0.2 * (random.NextDouble() - 0.5))];

    private static ValueInfoProto Describe(string name, params long[] shape)
    {
        TensorShapeProto sizes = new();
        sizes.Dim.Add(shape.Select(s => new Dimension { DimValue = s }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = sizes },
            },
        };
    }
}
