using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The curves of a report under one projection: with a light halo, so that they stand out from what lies below.</summary>
internal static class CurveDrawing
{
    public static void Draw(Sheet sheet, FiberReport report, Projection project)
    {
        // Dashed comparisons lie above the fiber: where they agree it shows between their dashes.
        for (int i = 0; i < report.Curves.Length; i++)
        {
            NamedCurve named = report.Curves[i];
            Pen pen = CurvePen(i);
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
            DrawStart(sheet, project(report.Start.AsSpan()));
        }
    }

    /// <summary>The pen of the i-th curve.</summary>
    public static Pen CurvePen(int i) => new(Inks.Curve(i), i == 0 ? 2.4 : 1.8, i == 0 ? 0 : 6);

    /// <summary>A small disc where the run started.</summary>
    public static void DrawStart(Sheet sheet, Spot at) =>
        sheet.Add(new DotMark(at, 4.6, Inks.Text, new Pen(Inks.Paper, 1.6)));

    /// <summary>A ring where a curve ends on the box, a cross where it only stopped.</summary>
    public static void DrawEnd(Sheet sheet, Spot at, Ending ending, Ink ink)
    {
        // Unknown is no end: a run in one direction begins there.
        if (ending == Ending.Unknown)
        {
            return;
        }

        if (ending.IsComplete())
        {
            sheet.Add(new DotMark(at, 4.2, Inks.Paper, new Pen(ink, 2)));
            return;
        }

        DrawCross(sheet, at, 4.5, new Pen(ink, 2));
    }

    /// <summary>A cross whose arms reach the given distance along both directions.</summary>
    public static void DrawCross(Sheet sheet, Spot at, double arm, Pen pen)
    {
        sheet.Line(pen, new Spot(at.X - arm, at.Y - arm), new Spot(at.X + arm, at.Y + arm));
        sheet.Line(pen, new Spot(at.X - arm, at.Y + arm), new Spot(at.X + arm, at.Y - arm));
    }

    /// <summary>An entry whose sample is a line.</summary>
    public static LegendEntry Entry(string text, Pen pen) =>
        new(text, (s, at) => s.Line(pen, at, new Spot(at.X + LegendEntry.SampleWidth, at.Y)));

    /// <summary>An ending in a word or two.</summary>
    public static string Words(Ending ending) =>
        ending switch
        {
            Ending.Unknown => "start",
            Ending.Closed => "closed",
            Ending.LeftBox => "on the box",
            Ending.Stationary => "nearest",
            Ending.StoppedInside => "before the box",
            Ending.ReachedTarget => "target reached",
            Ending.BudgetSpent => "steps spent",
            Ending.StepTooSmall => "step too small",
            Ending.Singular => "singular point",
            Ending.NotFinite => "not finite",
            Ending.Cancelled => "cancelled",
        };

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
                DrawEnd(sheet, project(curve.Point(kept[0])), curve.Start, Inks.Curve(i));
                DrawEnd(sheet, project(curve.Point(kept[^1])), curve.End, Inks.Curve(i));
            }
        }
    }
}
