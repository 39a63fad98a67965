namespace Preimage.Onnx;

/// <summary>Tensors laid one after the other along an axis, and taken apart again.</summary>
internal static class Stacking
{
    /// <summary>Part number index along an axis, which it loses.</summary>
    public static Value At(NodeReader n, Value x, int axis, int index)
    {
        int[] own = Shapes.Strides(x.Shape);
        int[] shape = [.. x.Shape[..axis], .. x.Shape[(axis + 1)..]];
        int[] strides = [.. own[..axis], .. own[(axis + 1)..]];
        n.Spend(Shapes.Product(shape));
        return x with { Node = n.Graph.Select(Shapes.View(shape, strides, index * own[axis]), x.Node), Shape = shape };
    }

    /// <summary>A range along an axis.</summary>
    public static Value Range(NodeReader n, Value x, int axis, int start, int count)
    {
        int[] own = Shapes.Strides(x.Shape);
        int[] shape = [.. x.Shape];
        shape[axis] = count;
        n.Spend(Shapes.Product(shape));
        return x with { Node = n.Graph.Select(Shapes.View(shape, own, start * own[axis]), x.Node), Shape = shape };
    }

    /// <summary>Tensors of one shape along a new axis.</summary>
    public static Value Along(NodeReader n, IReadOnlyList<Value> parts, int axis)
    {
        Value first = parts[0];
        if (parts.FirstOrDefault(p => !p.Shape.AsSpan().SequenceEqual(first.Shape)) is { } other)
        {
            throw n.Fail($"stacks the shapes {Shapes.Text(first.Shape)} and {Shapes.Text(other.Shape)}, which differ");
        }

        return Joined(n, [.. parts.Select(p => p.In([.. p.Shape[..axis], 1, .. p.Shape[axis..]]))], axis);
    }

    /// <summary>Tensors one after the other along an axis that they have.</summary>
    public static Value Joined(NodeReader n, IReadOnlyList<Value> parts, int axis)
    {
        Value first = parts[0];
        long[] shape = Array.ConvertAll(first.Shape, s => (long)s);
        shape[axis] = 0;
        foreach (Value part in parts)
        {
            bool fits = part.Rank == first.Rank && part.Kind == first.Kind && !part.IsSequence;
            for (int k = 0; fits && k < first.Rank; k++)
            {
                fits = k == axis || part.Shape[k] == first.Shape[k];
            }

            if (!fits)
            {
                throw n.Fail(
                    $"joins the shapes {Shapes.Text(first.Shape)} and {Shapes.Text(part.Shape)} along axis {axis}, which do not fit"
                );
            }

            shape[axis] += part.Shape[axis];
        }

        int[] joined = n.Shape(shape);
        int outer = Shapes.Product(joined.AsSpan(0, axis));
        return first with { Node = n.Graph.Concatenate(outer, [.. parts.Select(p => p.Node)]), Shape = joined };
    }
}
