using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Queries, keys and values of scaled dot-product attention.</summary>
/// <param name="Query">[Batch, Heads, Rows, Size].</param>
/// <param name="Key">[Batch, Groups, Columns, Size]; Heads is a multiple of Groups, and neighbouring heads share a group.</param>
/// <param name="Value">[Batch, Groups, Columns, ValueSize].</param>
internal sealed record AttentionHeads(Value Query, Value Key, Value Value)
{
    /// <summary>The shape of the scores: [Batch, Heads, Rows, Columns].</summary>
    public int[] ScoreShape => [.. Query.Shape[..3], Key.Shape[2]];
}

/// <summary>What happens to the scores between the two products.</summary>
internal sealed record AttentionRule
{
    /// <summary>Factor of the scores; null for 1 / sqrt(Size).</summary>
    public double? Scale { get; init; }

    /// <summary>c of c tanh(s / c), by which scores are bounded; 0 for none.</summary>
    public double SoftCap { get; init; }

    /// <summary>Whether column j is hidden from row i where j > i + <see cref="Past"/>.</summary>
    public bool Causal { get; init; }

    /// <summary>How many columns stand before those of the rows.</summary>
    public int Past { get; init; }

    /// <summary>Added to the scores, each broadcast to their shape; booleans say what is seen.</summary>
    public List<Value> Biases { get; } = [];
}

/// <summary>softmax(scale Q K^T + bias) V, and the scores on the way.</summary>
internal sealed class AttentionCore(NodeReader n, AttentionHeads heads, AttentionRule rule)
{
    /// <summary>
    /// The score of what is hidden: so far below every other that its weight is exactly 0, and still a number (an infinite one would make NaN in derivatives and bounds).
    /// A row of which all is hidden weighs all alike.
    /// </summary>
    public const double Hidden = -1e300;

    private readonly int[] _shape = n.Shape(Array.ConvertAll(heads.ScoreShape, s => (long)s));

    /// <summary>The result: [Batch, Heads, Rows, ValueSize].</summary>
    public Value Output { get; private set; } = heads.Query;

    /// <summary>The scores by the numbering of the standard: 0 the products, 1 with the bias, 2 bounded, 3 the weights.</summary>
    public Value[] Scores { get; } = new Value[4];

    /// <summary>Computes the result.</summary>
    /// <exception cref="ModelException">The shapes do not fit.</exception>
    public AttentionCore Attend()
    {
        CheckShapes();
        int[] key = heads.Key.Shape;
        int groups = key[0] * key[1];
        int rows = _shape[1] / key[1] * _shape[2];
        double scale = rule.Scale ?? 1 / Math.Sqrt(key[3]);
        int query = Scaled(heads.Query.Node, scale);
        int transposed = Broadcasting.Permute(n, heads.Key, [0, 1, 3, 2]).Node;
        Scores[0] = Score(
            LinearOperators.Multiply(n, new MatrixMultiply(groups, rows, key[3], key[2]), query, transposed)
        );
        Scores[2] = Score(Capped(Scores[0].Node));
        Scores[1] = Score(Biased(Scores[2].Node));
        Scores[3] = Score(n.Graph.Softmax(_shape[0] * _shape[1] * _shape[2], _shape[3], 1, Scores[1].Node));
        int size = heads.Value.Shape[3];
        int[] shape = n.Shape([_shape[0], _shape[1], _shape[2], size]);
        Output = new Value(
            LinearOperators.Multiply(
                n,
                new MatrixMultiply(groups, rows, key[2], size),
                Scores[3].Node,
                heads.Value.Node
            ),
            shape
        );
        return this;
    }

    private void CheckShapes()
    {
        (int[] q, int[] k, int[] v) = (heads.Query.Shape, heads.Key.Shape, heads.Value.Shape);
        bool fit =
            q.Length == 4
            && k.Length == 4
            && v.Length == 4
            && q[0] == k[0]
            && k.AsSpan(0, 3).SequenceEqual(v.AsSpan(0, 3))
            && q[3] == k[3]
            && k[1] > 0
            && q[1] % k[1] == 0
            && k[2] > 0
            && q[3] > 0;
        if (!fit)
        {
            throw n.Fail(
                $"attends with queries {Shapes.Text(q)} to keys {Shapes.Text(k)} and values {Shapes.Text(v)}, which do not fit"
            );
        }
    }

    private Value Score(int node) => new(node, _shape);

    private int Scaled(int node, double factor) =>
        factor == 1
            ? node
            : n.Graph.Combine(BinaryFunction.Multiply, node, Broadcasting.Everywhere(n, factor, n.Graph.Size(node)));

    private int Capped(int node) =>
        rule.SoftCap == 0
            ? node
            : Scaled(n.Graph.Elementwise(new HyperbolicTangent(), Scaled(node, 1 / rule.SoftCap)), rule.SoftCap);

    private int Biased(int node)
    {
        if (rule.Causal)
        {
            double[] mask = new double[_shape[2] * _shape[3]];
            for (int k = 0; k < mask.Length; k++)
            {
                mask[k] = k % _shape[3] > k / _shape[3] + rule.Past ? Hidden : 0;
            }

            node = Plus(node, n.Make([_shape[2], _shape[3]], mask, ElementKind.Real));
        }

        return rule.Biases.Aggregate(node, Plus);
    }

    /// <summary>Constant biases are cut below, where they may be infinite; a mask that varies chooses.</summary>
    private int Plus(int node, Value bias)
    {
        if (n.TryConstant(bias) is { } known)
        {
            double[] added = Array.ConvertAll(
                known.Elements,
                e => known.Kind == ElementKind.Boolean ? (e != 0 ? 0 : Hidden) : Math.Max(e, Hidden)
            );
            return Array.TrueForAll(added, e => e == 0)
                ? node
                : n.Graph.Combine(
                    BinaryFunction.Add,
                    node,
                    Broadcasting.To(n, n.Make(known.Shape, added, ElementKind.Real), _shape)
                );
        }

        int whole = Broadcasting.To(n, bias, _shape);
        return bias.Kind == ElementKind.Boolean
            ? n.Graph.Choose(whole, node, Broadcasting.To(n, Broadcasting.Number(n, Hidden), _shape))
            : n.Graph.Combine(BinaryFunction.Add, node, whole);
    }
}
