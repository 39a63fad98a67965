using System.Text.Json;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>A crossing as JSON and CSV; numbers as <see cref="JsonText"/> and <see cref="CsvFile"/> write them.</summary>
public static class CrossingText
{
    /// <summary>The run and the crossing as one JSON object on one line.</summary>
    public static string Json(RunRecord run, Crossing crossing) => JsonText.Of(run, json => Write(json, crossing));

    /// <summary>
    /// The members: found, from, at (empty where none was found), distance, distanceLower, verdict, kktResidual, bracket (two points), path
    /// (as a foliation's lift; missing where there is none), enclosures, evaluations.
    /// </summary>
    public static void Write(Utf8JsonWriter json, Crossing crossing)
    {
        json.WriteBoolean("found", crossing.Found);
        JsonText.Write(json, "from", crossing.From.AsSpan());
        JsonText.Write(json, "at", (crossing.At ?? []).AsSpan());
        JsonText.Write(json, "distance", crossing.Distance);
        JsonText.Write(json, "distanceLower", crossing.DistanceLower);
        json.WriteString("verdict", crossing.Verdict.ToString());
        JsonText.Write(json, "kktResidual", crossing.KktResidual);
        JsonText.Write(json, "bracket", crossing.Bracket.AsSpan(), crossing.From.Length);
        if (crossing.Path is { } path)
        {
            json.WriteStartObject("path");
            FoliationText.WriteCurve(json, path);
            json.WriteEndObject();
        }

        json.WriteNumber("enclosures", crossing.Enclosures);
        json.WriteNumber("evaluations", crossing.Evaluations);
    }

    /// <summary>A line a point: its part (from, path, at, bracket), then the inputs.</summary>
    public static string Csv(Crossing crossing, Signature signature)
    {
        int n = crossing.From.Length;
        CsvTable table = new(["part", .. CsvTable.Names(signature.Inputs)]);
        AddAll("from", crossing.From.AsSpan());
        AddAll("path", crossing.Path is { } path ? path.Points.AsSpan() : []);
        AddAll("at", (crossing.At ?? []).AsSpan());
        AddAll("bracket", crossing.Bracket.AsSpan());
        return table.ToString();

        void AddAll(string part, ReadOnlySpan<double> points)
        {
            for (int i = 0; i < points.Length; i += n)
            {
                table.Add(part);
                table.Add(points.Slice(i, n));
                table.EndRow();
            }
        }
    }
}
