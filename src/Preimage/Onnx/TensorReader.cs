using Preimage.Onnx.Wire;

namespace Preimage.Onnx;

/// <summary>Reads the tensors of a model file: typed, raw or external data of any numeric type, as doubles.</summary>
internal sealed class TensorReader(string path)
{
    private readonly ExternalData _external = new(path);

    /// <summary>The tensor.</summary>
    /// <exception cref="ModelException">Its shape, type or data are not valid.</exception>
    public Tensor Read(TensorProto proto, string what)
    {
        int[] shape = ReadShape([.. proto.Dims], what);
        int count = Shapes.Product(shape);
        TensorProto.Types.DataType type = (TensorProto.Types.DataType)proto.DataType;
        int width = ElementTypes.Width(type);
        if (width == 0)
        {
            throw Bad(
                what,
                $"has elements of type {ElementTypes.Name(proto.DataType)}, which is not supported; numbers and booleans are"
            );
        }

        double[] elements;
        if (proto.DataLocation == TensorProto.Types.DataLocation.External)
        {
            elements = FromRaw(_external.Read(proto, ElementTypes.Units(type, count) * width, what), type, count, what);
        }
        else if (proto.RawData.Length > 0)
        {
            elements = FromRaw(proto.RawData.Span, type, count, what);
        }
        else
        {
            elements = FromTyped(proto, type, count, what);
        }

        return new Tensor(shape, elements, ElementTypes.Kind(type)) { Type = type };
    }

    /// <summary>A sparse tensor, written out: zeros but where its indices, flat or by axis, say otherwise.</summary>
    /// <exception cref="ModelException">Its shape, type, indices or data are not valid.</exception>
    public Tensor Read(SparseTensorProto proto, string what)
    {
        if (proto.Values is null || proto.Indices is null)
        {
            throw Bad(what, "is sparse, but lacks its values or indices");
        }

        int[] shape = ReadShape([.. proto.Dims], what);
        Tensor values = Read(proto.Values, what);
        Tensor indices = Read(proto.Indices, what);
        int width = indices.Shape.Length == 2 ? indices.Shape[1] : 1;
        if (indices.Elements.Length != (long)values.Elements.Length * width || (width != 1 && width != shape.Length))
        {
            throw Bad(
                what,
                $"is sparse with {values.Elements.Length} values, but has indices of shape {Shapes.Text(indices.Shape)}"
            );
        }

        int[] strides = width == shape.Length ? Shapes.Strides(shape) : [1];
        double[] elements = new double[Shapes.Product(shape)];
        for (int i = 0; i < values.Elements.Length; i++)
        {
            double place = 0;
            for (int k = 0; k < width; k++)
            {
                place += indices.Elements[i * width + k] * strides[k];
            }

            if (!(place >= 0 && place < elements.Length))
            {
                throw Bad(what, $"is sparse and names the place {place}, which its shape {Shapes.Text(shape)} lacks");
            }

            elements[(int)place] = values.Elements[i];
        }

        return new Tensor(shape, elements, values.Kind) { Type = values.Type };
    }

    private int[] ReadShape(long[] dims, string what)
    {
        if (dims.Length > Limits.Rank)
        {
            throw Bad(what, $"has {dims.Length} dimensions; at most {Limits.Rank} are supported");
        }

        if (Shapes.Count(dims) < 0)
        {
            throw Bad(
                what,
                $"has the shape {Shapes.Text(dims)}, which is not a shape of at most {Limits.TensorElements} elements"
            );
        }

        if (dims.Any(d => d > int.MaxValue))
        {
            throw Bad(
                what,
                $"has the shape {Shapes.Text(dims)}, which is not a shape of at most {Limits.TensorElements} elements"
            );
        }

        return [.. dims.Select(d => (int)d)];
    }

    private double[] FromRaw(ReadOnlySpan<byte> raw, TensorProto.Types.DataType type, int count, string what)
    {
        long needed = ElementTypes.Units(type, count) * ElementTypes.Width(type);
        if (raw.Length != needed)
        {
            throw Bad(what, $"holds {raw.Length} bytes of data, but its shape and type need {needed}");
        }

        double[] elements = new double[count];
        ElementTypes.Convert(type, raw, elements);
        return elements;
    }

    private double[] FromTyped(TensorProto proto, TensorProto.Types.DataType type, int count, string what)
    {
        int given = type switch
        {
            TensorProto.Types.DataType.Float => proto.FloatData.Count,
            TensorProto.Types.DataType.Double => proto.DoubleData.Count,
            TensorProto.Types.DataType.Int64 => proto.Int64Data.Count,
            TensorProto.Types.DataType.Uint32 or TensorProto.Types.DataType.Uint64 => proto.Uint64Data.Count,
            _ => proto.Int32Data.Count,
        };
        long needed = ElementTypes.Units(type, count);
        if (given != needed)
        {
            throw Bad(what, $"holds {given} numbers, but its shape needs {needed}");
        }

        double[] elements = new double[count];
        for (int i = 0; i < count; i++)
        {
            elements[i] = type switch
            {
                TensorProto.Types.DataType.Float => proto.FloatData[i],
                TensorProto.Types.DataType.Double => proto.DoubleData[i],
                TensorProto.Types.DataType.Int64 => proto.Int64Data[i],
                TensorProto.Types.DataType.Uint32 or TensorProto.Types.DataType.Uint64 => proto.Uint64Data[i],
                TensorProto.Types.DataType.Float16 => (double)BitConverter.UInt16BitsToHalf((ushort)proto.Int32Data[i]),
                TensorProto.Types.DataType.Bfloat16 => ElementTypes.FromBfloat16((ushort)proto.Int32Data[i]),
                TensorProto.Types.DataType.Bool => proto.Int32Data[i] != 0 ? 1 : 0,
                TensorProto.Types.DataType.Uint4 or TensorProto.Types.DataType.Int4 => ElementTypes.FromNibble(
                    type,
                    proto.Int32Data[i / 2],
                    i
                ),
                _ when Float8.Is(type) => Float8.Number(type, (byte)proto.Int32Data[i]),
                _ => proto.Int32Data[i],
            };
        }

        return elements;
    }

    private ModelException Bad(string what, string rule) => new($"{path}: {what} {rule}.");
}
