using Google.Protobuf;
using Preimage.Onnx.Wire;
using AttributeType = Preimage.Onnx.Wire.AttributeProto.Types.AttributeType;

namespace Preimage.Tests.Onnx;

/// <summary>Attributes of nodes.</summary>
internal static class AttributeOf
{
    public static AttributeProto Integer(string name, long value) =>
        new()
        {
            Name = name,
            I = value,
            Type = AttributeType.Int,
        };

    public static AttributeProto Real(string name, double value) =>
        new()
        {
            Name = name,
            F = (float)value,
            Type = AttributeType.Float,
        };

    public static AttributeProto Text(string name, string value) =>
        new()
        {
            Name = name,
            S = ByteString.CopyFromUtf8(value),
            Type = AttributeType.String,
        };

    public static AttributeProto Integers(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    public static AttributeProto Reals(string name, params double[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Floats };
        attribute.Floats.Add(values.Select(v => (float)v));
        return attribute;
    }

    public static AttributeProto Texts(string name, params string[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Strings };
        attribute.Strings.Add(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }
}
