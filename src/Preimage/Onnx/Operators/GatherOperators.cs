namespace Preimage.Onnx;

/// <summary>Operators that pick elements by constant indices.</summary>
internal static class GatherOperators
{
    private const string ConstantIndices = "the indices are constant";

    public static Operator[] All =>
        [
            new("Gather", n => [Gather(n)], ConstantIndices),
            new("GatherElements", n => [GatherElements(n)], ConstantIndices),
            new("GatherND", n => [GatherSlices(n)], ConstantIndices),
        ];

    /// <summary>Rows of [outer, size, inner] at the indices.</summary>
    private static Value Gather(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        long[] indices = n.Integers(1);
        int[] at = n.Input(1).Shape;
        int[] shape = n.Shape(
            Array.ConvertAll<int, long>([.. x.Shape[..axis], .. at, .. x.Shape[(axis + 1)..]], d => d)
        );
        int outer = Shapes.Product(x.Shape.AsSpan(0, axis));
        int size = x.Shape[axis];
        int inner = Shapes.Product(x.Shape.AsSpan(axis + 1));
        int[] sources = new int[Shapes.Product(shape)];
        int next = 0;
        for (int o = 0; o < outer; o++)
        {
            foreach (long index in indices)
            {
                int row = Place(n, index, size);
                for (int i = 0; i < inner; i++)
                {
                    sources[next++] = (o * size + row) * inner + i;
                }
            }
        }

        return x with
        {
            Node = n.Graph.Select(sources, x.Node),
            Shape = shape,
        };
    }

    /// <summary>y[.., i, ..] = x[.., indices[.., i, ..], ..]: only the named axis is looked up.</summary>
    private static Value GatherElements(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        long[] indices = n.Integers(1);
        int[] shape = n.Input(1).Shape;
        if (shape.Length != x.Rank || shape.Where((d, i) => i != axis && d > x.Shape[i]).Any())
        {
            throw n.Fail(
                $"picks by indices of shape {Shapes.Text(shape)} from the shape {Shapes.Text(x.Shape)}, which do not fit"
            );
        }

        n.Spend(indices.Length);
        int[] strides = Shapes.Strides(x.Shape);
        int along = strides[axis];
        strides[axis] = 0;
        int[] sources = Shapes.View(shape, strides);
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] += Place(n, indices[i], x.Shape[axis]) * along;
        }

        return x with
        {
            Node = n.Graph.Select(sources, x.Node),
            Shape = [.. shape],
        };
    }

    /// <summary>The last axis of the indices holds the first coordinates of a slice (after the batch axes, which both have).</summary>
    private static Value GatherSlices(NodeReader n)
    {
        Value x = n.Input(0);
        long[] indices = n.Integers(1);
        int[] at = n.Input(1).Shape;
        int depth = at.Length == 0 ? 0 : at[^1];
        int batches = (int)Math.Clamp(n.Int("batch_dims", 0), 0, Limits.Rank);
        if (
            depth == 0
            || batches >= at.Length
            || batches + depth > x.Rank
            || !at.AsSpan(0, batches).SequenceEqual(x.Shape.AsSpan(0, batches))
        )
        {
            throw n.Fail(
                $"picks by indices of shape {Shapes.Text(at)} from the shape {Shapes.Text(x.Shape)}, which do not fit"
            );
        }

        int[] shape = n.Shape(Array.ConvertAll<int, long>([.. at[..^1], .. x.Shape[(batches + depth)..]], d => d));
        int[] strides = Shapes.Strides(x.Shape);
        int slice = Shapes.Product(x.Shape.AsSpan(batches + depth));
        int perBatch = Shapes.Product(at.AsSpan(batches..^1));
        int batchStride = Shapes.Product(x.Shape.AsSpan(batches));
        int[] sources = new int[Shapes.Product(shape)];
        for (int k = 0; k < sources.Length; k++)
        {
            int row = k / slice;
            int place = row / perBatch * batchStride + k % slice;
            for (int i = 0; i < depth; i++)
            {
                place += Place(n, indices[row * depth + i], x.Shape[batches + i]) * strides[batches + i];
            }

            sources[k] = place;
        }

        return x with
        {
            Node = n.Graph.Select(sources, x.Node),
            Shape = shape,
        };
    }

    /// <summary>An index counted from the end when negative, checked.</summary>
    private static int Place(NodeReader n, long index, int size)
    {
        long place = index < 0 ? index + size : index;
        return place >= 0 && place < size ? (int)place : throw n.Fail($"picks the element {index} of {size}");
    }
}
