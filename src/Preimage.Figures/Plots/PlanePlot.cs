using Preimage.Figures.Drawing;
using Preimage.Maps;

namespace Preimage.Figures.Plots;

/// <summary>n = 2: the curve on the plane of the inputs, over the heat map of the output where there is one.</summary>
internal static class PlanePlot
{
    private const double MostWidth = 540;
    private const double MostHeight = 500;
    private const double LeastWidth = 640;

    // Inputs with one unit and ranges not further apart than this share a scale: a circle is then a circle.
    private const double LargestRatio = 3;

    public static Picture Draw(FiberReport report)
    {
        Box window = Window(report);
        Variable first = report.Signature.Inputs[0];
        Variable second = report.Signature.Inputs[1];
        (double width, double height) = Size(window, first.Unit == second.Unit);
        Axis x = Axis.Linear(first, window.Lower[0], window.Upper[0], (int)(width / 80));
        Axis y = Axis.Linear(second, window.Lower[1], window.Upper[1], (int)(height / 70));
        HeatMap? heat = Heat(report);
        double left = Panel.LabelDistance(y) + 26;
        double right = heat is null ? 28 : 30 + HeatMap.BarWidth + Panel.LabelDistance(heat.Axis) + 22;
        double sheetWidth = Math.Max(LeastWidth, left + width + right);
        double top = Heading.Height(report, sheetWidth);
        double shift = Math.Max(0, (sheetWidth - left - width - right) / 2);
        Sheet sheet = new(sheetWidth, top + height + 58);
        Frame frame = new(left + shift, top, width, height);
        Panel panel = new(frame, x, y);
        Heading.Draw(sheet, report, FigureWindow.IsZoomed(window, report.Box) ? "part of the box" : "");
        if (heat is null)
        {
            panel.DrawGrid(sheet);
        }
        else
        {
            heat.Draw(sheet, panel);
            Frame bar = new(frame.Right + 26, frame.Top, HeatMap.BarWidth, frame.Height);
            heat.DrawBar(sheet, bar, report.Fiber.Target[report.FieldOutput]);
        }

        panel.DrawFrame(sheet);
        panel.DrawX(sheet);
        panel.DrawY(sheet, Panel.LabelDistance(y));
        CurveDrawing.Draw(sheet, report, p => panel.At(p[0], p[1]));
        sheet.Add(new PanelMap(frame, 0, 1, x.Low, x.High, y.Low, y.High));
        return sheet.Finish();
    }

    private static HeatMap? Heat(FiberReport report) =>
        report.Field is { X.Length: > 1, Y.Length: > 1 } field
            ? new HeatMap(field, report.Signature.Outputs[report.FieldOutput])
            : null;

    /// <summary>The field's rectangle where there is one, widened to hold the curves.</summary>
    private static Box Window(FiberReport report)
    {
        Box window = FigureWindow.Of(report);
        if (report.Field is not { X.Length: > 1, Y.Length: > 1 } field)
        {
            return window;
        }

        // A field over the whole box may surround a window that closed in on a small curve: then the field decides.
        return new Box(
            [Math.Min(window.Lower[0], field.X[0]), Math.Min(window.Lower[1], field.Y[0])],
            [Math.Max(window.Upper[0], field.X[^1]), Math.Max(window.Upper[1], field.Y[^1])]
        );
    }

    private static (double Width, double Height) Size(Box window, bool sameUnit)
    {
        double across = window.Upper[0] - window.Lower[0];
        double up = window.Upper[1] - window.Lower[1];
        double ratio = across / up;
        if (!sameUnit || ratio > LargestRatio || ratio < 1 / LargestRatio)
        {
            return (MostWidth, 440);
        }

        double scale = Math.Min(MostWidth / across, MostHeight / up);
        return (across * scale, up * scale);
    }
}
