namespace Preimage.Onnx;

/// <summary>A tensor seen along one of its axes: [Outer, Count, Inner].</summary>
internal readonly record struct Line(int Outer, int Count, int Inner)
{
    /// <summary>The number of elements.</summary>
    public int Elements => Outer * Count * Inner;

    /// <summary>A shape along an axis.</summary>
    public static Line Along(ReadOnlySpan<int> shape, int axis) =>
        new(Shapes.Product(shape[..axis]), shape[axis], Shapes.Product(shape[(axis + 1)..]));

    /// <summary>Where an element stands on its line.</summary>
    public int Place(int element) => element / Inner % Count;
}
