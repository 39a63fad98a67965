namespace Preimage.Onnx;

/// <summary>Attention and rotary positions of the standard.</summary>
internal static class AttentionOperators
{
    public static Operator[] All =>
        [
            new("Attention", Attention, "numbers of valid keys are constant"),
            new("RotaryEmbedding", n => [Rotary.Standard(n)], "the positions are constant"),
        ];

    /// <summary>Inputs Q, K, V, mask, past keys, past values, numbers of valid keys; outputs Y, keys, values and scores.</summary>
    private static Value[] Attention(NodeReader n)
    {
        bool flat = n.Real(0).Rank == 3;
        Value query = Split(n, n.Real(0), n.Int("q_num_heads", 0));
        Value key = Joined(n, 4, Split(n, n.Real(1), n.Int("kv_num_heads", 0)));
        Value value = Joined(n, 5, Split(n, n.Real(2), n.Int("kv_num_heads", 0)));
        double scale = n.Float("scale", double.NaN);
        var rule = new AttentionRule
        {
            Scale = double.IsNaN(scale) ? null : scale,
            SoftCap = n.Float("softcap", 0),
            Causal = n.Int("is_causal", 0) != 0,
            Past = n.Has(4) && n.Input(4).Rank == 4 ? n.Input(4).Shape[2] : 0,
        };
        var heads = new AttentionHeads(query, key, value);
        if (n.Has(3))
        {
            rule.Biases.Add(Widened(n, n.Input(3), key.Shape[^2]));
        }

        if (n.Has(6))
        {
            rule.Biases.Add(Valid(n, heads, n.Integers(6)));
        }

        AttentionCore core = new AttentionCore(n, heads, rule).Attend();
        long mode = n.Int("qk_matmul_output_mode", 0);
        if (mode is < 0 or > 3)
        {
            throw n.Fail($"gives the scores in mode {mode}; known are 0 to 3");
        }

        return [flat ? Merge(n, core.Output) : core.Output, key, value, core.Scores[mode]];
    }

    /// <summary>[Batch, Rows, heads * Size] as [Batch, heads, Rows, Size].</summary>
    public static Value Split(NodeReader n, Value x, long heads)
    {
        if (x.Rank == 4)
        {
            return x;
        }

        if (x.Rank != 3 || heads <= 0 || x.Shape[2] % heads != 0)
        {
            throw n.Fail($"splits the shape {Shapes.Text(x.Shape)} into {heads} heads, which does not fit");
        }

        int count = (int)heads;
        return Broadcasting.Permute(n, x.In([x.Shape[0], x.Shape[1], count, x.Shape[2] / count]), [0, 2, 1, 3]);
    }

    /// <summary>[Batch, heads, Rows, Size] as [Batch, Rows, heads * Size].</summary>
    public static Value Merge(NodeReader n, Value x)
    {
        Value rows = Broadcasting.Permute(n, x, [0, 2, 1, 3]);
        return rows.In([rows.Shape[0], rows.Shape[1], rows.Shape[2] * rows.Shape[3]]);
    }

    /// <summary>The rows of an earlier call, where they are given, before these.  x: [Batch, heads, Rows, Size].</summary>
    public static Value Joined(NodeReader n, int past, Value x) =>
        n.Has(past) ? Stacking.Joined(n, [n.Real(past), x], n.Axis(2, n.Real(past).Rank)) : x;

    /// <summary>A mask of fewer columns hides the others.</summary>
    private static Value Widened(NodeReader n, Value mask, int columns)
    {
        int own = mask.Rank == 0 ? columns : mask.Shape[^1];
        if (own >= columns || own == 1)
        {
            return mask;
        }

        int rows = Shapes.Product(mask.Shape.AsSpan()[..^1]);
        double[] hidden = new double[rows * (columns - own)];
        Array.Fill(hidden, mask.Kind == ElementKind.Boolean ? 0 : AttentionCore.Hidden);
        int[] shape = n.Shape([.. mask.Shape[..^1].Select(s => (long)s), columns]);
        return mask with { Node = n.Graph.Concatenate(rows, [mask.Node, n.Graph.Constant(hidden)]), Shape = shape };
    }

    /// <summary>Only the first keys of each sample are seen.</summary>
    private static Value Valid(NodeReader n, AttentionHeads heads, long[] counts)
    {
        int[] scores = heads.ScoreShape;
        if (counts.Length != scores[0])
        {
            throw n.Fail($"has {counts.Length} numbers of valid keys for {scores[0]} samples, which do not fit");
        }

        int[] shape = n.Shape([scores[0], 1, 1, scores[3]]);
        double[] seen = [.. counts.SelectMany(c => Enumerable.Range(0, scores[3]).Select(j => j < c ? 1.0 : 0.0))];
        return n.Make(shape, seen, ElementKind.Boolean);
    }
}
