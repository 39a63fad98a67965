namespace Preimage.Onnx;

/// <summary>Elements of a tensor taken axis by axis, and weighted sums of them.</summary>
internal static class Rearranging
{
    /// <summary>
    /// y[i_1, ..., i_r] = x[places_1[i_1], ..., places_r[i_r]]; null for an axis that stays as it is.
    /// Where a place is -1 stands the filler, one number; without negative places it may be null.
    /// </summary>
    public static Value Take(NodeReader n, Value x, int[] shape, int[]?[] places, Value? filler)
    {
        int[] strides = Shapes.Strides(x.Shape);
        int outside = Shapes.Product(x.Shape);
        int[] sources = new int[1];
        int made = 1;
        bool filled = false;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            int[] next = new int[made * shape[axis]];
            for (int i = 0; i < next.Length; i++)
            {
                int k = i % shape[axis];
                int place = places[axis] is { } table ? table[k] : k;
                int prefix = sources[i / shape[axis]];
                next[i] = place < 0 || prefix == outside ? outside : prefix + place * strides[axis];
                filled |= next[i] == outside;
            }

            (sources, made) = (next, next.Length);
        }

        int node = filled ? n.Graph.Concatenate(1, [x.Node, filler!.Node]) : x.Node;
        n.Spend(filled ? outside + 1L : 0);
        return x with { Node = n.Graph.Select(sources, node), Shape = shape };
    }
}
