using System.Buffers.Binary;

namespace Preimage.Data;

/// <summary>Writes arrays of bytes in the format of the MNIST files. [LeCun1998]</summary>
public static class IdxBytes
{
    private const byte UnsignedByte = 0x08;

    /// <summary>The bytes of an array.</summary>
    /// <param name="values">[product of shape].</param>
    /// <param name="shape">The length along each dimension, of which there are at most 255.</param>
    /// <exception cref="ArgumentException">There is another number of values, or there are too many dimensions.</exception>
    public static byte[] Of(ReadOnlySpan<byte> values, ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int length in shape)
        {
            count *= length;
        }

        if (values.Length != count || shape.Length > byte.MaxValue)
        {
            throw new ArgumentException(
                $"An array of the shape {DataArray.ShapeOf(shape.ToArray())} does not have {values.Length} values."
            );
        }

        int start = 4 + 4 * shape.Length;
        byte[] bytes = new byte[start + values.Length];
        (bytes[2], bytes[3]) = (UnsignedByte, (byte)shape.Length);
        for (int axis = 0; axis < shape.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * axis), shape[axis]);
        }

        values.CopyTo(bytes.AsSpan(start));
        return bytes;
    }
}
