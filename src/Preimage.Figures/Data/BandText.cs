using System.Text.Json;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Data;

/// <summary>A band as JSON and CSV: a region of the plane, a paving, or both; numbers as <see cref="JsonText"/> and <see cref="CsvFile"/> write them.</summary>
public static class BandText
{
    /// <summary>The run and the band as one JSON object on one line; n = 2.</summary>
    public static string Json(RunRecord run, Region region, Paving? paving) =>
        JsonText.Of(run, json => Write(json, region, paving));

    /// <summary>The run and the band as one JSON object on one line; any n.</summary>
    public static string Json(RunRecord run, (double From, double To) band, Paving paving) =>
        JsonText.Of(run, json => Write(json, band, paving));

    /// <summary>
    /// The members of a band of the plane: from, to, verdict, area; of its paving areaInner, areaOuter, undecided (the area between the
    /// two), gap (that as a share of the box); regions; criticalPoints where a level set found them.
    /// </summary>
    public static void Write(Utf8JsonWriter json, Region region, Paving? paving)
    {
        JsonText.Write(json, "from", region.From);
        JsonText.Write(json, "to", region.To);
        json.WriteString("verdict", region.Verdict.ToString());
        JsonText.Write(json, "area", region.Area);
        if (paving is not null)
        {
            WriteCertified(json, paving, "area");
        }

        json.WriteStartArray("regions");
        foreach (RegionPart part in region.Parts)
        {
            WritePart(json, part);
        }

        json.WriteEndArray();
        if ((region.Lower ?? region.Upper) is { } set)
        {
            LevelSetText.WriteCriticalPoints(json, set.CriticalPoints);
        }

        LevelSet[] sets = [.. new[] { region.Lower, region.Upper }.OfType<LevelSet>()];
        json.WriteNumber("enclosures", sets.Sum(s => s.Enclosures) + (paving?.Enclosures ?? 0));
        json.WriteNumber("evaluations", sets.Sum(s => s.Evaluations));
    }

    /// <summary>The members of a band of R^n: from, to, volumeInner, volumeOuter, undecided, gap, ending, and the boxes inner and boundary.</summary>
    public static void Write(Utf8JsonWriter json, (double From, double To) band, Paving paving)
    {
        JsonText.Write(json, "from", band.From);
        JsonText.Write(json, "to", band.To);
        WriteCertified(json, paving, "volume");
        WriteCells(json, "inner", paving.Inner);
        WriteCells(json, "boundary", paving.Boundary);
        json.WriteNumber("enclosures", paving.Enclosures);
    }

    /// <summary>A line a vertex: part counted from 1, ring 0 for the shell and from 1 for holes, then the inputs.</summary>
    public static string Csv(Region region, Signature signature)
    {
        CsvTable table = new(["part", "ring", .. CsvTable.Names(signature.Inputs)]);
        for (int p = 0; p < region.Parts.Length; p++)
        {
            Ring[] rings = [region.Parts[p].Shell, .. region.Parts[p].Holes];
            for (int r = 0; r < rings.Length; r++)
            {
                for (int i = 0; i < rings[r].Count; i++)
                {
                    table.Add(p + 1, r, rings[r].Points[2 * i], rings[r].Points[2 * i + 1]);
                    table.EndRow();
                }
            }
        }

        return table.ToString();
    }

    /// <summary>A line a box: inner or boundary, then the lower and upper bound of each input.</summary>
    public static string Csv(Paving paving, Signature signature)
    {
        string[] names = [.. CsvTable.Names(signature.Inputs)];
        CsvTable table = new(["box", .. names.SelectMany(n => new[] { $"{n} lower", $"{n} upper" })]);
        AddAll("inner", paving.Inner);
        AddAll("boundary", paving.Boundary);
        return table.ToString();

        void AddAll(string kind, IEnumerable<Cell> cells)
        {
            foreach (Cell cell in cells)
            {
                table.Add(kind);
                for (int d = 0; d < cell.Dimension; d++)
                {
                    table.Add(cell.Lower[d], cell.Upper[d]);
                }

                table.EndRow();
            }
        }
    }

    private static void WriteCertified(Utf8JsonWriter json, Paving paving, string measure)
    {
        JsonText.Write(json, $"{measure}Inner", paving.VolumeInner);
        JsonText.Write(json, $"{measure}Outer", paving.VolumeOuter);
        JsonText.Write(json, "undecided", paving.VolumeOuter - paving.VolumeInner);
        JsonText.Write(json, "gap", paving.Gap);
        json.WriteString("ending", paving.Ending.ToString());
    }

    private static void WritePart(Utf8JsonWriter json, RegionPart part)
    {
        json.WriteStartObject();
        JsonText.Write(json, "area", part.Area);
        JsonText.Write(json, "shell", part.Shell.Points.AsSpan(), 2);
        json.WriteStartArray("holes");
        foreach (Ring hole in part.Holes)
        {
            JsonText.WriteRows(json, hole.Points.AsSpan(), 2);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCells(Utf8JsonWriter json, string name, IEnumerable<Cell> cells)
    {
        json.WriteStartArray(name);
        foreach (Cell cell in cells)
        {
            json.WriteStartObject();
            LevelSetText.WriteCell(json, cell);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
