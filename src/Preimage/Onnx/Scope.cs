using System.Collections.Immutable;

namespace Preimage.Onnx;

/// <summary>The tensors of a graph while it is read, by name. The body of a node inside it sees its own first, then those around.</summary>
internal sealed class Scope(Scope? around = null)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    /// <summary>How many graphs lie around this one.</summary>
    public int Depth { get; init; } = around is null ? 0 : around.Depth + 1;

    /// <summary>The version of the standard operator set where it is not that of the model: in a function.</summary>
    public long? Opset { get; init; } = around?.Opset;

    /// <summary>The functions that are being read.</summary>
    public ImmutableHashSet<string> Calls { get; init; } = around?.Calls ?? [];

    /// <summary>The tensor, or null when nothing has made it yet.</summary>
    public Value? Find(string name) => _values.TryGetValue(name, out Value? value) ? value : around?.Find(name);

    /// <summary>Names a tensor; false where this graph has one of that name.</summary>
    public bool TryDefine(string name, Value value) => _values.TryAdd(name, value);
}
