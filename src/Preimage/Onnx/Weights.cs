using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>The initialisers of a model by name, dense and sparse; each is read when it is needed.</summary>
internal sealed class Weights
{
    private readonly Dictionary<string, TensorProto> _dense = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SparseTensorProto> _sparse = new(StringComparer.Ordinal);
    private readonly HashSet<string> _multiplied;
    private readonly string _path;

    /// <summary>Lists them.</summary>
    /// <exception cref="ModelException">Two have one name.</exception>
    public Weights(GraphProto graph, string path)
    {
        _path = path;
        _multiplied = graph
            .Node.Where(n =>
                n.OpType
                    is "MatMul"
                        or "Gemm"
                        or "Conv"
                        or "ConvTranspose"
                        or "Mul"
                        or "Div"
                        or "BatchNormalization"
                        or "RNN"
                        or "GRU"
                        or "LSTM"
            )
            .SelectMany(n => n.Input)
            .ToHashSet(StringComparer.Ordinal);
        foreach (TensorProto proto in graph.Initializer)
        {
            Demand(_dense.TryAdd(proto.Name, proto), proto.Name);
        }

        foreach (SparseTensorProto proto in graph.SparseInitializer)
        {
            string name = proto.Values?.Name ?? "";
            Demand(!_dense.ContainsKey(name) && _sparse.TryAdd(name, proto), name);
        }
    }

    /// <summary>Whether there is one of that name.</summary>
    public bool Contains(string name) => _dense.ContainsKey(name) || _sparse.ContainsKey(name);

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _dense.Keys.Concat(_sparse.Keys);

    /// <summary>The tensor. Infinities are allowed where nothing is multiplied by them, as exporters write masks with them; NaN is not.</summary>
    /// <exception cref="ModelException">It is not valid, or holds what it may not.</exception>
    public Tensor Read(string name, ImportContext context)
    {
        string what = $"initialiser '{name}'";
        Tensor tensor;
        if (_dense.TryGetValue(name, out TensorProto? proto))
        {
            tensor = context.Tensors.Read(proto, what);
        }
        else
        {
            context.Spend(Math.Max(0, Shapes.Count([.. _sparse[name].Dims])), what);
            tensor = context.Tensors.Read(_sparse[name], what);
        }

        int bad = Array.FindIndex(
            tensor.Elements,
            e => double.IsNaN(e) || (double.IsInfinity(e) && _multiplied.Contains(name))
        );
        return bad < 0
            ? tensor
            : throw new ModelException(
                $"{_path} has {tensor.Elements[bad]} at index {bad} of the initialiser '{name}'; weights must be finite numbers."
            );
    }

    private void Demand(bool isNew, string name)
    {
        if (!isNew)
        {
            throw new ModelException($"{_path} has two initialisers named '{name}'.");
        }
    }
}
