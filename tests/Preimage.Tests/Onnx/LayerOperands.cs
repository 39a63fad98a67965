using Preimage.Onnx.Wire;

namespace Preimage.Tests.Onnx;

/// <summary>The operands of a node: each a slice of the one input, or a constant.</summary>
internal sealed class LayerOperands(NodeProto node, string domain, long opset)
{
    private readonly List<(string Name, int[] Shape)> _free = [];
    private readonly List<TensorProto> _constants = [];

    public NodeProto Node => node;

    public List<string> Outputs { get; } = ["y"];

    public int Size => _free.Sum(f => f.Shape.Aggregate(1, (a, b) => a * b));

    public LayerOperands Free(params int[] shape)
    {
        _free.Add(($"v{_free.Count}", shape));
        node.Input.Add(_free[^1].Name);
        return this;
    }

    public LayerOperands None()
    {
        node.Input.Add("");
        return this;
    }

    public LayerOperands Integers(long[] shape, int[] elements) =>
        Constant(TensorProto.Types.DataType.Int32, shape, elements);

    /// <summary>What is seen of each row: at least its first column.</summary>
    public LayerOperands Mask(Random random, params long[] shape) =>
        Constant(
            TensorProto.Types.DataType.Bool,
            shape,
            [
                .. Enumerable
                    .Range(0, (int)shape.Aggregate(1L, (a, b) => a * b))
                    .Select(i => i % shape[^1] == 0 ? 1 : random.Next(2)),
            ]
        );

    public ModelProto Model()
    {
        node.Domain = domain;
        var nodes = new List<NodeProto>();
        NodeProto split = Models.Node("Split", _free[0].Name + "_flat", "x", "sizes").With("axis", 0);
        split.Output.Clear();
        foreach ((string name, _) in _free)
        {
            split.Output.Add($"{name}_flat");
            nodes.Add(Models.Node("Reshape", name, $"{name}_flat", $"{name}_shape"));
        }

        ModelProto model = Models.Of([Size], [split, .. nodes, node]);
        model.IrVersion = 10;
        model.OpsetImport[0].Version = opset;
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        model.WithIntegers("sizes", [.. _free.Select(f => f.Shape.Aggregate(1L, (a, b) => a * b))]);
        foreach ((string name, int[] shape) in _free)
        {
            model.WithIntegers($"{name}_shape", [.. shape.Select(s => (long)s)]);
        }

        model.Graph.Initializer.Add(_constants);
        model.Graph.Output.Clear();
        Outputs.ForEach(o => model.WithOutput(o));
        return model;
    }

    private LayerOperands Constant(TensorProto.Types.DataType type, long[] shape, int[] elements)
    {
        // Positions are 64 bits wide, masks 32.
        bool wide = type == TensorProto.Types.DataType.Int32 && node.OpType == "RotaryEmbedding";
        var tensor = new TensorProto
        {
            Name = $"c{_constants.Count}",
            DataType = (int)(wide ? TensorProto.Types.DataType.Int64 : type),
        };
        tensor.Dims.Add(shape);
        if (wide)
        {
            tensor.Int64Data.Add(elements.Select(e => (long)e));
        }
        else
        {
            tensor.Int32Data.Add(elements);
        }

        _constants.Add(tensor);
        node.Input.Add(tensor.Name);
        return this;
    }
}
