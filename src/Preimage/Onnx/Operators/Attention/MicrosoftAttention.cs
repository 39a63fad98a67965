using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Attention in the forms that ONNX Runtime fuses it to (domain com.microsoft).</summary>
internal static class MicrosoftAttention
{
    /// <summary>What is added to the scores of padding, unless a node says otherwise.</summary>
    private const double Padding = -10000;

    public static Operator[] All =>
        [
            new("Attention", Attention, "masks are constant") { Domain = Domains.Microsoft },
            new("MultiHeadAttention", MultiHead, "masks are constant") { Domain = Domains.Microsoft },
            new("RotaryEmbedding", n => [Rotary.Microsoft(n)], "the positions are constant")
            {
                Domain = Domains.Microsoft,
            },
        ];

    /// <summary>Inputs X: [Batch, Rows, Width], W: [Width, all columns of Q, K and V], their biases, mask, past: [2, Batch, heads, Past, Size], bias of the scores.</summary>
    private static Value[] Attention(NodeReader n)
    {
        Value projected = LinearOperators.MatMul(n, n.Real(0), n.Real(1));
        projected = n.Has(2) ? Broadcasting.Combine(n, BinaryFunction.Add, projected, n.Real(2)) : projected;
        if (projected.Rank != 3 || n.Int("do_rotary", 0) != 0)
        {
            throw n.Fail(
                $"makes queries, keys and values of shape {Shapes.Text(projected.Shape)}, or rotates them, which is not supported"
            );
        }

        long third = projected.Shape[2] / 3;
        long[] widths = n.Ints("qkv_hidden_sizes") is { Length: 3 } given ? given : [third, third, third];
        if (widths.Any(w => w <= 0) || widths.Sum() != projected.Shape[2])
        {
            throw n.Fail($"splits {projected.Shape[2]} columns into {Shapes.Text(widths)}, which do not add up");
        }

        long heads = n.Int("num_heads", 0);
        Value[] parts = new Value[3];
        int start = 0;
        for (int i = 0; i < 3; i++)
        {
            parts[i] = AttentionOperators.Split(n, Stacking.Range(n, projected, 2, start, (int)widths[i]), heads);
            start += (int)widths[i];
        }

        (Value key, Value value) = (WithPast(n, parts[1], 0), WithPast(n, parts[2], 1));
        var all = new AttentionHeads(parts[0], key, value);
        Value output = Attend(n, all, mask: 3, bias: 5);
        bool stackable = n.OutputCount > 1 && key.Shape.AsSpan().SequenceEqual(value.Shape);
        return stackable
            ?
            [
                output,
                new Value(
                    n.Graph.Concatenate(1, [key.Node, value.Node]),
                    n.Shape([2, .. key.Shape.Select(s => (long)s)])
                ),
            ]
            : [output];
    }

    /// <summary>Inputs Q, K, V (or packed: [Batch, Rows, heads, 3, Size]), their biases, mask, bias of the scores, past keys and values.</summary>
    private static Value[] MultiHead(NodeReader n)
    {
        long heads = n.Int("num_heads", 0);
        Value[] parts;
        if (n.Has(1) && n.Has(2))
        {
            parts = [.. Enumerable.Range(0, 3).Select(i => AttentionOperators.Split(n, WithBias(n, i), heads))];
        }
        else if (n.Real(0) is { Rank: 5 } packed && !n.Has(1) && !n.Has(3) && packed.Shape[3] == 3)
        {
            Value ordered = Broadcasting.Permute(n, packed, [3, 0, 2, 1, 4]);
            parts = [.. Enumerable.Range(0, 3).Select(i => Stacking.At(n, ordered, 0, i))];
        }
        else
        {
            throw n.Fail("packs keys and values in a way that is not supported; give queries, keys and values alone");
        }

        Value key = AttentionOperators.Joined(n, 6, parts[1]);
        Value value = AttentionOperators.Joined(n, 7, parts[2]);
        return [Attend(n, new AttentionHeads(parts[0], key, value), mask: 4, bias: 5), key, value];
    }

    private static Value Attend(NodeReader n, AttentionHeads heads, int mask, int bias)
    {
        double scale = n.Float("scale", 0);
        var rule = new AttentionRule
        {
            Scale = scale == 0 ? null : scale,
            Causal = n.Int("unidirectional", 0) != 0,
            Past = heads.Key.Shape[2] - heads.Query.Shape[2],
        };
        if (n.Has(mask))
        {
            rule.Biases.Add(Mask(n, mask, heads.ScoreShape));
        }

        if (n.Has(bias))
        {
            rule.Biases.Add(n.Real(bias));
        }

        return AttentionOperators.Merge(n, new AttentionCore(n, heads, rule).Attend().Output);
    }

    /// <summary>Ends (and starts) of the samples, or 0 where nothing is to be seen.  scores: [Batch, heads, Rows, Columns].</summary>
    private static Value Mask(NodeReader n, int input, int[] scores)
    {
        double hidden = n.Float("mask_filter_value", Padding);
        Tensor mask = n.Constant(input);
        int[] shape = mask.Shape;
        (int batch, int columns) = (scores[0], scores[3]);
        if (shape.Length == 1 && (shape[0] == batch || shape[0] == 2 * batch))
        {
            double[] added = new double[batch * columns];
            for (int k = 0; k < added.Length; k++)
            {
                int sample = k / columns;
                double start = shape[0] > batch ? mask.Elements[batch + sample] : 0;
                added[k] = k % columns >= mask.Elements[sample] || k % columns < start ? hidden : 0;
            }

            return n.Make(n.Shape([batch, 1, 1, columns]), added, ElementKind.Real);
        }

        int[]? seen = shape.Length switch
        {
            2 => [shape[0], 1, 1, shape[1]],
            3 => [shape[0], 1, shape[1], shape[2]],
            _ => null,
        };
        return seen is null
            ? throw n.Fail($"has a mask of shape {Shapes.Text(shape)}, which is not supported")
            : n.Make(seen, Array.ConvertAll(mask.Elements, e => e > 0 ? 0 : hidden), ElementKind.Real);
    }

    /// <summary>Keys or values of an earlier call before these.  past: [2, Batch, heads, Past, Size], x: [Batch, heads, Rows, Size].</summary>
    private static Value WithPast(NodeReader n, Value x, int index)
    {
        if (!n.Has(4))
        {
            return x;
        }

        Value past = n.Real(4);
        return past.Rank == 5 && past.Shape[0] == 2
            ? Stacking.Joined(n, [Stacking.At(n, past, 0, index), x], 2)
            : throw n.Fail(
                $"has earlier keys and values of shape {Shapes.Text(past.Shape)}, where [2, batch, heads, rows, size] is needed"
            );
    }

    /// <summary>Q, K or V with its part of the biases, which stand one after the other.</summary>
    private static Value WithBias(NodeReader n, int index)
    {
        Value x = n.Real(index);
        if (!n.Has(3) || x.Rank != 3)
        {
            return x;
        }

        int start = Enumerable.Range(0, index).Sum(i => n.Real(i).Shape[^1]);
        Value biases = n.Real(3);
        if (biases.Rank != 1 || biases.Shape[0] < start + x.Shape[2])
        {
            throw n.Fail($"has biases of shape {Shapes.Text(biases.Shape)}, which do not fit");
        }

        int[] places = [.. Enumerable.Range(start, x.Shape[2])];
        var bias = new Value(n.Graph.Select(places, biases.Node), [places.Length]);
        return Broadcasting.Combine(n, BinaryFunction.Add, x, bias);
    }
}
