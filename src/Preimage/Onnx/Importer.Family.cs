using Preimage.Networks;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <content>The family of all networks that differ in their weights.</content>
internal sealed partial class Importer
{
    private readonly FreeWeights? _weights;
    private int _variables;

    /// <summary>Reads with free weights beside the free input.</summary>
    /// <exception cref="ArgumentException">As of the other constructor, or there is no free input of real numbers.</exception>
    /// <exception cref="ModelException">The model is not valid.</exception>
    private Importer(OnnxModel model, Exploration question, IReadOnlySet<string> held)
        : this(model, question)
    {
        if (_inputs.Free is not { } free || !_inputs.Declares(free))
        {
            throw new ArgumentException(
                $"{model.Path} is fitted along an input of real numbers, which must be free; it has {Names.List(RealInputs())}."
            );
        }

        int[] shape = _inputs.Shape(free);
        DemandFree(free, shape);
        _weights = new FreeWeights(model, Output, free, held);
        if (_weights.Count is 0 or > Limits.Variables)
        {
            throw Bad(
                _weights.Count == 0
                    ? "has no weights that can be fitted: none of floating-point numbers reaches the output"
                    : $"has {_weights.Count} weights to fit; at most {Limits.Variables} are supported"
            );
        }

        _variables = Shapes.Product(shape);
        _builder.SetInputs(checked(_variables + _weights.Count));
    }

    private string Output => _question.To ?? _model.Outputs[0].Name;

    /// <summary>The family to the tensor that is looked at. Weights that can only be read as constants are held.</summary>
    /// <exception cref="ArgumentException">The question does not fit the model, or a name to hold is no weight.</exception>
    /// <exception cref="ModelException">The model is not valid, or has no weights to fit.</exception>
    public static NetworkFamily Family(OnnxModel model, Exploration question, IEnumerable<string> held)
    {
        HashSet<string> constant = new(held, StringComparer.Ordinal);
        if (constant.FirstOrDefault(name => !model.Weights.Contains(name)) is { } unknown)
        {
            throw new ArgumentException(
                $"{model.Path} has no weight '{unknown}'; it has {Names.Nearest(model.Weights.Names, unknown)}."
            );
        }

        while (true)
        {
            try
            {
                return new Importer(model, question, constant).ReadFamily();
            }
            catch (NeededAsConstantException needed)
            {
                constant.UnionWith(needed.Names);
            }
        }
    }

    private NetworkFamily ReadFamily()
    {
        (string Name, Value Value) output = Reach(Output);
        if (output.Value.IsSequence || output.Value.Kind != ElementKind.Real)
        {
            throw Bad($"has the output '{output.Name}', which is no tensor of real numbers and cannot be fitted");
        }

        Graph graph = _builder.Build(output.Value.Node, []);
        double[] start = [.. _weights!.Tensors.SelectMany(t => _model.Weights.Read(t.Name, _context).Elements)];
        return new NetworkFamily(graph, SignatureOf((_variables, graph.Outputs), output), _weights.Tensors)
        {
            Start = [.. start],
            InputTensor = new InnerTensor(_inputs.Free!, [.. _free!.Shape]),
            Rounding = Rounding(),
        };
    }

    private Func<int, double, double> Rounding()
    {
        DataType[] types =
        [
            .. _weights!.Tensors.Select(t =>
                (DataType)_model.Proto.Graph.Initializer.First(i => i.Name == t.Name).DataType
            ),
        ];
        return (tensor, number) => ElementTypes.Round(types[tensor], number);
    }

    private Value FreeWeight(string name, int place)
    {
        InnerTensor tensor = _weights!.Tensors.First(t => t.Name == name);
        int[] sources = [.. Enumerable.Range(_variables + place, tensor.Size)];
        return new Value(_builder.Select(sources, GraphBuilder.Input), [.. tensor.Shape]);
    }

    /// <summary>Where a node cannot be read as its weights are free, they are held.</summary>
    private void HoldWeightsOf(NodeProto node, ModelException cause)
    {
        if (_weights is null)
        {
            return;
        }

        string[] names =
        [
            .. node
                .Input.Select(_scope.Find)
                .Where(v => v is { IsSequence: false })
                .SelectMany(v => _weights.Behind(_builder, v!.Node, _variables))
                .Distinct(StringComparer.Ordinal),
        ];
        if (names.Length > 0)
        {
            throw new NeededAsConstantException(names, cause);
        }
    }
}
