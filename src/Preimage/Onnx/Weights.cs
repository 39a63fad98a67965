using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>The initialisers of a model by name, dense and sparse; each is read when it is needed.</summary>
internal sealed class Weights
{
    private readonly Dictionary<string, TensorProto> _dense = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SparseTensorProto> _sparse = new(StringComparer.Ordinal);
    private readonly string _path;

    /// <summary>Lists them.</summary>
    /// <exception cref="ModelException">Two have one name.</exception>
    public Weights(GraphProto graph, string path)
    {
        _path = path;
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

    /// <summary>The tensor. Infinities are allowed, as exporters write masks with them; NaN is not.</summary>
    /// <exception cref="ModelException">It is not valid, or holds NaN.</exception>
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

        int bad = tensor.Kind == ElementKind.Real ? Array.FindIndex(tensor.Elements, double.IsNaN) : -1;
        return bad < 0
            ? tensor
            : throw new ModelException(
                $"{_path} has NaN at index {bad} of the initialiser '{name}'; weights must be numbers."
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
