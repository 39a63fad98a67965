using Google.Protobuf;
using Preimage.Networks;
using Preimage.Onnx;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;
using Dimension = Preimage.Onnx.Wire.TensorShapeProto.Types.Dimension;

namespace Preimage.Tests.Onnx;

/// <summary>Small ONNX models, made message by message so that they may also be wrong.</summary>
internal static class Models
{
    /// <summary>A model of one input "x" of the given shape and one output "y", with the given nodes.</summary>
    public static ModelProto Of(long[] shape, params NodeProto[] nodes)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = "test" },
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.Graph.Input.Add(Describe("x", DataType.Float, shape));
        model.Graph.Output.Add(Describe("y", DataType.Float, []));
        model.Graph.Node.Add(nodes);
        return model;
    }

    /// <summary>A node of that operator from the inputs to the output.</summary>
    public static NodeProto Node(string operation, string output, params string[] inputs)
    {
        var node = new NodeProto { OpType = operation, Name = $"make_{output}" };
        node.Input.Add(inputs);
        node.Output.Add(output);
        return node;
    }

    /// <summary>The node with an integer attribute.</summary>
    public static NodeProto With(this NodeProto node, string name, long value)
    {
        node.Attribute.Add(
            new AttributeProto
            {
                Name = name,
                I = value,
                Type = AttributeProto.Types.AttributeType.Int,
            }
        );
        return node;
    }

    /// <summary>The model with an initialiser of doubles.</summary>
    public static ModelProto With(this ModelProto model, string name, long[] shape, params double[] elements)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Double };
        tensor.Dims.Add(shape);
        tensor.DoubleData.Add(elements);
        model.Graph.Initializer.Add(tensor);
        return model;
    }

    /// <summary>The model with an initialiser of integers, a vector.</summary>
    public static ModelProto WithIntegers(this ModelProto model, string name, params long[] elements)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.Int64 };
        tensor.Dims.Add(elements.Length);
        tensor.Int64Data.Add(elements);
        model.Graph.Initializer.Add(tensor);
        return model;
    }

    /// <summary>A named tensor; a negative size is an open dimension.</summary>
    public static ValueInfoProto Describe(string name, DataType type, params long[] shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.Add(
            shape.Select(s => s < 0 ? new Dimension { DimParam = $"d{-s}" } : new Dimension { DimValue = s })
        );
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions },
            },
        };
    }

    /// <summary>The model of its bytes.</summary>
    public static OnnxModel Open(this ModelProto model) => OnnxFile.Open(model.ToByteArray(), "model.onnx");

    /// <summary>Reads the model from its bytes.</summary>
    public static Network Read(this ModelProto model) => OnnxFile.Read(model.ToByteArray(), "model.onnx");

    /// <summary>The sentence with which the model is refused.</summary>
    public static string Refusal(this ModelProto model) => Assert.Throws<ModelException>(() => model.Read()).Message;
}
