using System.Text;
using System.Text.Json;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>
/// A region as a GeoJSON FeatureCollection (RFC 7946): a Polygon for each part, its shell first, shells counterclockwise and holes clockwise, with the
/// properties from, to (texts "-Infinity" and "Infinity" where there is no bound), area (of the smooth part) and verdict. Coordinates are the two inputs
/// in their own units, not longitude and latitude. Numbers are the shortest that read back to the same bits.
/// </summary>
public static class GeoJsonFile
{
    /// <summary>Writes the region.</summary>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write(string path, Region region) => AtomicFile.Write(path, Text(region) + "\n");

    /// <summary>The region on one line.</summary>
    public static string Text(Region region)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (RegionPart part in region.Parts)
            {
                WriteFeature(json, region, part);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteFeature(Utf8JsonWriter json, Region region, RegionPart part)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        JsonText.Write(json, "from", region.From);
        JsonText.Write(json, "to", region.To);
        JsonText.Write(json, "area", part.Area);
        json.WriteString("verdict", region.Verdict.ToString());
        json.WriteEndObject();
        json.WriteStartObject("geometry");
        json.WriteString("type", "Polygon");
        json.WriteStartArray("coordinates");
        foreach (Ring ring in part.Holes.Prepend(part.Shell))
        {
            WriteRing(json, ring);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A ring repeats its first point.</summary>
    private static void WriteRing(Utf8JsonWriter json, Ring ring)
    {
        json.WriteStartArray();
        for (int i = 0; i <= ring.Count; i++)
        {
            int k = 2 * (i % ring.Count);
            json.WriteStartArray();
            json.WriteNumberValue(ring.Points[k]);
            json.WriteNumberValue(ring.Points[k + 1]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
