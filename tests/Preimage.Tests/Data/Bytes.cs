using System.IO.Compression;
using System.Text;

namespace Preimage.Tests.Data;

/// <summary>Files of data made byte by byte, independently of the code under test.</summary>
internal static class Bytes
{
    /// <summary>A NumPy file of a version with a header's text as it stands, then the numbers.</summary>
    public static byte[] Npy(string header, ReadOnlySpan<byte> numbers, int version = 1)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] length = BitConverter.GetBytes(text.Length)[..(version == 1 ? 2 : 4)];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. numbers];
    }

    /// <summary>The header that NumPy writes.</summary>
    public static string Header(string type, string shape, bool isFortran = false) =>
        $"{{'descr': '{type}', 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': {shape}, }}";

    /// <summary>An IDX file.</summary>
    public static byte[] Idx(byte type, int[] shape, ReadOnlySpan<byte> numbers) =>
        [0, 0, type, (byte)shape.Length, .. shape.SelectMany(n => BitConverter.GetBytes(n).Reverse()), .. numbers];

    /// <summary>The bytes compressed as gzip does.</summary>
    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>A zip archive of named parts.</summary>
    public static byte[] Zip(params (string Name, byte[] Part)[] parts)
    {
        using MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] part) in parts)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(part);
            }
        }

        return packed.ToArray();
    }

    /// <summary>Doubles as a file of this byte order has them.</summary>
    public static byte[] Of(IEnumerable<double> numbers, bool isBig = false) =>
        [
            .. numbers.SelectMany(number =>
                isBig ? BitConverter.GetBytes(number).Reverse() : BitConverter.GetBytes(number)
            ),
        ];
}
