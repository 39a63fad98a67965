using Preimage.Figures.Drawing;
using Preimage.Maps;

namespace Preimage.Figures.Plots;

/// <summary>n = 3: the curve in its box, seen from a corner in parallel projection, with its shadows on the three far faces.</summary>
internal static class SpacePlot
{
    internal const double Width = 680;
    internal const double Height = 480;

    public static Picture Draw(FiberReport report)
    {
        Box window = FigureWindow.Of(report);
        Heading heading = FiberHeading.Of(report, FigureWindow.Remark(window, report.Box));
        double top = heading.Height(Width);
        Sheet sheet = new(Width, top + Height);
        heading.Draw(sheet);
        Axis[] axes =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(d => Axis.Linear(report.Signature.Inputs[d], window.Lower[d], window.Upper[d], 5)),
        ];
        SpaceScene scene = new(axes, new Frame(0, top, Width, Height - 10));
        scene.DrawFaces(sheet);
        DrawShadows(sheet, report, scene);
        scene.DrawLabels(sheet);
        CurveDrawing.Draw(sheet, report, scene.At);
        return sheet.Finish();
    }

    private static void DrawShadows(Sheet sheet, FiberReport report, SpaceScene scene)
    {
        Pen pen = new(Inks.Shadow, 1.5);
        Projection[] shadows =
        [
            p => scene.At(0, scene.Place(1, p), scene.Place(2, p)),
            p => scene.At(scene.Place(0, p), 1, scene.Place(2, p)),
            p => scene.At(scene.Place(0, p), scene.Place(1, p), 0),
        ];
        foreach (Projection shadow in shadows)
        {
            sheet.Add(CurvePath.Of(report.Fiber.Curve, shadow) with { Pen = pen });
        }
    }
}
