using System.Globalization;
using System.Text;
using Preimage.Figures.Surfaces;

namespace Preimage.Figures.Data;

/// <summary>A surface as a Wavefront OBJ mesh: the three directions shown, normals, triangles. Numbers read back to the same bits.</summary>
public static class ObjFile
{
    /// <summary>The file's text.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(SurfaceReport report) => Text(SurfaceScene.Of(report));

    internal static string Text(SurfaceScene scene)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        StringBuilder text = new();
        string axes = string.Join(", ", scene.Axes.Select(axis => axis.Label.ReplaceLineEndings(" ")));
        text.Append(plain, $"# preimage {scene.Report.Run.Version}: {axes}\n");
        double[] normals = scene.Normals();
        for (int i = 0; i < scene.Places.Length; i += 3)
        {
            text.Append(plain, $"v {scene.Places[i]:R} {scene.Places[i + 1]:R} {scene.Places[i + 2]:R}\n");
        }

        for (int i = 0; i < normals.Length; i += 3)
        {
            text.Append(plain, $"vn {normals[i]:F6} {normals[i + 1]:F6} {normals[i + 2]:F6}\n");
        }

        var triangles = scene.Report.Surface.Triangles;
        for (int t = 0; t < triangles.Length; t += 3)
        {
            (int a, int b, int c) = (triangles[t] + 1, triangles[t + 1] + 1, triangles[t + 2] + 1);
            text.Append(plain, $"f {a}//{a} {b}//{b} {c}//{c}\n");
        }

        return text.ToString();
    }
}
