using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Preimage.Figures.Surfaces;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>
/// A surface as VTK PolyData in XML, with every input, output and the defect at the corners: for ParaView and its kind. Numbers are the shortest that read
/// back to the same bits.
/// </summary>
public static class VtpFile
{
    /// <summary>The file's text.</summary>
    /// <exception cref="ArgumentException">The report does not fit together.</exception>
    public static string Text(SurfaceReport report) => Text(SurfaceScene.Of(report));

    internal static string Text(SurfaceScene scene)
    {
        Surface surface = scene.Report.Surface;
        Cloud corners = surface.Corners;
        int triangles = surface.Triangles.Length / 3;
        ImmutableArray<string> inputs = SurfaceNames.Of(scene.Report.Run.Signature.Inputs, "defect");
        StringBuilder text = new();
        text.Append(
            "<?xml version=\"1.0\"?>\n<VTKFile type=\"PolyData\" version=\"1.0\" byte_order=\"LittleEndian\">\n<PolyData>\n"
        );
        text.Append(
            $"<Piece NumberOfPoints=\"{corners.Count}\" NumberOfVerts=\"0\" NumberOfLines=\"0\" NumberOfStrips=\"0\" NumberOfPolys=\"{triangles}\">\n"
        );
        text.Append("<PointData Scalars=\"defect\">\n");
        for (int d = 0; d < corners.Dimension; d++)
        {
            int input = d;
            Append(text, inputs[d], 1, Enumerable.Range(0, corners.Count).Select(i => corners.Point(i)[input]));
        }

        Append(text, "defect", 1, corners.Defects);
        text.Append("</PointData>\n<Points>\n");
        Append(text, "Points", 3, scene.Places);
        text.Append("</Points>\n<Polys>\n");
        AppendWhole(text, "connectivity", surface.Triangles);
        AppendWhole(text, "offsets", Enumerable.Range(1, triangles).Select(t => 3 * t));
        return text.Append("</Polys>\n</Piece>\n</PolyData>\n</VTKFile>\n").ToString();
    }

    private static void Append(StringBuilder text, string name, int components, IEnumerable<double> values)
    {
        text.Append(
            $"<DataArray type=\"Float64\" Name=\"{name}\" NumberOfComponents=\"{components}\" format=\"ascii\">\n"
        );
        text.AppendJoin(' ', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        text.Append("\n</DataArray>\n");
    }

    private static void AppendWhole(StringBuilder text, string name, IEnumerable<int> values)
    {
        text.Append($"<DataArray type=\"Int32\" Name=\"{name}\" format=\"ascii\">\n");
        text.AppendJoin(' ', values).Append("\n</DataArray>\n");
    }
}
