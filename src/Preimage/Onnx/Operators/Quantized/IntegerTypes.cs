using DataType = Preimage.Onnx.Wire.TensorProto.Types.DataType;

namespace Preimage.Onnx;

/// <summary>What the integer types of the format can hold.</summary>
internal static class IntegerTypes
{
    /// <summary>The smallest and the largest number; of 64 bits the nearest double.</summary>
    /// <exception cref="ModelException">The type is no integer, or not known.</exception>
    public static (double Lowest, double Highest) Range(NodeReader n, DataType type) =>
        TryRange(type)
        ?? throw n.Fail(
            $"needs to know the integer type of its elements, which is {ElementTypes.Name((int)type)} here; cast them to one"
        );

    /// <summary>The smallest and the largest number, or null when the type is none of the integers.</summary>
    public static (double Lowest, double Highest)? TryRange(DataType type) =>
        type switch
        {
            DataType.Int4 => (-8, 7),
            DataType.Uint4 => (0, 15),
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            DataType.Uint8 => (byte.MinValue, byte.MaxValue),
            DataType.Int16 => (short.MinValue, short.MaxValue),
            DataType.Uint16 => (ushort.MinValue, ushort.MaxValue),
            DataType.Int32 => (int.MinValue, int.MaxValue),
            DataType.Uint32 => (uint.MinValue, uint.MaxValue),
            DataType.Int64 => (long.MinValue, long.MaxValue),
            DataType.Uint64 => (ulong.MinValue, ulong.MaxValue),
            _ => null,
        };
}
