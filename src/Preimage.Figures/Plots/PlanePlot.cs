using Preimage.Figures.Drawing;
using Preimage.Maps;

namespace Preimage.Figures.Plots;

/// <summary>n = 2: the curve on the plane of the inputs, over the heat map of the output where there is one.</summary>
internal static class PlanePlot
{
    public static Picture Draw(FiberReport report)
    {
        Box window = PlaneScene.Widened(FigureWindow.Of(report), report.Field);
        HeatMap? heat = HeatMap.Of(report.Field, report.Signature.Outputs[report.FieldOutput]);
        return new PlaneScene
        {
            Window = window,
            Signature = report.Signature,
            Heading = FiberHeading.Of(report, FigureWindow.Remark(window, report.Box)),
            Heat = heat,
            Bar = heat?.Bar(new Pointer(report.Fiber.Target[report.FieldOutput], Inks.Curve(0))),
            Content = (sheet, panel) => CurveDrawing.Draw(sheet, report, p => panel.At(p[0], p[1])),
        }.Draw();
    }
}
