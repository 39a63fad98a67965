using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>The parameters of one direction of a recurrent layer, and the operations that its cell is made of, on nodes of [Batch, gates * Hidden].</summary>
internal sealed class RecurrentDirection
{
    private readonly Dictionary<(int All, int First, int Count), int[]> _places = [];
    private readonly Dictionary<(int First, int Count), int> _weights = [];
    private readonly int[] _bias = [-1, -1, -1, -1];

    /// <summary>The graph that is being made.</summary>
    public required GraphBuilder Graph { get; init; }

    /// <summary>Sequences side by side.</summary>
    public required int Batch { get; init; }

    /// <summary>Elements of the state.</summary>
    public required int Hidden { get; init; }

    /// <summary>The node of R: [gates * Hidden, Hidden].</summary>
    public required int RecurrentWeights { get; init; }

    /// <summary>The node of the bias of h R^T where it is not part of the other one: [gates * Hidden], or null.</summary>
    public required int? RecurrentBias { get; init; }

    /// <summary>The nodes of the peepholes of i, o and e: [Batch, Hidden] each, or null.</summary>
    public required int[]? Peepholes { get; init; }

    /// <summary>The activations f, g, k in the order of the standard.</summary>
    public required Func<int, int>[] Activations { get; init; }

    /// <summary>a + b.</summary>
    public int Add(int a, int b) => Graph.Combine(BinaryFunction.Add, a, b);

    /// <summary>a - b.</summary>
    public int Subtract(int a, int b) => Graph.Combine(BinaryFunction.Subtract, a, b);

    /// <summary>a b, element by element.</summary>
    public int Multiply(int a, int b) => Graph.Combine(BinaryFunction.Multiply, a, b);

    /// <summary>1 - a.</summary>
    public int Complement(int a)
    {
        double[] ones = new double[Graph.Size(a)];
        Array.Fill(ones, 1);
        return Subtract(Graph.Constant(ones), a);
    }

    /// <summary>h R^T of some gates.  h: [Batch, Hidden], result: [Batch, count * Hidden].</summary>
    public int Recurrent(int h, int first, int count)
    {
        if (!_weights.TryGetValue((first, count), out int weights))
        {
            int rows = count * Hidden;
            int[] transposed = Shapes.View([Hidden, rows], [1, Hidden], first * Hidden * Hidden);
            weights = Graph.Select(transposed, RecurrentWeights);
            _weights[(first, count)] = weights;
        }

        return Graph.MatrixMultiply(new MatrixMultiply(1, Batch, Hidden, count * Hidden), h, weights);
    }

    /// <summary>Some of the gates that lie side by side in a node of all gates.</summary>
    public int Gate(int node, int all, int first, int count)
    {
        if (all == count)
        {
            return node;
        }

        if (!_places.TryGetValue((all, first, count), out int[]? places))
        {
            places = Shapes.View([Batch, count * Hidden], [all * Hidden, 1], first * Hidden);
            _places[(all, first, count)] = places;
        }

        return Graph.Select(places, node);
    }

    /// <summary>The node plus the recurrent bias of a gate.</summary>
    public int WithRecurrentBias(int node, int gate)
    {
        if (RecurrentBias is not { } all)
        {
            return node;
        }

        if (_bias[gate] < 0)
        {
            _bias[gate] = Graph.Select(Shapes.View([Batch, Hidden], [0, 1], gate * Hidden), all);
        }

        return Add(node, _bias[gate]);
    }
}
