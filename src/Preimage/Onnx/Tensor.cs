namespace Preimage.Onnx;

/// <summary>A constant tensor.  elements: row-major, [product of shape].</summary>
internal sealed record Tensor(int[] Shape, double[] Elements, ElementKind Kind);

/// <summary>A value of the ONNX graph on its way into ours: the node that holds it, and the shape and kind that the model gives it.</summary>
internal sealed record Value(int Node, int[] Shape, ElementKind Kind = ElementKind.Real)
{
    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>The same elements in another shape.</summary>
    public Value In(int[] shape) => this with { Shape = shape };
}
