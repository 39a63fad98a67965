using System.Text.Json;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>A level set as JSON and CSV; numbers as <see cref="JsonText"/> and <see cref="CsvFile"/> write them.</summary>
public static class LevelSetText
{
    /// <summary>The run and the level set as one JSON object on one line.</summary>
    public static string Json(RunRecord run, LevelSet set) => JsonText.Of(run, json => Write(json, set));

    /// <summary>
    /// The members of the object: value, verdict, range, components, undecided, criticalPoints, enclosures, evaluations. A component of
    /// several branches lists their points one branch after the other; branches says how many points each has.
    /// </summary>
    public static void Write(Utf8JsonWriter json, LevelSet set)
    {
        JsonText.Write(json, "value", set.Level);
        json.WriteString("verdict", set.Verdict.ToString());
        JsonText.Write(json, "range", [set.Range.Lower, set.Range.Upper]);
        json.WriteStartArray("components");
        foreach (LevelComponent component in set.Components)
        {
            WriteComponent(json, component);
        }

        json.WriteEndArray();
        json.WriteStartArray("undecided");
        foreach (UndecidedCell undecided in set.Undecided)
        {
            json.WriteStartObject();
            WriteCell(json, undecided.Cell);
            if (undecided.Cause is { } cause)
            {
                json.WriteNumber("criticalPoint", cause);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCriticalPoints(json, set.CriticalPoints);
        json.WriteNumber("enclosures", set.Enclosures);
        json.WriteNumber("evaluations", set.Evaluations);
    }

    /// <summary>The member criticalPoints: each with its place, value, kind, verdict and enclosure.</summary>
    public static void WriteCriticalPoints(Utf8JsonWriter json, IEnumerable<CriticalPoint> points)
    {
        json.WriteStartArray("criticalPoints");
        foreach (CriticalPoint point in points)
        {
            json.WriteStartObject();
            JsonText.Write(json, "at", point.At.AsSpan());
            JsonText.Write(json, "value", point.Value);
            json.WriteString("kind", point.Kind.ToString());
            json.WriteString("place", point.Place.ToString());
            json.WriteString("verdict", point.Verdict.ToString());
            WriteCell(json, point.Enclosure);
            JsonText.Write(json, "valueRange", [point.ValueLower, point.ValueUpper]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A line a point: component and branch, counted from 1, then what <see cref="CsvFile"/> has.</summary>
    public static string Csv(LevelSet set, Signature signature)
    {
        CsvTable table = new(["component", "branch", .. CsvTable.CurveColumns(signature)]);
        for (int c = 0; c < set.Components.Length; c++)
        {
            for (int b = 0; b < set.Components[c].Branches.Length; b++)
            {
                table.AddCurve(set.Components[c].Branches[b], c + 1, b + 1);
            }
        }

        return table.ToString();
    }

    internal static void WriteCell(Utf8JsonWriter json, Cell cell)
    {
        JsonText.Write(json, "lower", cell.Lower.AsSpan());
        JsonText.Write(json, "upper", cell.Upper.AsSpan());
    }

    private static void WriteComponent(Utf8JsonWriter json, LevelComponent component)
    {
        json.WriteStartObject();
        json.WriteBoolean("closed", component.Closed);
        JsonText.Write(json, "length", component.Length);
        json.WriteString("verdict", component.Verdict.ToString());
        JsonText.Write(json, "defect", component.Defect);
        json.WriteStartArray("endings");
        foreach (Curve branch in component.Branches)
        {
            json.WriteStringValue(branch.Start.ToString());
            json.WriteStringValue(branch.End.ToString());
        }

        json.WriteEndArray();
        JsonText.Write(json, "branches", [.. component.Branches.Select(b => (double)b.Count)]);
        double[] points = [.. component.Branches.SelectMany(b => b.Points)];
        JsonText.Write(json, "points", points, component.Branches[0].Dimension);
        json.WriteEndObject();
    }
}
