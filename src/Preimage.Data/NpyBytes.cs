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

        (byte[] bytes, int start) = Begun("<f8", shape, 8L * values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(start + 8 * i), values[i]);
        }

        return bytes;
    }

    /// <summary>The bytes of a row of whole numbers, little-endian int64.</summary>
    internal static byte[] Of(ReadOnlySpan<long> values)
    {
        (byte[] bytes, int start) = Begun("<i8", [values.Length], 8L * values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(start + 8 * i), values[i]);
        }

        return bytes;
    }

    /// <summary>The bytes of a row of words: little-endian UTF-32, each as long as the longest.</summary>
    internal static byte[] Of(ReadOnlySpan<string> words)
    {
        int longest = 1;
        foreach (string word in words)
        {
            longest = Math.Max(longest, word.EnumerateRunes().Count());
        }

        (byte[] bytes, int start) = Begun($"<U{longest}", [words.Length], 4L * longest * words.Length);
        for (int i = 0; i < words.Length; i++)
        {
            Encoding.UTF32.GetBytes(words[i], bytes.AsSpan(start + 4 * longest * i));
        }

        return bytes;
    }

    /// <summary>A file with its header and room for the numbers, and where these begin.</summary>
    private static (byte[] Bytes, int Start) Begun(string type, ReadOnlySpan<int> shape, long length)
    {
        string tuple = $"({string.Join(", ", shape.ToArray())}{(shape.Length == 1 ? "," : "")})";
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {tuple}, }}";
        int start = (10 + header.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[checked(start + length)];
        bytes[0] = 0x93;
        "NUMPY\u0001\0"u8.CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(start - 10));
        Encoding.ASCII.GetBytes(header.PadRight(start - 11) + "\n", bytes.AsSpan(10));
        return (bytes, start);
    }
}
