using System.Buffers.Binary;
using Google.Protobuf;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;
using Dimension = Preimage.Onnx.Wire.TensorShapeProto.Types.Dimension;

namespace Preimage.Onnx;

/// <summary>Makes ONNX models node by node; of a dense network, a Gemm and the operators of its function for every layer.</summary>
internal sealed class ModelWriter
{
    private int _opset = 13;
    private readonly GraphProto _graph = new() { Name = "network" };
    private readonly ElementType _type;

    /// <summary>Begins a model.</summary>
    public ModelWriter(ElementType type)
    {
        _type = type;
    }

    /// <summary>The model.</summary>
    public static ModelProto Write(DenseNetwork network, Signature signature, ElementType type)
    {
        if (signature.Inputs.Length != network.Inputs || signature.Outputs.Length != network.Outputs)
        {
            throw new ArgumentException(
                $"The signature names {signature.Inputs.Length} inputs and {signature.Outputs.Length} outputs, but the network has {network.Inputs} and {network.Outputs}."
            );
        }

        var writer = new ModelWriter(type);
        writer.WriteLayers(network);
        return writer.Finish(signature);
    }

    /// <summary>The model, with the names, units and ranges of its variables.</summary>
    public ModelProto Finish(Signature signature)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion(_opset),
            ProducerName = "preimage",
            ProducerVersion = typeof(ModelWriter).Assembly.GetName().Version?.ToString(3) ?? "",
            Graph = _graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = _opset });
        Metadata.Write(signature, model.MetadataProps);
        return model;
    }

    /// <summary>Declares the input of samples of a shape, and gives its name.</summary>
    public string Input(string name, params ReadOnlySpan<int> shape)
    {
        _graph.Input.Add(Describe(name, shape));
        return name;
    }

    /// <summary>Makes what the last node gives the output of the model, under that name and without a copy.</summary>
    public void Output(string name, params ReadOnlySpan<int> shape)
    {
        _graph.Node[^1].Output[0] = name;
        _graph.Output.Add(Describe(name, shape));
    }

    /// <summary>Asks for an operator set that has a younger operator. The oldest that does is written, so that old runtimes read it too.</summary>
    public void RequireOpset(int opset) => _opset = Math.Max(_opset, opset);

    /// <summary>Appends a node, and gives the name of its output.</summary>
    public string Node(string operation, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        foreach (string input in inputs)
        {
            node.Input.Add(input);
        }

        node.Output.Add(output);
        _graph.Node.Add(node);
        return output;
    }

    /// <summary>Names what the last node gives.</summary>
    public string Rename(string output)
    {
        (_graph.Node[^1].Name, _graph.Node[^1].Output[0]) = (output, output);
        return output;
    }

    /// <summary>Gives the last node a real attribute; where 32 bits do not hold it, the exact value stands in the node's metadata.</summary>
    public void Attribute(string name, double value)
    {
        NodeProto node = _graph.Node[^1];
        node.Attribute.Add(
            new AttributeProto
            {
                Name = name,
                F = (float)value,
                Type = AttributeProto.Types.AttributeType.Float,
            }
        );
        if ((float)value != value)
        {
            node.MetadataProps.Add(new StringStringEntryProto { Key = Metadata.Exact(name), Value = $"{value:R}" });
        }
    }

    /// <summary>Gives the last node a text attribute.</summary>
    public void Attribute(string name, string value) =>
        _graph
            .Node[^1]
            .Attribute.Add(
                new AttributeProto
                {
                    Name = name,
                    S = ByteString.CopyFromUtf8(value),
                    Type = AttributeProto.Types.AttributeType.String,
                }
            );

    /// <summary>Gives the last node an integer attribute.</summary>
    public void Attribute(string name, long value) =>
        _graph
            .Node[^1]
            .Attribute.Add(
                new AttributeProto
                {
                    Name = name,
                    I = value,
                    Type = AttributeProto.Types.AttributeType.Int,
                }
            );

    /// <summary>Gives the last node an attribute that is a list of integers.</summary>
    public void Attribute(string name, params ReadOnlySpan<long> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values)
        {
            attribute.Ints.Add(value);
        }

        _graph.Node[^1].Attribute.Add(attribute);
    }

    /// <summary>Stores one integer, and gives its name.</summary>
    public string Integer(string name, long value)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Int64 };
        tensor.Int64Data.Add(value);
        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Stores a list of integers, and gives its name.</summary>
    public string Integers(string name, params ReadOnlySpan<long> values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)DataType.Int64 };
        tensor.Dims.Add(values.Length);
        foreach (long value in values)
        {
            tensor.Int64Data.Add(value);
        }

        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Stores a constant, and gives its name.</summary>
    public string Constant(string name, ReadOnlySpan<double> elements, params ReadOnlySpan<long> shape)
    {
        int width = _type == ElementType.Double ? sizeof(double) : sizeof(float);
        byte[] raw = new byte[elements.Length * width];
        for (int i = 0; i < elements.Length; i++)
        {
            if (!double.IsFinite(_type == ElementType.Double ? elements[i] : (float)elements[i]))
            {
                throw new ArgumentException(
                    $"The number {elements[i]:R} at index {i} of '{name}' cannot be stored in a model; it must be finite in {8 * width} bits."
                );
            }

            if (_type == ElementType.Double)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(raw.AsSpan(i * width), elements[i]);
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * width), (float)elements[i]);
            }
        }

        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)Type,
            RawData = UnsafeByteOperations.UnsafeWrap(raw),
        };
        foreach (long size in shape)
        {
            tensor.Dims.Add(size);
        }

        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>The version of the file format that came with an operator set.</summary>
    private static int IrVersion(int opset) =>
        opset switch
        {
            <= 14 => 7,
            <= 18 => 8,
            _ => 9,
        };

    private DataType Type => _type == ElementType.Double ? DataType.Double : DataType.Float;

    private void WriteLayers(DenseNetwork network)
    {
        string value = Input("input", network.Inputs);
        for (int i = 0; i < network.Layers.Length; i++)
        {
            DenseLayer layer = network.Layers[i];
            string name = $"layer{i + 1}";
            string weights = Constant($"{name}.weights", layer.Weights.AsSpan(), layer.Outputs, layer.Inputs);
            string biases = Constant($"{name}.biases", layer.Biases.AsSpan(), layer.Outputs);
            value = Node("Gemm", $"{name}.sum", value, weights, biases);
            Attribute("transB", 1);
            value = FunctionWriter.Write(this, layer.Activation, value, name);
        }

        if (network.Head != DenseHead.None)
        {
            value = Node(network.Head == DenseHead.Softmax ? "Softmax" : "LogSoftmax", "head", value);
            Attribute("axis", -1);
        }

        Output("output", network.Outputs);
    }

    private ValueInfoProto Describe(string name, ReadOnlySpan<int> sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new Dimension { DimParam = "N" });
        foreach (int size in sizes)
        {
            shape.Dim.Add(new Dimension { DimValue = size });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)Type, Shape = shape },
            },
        };
    }
}
