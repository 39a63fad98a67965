using System.Collections.Immutable;
using Preimage.Onnx.Wire;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;
using WireDimension = Preimage.Onnx.Wire.TensorShapeProto.Types.Dimension;

namespace Preimage.Onnx;

/// <summary>One axis of a tensor as a model declares it: its size; null where it is open, and then the symbol that it goes by, or "".</summary>
public sealed record ModelDimension(long? Size, string Symbol = "")
{
    /// <inheritdoc/>
    public override string ToString() =>
        Size is { } size ? $"{size}"
        : Symbol.Length > 0 ? Symbol
        : "?";
}

/// <summary>An input or output as a model declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements in the words of the format ("float", "int64"), or "sequence", "optional", "map" where it is no tensor.</param>
/// <param name="Kind">What its elements are; null where they are no numbers.</param>
/// <param name="Shape">Its axes; null where the model does not say how many there are.</param>
public sealed record ModelTensor(string Name, string Type, ElementKind? Kind, ImmutableArray<ModelDimension>? Shape)
{
    /// <summary>"float[batch, 3, 224, 224]".</summary>
    public override string ToString() => Shape is { } axes ? $"{Type}[{string.Join(", ", axes)}]" : Type;

    /// <summary>The type of its elements, or of those of the tensors in a sequence; undefined where it is neither.</summary>
    internal DataType ElementType { get; private init; }

    /// <summary>Whether it is a sequence of tensors of numbers.</summary>
    internal bool IsSequence => Type == "sequence" && ElementTypes.KindOrNull((int)ElementType) is not null;

    /// <summary>What the format says of one.</summary>
    internal static ModelTensor Of(ValueInfoProto proto)
    {
        if (proto.Type?.TensorType is not { } type)
        {
            string other = proto.Type?.ValueCase.ToString() ?? "None";
            string name = other.Replace("Type", "", StringComparison.Ordinal).ToLowerInvariant();
            return new(proto.Name, name, null, null)
            {
                ElementType = (DataType)(proto.Type?.SequenceType?.ElemType?.TensorType?.ElemType ?? 0),
            };
        }

        return new ModelTensor(
            proto.Name,
            ElementTypes.Name(type.ElemType),
            ElementTypes.KindOrNull(type.ElemType),
            type.Shape is { } shape ? [.. shape.Dim.Select(Axis)] : null
        )
        {
            ElementType = (DataType)type.ElemType,
        };
    }

    /// <summary>Exporters write an open axis as a symbol, as nothing, as 0 or as -1.</summary>
    private static ModelDimension Axis(WireDimension axis) =>
        axis.ValueCase == WireDimension.ValueOneofCase.DimValue && axis.DimValue is not (0 or -1)
            ? new(axis.DimValue)
            : new(null, axis.DimParam);
}
