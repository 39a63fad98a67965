using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Preimage.Networks;

/// <summary>Recognises a graph that is a chain of affine maps and elementwise functions, and folds what is affine between two functions into one layer.</summary>
internal static class DenseChain
{
    /// <summary>Largest weight matrix that is made dense; wider affine maps stay as the graph has them.</summary>
    public const int MaximumWeights = 1 << 24;

    /// <summary>The graph as a dense network, equal up to rounding, or null when it is not such a chain.</summary>
    public static DenseNetwork? TryRecognize(Graph graph)
    {
        var layers = ImmutableArray.CreateBuilder<DenseLayer>();
        var head = DenseHead.None;
        bool[] reached = new bool[graph.Nodes.Length];
        int from = 0;
        reached[0] = true;
        for (int i = 1; i < graph.Nodes.Length; i++)
        {
            Node node = graph.Nodes[i];
            if (!node.Varies)
            {
                continue;
            }

            if (head != DenseHead.None || node.Operands.Any(o => graph.Nodes[o].Varies && !reached[o]))
            {
                return null; // something follows the head, or a branch passes an elementwise function by
            }

            if (IsAffine(graph, node))
            {
                reached[i] = true;
                continue;
            }

            head = HeadOf(node);
            ScalarFunction? function =
                head == DenseHead.None ? (node.Operation as Elementwise)?.Function : new Identity();
            if (function is null || TryFold(graph, from, node.Operands[0], function) is not { } layer)
            {
                return null;
            }

            layers.Add(layer);
            Array.Clear(reached);
            reached[i] = true;
            from = i;
        }

        if (layers.Count == 0 || from != graph.Output)
        {
            if (!graph.Nodes[graph.Output].Varies || TryFold(graph, from, graph.Output, new Identity()) is not { } last)
            {
                return null;
            }

            layers.Add(last);
        }

        return new DenseNetwork(layers.ToImmutable(), head);
    }

    /// <summary>Whether a node is affine in its operands that depend on x.</summary>
    private static bool IsAffine(Graph graph, Node node)
    {
        int varying = node.Operands.Count(o => graph.Nodes[o].Varies);
        return node.Operation switch
        {
            Elementwise(Identity or Negate) => true,
            Combine(BinaryFunction.Add or BinaryFunction.Subtract) => true,
            Combine(BinaryFunction.Multiply) => varying == 1,
            Combine(BinaryFunction.Divide) => varying == 1 && graph.Nodes[node.Operands[0]].Varies,
            MatrixMultiply => varying == 1,
            Reduce { Kind: Reduction.Sum or Reduction.Mean } => true,
            Concatenate => true,
            Select => true,
            _ => false,
        };
    }

    private static DenseHead HeadOf(Node node) =>
        node.Operation switch
        {
            Softmax s when s.Count == node.Size => DenseHead.Softmax,
            LogSoftmax s when s.Count == node.Size => DenseHead.LogSoftmax,
            _ => DenseHead.None,
        };

    /// <summary>The affine map between two nodes: W is its Jacobian, b its value at 0. For a single matrix product both are its own constants, bit by bit.</summary>
    private static DenseLayer? TryFold(Graph graph, int from, int to, ScalarFunction activation)
    {
        int inputs = graph.Nodes[from].Size;
        int outputs = graph.Nodes[to].Size;
        if ((long)inputs * outputs > MaximumWeights || inputs == 0 || outputs == 0)
        {
            return null;
        }

        double[] weights = new double[outputs * inputs];
        double[] biases = new double[outputs];
        var map = new NetworkMap(Pruning.Keep(graph.Nodes, from, to, []));
        map.Linearize(new double[inputs], biases, weights);
        return AllFinite(weights) && AllFinite(biases)
            ? new DenseLayer(
                inputs,
                outputs,
                ImmutableCollectionsMarshal.AsImmutableArray(weights),
                ImmutableCollectionsMarshal.AsImmutableArray(biases),
                activation
            )
            : null;
    }

    private static bool AllFinite(double[] values) => Array.TrueForAll(values, double.IsFinite);
}
