using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that pick elements by indices. Those that depend on the network's input are locally constant.</summary>
internal static class GatherOperators
{
    public static Operator[] All =>
        [
            new("Gather", n => [Gather(n)]),
            new("GatherElements", n => [GatherElements(n)]),
            new("GatherND", n => [GatherSlices(n)]),
        ];

    /// <summary>An index that is counted from the end when negative, checked.</summary>
    public static int Place(NodeReader n, double index, int size)
    {
        double place = index < 0 ? index + size : index;
        return place >= 0 && place < size ? (int)place : throw n.Fail($"picks the element {index} of {size}");
    }

    /// <summary>Rows of [outer, size, inner] at the indices.</summary>
    private static Value Gather(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        int[] at = n.Input(1).Shape;
        int[] shape = n.Shape(
            Array.ConvertAll<int, long>([.. x.Shape[..axis], .. at, .. x.Shape[(axis + 1)..]], d => d)
        );
        Line lines = Line.Along(x.Shape, axis);
        int indices = Shapes.Product(at);
        int[] places = new int[Shapes.Product(shape)];
        int[] numbers = new int[places.Length];
        for (int k = 0; k < places.Length; k++)
        {
            int row = k / lines.Inner;
            numbers[k] = row % indices;
            places[k] = row / indices * lines.Count * lines.Inner + k % lines.Inner;
        }

        return LookUp(n, x with { Shape = shape }, places, [new Coordinate(numbers, lines.Count, lines.Inner)]);
    }

    /// <summary>y[.., i, ..] = x[.., indices[.., i, ..], ..]: only the named axis is looked up.</summary>
    private static Value GatherElements(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 0), x.Rank);
        int[] shape = n.Input(1).Shape;
        if (shape.Length != x.Rank || shape.Where((d, i) => i != axis && d > x.Shape[i]).Any())
        {
            throw Misfit(n, shape, x.Shape);
        }

        n.Spend(Shapes.Product(shape));
        int[] strides = Shapes.Strides(x.Shape);
        int along = strides[axis];
        strides[axis] = 0;
        int[] places = Shapes.View(shape, strides);
        int[] numbers = [.. Enumerable.Range(0, places.Length)];
        return LookUp(n, x with { Shape = [.. shape] }, places, [new Coordinate(numbers, x.Shape[axis], along)]);
    }

    /// <summary>The last axis of the indices holds the first coordinates of a slice (after the batch axes, which both have).</summary>
    private static Value GatherSlices(NodeReader n)
    {
        Value x = n.Input(0);
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
            throw Misfit(n, at, x.Shape);
        }

        int[] shape = n.Shape(Array.ConvertAll<int, long>([.. at[..^1], .. x.Shape[(batches + depth)..]], d => d));
        int[] strides = Shapes.Strides(x.Shape);
        int slice = Shapes.Product(x.Shape.AsSpan(batches + depth));
        int perBatch = Shapes.Product(at.AsSpan(batches..^1));
        int batchStride = Shapes.Product(x.Shape.AsSpan(batches));
        int[] places = new int[Shapes.Product(shape)];
        for (int k = 0; k < places.Length; k++)
        {
            places[k] = k / slice / perBatch * batchStride + k % slice;
        }

        n.Spend((long)depth * places.Length);
        Coordinate[] coordinates =
        [
            .. Enumerable
                .Range(0, depth)
                .Select(i => new Coordinate(
                    [.. Enumerable.Range(0, places.Length).Select(k => k / slice * depth + i)],
                    x.Shape[batches + i],
                    strides[batches + i]
                )),
        ];
        return LookUp(n, x with { Shape = shape }, places, coordinates);
    }

    private static ModelException Misfit(NodeReader n, int[] indices, int[] shape) =>
        n.Fail(
            $"picks by indices of shape {Shapes.Text(indices)} from the shape {Shapes.Text(shape)}, which do not fit"
        );

    /// <summary>x at the places and what the coordinates add to them. Places are overwritten.</summary>
    private static Value LookUp(NodeReader n, Value x, int[] places, Coordinate[] coordinates)
    {
        Value indices = n.Input(1);
        if (indices.Kind != ElementKind.Integer)
        {
            throw n.Fail("has an input 2 that must be integers");
        }

        if (n.TryConstant(indices) is not { } known)
        {
            return x with { Node = LookUp(n, x.Node, places, coordinates, indices.Node) };
        }

        foreach (Coordinate one in coordinates)
        {
            for (int k = 0; k < places.Length; k++)
            {
                places[k] += Place(n, known.Elements[one.Numbers[k]], one.Size) * one.Stride;
            }
        }

        return x with
        {
            Node = n.Graph.Select(places, x.Node),
        };
    }

    /// <summary>Indices that vary: a table of the strided places checks each of them.</summary>
    private static int LookUp(NodeReader n, int x, int[] places, Coordinate[] coordinates, int indices)
    {
        int sum = n.Graph.Constant(Array.ConvertAll(places, p => (double)p));
        foreach (Coordinate one in coordinates)
        {
            n.Spend(6L * places.Length + one.Size);
            int index = n.Graph.Select(one.Numbers, indices);
            int negative = n.Graph.Combine(BinaryFunction.Less, index, Broadcasting.Everywhere(n, 0, places.Length));
            int turn = n.Graph.Combine(
                BinaryFunction.Multiply,
                negative,
                Broadcasting.Everywhere(n, one.Size, places.Length)
            );
            double[] table = [.. Enumerable.Range(0, one.Size).Select(i => (double)i * one.Stride)];
            int place = n.Graph.Lookup(n.Graph.Constant(table), n.Graph.Combine(BinaryFunction.Add, index, turn));
            sum = n.Graph.Combine(BinaryFunction.Add, sum, place);
        }

        return n.Graph.Lookup(x, sum);
    }

    /// <summary>What an index adds to the place that is looked up: the k-th takes the index number Numbers[k], which counts Size places, Stride apart.</summary>
    private sealed record Coordinate(int[] Numbers, int Size, int Stride);
}
