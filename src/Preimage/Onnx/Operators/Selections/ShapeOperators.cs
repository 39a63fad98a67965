namespace Preimage.Onnx;

/// <summary>Operators that change the shape or type, and leave the elements.</summary>
internal static class ShapeOperators
{
    public static Operator[] All =>
        [
            new("Identity", n => [n.Any(0)]),
            new("Dropout", Dropout, "inference only"),
            new("Flatten", n => [Flatten(n)]),
            new("Reshape", n => [Reshape(n)], "the shape is constant"),
            new("Squeeze", n => [Squeeze(n)], "the axes are constant"),
            new("Unsqueeze", n => [Unsqueeze(n)], "the axes are constant"),
            new("Transpose", n => [Transpose(n)]),
            new("Shape", n => [Shape(n)]),
            new("Size", n => [n.Make([], [n.Graph.Size(n.Input(0).Node)], ElementKind.Integer)]),
        ];

    private static Value[] Dropout(NodeReader n)
    {
        Value x = n.Input(0);
        if (n.Has(2) && n.Scalar(2) != 0)
        {
            throw n.Fail("drops elements at random, as in training; export the model for inference");
        }

        if (n.OutputCount < 2)
        {
            return [x];
        }

        double[] mask = new double[n.Graph.Size(x.Node)];
        n.Spend(mask.Length);
        Array.Fill(mask, 1);
        return [x, n.Make(x.Shape, mask, ElementKind.Boolean)];
    }

    private static Value Flatten(NodeReader n)
    {
        Value x = n.Input(0);
        int axis = n.Axis(n.Int("axis", 1), x.Rank, inclusive: true);
        return x.In([Shapes.Product(x.Shape.AsSpan(0, axis)), Shapes.Product(x.Shape.AsSpan(axis))]);
    }

    /// <summary>0 keeps a dimension (unless allowzero), -1 is what remains.</summary>
    private static Value Reshape(NodeReader n)
    {
        Value x = n.Input(0);
        long[] shape = n.Integers(1);
        int count = n.Graph.Size(x.Node);
        long known = 1;
        int open = -1;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 0 && n.Int("allowzero", 0) == 0)
            {
                shape[i] =
                    i < x.Rank
                        ? x.Shape[i]
                        : throw n.Fail(
                            $"keeps the dimension {i + 1} of the shape {Shapes.Text(x.Shape)}, which it does not have"
                        );
            }

            if (shape[i] == -1)
            {
                open = open < 0 ? i : throw n.Fail("leaves two dimensions open");
            }
            else
            {
                known =
                    shape[i] < 0 || (shape[i] > 0 && known > Limits.TensorElements / shape[i]) ? -1 : known * shape[i];
                if (known < 0)
                {
                    break;
                }
            }
        }

        if (open >= 0 && known > 0 && count % known == 0)
        {
            shape[open] = count / known;
            known = count;
        }

        return known == count && shape.Length <= Limits.Rank && Shapes.Count(shape) == count
            ? x.In(Array.ConvertAll(shape, d => checked((int)d)))
            : throw n.Fail(
                $"gives the shape {Shapes.Text(shape)} to {count} elements of shape {Shapes.Text(x.Shape)}, which does not fit"
            );
    }

    /// <summary>Axes of an operator: an attribute before opset 13, an input from then on; null when absent.</summary>
    private static long[]? Axes(NodeReader n) => n.Has(1) ? n.Integers(1) : n.Ints("axes");

    private static Value Squeeze(NodeReader n)
    {
        Value x = n.Input(0);
        bool[] dropped = new bool[x.Rank];
        if (Axes(n) is { } axes)
        {
            foreach (long axis in axes)
            {
                int place = n.Axis(axis, x.Rank);
                dropped[place] =
                    x.Shape[place] == 1
                        ? true
                        : throw n.Fail(
                            $"squeezes the dimension {place + 1} of the shape {Shapes.Text(x.Shape)}, which is not 1"
                        );
            }
        }
        else
        {
            dropped = Array.ConvertAll(x.Shape, d => d == 1);
        }

        return x.In([.. x.Shape.Where((_, i) => !dropped[i])]);
    }

    private static Value Unsqueeze(NodeReader n)
    {
        Value x = n.Input(0);
        long[] axes = Axes(n) ?? throw n.Fail("names no axes");
        int rank = x.Rank + axes.Length;
        if (rank > Limits.Rank)
        {
            throw n.Fail($"makes {rank} dimensions; at most {Limits.Rank} are supported");
        }

        bool[] added = new bool[rank];
        foreach (long axis in axes)
        {
            int place = n.Axis(axis, rank);
            added[place] = added[place] ? throw n.Fail($"inserts the axis {axis} twice") : true;
        }

        int next = 0;
        return x.In([.. added.Select(a => a ? 1 : x.Shape[next++])]);
    }

    private static Value Transpose(NodeReader n)
    {
        Value x = n.Input(0);
        int[] axes = n.Ints("perm") is { } perm
            ? Array.ConvertAll(perm, p => n.Axis(p, x.Rank))
            : [.. Enumerable.Range(0, x.Rank).Reverse()];
        return axes.Length == x.Rank && axes.Distinct().Count() == x.Rank
            ? Broadcasting.Permute(n, x, axes)
            : throw n.Fail($"orders the axes as {Shapes.Text(axes)}, which is no permutation of {x.Rank} axes");
    }

    private static Value Shape(NodeReader n)
    {
        Value x = n.Input(0);
        int start = Cut(n.Int("start", 0), x.Rank);
        int end = Cut(n.Int("end", x.Rank), x.Rank);
        double[] shape = start < end ? Array.ConvertAll(x.Shape[start..end], d => (double)d) : [];
        return n.Make([shape.Length], shape, ElementKind.Integer);
    }

    private static int Cut(long place, int rank) => (int)Math.Clamp(place < 0 ? place + rank : place, 0, rank);
}
