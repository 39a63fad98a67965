using System.Buffers.Binary;
using System.Text;

namespace Preimage.Data;

/// <summary>Writes NumPy arrays, format version 1.0: little-endian float64, the last index running fastest. [NumPy NEP 1]</summary>
public static class NpyBytes
{
    private const int Alignment = 64;

    /// <summary>The bytes of an array.</summary>
    /// <param name="values">[product of shape].</param>
    /// <param name="shape">The length along each dimension.</param>
    /// <exception cref="ArgumentException">There is another number of values.</exception>
    public static byte[] Of(ReadOnlySpan<double> values, ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int length in shape)
        {
            count *= length;
        }

        if (values.Length != count)
        {
            throw new ArgumentException(
                $"An array of the shape {DataArray.ShapeOf(shape.ToArray())} does not have {values.Length} values."
            );
        }

        string tuple = $"({string.Join(", ", shape.ToArray())}{(shape.Length == 1 ? "," : "")})";
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': {tuple}, }}";
        int start = (10 + header.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[start + 8 * values.Length];
        bytes[0] = 0x93;
        "NUMPY\u0001\0"u8.CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(start - 10));
        Encoding.ASCII.GetBytes(header.PadRight(start - 11) + "\n", bytes.AsSpan(10));
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(start + 8 * i), values[i]);
        }

        return bytes;
    }
}
