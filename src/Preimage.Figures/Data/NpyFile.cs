using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>Points as a NumPy array, format version 1.0: little-endian float64 in C order. [NumPy NEP 1]</summary>
public static class NpyFile
{
    private const int Alignment = 64;

    /// <summary>Writes the curve's points: [Count, Dimension].</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Curve curve) =>
        AtomicFile.Write(path, Bytes(curve.Points.AsSpan(), curve.Count, curve.Dimension));

    /// <summary>The file's bytes.  values: [rows * columns].</summary>
    /// <exception cref="ArgumentException">There are not rows * columns values.</exception>
    public static byte[] Bytes(ReadOnlySpan<double> values, int rows, int columns)
    {
        if (values.Length != rows * columns)
        {
            throw new ArgumentException(
                $"An array of {rows} rows and {columns} columns does not have {values.Length} values."
            );
        }

        string shape = string.Create(CultureInfo.InvariantCulture, $"({rows}, {columns})");
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}";
        int start = (10 + header.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[start + 8 * values.Length];
        "\u0093NUMPY\u0001\0"u8[1..].CopyTo(bytes);
        bytes[0] = 0x93;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(start - 10));
        Encoding.ASCII.GetBytes(header.PadRight(start - 11) + "\n", bytes.AsSpan(10));
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(start + 8 * i), values[i]);
        }

        return bytes;
    }
}
