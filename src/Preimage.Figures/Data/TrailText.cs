using System.Text.Json;
using Preimage.Figures.Trails;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>A trail as JSON and CSV; numbers as <see cref="JsonText"/> and <see cref="CsvFile"/> write them.</summary>
public static class TrailText
{
    // Of more numbers than these the JSON leaves the points to the CSV and the NPY, and the CSV to the NPY.
    private const long MostInJson = 200_000;
    private const long MostInCsv = 5_000_000;

    /// <summary>The run around what the command found and the trail, as one JSON object on one line.</summary>
    public static string Json(TrailReport report, Action<Utf8JsonWriter> result) =>
        JsonText.Of(
            report.Run,
            json =>
            {
                result(json);
                Write(json, report);
            }
        );

    /// <summary>
    /// The members: along (what is measured), from or towards (what distances are measured from), trail and beside (a list), each with name, count,
    /// defect, rankingChanges, and point by point along, distances, defects, labels where outputs are classes, chains where there are several,
    /// values, tokens, points. Points of more than 200,000 numbers are left to the other files.
    /// </summary>
    public static void Write(Utf8JsonWriter json, TrailReport report)
    {
        json.WriteString("along", report.Abscissa);
        json.WriteString("distancesFrom", report.Target.IsEmpty ? "start" : "target");
        json.WriteStartObject("trail");
        Write(json, report, report.Trail);
        json.WriteEndObject();
        json.WriteStartArray("beside");
        foreach (Trail trail in report.Beside)
        {
            json.WriteStartObject();
            Write(json, report, trail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// A line a point: trail, chain (counted from 1), the place along it, the inputs (of at most 5,000,000 in all), the outputs, their label where they
    /// are classes, the distance, the defect.
    /// </summary>
    public static string Csv(TrailReport report)
    {
        Trail[] trails = [report.Trail, .. report.Beside];
        bool points = trails.Sum(t => (long)t.Cloud.Points.Length) <= MostInCsv;
        TrailOutputs outputs = new(report);
        CsvTable table = new([
            "trail",
            "chain",
            report.Abscissa,
            .. points ? CsvTable.Names(report.Run.Signature.Inputs) : [],
            .. CsvTable.Names(report.Run.Signature.Outputs),
            .. outputs.AreClasses ? ["label"] : Array.Empty<string>(),
            report.Target.IsEmpty ? "distance from the start" : "distance from the target",
            "defect",
        ]);
        foreach (Trail trail in trails)
        {
            double[] distances = TrailFigures.Distances(report, trail.Cloud);
            for (int i = 0; i < trail.Cloud.Count; i++)
            {
                table.Add(trail.Name);
                table.Add(trail.Chains.IsEmpty ? 1 : trail.Chains[i] + 1, trail.Along[i]);
                table.Add(points ? trail.Cloud.Point(i) : []);
                table.Add(trail.Cloud.Value(i));
                if (outputs.AreClasses)
                {
                    table.Add(outputs.Label(trail.Cloud.Value(i)));
                }

                table.Add(distances[i], trail.Cloud.Defects[i]);
                table.EndRow();
            }
        }

        return table.ToString();
    }

    private static void Write(Utf8JsonWriter json, TrailReport report, Trail trail)
    {
        Cloud cloud = trail.Cloud;
        TrailOutputs outputs = new(report);
        json.WriteString("name", trail.Name);
        json.WriteNumber("count", cloud.Count);
        JsonText.Write(json, "defect", trail.Defect);
        json.WriteNumber("rankingChanges", TrailFigures.Changes(trail));
        JsonText.Write(json, "along", trail.Along.AsSpan());
        JsonText.Write(json, "distances", TrailFigures.Distances(report, cloud));
        JsonText.Write(json, "defects", cloud.Defects.AsSpan());
        if (!trail.Chains.IsEmpty)
        {
            JsonText.Write(json, "chains", [.. trail.Chains.Select(c => c + 1.0)]);
        }

        if (outputs.AreClasses)
        {
            WriteTexts(json, "labels", Enumerable.Range(0, cloud.Count).Select(i => outputs.Label(cloud.Value(i))));
        }

        JsonText.Write(json, "values", cloud.Values.AsSpan(), cloud.Outputs);
        if (!trail.Tokens.IsEmpty)
        {
            json.WriteStartArray("tokens");
            foreach (IEnumerable<string> tokens in trail.Tokens)
            {
                WriteTexts(json, null, tokens);
            }

            json.WriteEndArray();
        }

        if (cloud.Points.Length <= MostInJson)
        {
            JsonText.Write(json, "points", cloud.Points.AsSpan(), cloud.Dimension);
        }
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
