using System.Collections.Immutable;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>A constant tensor.  elements: row-major, [product of shape].</summary>
internal sealed record Tensor(int[] Shape, double[] Elements, ElementKind Kind)
{
    /// <summary>The element type in the file; undefined where nothing said it.</summary>
    public DataType Type { get; init; }
}

/// <summary>A value of the ONNX graph on its way into ours: the node that holds it, and the shape and kind that the model gives it.</summary>
internal sealed record Value(int Node, int[] Shape, ElementKind Kind = ElementKind.Real)
{
    /// <summary>
    /// The element type that the model gives it, which bounds integers; undefined where nothing said it. Real numbers are doubles, whatever their type.
    /// </summary>
    public DataType Type { get; init; }

    /// <summary>The tensors of a sequence; default for a tensor.</summary>
    public ImmutableArray<Value> Items { get; init; }

    /// <summary>Whether this is a sequence of tensors, and no tensor.</summary>
    public bool IsSequence => !Items.IsDefault;

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Length;

    /// <summary>The same elements in another shape.</summary>
    public Value In(int[] shape) => this with { Shape = shape };
}
