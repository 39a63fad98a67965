using System.Text;
using Preimage.Figures.Data;
using Preimage.Figures.Drawing;
using Preimage.Figures.Surfaces;

namespace Preimage.Figures;

/// <summary>Writes the files of a surface, each whole or not at all.</summary>
public static class SurfaceFiles
{
    /// <summary>Writes the formats asked for as PATH.csv, PATH.json and so on.</summary>
    /// <returns>The paths written, in the order of <see cref="SurfaceFormats"/>.</returns>
    /// <exception cref="OutputException">A file cannot be written; those before it stand.</exception>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static IReadOnlyList<string> Write(string path, SurfaceReport report, SurfaceFormats formats)
    {
        SurfaceScene scene = SurfaceScene.Of(report);
        Lazy<Picture> picture = new(() => SurfaceDrawing.Draw(scene));
        List<string> written = [];
        foreach (
            (SurfaceFormats format, string ending, Func<byte[]> bytes) in new (SurfaceFormats, string, Func<byte[]>)[]
            {
                (SurfaceFormats.Csv, ".csv", () => Utf8(SurfaceText.Csv(report))),
                (SurfaceFormats.Json, ".json", () => Utf8(SurfaceText.Json(report, mesh: true) + "\n")),
                (SurfaceFormats.Svg, ".svg", () => Utf8(SvgWriter.Document(picture.Value))),
                (SurfaceFormats.Png, ".png", () => Raster.Png(picture.Value)),
                (SurfaceFormats.Html, ".html", () => Utf8(SurfacePage.Text(scene, picture.Value))),
                (SurfaceFormats.Ply, ".ply", () => PlyFile.Bytes(scene)),
                (SurfaceFormats.Obj, ".obj", () => Utf8(ObjFile.Text(scene))),
                (SurfaceFormats.Vtp, ".vtp", () => Utf8(VtpFile.Text(scene))),
                (SurfaceFormats.Gltf, ".gltf", () => GltfFile.Text(scene)),
                (SurfaceFormats.Glb, ".glb", () => GltfFile.Binary(scene)),
            }
        )
        {
            if (formats.HasFlag(format))
            {
                AtomicFile.Write(path + ending, bytes());
                written.Add(path + ending);
            }
        }

        return written;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
