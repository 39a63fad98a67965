using System.Collections.Immutable;
using Preimage.Networks;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>
/// The weights of a model that are free, each at its place in the one vector of parameters: those of floating-point numbers that an output needs, but for
/// statistics, exponents, the scaling of the input, single numbers that scale or shift, and whatever the reader asks for as a constant.
/// </summary>
internal sealed class FreeWeights
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Chooses them.  free: the name of the input; held: weights that are left as they are.</summary>
    public FreeWeights(OnnxModel model, string output, string free, IReadOnlySet<string> held)
    {
        GraphProto graph = model.Proto.Graph;
        var needed = new NeededTensors(graph, [output]);
        ILookup<string, Use> uses = Uses(graph).ToLookup(u => u.Tensor, StringComparer.Ordinal);
        Dictionary<string, NodeProto> makers = [];
        foreach (NodeProto node in graph.Node)
        {
            foreach (string made in node.Output)
            {
                makers[made] = node;
            }
        }

        var tensors = ImmutableArray.CreateBuilder<InnerTensor>();
        foreach (TensorProto proto in graph.Initializer.Where(t => needed.Contains(t.Name) && !held.Contains(t.Name)))
        {
            if (IsReal(proto) && uses[proto.Name].All(u => Fits(u, proto, free, makers)))
            {
                _places[proto.Name] = Count;
                tensors.Add(new InnerTensor(proto.Name, [.. proto.Dims.Select(d => checked((int)d))]));
                Count = checked(Count + tensors[^1].Size);
            }
        }

        Tensors = tensors.ToImmutable();
    }

    /// <summary>The tensors, one after the other.</summary>
    public ImmutableArray<InnerTensor> Tensors { get; }

    /// <summary>P.</summary>
    public int Count { get; }

    /// <summary>Where a weight begins in the vector of parameters; -1 where it is none of them.</summary>
    public int PlaceOf(string name) => _places.GetValueOrDefault(name, -1);

    /// <summary>The weights that a value is made of; none where it depends on the network's input, too.  inputs: n.</summary>
    public IEnumerable<string> Behind(GraphBuilder graph, int node, int inputs)
    {
        HashSet<int> seen = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        Stack<int> left = new([node]);
        while (left.TryPop(out int next))
        {
            if (next == GraphBuilder.Input || !seen.Add(next))
            {
                continue;
            }

            if (graph.OperationOf(next) is Select(var sources) && graph.OperandsOf(next)[0] == GraphBuilder.Input)
            {
                int place = sources[0] - inputs;
                if (place < 0)
                {
                    return [];
                }

                names.Add(_places.Where(p => p.Value <= place).MaxBy(p => p.Value).Key);
            }
            else
            {
                foreach (int operand in graph.OperandsOf(next))
                {
                    left.Push(operand);
                }
            }
        }

        return names;
    }

    private static bool IsReal(TensorProto proto) =>
        (DataType)proto.DataType is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16
        && proto.Dims.Count > 0
        && Shapes.Count([.. proto.Dims]) > 0;

    /// <summary>Whether a weight may be fitted where a node reads it.</summary>
    private static bool Fits(Use use, TensorProto proto, string free, Dictionary<string, NodeProto> makers)
    {
        bool isOne = Shapes.Count([.. proto.Dims]) == 1;
        return use.Node.OpType switch
        {
            "BatchNormalization" => use.Place is 1 or 2,
            "Pow" => use.Place == 0 && !isOne,
            "Clip" or "Pad" or "Resize" or "Upsample" or "Where" or "Max" or "Min" => false,
            "Add" or "Sub" or "Mul" or "Div" => !use.Node.Input.Contains(free)
                && (!isOne || use.Node.Input.Any(i => makers.GetValueOrDefault(i)?.OpType is "MatMul")),
            _ => true,
        };
    }

    private static IEnumerable<Use> Uses(GraphProto graph) =>
        graph.Node.SelectMany(n => n.Input.Select((name, place) => new Use(name, n, place)));

    private readonly record struct Use(string Tensor, NodeProto Node, int Place);
}

/// <summary>Thrown where free weights are needed as constants: they must be held, and the model be read again.</summary>
internal sealed class NeededAsConstantException(IEnumerable<string> names, Exception cause)
    : Exception($"The weights {string.Join(", ", names)} are needed as constants.", cause)
{
    /// <summary>The weights.</summary>
    public ImmutableArray<string> Names { get; } = [.. names];
}
