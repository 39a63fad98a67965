using System.Text.Json;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>A surface as JSON and CSV, written as <see cref="JsonText"/> and <see cref="CsvFile"/> write.</summary>
public static class SurfaceText
{
    /// <summary>The run's record around what was found, on one line.</summary>
    /// <param name="report">The surface.</param>
    /// <param name="mesh">Whether to list corners and triangles.</param>
    public static string Json(SurfaceReport report, bool mesh) =>
        JsonText.Of(report.Run, json => Write(json, report.Surface, mesh));

    /// <summary>A line for each corner: inputs, outputs, defect.</summary>
    public static string Csv(SurfaceReport report)
    {
        Cloud corners = report.Surface.Corners;
        CsvTable table = new([
            .. CsvTable.Names(report.Run.Signature.Inputs),
            .. CsvTable.Names(report.Run.Signature.Outputs),
            "defect",
        ]);
        for (int i = 0; i < corners.Count; i++)
        {
            table.Add(corners.Point(i));
            table.Add(corners.Value(i));
            table.Add(corners.Defects[i]);
            table.EndRow();
        }

        return table.ToString();
    }

    private static void Write(Utf8JsonWriter json, Surface surface, bool mesh)
    {
        json.WriteNumber("dimension", 2);
        JsonText.Write(json, "target", surface.Target.AsSpan());
        JsonText.Write(json, "area", surface.Area);
        json.WriteNumber("areaOrder", surface.AreaOrder);
        json.WriteNumber("euler", surface.Euler);
        json.WriteBoolean("closed", surface.Closed);
        json.WriteString("ending", surface.Ending.ToString());
        json.WriteNumber("borders", surface.Borders);
        if (surface.Ending.IsComplete())
        {
            json.WriteNumber("genus", surface.Genus);
        }

        JsonText.Write(json, "defect", surface.Defect);
        JsonText.Write(json, "chord", surface.Chord);
        json.WriteNumber("corners", surface.Corners.Count);
        json.WriteNumber("triangles", surface.Triangles.Length / 3);
        json.WriteNumber("evaluations", surface.Evaluations);
        if (!mesh)
        {
            return;
        }

        JsonText.Write(json, "points", surface.Corners.Points.AsSpan(), surface.Corners.Dimension);
        json.WriteStartArray("faces");
        for (int t = 0; t < surface.Triangles.Length; t += 3)
        {
            json.WriteStartArray();
            json.WriteNumberValue(surface.Triangles[t]);
            json.WriteNumberValue(surface.Triangles[t + 1]);
            json.WriteNumberValue(surface.Triangles[t + 2]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
