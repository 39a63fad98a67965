using System.Buffers.Binary;
using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>The element types of the format: width, kind and conversion to double (little-endian, as the format demands).</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element, or of a pair of 4-bit elements; 0 for types that are not numbers.</summary>
    public static int Width(DataType type) =>
        type switch
        {
            DataType.Uint8 or DataType.Int8 or DataType.Bool => 1,
            DataType.Uint4 or DataType.Int4 => 1,
            _ when Float8.Is(type) => 1,
            DataType.Uint16 or DataType.Int16 or DataType.Float16 or DataType.Bfloat16 => 2,
            DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
            DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
            _ => 0,
        };

    /// <summary>What the elements are.</summary>
    public static ElementKind Kind(DataType type) =>
        type switch
        {
            DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16 => ElementKind.Real,
            DataType.Bool => ElementKind.Boolean,
            _ when Float8.Is(type) => ElementKind.Real,
            _ => ElementKind.Integer,
        };

    /// <summary>What the elements of a type number are, or null when they are no numbers.</summary>
    public static ElementKind? KindOrNull(int type) => Width((DataType)type) == 0 ? null : Kind((DataType)type);

    /// <summary>How many elements stand in one unit of <see cref="Width"/> bytes.</summary>
    public static int PerUnit(DataType type) => type is DataType.Uint4 or DataType.Int4 ? 2 : 1;

    /// <summary>The units that so many elements fill.</summary>
    public static long Units(DataType type, long count) => (count + PerUnit(type) - 1) / PerUnit(type);

    /// <summary>The name of a type for messages.</summary>
    public static string Name(int type)
    {
        string? name = Enum.GetName((DataType)type);
        return name is null ? $"number {type}" : name.ToLowerInvariant();
    }

    /// <summary>Raw little-endian bytes as doubles.  raw: [units * width].</summary>
    public static void Convert(DataType type, ReadOnlySpan<byte> raw, Span<double> elements)
    {
        int width = Width(type);
        if (PerUnit(type) == 2)
        {
            for (int i = 0; i < elements.Length; i++)
            {
                elements[i] = FromNibble(type, raw[i / 2], i);
            }

            return;
        }

        for (int i = 0; i < elements.Length; i++)
        {
            ReadOnlySpan<byte> one = raw.Slice(i * width, width);
            elements[i] = type switch
            {
                DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(one),
                DataType.Double => BinaryPrimitives.ReadDoubleLittleEndian(one),
                DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(one),
                DataType.Bfloat16 => FromBfloat16(BinaryPrimitives.ReadUInt16LittleEndian(one)),
                DataType.Int8 => (sbyte)one[0],
                DataType.Uint8 => one[0],
                DataType.Bool => one[0] != 0 ? 1 : 0,
                DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(one),
                DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(one),
                DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(one),
                DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(one),
                DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(one),
                _ when Float8.Is(type) => Float8.Number(type, one[0]),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(one),
            };
        }
    }

    /// <summary>Writes a floating-point number, rounded to its type; false where it is not finite there, or the type is another.  raw: [at least width].</summary>
    public static bool TryStore(DataType type, double number, Span<byte> raw)
    {
        switch (type)
        {
            case DataType.Double:
                BinaryPrimitives.WriteDoubleLittleEndian(raw, number);
                return double.IsFinite(number);
            case DataType.Float:
                BinaryPrimitives.WriteSingleLittleEndian(raw, (float)number);
                return float.IsFinite((float)number);
            case DataType.Float16:
                BinaryPrimitives.WriteHalfLittleEndian(raw, (Half)number);
                return Half.IsFinite((Half)number);
            case DataType.Bfloat16:
                // To the nearest of the floats whose lower half is 0, ties to even.
                uint bits = BitConverter.SingleToUInt32Bits((float)number);
                ushort upper = (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
                BinaryPrimitives.WriteUInt16LittleEndian(raw, upper);
                return float.IsFinite((float)number) && double.IsFinite(FromBfloat16(upper));
            default:
                return false;
        }
    }

    /// <summary>The number as it reads back from its type.</summary>
    public static double Round(DataType type, double number)
    {
        Span<byte> raw = stackalloc byte[sizeof(double)];
        Span<double> read = stackalloc double[1];
        TryStore(type, number, raw);
        Convert(type, raw, read);
        return read[0];
    }

    /// <summary>The element of a byte that holds two, the even one in its lower half.</summary>
    public static double FromNibble(DataType type, int pair, int element)
    {
        int bits = (element % 2 == 0 ? pair : pair >> 4) & 15;
        return type == DataType.Int4 && bits > 7 ? bits - 16 : bits;
    }

    /// <summary>A bfloat16 is the upper half of a float.</summary>
    public static double FromBfloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
