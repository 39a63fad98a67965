using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that place elements by constant rules, or values by indices.</summary>
internal static class PlacementOperators
{
    public static Operator[] All =>
        [
            new("Compress", n => [Compress(n)], "the condition is constant"),
            new("OneHot", n => [OneHot(n)], "the depth is constant"),
            new("ReverseSequence", n => [ReverseSequence(n)], "the lengths are constant"),
            new("Trilu", n => [Trilu(n)], "k is constant"),
        ];

    /// <summary>The slices along an axis (of the flat tensor without one) whose condition is true.</summary>
    private static Value Compress(NodeReader n)
    {
        Value x = n.Input(0);
        long axis = n.Int("axis", long.MinValue);
        if (axis == long.MinValue)
        {
            x = x.In([n.Graph.Size(x.Node)]);
            axis = 0;
        }

        int along = n.Axis(axis, x.Rank);
        Line line = Line.Along(x.Shape, along);
        double[] condition = n.Constant(1).Elements;
        if (condition.Length > line.Count)
        {
            throw n.Fail($"has {condition.Length} conditions for {line.Count} elements");
        }

        int[] kept = [.. Enumerable.Range(0, condition.Length).Where(i => condition[i] != 0)];
        int[] shape = [.. x.Shape];
        shape[along] = kept.Length;
        n.Shape(Array.ConvertAll(shape, d => (long)d));
        int[] sources = Shapes.View([line.Outer, kept.Length, line.Inner], [line.Count * line.Inner, 0, 1]);
        for (int k = 0; k < sources.Length; k++)
        {
            sources[k] += kept[k / line.Inner % kept.Length] * line.Inner;
        }

        return x with
        {
            Node = n.Graph.Select(sources, x.Node),
            Shape = shape,
        };
    }

    /// <summary>A new axis of the given depth that holds the second value at the index, counted from the end when negative, and the first elsewhere.</summary>
    private static Value OneHot(NodeReader n)
    {
        Value indices = n.Input(0);
        double depth = Math.Truncate(n.Scalar(1));
        Value values = n.Input(2);
        if (n.Graph.Size(values.Node) != 2 || !(depth >= 1 && depth <= Limits.TensorElements))
        {
            throw n.Fail(
                $"has the depth {depth} and {n.Graph.Size(values.Node)} values, where at least 1 and exactly 2 are needed"
            );
        }

        int axis = n.Axis(n.Int("axis", -1), indices.Rank + 1);
        int[] shape = n.Shape([
            .. indices.Shape[..axis].Select(d => (long)d),
            (long)depth,
            .. indices.Shape[axis..].Select(d => (long)d),
        ]);
        n.Spend(4L * Shapes.Product(shape));
        int[] along = [.. shape.Select((d, i) => i == axis ? d : 1)];
        double[] steps = [.. Enumerable.Range(0, (int)depth).Select(i => (double)i)];
        Value index = indices.In([.. indices.Shape[..axis], 1, .. indices.Shape[axis..]]);
        Value hot = Hits(n, index, steps, along);
        Value backwards = Hits(n, index, Array.ConvertAll(steps, s => s - depth), along);
        hot = Broadcasting.Combine(n, BinaryFunction.Add, hot, backwards);
        int on = n.Graph.Select(
            new int[n.Graph.Size(hot.Node)]
                .Select(_ => 1)
                .ToArray(),
            values.Node
        );
        int off = n.Graph.Select(new int[n.Graph.Size(hot.Node)], values.Node);
        return values with { Node = n.Graph.Choose(hot.Node, on, off), Shape = shape };
    }

    private static Value Hits(NodeReader n, Value index, double[] steps, int[] shape) =>
        Broadcasting.Combine(n, BinaryFunction.Equal, index, new Value(n.Graph.Constant(steps), shape));

    /// <summary>The first elements of every sequence from the last to the first; those behind its length stay.</summary>
    private static Value ReverseSequence(NodeReader n)
    {
        Value x = n.Input(0);
        int time = n.Axis(n.Int("time_axis", 0), x.Rank);
        int batch = n.Axis(n.Int("batch_axis", 1), x.Rank);
        long[] lengths = n.Integers(1);
        if (time == batch || lengths.Length != x.Shape[batch] || lengths.Any(l => l < 0 || l > x.Shape[time]))
        {
            throw n.Fail(
                $"turns sequences of the lengths {Shapes.Text(lengths)} of a tensor of shape {Shapes.Text(x.Shape)}, which do not fit"
            );
        }

        Line times = Line.Along(x.Shape, time);
        Line batches = Line.Along(x.Shape, batch);
        n.Spend(times.Elements);
        int[] sources = [.. Enumerable.Range(0, times.Elements)];
        for (int k = 0; k < sources.Length; k++)
        {
            int place = times.Place(k);
            long length = lengths[batches.Place(k)];
            sources[k] += place < length ? (int)(length - 1 - 2 * place) * times.Inner : 0;
        }

        return x with
        {
            Node = n.Graph.Select(sources, x.Node),
        };
    }

    /// <summary>The upper or lower triangle of the last two axes, 0 beyond it.</summary>
    private static Value Trilu(NodeReader n)
    {
        Value x = n.Input(0);
        if (x.Rank < 2)
        {
            throw n.Fail($"takes a tensor of shape {Shapes.Text(x.Shape)}, where matrices are needed");
        }

        bool upper = n.Int("upper", 1) != 0;
        double diagonal = n.Has(1) ? n.Scalar(1) : 0;
        int size = n.Graph.Size(x.Node);
        n.Spend(2L * size);
        int[] sources = [.. Enumerable.Range(0, size)];
        for (int k = 0; k < size; k++)
        {
            double above = k % x.Shape[^1] - (double)(k / x.Shape[^1] % x.Shape[^2]) - diagonal;
            sources[k] = (upper ? above >= 0 : above <= 0) ? k : size;
        }

        return x with
        {
            Node = n.Graph.Select(sources, n.Graph.Concatenate(1, [x.Node, n.Graph.Constant([0])])),
        };
    }
}
