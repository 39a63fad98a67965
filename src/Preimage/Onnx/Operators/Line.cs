namespace Preimage.Onnx;

/// <summary>A tensor seen along one of its axes: [Outer, Count, Inner].</summary>
internal readonly record struct Line(int Outer, int Count, int Inner)
{
    /// <summary>The number of elements.</summary>
    public int Elements => Outer * Count * Inner;

    /// <summary>A shape along an axis.</summary>
    public static Line Along(ReadOnlySpan<int> shape, int axis) =>
        new(Shapes.Product(shape[..axis]), shape[axis], Shapes.Product(shape[(axis + 1)..]));

    /// <summary>The lines of Softmax and its like: along the named axis, before opset 13 along all axes from the named one on as one.</summary>
    public static Line Normalized(NodeReader n, Value x)
    {
        bool flat = n.Opset < 13;
        int axis = n.Axis(n.Int("axis", flat ? 1 : -1), x.Rank, inclusive: flat);
        return flat
            ? new Line(Shapes.Product(x.Shape.AsSpan(0, axis)), Shapes.Product(x.Shape.AsSpan(axis)), 1)
            : Along(x.Shape, axis);
    }

    /// <summary>Where an element stands on its line.</summary>
    public int Place(int element) => element / Inner % Count;
}
