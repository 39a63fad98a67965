using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>What of a graph some tensors need: the nodes that make them, and the names of everything that these read. The rest of a model is not looked at.</summary>
internal sealed class NeededTensors
{
    private readonly HashSet<string> _names;

    /// <summary>Walks back from the given tensors. A node that reads what a later one makes does not reach it: an order that is not valid shows when it is read.</summary>
    public NeededTensors(GraphProto graph, IEnumerable<string> tensors)
    {
        _names = new HashSet<string>(tensors, StringComparer.Ordinal);
        Nodes = new bool[graph.Node.Count];
        for (int i = Nodes.Length - 1; i >= 0; i--)
        {
            Nodes[i] = graph.Node[i].Output.Any(_names.Contains);
            if (Nodes[i])
            {
                _names.UnionWith(Read(graph.Node[i]));
            }
        }
    }

    /// <summary>Whether a node is needed: [nodes].</summary>
    public bool[] Nodes { get; }

    /// <summary>Whether a tensor is needed.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>What a node reads, and all that the bodies inside it read: some of that is their own, which does no harm.</summary>
    private static IEnumerable<string> Read(NodeProto node) =>
        node.Input.Concat(
            node.Attribute.Where(a => a.G is not null)
                .SelectMany(a => a.G.Node.SelectMany(Read).Concat(a.G.Output.Select(o => o.Name)))
        );
}
