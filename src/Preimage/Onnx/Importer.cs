using System.Collections.Immutable;
using Preimage.Maps;
using Preimage.Networks;
using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>
/// Makes a network R^n -> R^m from an ONNX model and a question, node by node. The free tensor becomes the graph's input where it is defined;
/// everything else is a constant until it meets it.
/// </summary>
internal sealed partial class Importer
{
    private readonly OnnxModel _model;
    private readonly Exploration _question;
    private readonly GraphBuilder _builder = new(0);
    private readonly ImportContext _context;
    private readonly NodeLowering _lowering;
    private readonly ModelInputs _inputs;
    private readonly Scope _scope = new();
    private readonly List<NamedNode> _named = [];
    private readonly List<string> _assumptions = [];
    private readonly bool[] _lowered;
    private readonly Dictionary<int, ModelException> _failures = [];
    private Value? _free;
    private double[] _start = [];

    /// <summary>Checks the question against the model; <see cref="Network"/> reads.</summary>
    /// <exception cref="ArgumentException">The question does not fit the model.</exception>
    /// <exception cref="ModelException">The model is not valid.</exception>
    public Importer(OnnxModel model, Exploration question)
    {
        _model = model;
        _question = question;
        _context = new ImportContext(
            model.Path,
            Opset.Of(model.Proto, model.Path),
            _builder,
            new TensorReader(model.Path)
        )
        {
            Functions = new LocalFunctions(model.Proto.Functions),
        };
        _lowering = new NodeLowering(_context);
        _lowered = new bool[model.Proto.Graph.Node.Count];
        _inputs = new ModelInputs(model, question);
        foreach (string? name in (string?[])[question.From, question.To])
        {
            if (name is not null && !AllTensors().Contains(name, StringComparer.Ordinal))
            {
                throw new ArgumentException(
                    $"{model.Path} has no tensor '{name}'; it has {Names.Nearest(AllTensors(), name)}."
                );
            }
        }
    }

    /// <summary>The network to the tensor that is looked at.</summary>
    public Network Network() => Finish(Reach(_question.To ?? _model.Outputs[0].Name));

    /// <summary>The networks to all outputs, or to the tensor that the question looks at.</summary>
    public ImmutableArray<Network> Networks()
    {
        if (_question.To is not null)
        {
            return [Network()];
        }

        List<(string Name, Value Value)> reached = [Reach(_model.Outputs[0].Name)];
        foreach (ModelTensor output in _model.Outputs.Skip(1))
        {
            try
            {
                reached.Add(Reach(output.Name));
            }
            catch (ModelException e)
            {
                _assumptions.Add($"The output '{output.Name}' is left out: {e.Message}");
            }
        }

        return [.. reached.Select(Finish)];
    }

    /// <summary>Lowers what a tensor and the free one need, as far as that is not done, and gives its value.</summary>
    private (string Name, Value Value) Reach(string name)
    {
        GraphProto graph = _model.Proto.Graph;
        string[] wanted = _inputs.Free is { } free ? [free, name] : [name];
        var needed = new NeededTensors(graph, wanted);
        foreach (string known in _model.Declared.Select(i => i.Name).Concat(_model.Weights.Names))
        {
            if (needed.Contains(known) && _scope.Find(known) is null)
            {
                Define(known, Known(known));
            }
        }

        for (int i = 0; i < _lowered.Length; i++)
        {
            if (needed.Nodes[i] && !_lowered[i])
            {
                Lower(graph.Node[i], i);
                _lowered[i] = true;
            }
        }

        return _scope.Find(name) is { } value
            ? (name, value)
            : throw Bad($"names the output '{name}', which no node makes");
    }

    /// <summary>Lowers a node; one that has failed for another output fails again, for the same reason.</summary>
    private void Lower(NodeProto node, int place)
    {
        if (_failures.TryGetValue(place, out ModelException? before))
        {
            throw before;
        }

        try
        {
            Value[] outputs = _lowering.Lower(node, place, _scope);
            for (int i = 0; i < Math.Min(outputs.Length, node.Output.Count); i++)
            {
                if (node.Output[i].Length > 0)
                {
                    Define(node.Output[i], outputs[i]);
                }
            }
        }
        catch (ModelException e)
        {
            HoldWeightsOf(node, e);
            _failures[place] = e;
            throw;
        }
    }

    /// <summary>The value of an input or weight; of the free input, zeros, which <see cref="Define"/> replaces.</summary>
    private Value Known(string name)
    {
        if (_inputs.Declares(name) && _inputs[name].IsSequence)
        {
            return Sequence(name);
        }

        Tensor tensor;
        if (_weights?.PlaceOf(name) is >= 0 and var place)
        {
            return FreeWeight(name, place);
        }

        if (_inputs.IsGiven(name))
        {
            tensor = _inputs.Given(name);
        }
        else if (_model.Weights.Contains(name))
        {
            tensor = _model.Weights.Read(name, _context);
        }
        else
        {
            int[] shape = _inputs.Shape(name);
            DemandFree(name, shape);
            _context.Spend(Shapes.Product(shape), $"input '{name}'");
            tensor = new Tensor(shape, new double[Shapes.Product(shape)], _inputs[name].Kind!.Value)
            {
                Type = _inputs[name].ElementType,
            };
            if (name != _inputs.Free)
            {
                _assumptions.Add(
                    $"The input '{name}' ({_inputs[name].Type}{Shapes.Text(shape)}) is held at zeros, as no value is given for it; give one with --input {name}=..."
                );
            }
        }

        return new Value(_builder.Constant(tensor.Elements), tensor.Shape, tensor.Kind) { Type = tensor.Type };
    }

    /// <summary>A sequence of the tensors that are given for it.</summary>
    private Value Sequence(string name)
    {
        Value[] items =
        [
            .. _inputs
                .Items(name)
                .Select(t => new Value(_builder.Constant(t.Elements), t.Shape, t.Kind) { Type = t.Type }),
        ];
        if (items.Length == 0)
        {
            _assumptions.Add(
                $"The input '{name}' is an empty sequence, as no tensors {name}[0], {name}[1], ... are given."
            );
        }

        return new Value(_builder.Constant([]), [0]) { Items = [.. items] };
    }

    /// <summary>A sequence as one tensor: the elements of its tensors one after the other.</summary>
    private Value Flat(Value sequence)
    {
        ImmutableArray<Value> items = sequence.Items;
        int node = items.IsEmpty ? sequence.Node : _builder.Concatenate(1, [.. items.Select(i => i.Node)]);
        return new Value(node, [_builder.Size(node)], items.IsEmpty ? ElementKind.Real : items[0].Kind);
    }

    private void Define(string name, Value value)
    {
        if (name == _inputs.Free && _free is null)
        {
            value = _free = Free(name, value);
        }

        if (!_scope.TryDefine(name, value))
        {
            throw Bad($"makes the tensor '{name}' twice");
        }

        if (value.Kind == ElementKind.Real)
        {
            _named.Add(new NamedNode(name, value.Node, [.. value.Shape]));
        }
    }

    /// <summary>The graph's input in place of a tensor; its value is where a run may start.</summary>
    private Value Free(string name, Value value)
    {
        if (value.Kind != ElementKind.Real)
        {
            throw new ArgumentException(
                $"{_model.Path} has the tensor '{name}' of {Plural(value.Kind)}, along which there is no derivative; let a tensor of real numbers be free, such as {Names.List(RealInputs())}."
            );
        }

        double[] elements = _builder.ConstantValue(value.Node)!;
        DemandFree(name, value.Shape);
        if (_weights is not null)
        {
            return value with { Node = _builder.Select([.. Enumerable.Range(0, elements.Length)], GraphBuilder.Input) };
        }

        bool isUnknown = _inputs.Declares(name) && !_inputs.IsGiven(name) && !_model.Weights.Contains(name);
        _start = isUnknown ? [] : elements;
        _builder.SetInputs(elements.Length);
        return value with { Node = GraphBuilder.Input };
    }

    /// <summary>Each number of the free tensor is a variable.</summary>
    private void DemandFree(string name, int[] shape)
    {
        if (name == _inputs.Free && Shapes.Product(shape) is 0 or > Limits.Variables)
        {
            throw Bad(
                $"has the free tensor '{name}' of shape {Shapes.Text(shape)}, which is not a shape of 1 to {Limits.Variables} elements"
            );
        }
    }

    private Network Finish((string Name, Value Value) output)
    {
        Value value = output.Value.IsSequence ? Flat(output.Value) : output.Value;
        int node =
            value.Kind == ElementKind.Real
                ? value.Node
                : _builder.Undifferentiable(
                    $"{_model.Path} has the output '{output.Name}' of {Plural(value.Kind)}, which has no derivative; look at a tensor of real numbers.",
                    value.Node
                );
        Graph graph = _builder.Build(node, _named);
        if (graph.Outputs > Limits.Variables)
        {
            throw Bad(
                $"has an output '{output.Name}' of {graph.Outputs} elements; at most {Limits.Variables} are supported"
            );
        }

        return new Network(
            graph,
            SignatureOf((graph.Inputs, graph.Outputs), output),
            Description.Of(_model, _context.Opset)
        )
        {
            InputTensor = new InnerTensor(_inputs.Free ?? "", _free is null ? [0] : [.. _free.Shape]),
            OutputTensor = new InnerTensor(output.Name, [.. value.Shape]),
            OutputKind = value.Kind,
            Start = [.. _start],
            Assumptions = [.. _assumptions],
        };
    }

    /// <summary>The names of the metadata are those of the first input and the first output; numbers of other tensors are named by their places.</summary>
    private Signature SignatureOf((int Inputs, int Outputs) sizes, (string Name, Value Value) output)
    {
        Signature named = Metadata.Read(_model.Proto.MetadataProps, sizes.Inputs, sizes.Outputs);
        return new Signature(
            _free is null || _inputs.Free == RealInputs().FirstOrDefault()
                ? named.Inputs
                : Signature.OfTensor(_inputs.Free!, _free.Shape),
            output.Name == _model.Outputs[0].Name ? named.Outputs : Signature.OfTensor(output.Name, output.Value.Shape)
        );
    }

    private IEnumerable<string> RealInputs() =>
        _model.Inputs.Where(i => i.Kind == ElementKind.Real).Select(i => i.Name);

    private IEnumerable<string> AllTensors() =>
        _model
            .Declared.Select(i => i.Name)
            .Concat(_model.Proto.Graph.Node.SelectMany(n => n.Output))
            .Concat(_model.Weights.Names)
            .Where(n => n.Length > 0)
            .Distinct(StringComparer.Ordinal);

    private static string Plural(ElementKind kind) => kind == ElementKind.Integer ? "integers" : "booleans";

    private ModelException Bad(string rule) => new($"{_model.Path} {rule}.");
}
