using System.Globalization;
using System.Text.Json;
using Preimage.Figures.Data;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>The page of a trail: a frame at a time under a slider, the figure with the frame's place on it, the record.</summary>
internal static class TrailPage
{
    private const int MostOutputs = 10;

    /// <summary>The page with the report's picture.</summary>
    public static string Text(TrailReport report, TrailDrawing drawing)
    {
        TrailFrames frames = new(report);
        return HtmlPage.Page(
            report.Title,
            [Viewer(report, frames), SvgWriter.Inline(drawing.Picture, "trail"), PageTable.Of(report)],
            PageData.Text(json => Write(json, report, frames, drawing)),
            ["trail.js"]
        );
    }

    private static string Viewer(TrailReport report, TrailFrames frames)
    {
        string choices = string.Concat(
            frames.Trails.Select((t, i) => $"<option value=\"{i}\">{SvgWriter.Escape(t.Name)}</option>")
        );
        string choice =
            frames.Trails.Length > 1 ? $"<select id=\"which\" aria-label=\"which trail\">{choices}</select>" : "";
        string images = frames.Pixels is { } pixels
            ? $"""
                <figure><canvas id="image" width="{pixels.Columns}" height="{pixels.Rows}" role="img" aria-label="the point as an image"></canvas><figcaption>the point</figcaption></figure>
                <figure><canvas id="difference" class="heat" width="{pixels.Columns}" height="{pixels.Rows}" role="img" aria-label="what changed since the start"></canvas><figcaption id="scale"></figcaption></figure>
                """
            : "";
        string tokens = report.Trail.Tokens.IsEmpty ? "" : "<p id=\"tokens\"></p>\n";
        return $"""
            <h2>Point by point</h2>
            <p class="caption">{Thinned(frames)}</p>
            <div class="controls">{choice}<button id="play" type="button">Play</button><input id="slider" type="range" min="0" value="0" step="1" aria-label="{SvgWriter.Escape(
                report.Abscissa
            )}"></div>
            <p id="where" aria-live="off"></p>
            {tokens}<div class="frame">{images}<div id="outputs" class="bars"></div><div id="coordinates" class="bars"></div></div>
            <p class="hint">Arrow keys step, with Shift by ten; Home and End; the space bar plays. Click the figure below to go to a point.</p>

            """;
    }

    /// <summary>What the page leaves out.</summary>
    private static string Thinned(TrailFrames frames)
    {
        IEnumerable<string> parts = frames
            .Trails.Select((t, k) => (t.Name, Shown: frames.Kept[k].Length, All: t.Cloud.Count))
            .Where(p => p.Shown < p.All)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Shown} of the {p.All} points of {p.Name}"));
        string text = string.Join(" and ", parts);
        return text.Length == 0
            ? ""
            : SvgWriter.Escape($"Shown here: {text}, evenly; the .csv and .npy files have all.");
    }

    private static void Write(Utf8JsonWriter json, TrailReport report, TrailFrames frames, TrailDrawing drawing)
    {
        TrailOutputs outputs = new(report);
        int[] shown = [.. outputs.Largest(frames.Trails.Zip(frames.Kept), MostOutputs)];
        Signature names = report.Run.Signature;
        json.WriteString("abscissa", report.Abscissa);
        json.WriteString("from", report.Target.IsEmpty ? "distance from the start" : "distance to the target");
        json.WriteBoolean("classes", outputs.AreClasses);
        WriteTexts(json, "outputs", shown.Select(outputs.NameOf));
        json.WriteNumber("allOutputs", names.Outputs.Length);
        WriteTexts(json, "coordinates", frames.Coordinates.Select(d => names.Inputs[d].Label));
        json.WriteNumber("allCoordinates", names.Inputs.Length);
        if (frames.Scale is { } scale)
        {
            json.WriteString(
                "scale",
                $"since the start: less blue, more red, full colour from {Numerals.Short(scale.Largest, 2)}{frames.Pixels!.Unit}"
            );
            WriteTexts(json, "palette", DivergingColors.Palette.Select(c => $"{c:x6}"));
        }

        (Frame plane, Frame panels) = drawing.Frames;
        JsonText.Write(json, "plane", [plane.Left, plane.Top, plane.Width, plane.Height]);
        JsonText.Write(json, "panels", [panels.Left, panels.Top, panels.Width, panels.Height]);
        json.WriteStartArray("trails");
        for (int t = 0; t < frames.Trails.Length; t++)
        {
            json.WriteStartObject();
            WriteTrail(json, (report, frames, drawing), t, (outputs, shown));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTrail(
        Utf8JsonWriter json,
        (TrailReport Report, TrailFrames Frames, TrailDrawing Drawing) of,
        int t,
        (TrailOutputs Outputs, int[] Shown) how
    )
    {
        Trail trail = of.Frames.Trails[t];
        Cloud cloud = trail.Cloud;
        int[] kept = of.Frames.Kept[t];
        TrailProjection projection = of.Drawing.Projection;
        Spot[] places = t == 0 ? projection.Main : projection.Beside[t - 1];
        double[] distances = TrailFigures.Distances(of.Report, cloud);
        json.WriteString("name", trail.Name);
        JsonText.Write(json, "along", [.. kept.Select(i => trail.Along[i])]);
        if (Frames.Chains(trail).Skip(1).Any())
        {
            JsonText.Write(json, "chain", [.. kept.Select(i => trail.Chains[i] + 1.0)]);
        }

        JsonText.Write(json, "defect", [.. kept.Select(i => cloud.Defects[i])]);
        JsonText.Write(json, "distance", [.. kept.Select(i => distances[i])]);
        JsonText.Write(json, "x", [.. kept.Select(i => Rounded(of.Drawing.Along(trail.Along[i])))]);
        JsonText.Write(json, "spots", [.. kept.SelectMany(i => new[] { Rounded(places[i].X), Rounded(places[i].Y) })]);
        double[][] values = [.. kept.Select(i => how.Outputs.Shown(cloud.Value(i)))];
        JsonText.Write(json, "values", [.. values.SelectMany(v => how.Shown.Select(k => v[k]))]);
        if (how.Outputs.AreClasses)
        {
            WriteTexts(json, "label", kept.Select(i => how.Outputs.Label(cloud.Value(i))));
        }

        JsonText.Write(json, "points", [.. kept.SelectMany(i => of.Frames.Coordinates.Select(d => cloud.Point(i)[d]))]);
        if (!trail.Tokens.IsEmpty)
        {
            json.WriteStartArray("tokens");
            foreach (int i in kept)
            {
                WriteTexts(json, null, trail.Tokens[i]);
            }

            json.WriteEndArray();
        }

        WriteSprite(json, "image", of.Frames.Images, t);
        WriteSprite(json, "difference", of.Frames.Differences, t);
    }

    private static double Rounded(double place) => Math.Round(place, 1);

    private static void WriteSprite(Utf8JsonWriter json, string name, IReadOnlyList<TrailSprite> sprites, int t)
    {
        if (t >= sprites.Count)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("perGroup", sprites[t].PerGroup);
        json.WriteString("png", Convert.ToBase64String(sprites[t].Png));
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string? name, IEnumerable<string> texts)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
