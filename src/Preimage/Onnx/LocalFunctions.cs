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

    /// <summary>A node of the function without the inputs that are not given, with the attributes of the call in place of their names.</summary>
    private NodeProto Filled(NodeProto original, HashSet<string> absent)
    {
        NodeProto filled = original.Clone();
        for (int i = 0; i < filled.Input.Count; i++)
        {
            filled.Input[i] = absent.Contains(filled.Input[i]) ? "" : filled.Input[i];
        }

        filled.Attribute.Clear();
        foreach (AttributeProto attribute in original.Attribute)
        {
            if (attribute.RefAttrName.Length == 0)
            {
                AttributeProto kept = attribute.Clone();
                for (int i = 0; i < (kept.G?.Node.Count ?? 0); i++)
                {
                    kept.G!.Node[i] = Filled(kept.G.Node[i], absent);
                }

                filled.Attribute.Add(kept);
            }
            else if (Find(attribute.RefAttrName) is { } value)
            {
                AttributeProto named = value.Clone();
                named.Name = attribute.Name;
                filled.Attribute.Add(named);
            }
        }

        return filled;
    }

    /// <summary>The value of an attribute: of the call, else the default.</summary>
    private AttributeProto? Find(string name) =>
        call.Attribute.FirstOrDefault(a => a.Name == name)
        ?? function.AttributeProto.FirstOrDefault(a => a.Name == name);
}
