using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>A graph inside a node. It sees the tensors around the node by their names, and may be lowered many times.</summary>
internal sealed class Body
{
    private readonly GraphProto _graph;
    private readonly NodeReader _node;
    private readonly List<(string Name, Value Value)> _weights;

    /// <summary>Reads the weights of the body, once for all that use it; they count as what the node makes.</summary>
    /// <exception cref="ModelException">Too many graphs lie inside each other, or a weight is not valid.</exception>
    public Body(GraphProto graph, NodeReader node)
    {
        _graph = graph;
        _node = node;
        if (node.Scope.Depth >= Limits.Depth)
        {
            throw node.Fail($"lies in {Limits.Depth} bodies inside each other; deeper ones are not supported");
        }

        if (!node.Context.WeightsOfBodies.TryGetValue(graph, out List<(string Name, Value Value)>? weights))
        {
            weights = WeightsOf(graph, node);
            node.Context.WeightsOfBodies.Add(graph, weights);
        }

        _weights = weights;
    }

    private static List<(string Name, Value Value)> WeightsOf(GraphProto graph, NodeReader node)
    {
        List<(string Name, Value Value)> read = [];
        var weights = new Weights(graph, node.Context.Path);
        foreach (string name in weights.Names)
        {
            Tensor tensor = weights.Read(name, node.Context);
            node.Spend(tensor.Elements.Length);
            int constant = node.Graph.Constant(tensor.Elements);
            read.Add((name, new Value(constant, tensor.Shape, tensor.Kind) { Type = tensor.Type }));
        }

        return read;
    }

    /// <summary>How many inputs it has.</summary>
    public int Inputs => _graph.Input.Count;

    /// <summary>How many outputs it has.</summary>
    public int Outputs => _graph.Output.Count;

    /// <summary>The sizes that the body declares for an output, as far as it does.</summary>
    public IEnumerable<long> DeclaredShape(int output) =>
        _graph.Output[output].Type?.TensorType?.Shape?.Dim.Select(d => d.DimValue) ?? [];

    /// <summary>The outputs for these inputs.</summary>
    /// <exception cref="ModelException">A node of the body cannot be read, or the inputs are not as many as the body has.</exception>
    public Value[] Lower(params ReadOnlySpan<Value> inputs)
    {
        if (inputs.Length != Inputs)
        {
            throw _node.Fail($"gives {inputs.Length} tensors to a body of {Inputs} inputs");
        }

        _node.SpendNodes(1 + inputs.Length + _graph.Node.Count);
        var scope = new Scope(_node.Scope);
        for (int i = 0; i < inputs.Length; i++)
        {
            scope.TryDefine(_graph.Input[i].Name, inputs[i]);
        }

        foreach ((string name, Value value) in _weights)
        {
            scope.TryDefine(name, value);
        }

        new NodeLowering(_node.Context).Lower(_graph.Node, scope);
        return
        [
            .. _graph.Output.Select(o =>
                scope.Find(o.Name) ?? throw _node.Fail($"has a body with the output '{o.Name}', which no node makes")
            ),
        ];
    }
}
