using System.Text.Json;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>A foliation as JSON and CSV; numbers as <see cref="JsonText"/> and <see cref="CsvFile"/> write them.</summary>
public static class FoliationText
{
    /// <summary>The run and the foliation as one JSON object on one line.</summary>
    public static string Json(RunRecord run, Foliation foliation) => JsonText.Of(run, json => Write(json, foliation));

    /// <summary>The members: asked, leaves (level, start, closed, endings, length, defect, points), missed (level, reason), lift (endings, length, defect, points), evaluations.</summary>
    public static void Write(Utf8JsonWriter json, Foliation foliation)
    {
        json.WriteNumber("asked", foliation.Asked);
        json.WriteStartArray("leaves");
        foreach (Leaf leaf in foliation.Leaves)
        {
            json.WriteStartObject();
            JsonText.Write(json, "level", leaf.Level.AsSpan());
            JsonText.Write(json, "start", leaf.Start.AsSpan());
            WriteCurve(json, leaf.Fiber.Curve);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("missed");
        foreach (MissedLevel missed in foliation.Missed)
        {
            json.WriteStartObject();
            JsonText.Write(json, "level", missed.Level.AsSpan());
            json.WriteString("reason", missed.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("lift");
        WriteCurve(json, foliation.Lift);
        json.WriteEndObject();
        json.WriteNumber("evaluations", foliation.Evaluations);
    }

    /// <summary>A line a point: leaf counted from 1, 0 for the lift, then what <see cref="CsvFile"/> has.</summary>
    public static string Csv(Foliation foliation, Signature signature)
    {
        CsvTable table = new(["leaf", .. CsvTable.CurveColumns(signature)]);
        for (int i = 0; i < foliation.Leaves.Length; i++)
        {
            table.AddCurve(foliation.Leaves[i].Fiber.Curve, i + 1);
        }

        table.AddCurve(foliation.Lift, 0);
        return table.ToString();
    }

    internal static void WriteCurve(Utf8JsonWriter json, Curve curve)
    {
        json.WriteBoolean("closed", curve.Closed);
        json.WriteStartArray("endings");
        json.WriteStringValue(curve.Start.ToString());
        json.WriteStringValue(curve.End.ToString());
        json.WriteEndArray();
        JsonText.Write(json, "length", curve.Length);
        JsonText.Write(json, "defect", curve.Defect);
        JsonText.Write(json, "points", curve.Points.AsSpan(), curve.Dimension);
    }
}
