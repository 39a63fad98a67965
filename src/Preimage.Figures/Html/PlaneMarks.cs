using System.Globalization;
using System.Text.Json;
using Preimage.Figures.Data;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>The points and cells of a plane with the lines that a page's readout shows of them.</summary>
internal static class PlaneMarks
{
    public static void Write(Utf8JsonWriter json, PlaneReport report)
    {
        json.WriteStartArray("marks");
        foreach (CriticalPoint point in report.CriticalPoints)
        {
            string place = point.Place switch
            {
                CriticalPlace.Interior => "inside the box",
                CriticalPlace.Edge => "on an edge of the box",
                CriticalPlace.Corner => "a corner of the box",
            };
            string output = report.Signature.Outputs[0].Name;
            Write(
                json,
                Inks.Text,
                point.At.AsSpan(),
                $"{CriticalMarks.Name(point.Kind)}, {place}",
                $"{output} = {Number(point.Value)}",
                $"verdict: {point.Verdict}"
            );
        }

        foreach (Cell cell in report.Undecided)
        {
            Write(json, Inks.Undecided, cell.Middle, "undecided cell", $"width = {Number(cell.Width)}");
        }

        foreach (PlanePoint point in report.Points.Where(p => p.Label.Length > 0))
        {
            Write(json, Inks.Text, point.At.AsSpan(), point.Label);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Ink ink, ReadOnlySpan<double> at, params ReadOnlySpan<string> lines)
    {
        json.WriteStartObject();
        JsonText.Write(json, "at", at);
        json.WriteString("part", ink.Part);
        json.WriteString("text", string.Join('\n', lines!));
        json.WriteEndObject();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
