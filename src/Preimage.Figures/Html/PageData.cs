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
    // A readout cannot tell more points apart; longer curves give every k-th, and so do the curves of large families.
    private const int MostPoints = 4000;
    private const int LeastPoints = 40;
    private const int MostInAll = 60000;

    public static string Json(FiberReport report, Picture? curve, Picture profile) =>
        Text(json =>
        {
            FieldSurface? surface = FieldSurface.Of(report);
            WriteNames(json, "inputs", report.Signature.Inputs);
            WriteNames(json, "outputs", report.Signature.Outputs);
            json.WriteStartArray("curves");
            for (int i = 0; i < report.Curves.Length; i++)
            {
                json.WriteStartObject();
                WriteCurve(json, report.Curves[i].Curve, report.Curves[i].Name, MostPoints);
                SurfaceData.WritePen(json, Inks.Curve(i), i > 0);
                SurfaceData.WriteLine(json, surface, report.Curves[i].Curve);
                if (i == 0)
                {
                    JsonText.Write(json, "level", report.Fiber.Target[report.FieldOutput]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("panels");
            WritePanels(json, "curve", curve?.Panels ?? []);
            WritePanels(json, "profile", profile.Panels);
            json.WriteEndArray();
            JsonText.Write(json, "start", report.Start.AsSpan());
            if (report.Fiber.Curve.Dimension == 3)
            {
                Box window = FigureWindow.Of(report);
                WriteAxes(
                    json,
                    [
                        .. Enumerable
                            .Range(0, 3)
                            .Select(d => Axis.Linear(report.Signature.Inputs[d], window.Lower[d], window.Upper[d], 5)),
                    ]
                );
            }

            SurfaceData.Write(json, surface);
        });

    public static string Json(PlaneReport report, Picture plane) =>
        Text(json =>
        {
            PlanePens pens = new(report);
            FieldSurface? surface = FieldSurface.Of(report);
            int most = Math.Clamp(MostInAll / Math.Max(1, report.Curves.Length), LeastPoints, MostPoints);
            WriteNames(json, "inputs", report.Signature.Inputs);
            WriteNames(json, "outputs", report.Signature.Outputs);
            json.WriteStartArray("curves");
            for (int i = 0; i < report.Curves.Length; i++)
            {
                PlaneCurve curve = report.Curves[i];
                json.WriteStartObject();
                WriteCurve(json, curve.Curve, curve.Name, most);
                SurfaceData.WritePen(json, pens.Ink(curve), curve.Beside);
                if (i % SurfaceData.Every(report.Curves.Length) == 0)
                {
                    SurfaceData.WriteLine(json, surface, curve.Curve);
                }

                if (curve.Level is { } level && double.IsFinite(level))
                {
                    JsonText.Write(json, "level", level);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("panels");
            WritePanels(json, "plane", plane.Panels);
            json.WriteEndArray();
            PlaneMarks.Write(json, report);
            SurfaceData.Write(json, surface);
        });

    /// <summary>A named list of the axes' labels, ranges and ticks.</summary>
    public static void WriteAxes(Utf8JsonWriter json, IReadOnlyList<Axis> axes)
    {
        json.WriteStartArray("axes");
        foreach (Axis axis in axes)
        {
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

    /// <summary>An object that no name in it can end the script element of.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();

        // The default encoder escapes < > and &, so no name can end the script element.
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>A named list of variables with their units.</summary>
    public static void WriteNames(Utf8JsonWriter json, string name, ImmutableArray<Variable> variables)
    {
        json.WriteStartArray(name);
        foreach (Variable variable in variables)
        {
            string unit = Numerals.Unit(variable.Unit);
            json.WriteStringValue(unit.Length == 0 ? variable.Name : $"{variable.Name} [{unit}]");
        }

        json.WriteEndArray();
    }

    private static void WriteCurve(Utf8JsonWriter json, Curve curve, string name, int most)
    {
        double[] lengths = curve.ArcLengths();
        int stride = (curve.Count + most - 1) / most;
        json.WriteString("name", name);
        json.WriteBoolean("closed", curve.Closed);
        json.WriteNumber("stride", stride);
        json.WriteNumber("outputs", curve.Outputs);
        WriteEvery("points", i => curve.Point(i));
        WriteEvery("values", i => curve.Value(i));
        WriteEvery("defects", i => curve.Defects.AsSpan(i, 1));
        WriteEvery("lengths", i => lengths.AsSpan(i, 1));

        void WriteEvery(string list, Row row)
        {
            List<double> values = [];
            for (int i = 0; i < curve.Count; i += stride)
            {
                values.AddRange(row(i));
            }

            JsonText.Write(json, list, values.ToArray());
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
}
