using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The curves of a report under one projection: with a light halo, so that they stand out from what lies below.</summary>
internal static class CurveDrawing
{
    public static void Draw(Sheet sheet, FiberReport report, Projection project)
    {
        // The fiber comes last, above the curves that it is compared with; their dashes stay visible beside it.
        for (int i = report.Curves.Length - 1; i >= 0; i--)
        {
            NamedCurve named = report.Curves[i];
            Pen pen = Heading.CurvePen(i);
            PathMark path = CurvePath.Of(named.Curve, project);
            if (i == 0)
            {
                sheet.Add(path with { Pen = new Pen(Inks.Halo, pen.Width + 2.6) });
            }

            sheet.Add(path with { Pen = pen, Name = named.Name });
        }

        DrawEnds(sheet, report, project);
        if (report.Start.Length == report.Fiber.Curve.Dimension)
        {
            Heading.DrawStart(sheet, project(report.Start.AsSpan()));
        }
    }

    private static void DrawEnds(Sheet sheet, FiberReport report, Projection project)
    {
        for (int i = 0; i < report.Curves.Length; i++)
        {
            Curve curve = report.Curves[i].Curve;
            if (curve.Closed)
            {
                continue;
            }

            var kept = CurvePath.Kept(curve, project);
            if (!kept.IsEmpty)
            {
                Heading.DrawEnd(sheet, project(curve.Point(kept[0])), curve.Start, i);
                Heading.DrawEnd(sheet, project(curve.Point(kept[^1])), curve.End, i);
            }
        }
    }
}
