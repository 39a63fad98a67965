using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Preimage.Figures.Surfaces;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>
/// A surface as a PLY mesh, format binary_little_endian 1.0: each corner with x, y, z as they are shown, every input and the defect, all as doubles,
/// and its colour as bytes; each triangle as a list of three corners.
/// </summary>
public static class PlyFile
{
    /// <summary>The file's bytes.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static byte[] Bytes(SurfaceReport report) => Bytes(SurfaceScene.Of(report));

    internal static byte[] Bytes(SurfaceScene scene)
    {
        Surface surface = scene.Report.Surface;
        Cloud corners = surface.Corners;
        ImmutableArray<string> names = SurfaceNames.Of(scene.Report.Run.Signature.Inputs, "x", "y", "z");
        StringBuilder header = new("ply\nformat binary_little_endian 1.0\n");
        header.Append(
            $"comment preimage {scene.Report.Run.Version}, area {surface.Area:R}, Euler number {surface.Euler}\n"
        );
        header.Append($"element vertex {corners.Count}\n");
        foreach (string name in (string[])["x", "y", "z", .. names, "defect"])
        {
            header.Append($"property double {name}\n");
        }

        header.Append("property uchar red\nproperty uchar green\nproperty uchar blue\n");
        header.Append(
            $"element face {surface.Triangles.Length / 3}\nproperty list uchar int vertex_indices\nend_header\n"
        );
        using MemoryStream stream = new();
        stream.Write(Encoding.ASCII.GetBytes(header.ToString()));
        Span<byte> eight = stackalloc byte[8];
        for (int i = 0; i < corners.Count; i++)
        {
            foreach (
                double value in (double[])[.. scene.Places.AsSpan(3 * i, 3), .. corners.Point(i), corners.Defects[i]]
            )
            {
                BinaryPrimitives.WriteDoubleLittleEndian(eight, value);
                stream.Write(eight);
            }

            uint rgb = scene.Rgb(i);
            stream.Write([(byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb]);
        }

        for (int t = 0; t < surface.Triangles.Length; t++)
        {
            if (t % 3 == 0)
            {
                stream.WriteByte(3);
            }

            BinaryPrimitives.WriteInt32LittleEndian(eight, surface.Triangles[t]);
            stream.Write(eight[..4]);
        }

        return stream.ToArray();
    }
}
