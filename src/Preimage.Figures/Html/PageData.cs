using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Preimage.Figures.Data;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures;

/// <summary>What the page's script needs, as JSON: curves point by point, names, and where the panels show which quantities.</summary>
internal static class PageData
{
    // A readout cannot tell more points apart; longer curves give every k-th.
    private const int MostPoints = 4000;

    public static string Json(FiberReport report, Picture? curve, Picture profile)
    {
        using MemoryStream stream = new();

        // The default encoder escapes < > and &, so no name can end the script element.
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            WriteNames(json, "inputs", report.Signature.Inputs);
            WriteNames(json, "outputs", report.Signature.Outputs);
            json.WriteStartArray("curves");
            foreach (NamedCurve named in report.Curves)
            {
                WriteCurve(json, named);
            }

            json.WriteEndArray();
            json.WriteStartArray("panels");
            WritePanels(json, "curve", curve?.Panels ?? []);
            WritePanels(json, "profile", profile.Panels);
            json.WriteEndArray();
            JsonText.Write(json, "start", report.Start.AsSpan());
            if (report.Fiber.Curve.Dimension == 3)
            {
                WriteAxes(json, report);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteNames(Utf8JsonWriter json, string name, ImmutableArray<Variable> variables)
    {
        json.WriteStartArray(name);
        foreach (Variable variable in variables)
        {
            json.WriteStringValue(variable.Label);
        }

        json.WriteEndArray();
    }

    private static void WriteCurve(Utf8JsonWriter json, NamedCurve named)
    {
        Curve curve = named.Curve;
        double[] lengths = curve.ArcLengths();
        int stride = (curve.Count + MostPoints - 1) / MostPoints;
        json.WriteStartObject();
        json.WriteString("name", named.Name);
        json.WriteBoolean("closed", curve.Closed);
        json.WriteNumber("stride", stride);
        WriteEvery("points", i => curve.Point(i));
        WriteEvery("values", i => curve.Value(i));
        WriteEvery("defects", i => curve.Defects.AsSpan(i, 1));
        WriteEvery("lengths", i => lengths.AsSpan(i, 1));
        json.WriteEndObject();

        void WriteEvery(string name, Row row)
        {
            List<double> values = [];
            for (int i = 0; i < curve.Count; i += stride)
            {
                values.AddRange(row(i));
            }

            JsonText.Write(json, name, values.ToArray());
        }
    }

    private delegate ReadOnlySpan<double> Row(int i);

    private static void WritePanels(Utf8JsonWriter json, string figure, ImmutableArray<PanelMap> panels)
    {
        foreach (PanelMap panel in panels)
        {
            Frame frame = panel.Frame;
            json.WriteStartObject();
            json.WriteString("figure", figure);
            JsonText.Write(json, "frame", [frame.Left, frame.Top, frame.Width, frame.Height]);
            json.WriteNumber("x", panel.X);
            json.WriteNumber("y", panel.Y);
            JsonText.Write(json, "xRange", [panel.XLow, panel.XHigh]);
            JsonText.Write(json, "yRange", [panel.YLow, panel.YHigh]);
            json.WriteEndObject();
        }
    }

    private static void WriteAxes(Utf8JsonWriter json, FiberReport report)
    {
        Box window = FigureWindow.Of(report);
        json.WriteStartArray("axes");
        for (int d = 0; d < 3; d++)
        {
            Axis axis = Axis.Linear(report.Signature.Inputs[d], window.Lower[d], window.Upper[d], 5);
            json.WriteStartObject();
            json.WriteString("label", axis.Label);
            JsonText.Write(json, "range", [axis.Low, axis.High]);
            JsonText.Write(json, "ticks", axis.Ticks.Select(t => t.Value).ToArray());
            json.WriteStartArray("texts");
            foreach (Tick tick in axis.Ticks)
            {
                json.WriteStringValue(tick.Text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
