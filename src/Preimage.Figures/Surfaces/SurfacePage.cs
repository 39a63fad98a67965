using System.Globalization;
using System.Text.Json;
using Preimage.Figures.Data;
using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Surfaces;

/// <summary>The page of a surface: the mesh to turn by hand, its record.</summary>
internal static class SurfacePage
{
    /// <summary>The page, with the picture for readers without scripts.</summary>
    public static string Text(SurfaceScene scene, Picture picture) =>
        HtmlPage.Page(
            scene.Report.Title,
            [View(scene, picture), PageTable.Of(scene.Report)],
            PageData.Text(json => Write(json, scene)),
            ["readout.js", "stage.js", "mesh.js"]
        );

    /// <summary>What is known of a surface, for a table.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(SurfaceReport report)
    {
        Surface surface = report.Surface;
        CultureInfo plain = CultureInfo.InvariantCulture;
        yield return ("start", string.Join(", ", report.Start.Select(x => x.ToString("R", plain))));
        yield return ("output there", string.Join(", ", surface.Target.Select(y => y.ToString("R", plain))));
        yield return ("ending", surface.Advice);
        yield return ("area", surface.Area.ToString("R", plain));
        yield return ("order of the area", surface.AreaOrder.ToString(plain));
        yield return ("Euler number", surface.Euler.ToString(plain));
        yield return ("border loops", surface.Borders.ToString(plain));
        yield return ("largest defect", surface.Defect.ToString("R", plain));
        yield return ("largest distance of an edge's middle", surface.Chord.ToString("R", plain));
        yield return ("corners", surface.Corners.Count.ToString(plain));
        yield return ("triangles", (surface.Triangles.Length / 3).ToString(plain));
        yield return ("evaluations", surface.Evaluations.ToString(plain));
    }

    private static string View(SurfaceScene scene, Picture picture) =>
        $"""
            <h1>{SvgWriter.Escape(scene.Report.Title)}</h1>
            <p class="caption">{SvgWriter.Escape(SurfaceDrawing.Caption(scene))}</p>
            <canvas id="mesh" tabindex="0" role="img" aria-label="the surface in space"></canvas>
            <p class="hint">{HtmlPage.Turning}</p>
            <noscript>{SvgWriter.Inline(picture, "picture")}</noscript>

            """;

    private static void Write(Utf8JsonWriter json, SurfaceScene scene)
    {
        Cloud corners = scene.Report.Surface.Corners;
        PageData.WriteNames(json, "inputs", scene.Report.Run.Signature.Inputs);
        PageData.WriteNames(json, "outputs", scene.Report.Run.Signature.Outputs);
        json.WriteRawMember("curves", "[]");
        json.WriteRawMember("panels", "[]");
        PageData.WriteAxes(json, scene.Axes);
        json.WriteStartArray("shares");
        for (int i = 0; i < scene.Places.Length; i++)
        {
            json.WriteNumberValue(Math.Round(scene.Share(i / 3, i % 3), 5));
        }

        json.WriteEndArray();
        json.WriteStartArray("faces");
        foreach (int corner in scene.Report.Surface.Triangles)
        {
            json.WriteNumberValue(corner);
        }

        json.WriteEndArray();
        json.WriteStartArray("points");
        foreach (double value in corners.Points)
        {
            json.WriteRawValue(value.ToString("G7", CultureInfo.InvariantCulture));
        }

        json.WriteEndArray();
        json.WriteStartArray("palette");
        foreach (uint rgb in scene.Shades is null ? [SurfaceScene.Plain] : SurfaceColors.Palette)
        {
            json.WriteNumberValue(rgb);
        }

        json.WriteEndArray();
        if (scene.Input is { } input)
        {
            json.WriteNumber("color", input);
        }

        if (scene.Start() is { } start)
        {
            JsonText.Write(json, "start", [.. start.Select((x, d) => scene.Axes[d].Place(x))]);
        }
    }

    private static void WriteRawMember(this Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value);
    }
}
