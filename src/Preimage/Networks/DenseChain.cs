using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Preimage.Networks;

/// <summary>Recognises a graph that is a chain of affine maps and elementwise functions, and folds what is affine between two functions into one layer.</summary>
internal static class DenseChain
{
    /// <summary>Most weights that are made dense, all layers together; wider affine maps stay as the graph has them.</summary>
    public const int MaximumWeights = 1 << 25;

    /// <summary>Most layers that are looked for.</summary>
    public const int MaximumLayers = 1 << 12;

    /// <summary>The graph as a dense network, equal up to rounding, or null when it is not such a chain.</summary>
    public static DenseNetwork? TryRecognize(Graph graph)
    {
        var segments = new List<Segment>();
        if (
            graph.Nodes.Any(n => n.Size == 0)
            || TrySegments(graph, segments) is not { } head
            || IsTooLarge(graph, segments)
        )
        {
            return null;
        }

        var layers = ImmutableArray.CreateBuilder<DenseLayer>(segments.Count);
        foreach (Segment segment in segments)
        {
            if (TryFold(graph, segment) is not { } layer)
            {
                return null;
            }

            layers.Add(layer);
        }

        return new DenseNetwork(layers.MoveToImmutable(), head);
    }

    /// <summary>An affine map from one node to a later one, and the function that follows it.</summary>
    private readonly record struct Segment(int From, int To, ScalarFunction Activation);

    /// <summary>Cuts the graph at its elementwise functions; null when something is neither affine nor such a function.</summary>
    private static DenseHead? TrySegments(Graph graph, List<Segment> segments)
    {
        var head = DenseHead.None;
        bool[] reached = new bool[graph.Nodes.Length];
        List<int> sinceCut = [0];
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

            if (!IsAffine(graph, node))
            {
                head = HeadOf(node);
                ScalarFunction? function =
                    head == DenseHead.None ? (node.Operation as Elementwise)?.Function : new Identity();
                if (function is null || segments.Count == MaximumLayers)
                {
                    return null;
                }

                // A head right after a function needs no layer between.
                if (head == DenseHead.None || node.Operands[0] != from || from == 0)
                {
                    segments.Add(new Segment(from, node.Operands[0], function));
                }

                sinceCut.ForEach(k => reached[k] = false);
                sinceCut.Clear();
                from = i;
            }

            reached[i] = true;
            sinceCut.Add(i);
        }

        if (segments.Count == 0 || from != graph.Output)
        {
            segments.Add(new Segment(from, graph.Output, new Identity()));
        }

        return graph.Nodes[graph.Output].Varies ? head : null;
    }

    private static bool IsTooLarge(Graph graph, List<Segment> segments)
    {
        long weights = 0;
        foreach (Segment segment in segments)
        {
            weights += (long)graph.Nodes[segment.From].Size * graph.Nodes[segment.To].Size;
        }

        return weights > MaximumWeights;
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
    private static DenseLayer? TryFold(Graph graph, Segment segment)
    {
        int inputs = graph.Nodes[segment.From].Size;
        int outputs = graph.Nodes[segment.To].Size;
        double[] weights = new double[outputs * inputs];
        double[] biases = new double[outputs];
        var map = new NetworkMap(Pruning.Keep(graph.Nodes, segment.From, segment.To, []));
        map.Linearize(new double[inputs], biases, weights);
        return AllFinite(weights) && AllFinite(biases)
            ? new DenseLayer(
                inputs,
                outputs,
                ImmutableCollectionsMarshal.AsImmutableArray(weights),
                ImmutableCollectionsMarshal.AsImmutableArray(biases),
                segment.Activation
            )
            : null;
    }

    private static bool AllFinite(double[] values) => Array.TrueForAll(values, double.IsFinite);
}
