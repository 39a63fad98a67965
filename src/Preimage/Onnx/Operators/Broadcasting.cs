using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Broadcasting and views as explicit selections.</summary>
internal static class Broadcasting
{
    /// <summary>f of two real values that broadcast together.</summary>
    public static Value Combine(NodeReader n, BinaryFunction f, Value a, Value b)
    {
        int[] shape = Common(n, a, b);
        return new Value(n.Graph.Combine(f, To(n, a, shape), To(n, b, shape)), shape);
    }

    /// <summary>The shape that two values broadcast to.</summary>
    public static int[] Common(NodeReader n, Value a, Value b) =>
        Shapes.Broadcast(a.Shape, b.Shape) is { } shape
            ? n.Shape(Array.ConvertAll(shape, d => (long)d))
            : throw n.Fail(
                $"combines the shapes {Shapes.Text(a.Shape)} and {Shapes.Text(b.Shape)}, which do not broadcast together"
            );

    /// <summary>The node of a value repeated to a shape that it broadcasts to.</summary>
    public static int To(NodeReader n, Value value, int[] shape)
    {
        int count = Shapes.Product(shape);
        if (
            value.Rank > shape.Length
            || Shapes.Broadcast(value.Shape, shape) is not { } common
            || !common.AsSpan().SequenceEqual(shape)
        )
        {
            throw n.Fail(
                $"needs the shape {Shapes.Text(value.Shape)} to broadcast to {Shapes.Text(shape)}, which it does not"
            );
        }

        if (n.Graph.Size(value.Node) == count)
        {
            return value.Node;
        }

        n.Spend(count);
        int[] own = Shapes.Strides(value.Shape);
        int[] strides = new int[shape.Length];
        for (int i = 1; i <= value.Rank; i++)
        {
            strides[^i] = value.Shape[^i] == 1 ? 0 : own[^i];
        }

        return n.Graph.Select(Shapes.View(shape, strides), value.Node);
    }

    /// <summary>The value with its axes in another order.</summary>
    public static Value Permute(NodeReader n, Value value, ReadOnlySpan<int> axes)
    {
        int[] own = Shapes.Strides(value.Shape);
        int[] shape = new int[axes.Length];
        int[] strides = new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            shape[i] = value.Shape[axes[i]];
            strides[i] = own[axes[i]];
        }

        n.Spend(n.Graph.Size(value.Node));
        return value with { Node = n.Graph.Select(Shapes.View(shape, strides), value.Node), Shape = shape };
    }

    /// <summary>One constant number everywhere.</summary>
    public static Value Number(NodeReader n, double number) => new(n.Graph.Constant([number]), []);

    /// <summary>The node of one constant number so many times; the caller counts the elements.</summary>
    public static int Everywhere(NodeReader n, double number, int count)
    {
        double[] numbers = new double[count];
        Array.Fill(numbers, number);
        return n.Graph.Constant(numbers);
    }
}
