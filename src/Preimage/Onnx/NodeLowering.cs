using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>Makes operations of our graph from the nodes of an ONNX graph, one by one: of the model's own graph, and of bodies inside it.</summary>
internal sealed class NodeLowering(ImportContext context)
{
    /// <summary>The outputs of a node whose inputs stand in the scope, in the node's order; more or fewer than it names.</summary>
    /// <exception cref="ModelException">The operator is not supported, or not so; or an input is missing.</exception>
    public Value[] Lower(NodeProto proto, int place, Scope scope)
    {
        FunctionProto? function = context.Functions.Find(proto);
        Operator? found = function is null ? Find(proto, place) : null;
        var inputs = new Value?[proto.Input.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = proto.Input[i].Length == 0 ? null : Resolve(proto, place, i, scope);
        }

        var reader = new NodeReader(proto, place, inputs, context, scope);
        foreach (Value? value in inputs)
        {
            // Lowering may read every element of a constant, so that each use of it counts.
            reader.SpendWork(value is null ? 0 : context.Graph.ConstantValue(value.Node)?.Length ?? 0);
        }

        if (found is not null && proto.Domain is "" or "ai.onnx" && reader.Opset <= SixthOpset.Version)
        {
            SixthOpset.Align(proto.OpType, reader, inputs);
        }

        try
        {
            return found is null ? new FunctionCall(function!, proto, reader).Lower(inputs) : found.Lower(reader);
        }
        catch (OverflowException)
        {
            throw reader.Fail("asks for a size that is too large to be meant; the file is damaged");
        }
    }

    /// <summary>Lowers nodes one after the other, and names what they make.</summary>
    /// <exception cref="ModelException">One of them cannot be read, or makes what is there already.</exception>
    public void Lower(IReadOnlyList<NodeProto> nodes, Scope scope)
    {
        for (int place = 0; place < nodes.Count; place++)
        {
            Value[] outputs = Lower(nodes[place], place, scope);
            for (int i = 0; i < Math.Min(outputs.Length, nodes[place].Output.Count); i++)
            {
                string name = nodes[place].Output[i];
                if (name.Length > 0 && !scope.TryDefine(name, outputs[i]))
                {
                    throw new ModelException($"{context.Path} makes the tensor '{name}' twice in one body.");
                }
            }
        }
    }

    private Operator Find(NodeProto proto, int place)
    {
        Operator? found = OperatorTable.Find(proto.Domain, proto.OpType);
        if (found is not null)
        {
            return found;
        }

        string name = proto.Name.Length == 0 ? "" : $" '{proto.Name}'";
        string domain = proto.Domain.Length == 0 ? "ai.onnx" : proto.Domain;
        throw new ModelException(
            $"{context.Path}: node {place}{name} uses operator {proto.OpType} (domain {domain}, opset {context.Opset}), which is not supported; the operators that are stand in docs/guide/operators.md."
        );
    }

    private Value Resolve(NodeProto proto, int place, int input, Scope scope) =>
        scope.Find(proto.Input[input])
        ?? throw new ModelException(
            $"{context.Path}: node {place} '{proto.Name}' ({proto.OpType}) reads '{proto.Input[input]}', which no initialiser, input or earlier node makes; it is missing, or the graph has a cycle."
        );
}
