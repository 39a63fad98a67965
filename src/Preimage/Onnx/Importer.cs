using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>Makes a network of one sample, R^n -> R^m, from an ONNX model, node by node.</summary>
internal sealed class Importer
{
    private const long OldestOpset = 7;

    private readonly string _path;
    private readonly ModelProto _model;
    private readonly TensorReader _tensors;
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly List<NamedNode> _named = [];
    private long _parameters;

    private Importer(ModelProto model, string path)
    {
        _path = path;
        _model = model;
        _tensors = new TensorReader(path);
    }

    /// <summary>The network of a parsed model.  path: for messages and external data.</summary>
    /// <exception cref="ModelException">The model is not valid, or uses something that is not supported.</exception>
    public static Network Import(ModelProto model, string path, string sha256) => new Importer(model, path).Run(sha256);

    private Network Run(string sha256)
    {
        GraphProto graph = _model.Graph ?? throw Bad("holds no graph; it is not an ONNX model");
        if (graph.Node.Count > Limits.Nodes)
        {
            throw Bad($"has {graph.Node.Count} nodes; at most {Limits.Nodes} are supported");
        }

        long opset = ReadOpset();
        List<(string Name, Tensor Tensor)> initializers = ReadInitializers(graph);
        (string inputName, int[] inputShape) = InputShape.Read(graph, _path);
        ValueInfoProto output = SingleOutput(graph);

        var builder = new GraphBuilder(Shapes.Product(inputShape));
        var context = new ImportContext(_path, opset, builder, _tensors);
        foreach ((string name, Tensor tensor) in initializers)
        {
            _parameters += tensor.Kind == ElementKind.Real ? tensor.Elements.Length : 0;
            _values[name] = new Value(builder.Constant(tensor.Elements), tensor.Shape, tensor.Kind);
        }

        Define(inputName, new Value(GraphBuilder.Input, inputShape));
        for (int i = 0; i < graph.Node.Count; i++)
        {
            Lower(graph.Node[i], i, context);
        }

        if (!_values.TryGetValue(output.Name, out Value? result))
        {
            throw Bad($"names the output '{output.Name}', which no node makes");
        }

        if (result.Kind != ElementKind.Real)
        {
            throw Bad(
                $"has the output '{output.Name}' of integers or booleans, which has no derivative; an output of real numbers is needed"
            );
        }

        Graph finished = builder.Build(result.Node, _named);
        if (finished.Outputs is 0 or > Limits.Variables)
        {
            throw Bad(
                $"has an output '{output.Name}' of {finished.Outputs} elements; 1 to {Limits.Variables} are supported"
            );
        }

        Signature signature = Metadata.Read(_model.MetadataProps, finished.Inputs, finished.Outputs);
        return new Network(finished, signature, Describe(sha256, opset));
    }

    private void Lower(NodeProto proto, int place, ImportContext context)
    {
        Operator? found = OperatorTable.Find(proto.Domain, proto.OpType);
        if (found is null)
        {
            string name = proto.Name.Length == 0 ? "" : $" '{proto.Name}'";
            string domain = proto.Domain.Length == 0 ? "ai.onnx" : proto.Domain;
            throw Bad(
                $"node {place}{name} uses operator {proto.OpType} (domain {domain}, opset {context.Opset}), which is not supported; supported are dense feed-forward operators, see docs/guide/operators.md",
                colon: true
            );
        }

        var inputs = new Value?[proto.Input.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = proto.Input[i].Length == 0 ? null : Resolve(proto, place, i);
        }

        var reader = new NodeReader(proto, place, inputs, context);
        foreach (Value? value in inputs)
        {
            // Lowering may read every element of a constant, so that each use of it counts.
            reader.SpendWork(value is null ? 0 : context.Graph.ConstantValue(value.Node)?.Length ?? 0);
        }

        Value[] outputs = Lower(found, reader);
        for (int i = 0; i < Math.Min(outputs.Length, proto.Output.Count); i++)
        {
            bool isWeight = outputs[i].Kind == ElementKind.Real && proto.OpType is "Constant";
            _parameters += isWeight ? context.Graph.Size(outputs[i].Node) : 0;
            if (proto.Output[i].Length > 0)
            {
                Define(proto.Output[i], outputs[i]);
            }
        }
    }

    private static Value[] Lower(Operator found, NodeReader reader)
    {
        try
        {
            return found.Lower(reader);
        }
        catch (OverflowException)
        {
            throw reader.Fail("asks for a size that is too large to be meant; the file is damaged");
        }
    }

    private Value Resolve(NodeProto proto, int place, int input) =>
        _values.TryGetValue(proto.Input[input], out Value? value)
            ? value
            : throw Bad(
                $"node {place} '{proto.Name}' ({proto.OpType}) reads '{proto.Input[input]}', which no initialiser, input or earlier node makes; it is missing, or the graph has a cycle",
                colon: true
            );

    private void Define(string name, Value value)
    {
        if (!_values.TryAdd(name, value))
        {
            throw Bad($"makes the tensor '{name}' twice");
        }

        if (value.Kind == ElementKind.Real)
        {
            _named.Add(new NamedNode(name, value.Node, [.. value.Shape]));
        }
    }

    private long ReadOpset()
    {
        foreach (OperatorSetIdProto set in _model.OpsetImport)
        {
            if (set.Domain is "" or "ai.onnx")
            {
                return set.Version >= OldestOpset
                    ? set.Version
                    : throw Bad(
                        $"uses opset {set.Version}; supported are opset {OldestOpset} and newer, convert it with the onnx version converter"
                    );
            }
        }

        throw Bad("does not say which opset it uses; it is not a complete ONNX model");
    }

    private List<(string, Tensor)> ReadInitializers(GraphProto graph)
    {
        if (graph.SparseInitializer.Count > 0)
        {
            throw Bad(
                $"has sparse initialisers ('{graph.SparseInitializer[0].Values?.Name}'), which are not supported; store them densely"
            );
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var initializers = new List<(string, Tensor)>(graph.Initializer.Count);
        foreach (TensorProto proto in graph.Initializer)
        {
            if (!names.Add(proto.Name))
            {
                throw Bad($"has two initialisers named '{proto.Name}'");
            }

            Tensor tensor = _tensors.Read(proto, $"initialiser '{proto.Name}'");
            int bad = Array.FindIndex(tensor.Elements, e => !double.IsFinite(e));
            if (bad >= 0)
            {
                throw Bad(
                    $"has {tensor.Elements[bad]} at index {bad} of the initialiser '{proto.Name}'; weights must be finite numbers"
                );
            }

            initializers.Add((proto.Name, tensor));
        }

        return initializers;
    }

    private ValueInfoProto SingleOutput(GraphProto graph) =>
        graph.Output.Count switch
        {
            1 => graph.Output[0],
            0 => throw Bad("has no output"),
            _ => throw Bad(
                $"has {graph.Output.Count} outputs ({string.Join(", ", graph.Output.Take(8).Select(o => $"'{o.Name}'"))}); one is supported, remove the others or concatenate them in the model"
            ),
        };

    private ModelDescription Describe(string sha256, long opset) =>
        new(
            _path,
            sha256,
            "ONNX",
            $"{_model.ProducerName} {_model.ProducerVersion}".Trim(),
            opset,
            [
                .. _model
                    .Graph.Node.GroupBy(n => n.OpType, StringComparer.Ordinal)
                    .Select(g => new OperatorCount(g.Key, g.Count()))
                    .OrderByDescending(o => o.Count),
            ],
            _parameters
        );

    private ModelException Bad(string rule, bool colon = false) => new($"{_path}{(colon ? ":" : "")} {rule}.");
}
