using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>The functions that a model brings with it; they stand before the operators of the same name.</summary>
internal sealed class LocalFunctions
{
    private readonly Dictionary<(string Domain, string Name, string Overload), FunctionProto> _functions = [];

    /// <summary>Lists them; of two with one name, the first.</summary>
    public LocalFunctions(IEnumerable<FunctionProto> functions)
    {
        foreach (FunctionProto function in functions)
        {
            _functions.TryAdd((Plain(function.Domain), function.Name, function.Overload), function);
        }
    }

    /// <summary>The function that a node calls, or null.</summary>
    public FunctionProto? Find(NodeProto node) =>
        _functions.GetValueOrDefault((Plain(node.Domain), node.OpType, node.Overload));

    private static string Plain(string domain) => domain == "ai.onnx" ? "" : domain;
}

/// <summary>A call of a function of the model, which is lowered in place.</summary>
internal sealed class FunctionCall(FunctionProto function, NodeProto call, NodeReader node)
{
    /// <summary>The outputs of the function for these inputs; null for those that are not given.</summary>
    /// <exception cref="ModelException">The function calls itself, or a node of it cannot be read.</exception>
    public Value[] Lower(Value?[] inputs)
    {
        string name = $"{function.Domain}.{function.Name}.{function.Overload}";
        if (node.Scope.Calls.Contains(name))
        {
            throw node.Fail("calls a function that calls itself, which is not supported");
        }

        if (node.Scope.Depth >= Limits.Depth)
        {
            throw node.Fail($"lies in {Limits.Depth} bodies inside each other; deeper ones are not supported");
        }

        if (inputs.Length > function.Input.Count)
        {
            throw node.Fail($"gives {inputs.Length} tensors to a function of {function.Input.Count} inputs");
        }

        node.SpendNodes(1 + function.Node.Count);
        var scope = new Scope
        {
            Depth = node.Scope.Depth + 1,
            Opset = function.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")?.Version ?? node.Opset,
            Calls = node.Scope.Calls.Add(name),
        };
        var absent = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < function.Input.Count; i++)
        {
            bool given = i < inputs.Length && inputs[i] is not null;
            _ = given ? scope.TryDefine(function.Input[i], inputs[i]!) : absent.Add(function.Input[i]);
        }

        new NodeLowering(node.Context).Lower([.. function.Node.Select(n => Filled(n, absent))], scope);
        return
        [
            .. function.Output.Select(o =>
                scope.Find(o) ?? throw node.Fail($"calls a function with the output '{o}', which no node makes")
            ),
        ];
    }

    /// <summary>
    /// A node of the function without the inputs that are not given, with the attributes of the call in place of their names. What it holds is shared, not
    /// copied, so that a call costs no more than its nodes.
    /// </summary>
    private NodeProto Filled(NodeProto original, HashSet<string> absent)
    {
        var filled = new NodeProto
        {
            Name = original.Name,
            OpType = original.OpType,
            Domain = original.Domain,
            Overload = original.Overload,
        };
        filled.Input.Add(original.Input.Select(input => absent.Contains(input) ? "" : input));
        filled.Output.Add(original.Output);
        filled.MetadataProps.Add(original.MetadataProps);
        foreach (AttributeProto attribute in original.Attribute)
        {
            if (attribute.RefAttrName.Length == 0)
            {
                filled.Attribute.Add(attribute.G is null ? attribute : Renamed(attribute, attribute.Name, absent));
            }
            else if (Find(attribute.RefAttrName) is { } value)
            {
                filled.Attribute.Add(Renamed(value, attribute.Name, null));
            }
        }

        return filled;
    }

    /// <summary>The attribute under that name. The nodes of its graph are filled, too, where it is the function's own; the call's is left as it is.</summary>
    private AttributeProto Renamed(AttributeProto attribute, string name, HashSet<string>? absent)
    {
        var renamed = new AttributeProto
        {
            Name = name,
            Type = attribute.Type,
            F = attribute.F,
            I = attribute.I,
            S = attribute.S,
        };
        node.SpendWork((long)attribute.Ints.Count + attribute.Floats.Count + attribute.Strings.Count);
        renamed.Ints.Add(attribute.Ints);
        renamed.Floats.Add(attribute.Floats);
        renamed.Strings.Add(attribute.Strings);
        if (attribute.T is { } tensor)
        {
            renamed.T = tensor;
        }

        if (attribute.G is { } graph)
        {
            renamed.G = absent is null ? graph : Filled(graph, absent);
        }

        return renamed;
    }

    private GraphProto Filled(GraphProto graph, HashSet<string> absent)
    {
        node.SpendNodes(1 + graph.Node.Count);
        var filled = new GraphProto { Name = graph.Name };
        filled.Input.Add(graph.Input);
        filled.Output.Add(graph.Output);
        filled.Initializer.Add(graph.Initializer);
        filled.SparseInitializer.Add(graph.SparseInitializer);
        filled.Node.Add(graph.Node.Select(n => Filled(n, absent)));
        return filled;
    }

    /// <summary>The value of an attribute: of the call, else the default.</summary>
    private AttributeProto? Find(string name) =>
        call.Attribute.FirstOrDefault(a => a.Name == name)
        ?? function.AttributeProto.FirstOrDefault(a => a.Name == name);
}
