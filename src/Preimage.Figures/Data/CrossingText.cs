using System.Text.Json;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>The answers on both sides of a crossing, named: classes, or sides of a level.</summary>
/// <param name="From">At the start.</param>
/// <param name="To">Beyond the border; null where none was found.</param>
public sealed record CrossingNames(string From, string? To);

/// <summary>A crossing as JSON and CSV; numbers as <see cref="JsonText"/> and <see cref="CsvFile"/> write them.</summary>
public static class CrossingText
{
    /// <summary>The run and the crossing as one JSON object on one line.</summary>
    public static string Json(RunRecord run, Crossing crossing, CrossingNames? names = null) =>
        JsonText.Of(run, json => Write(json, crossing, names));

    /// <summary>
    /// The members: found, at (empty where none was found), distance, from and to (names of the answers; null where they are not known), bracket (two
    /// points), bracketWidth, kktResidual, start, distanceLower, verdict, pieces, borders, starts, path (as a foliation's lift; missing where there is
    /// none), enclosures, evaluations.
    /// </summary>
    public static void Write(Utf8JsonWriter json, Crossing crossing, CrossingNames? names = null)
    {
        json.WriteBoolean("found", crossing.Found);
        JsonText.Write(json, "at", (crossing.At ?? []).AsSpan());
        JsonText.Write(json, "distance", crossing.Distance);
        json.WriteString("from", names?.From);
        json.WriteString("to", crossing.Found ? names?.To : null);
        JsonText.Write(json, "bracket", crossing.Bracket.AsSpan(), crossing.From.Length);
        JsonText.Write(json, "bracketWidth", crossing.BracketWidth);
        JsonText.Write(json, "kktResidual", crossing.KktResidual);
        JsonText.Write(json, "start", crossing.From.AsSpan());
        JsonText.Write(json, "distanceLower", crossing.DistanceLower);
        json.WriteString("verdict", crossing.Verdict.ToString());
        json.WriteNumber("pieces", crossing.Pieces);
        json.WriteNumber("borders", crossing.Borders);
        json.WriteNumber("starts", crossing.Starts);
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
