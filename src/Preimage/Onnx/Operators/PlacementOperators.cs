using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Operators that keep slices by a constant condition, or place values by indices.</summary>
internal static class PlacementOperators
{
    public static Operator[] All =>
        [
            new("Compress", n => [Compress(n)], "the condition is constant"),
            new("OneHot", n => [OneHot(n)], "the depth is constant"),
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
}
