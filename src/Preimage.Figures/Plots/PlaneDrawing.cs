using System.Collections.Immutable;
using Preimage.Figures.Drawing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>What was found on a plane, from the ground up: region, curves, undecided cells, critical points, points.</summary>
internal static class PlaneDrawing
{
    // No cell is drawn smaller than this, and a region's part below it gets a ring around it.
    private const double LeastCell = 7;
    private const double SpeckRing = 7;

    // In a family of more curves there is no room for halos.
    private const int MostHalos = 60;

    // More points than this are a cloud: small, light, without labels.
    private const int Few = 40;
    private const double CloudRadius = 1.3;

    public static Picture Draw(PlaneReport report)
    {
        Box window = PlaneScene.Widened(FigureWindow.Of(report), report.Field);
        Variable output = report.Signature.Outputs[0];
        PlaneReport shown = Inside(report, window);
        PlanePens pens = new(report);
        HeatMap? heat = HeatMap.Of(report.Field, output);
        return new PlaneScene
        {
            Window = window,
            Signature = report.Signature,
            Heading = PlaneHeading.Of(shown, pens, FigureWindow.Remark(window, report.Box)),
            Heat = heat,
            Bar = heat is null ? pens.Scale?.Bar(output) : heat.Bar(Pointers(report, pens)),
            Content = (sheet, panel) => DrawContent(sheet, panel, shown, pens),
        }.Draw();
    }

    /// <summary>The points without labels by their kind, each with whether so many of them are a cloud.</summary>
    public static IEnumerable<(PlanePoint[] Points, bool IsCloud)> Kinds(PlaneReport report) =>
        report
            .Points.Where(p => p.Label.Length == 0)
            .GroupBy(p => p.Kind, StringComparer.Ordinal)
            .Select(kind => kind.ToArray())
            .Select(points => (points, points.Length > Few));

    public static void DrawCloud(Sheet sheet, params ReadOnlySpan<Spot> centers) =>
        sheet.Add(new CloudMark([.. centers], CloudRadius, Inks.Cloud));

    public static void DrawPoint(Sheet sheet, Spot at) =>
        sheet.Add(new DotMark(at, 4.6, Inks.Text, new Pen(Inks.Paper, 1.6)));

    public static void DrawCell(Sheet sheet, Frame frame) =>
        sheet.Rectangle(frame, new Pen(Inks.Undecided, 1.5), Inks.Undecided with { Opacity = 0.3 });

    /// <summary>Without the marks that lie outside the window.</summary>
    private static PlaneReport Inside(PlaneReport report, Box window) =>
        report with
        {
            CriticalPoints = [.. report.CriticalPoints.Where(p => window.Contains(p.At.AsSpan()))],
            Undecided = [.. report.Undecided.Where(c => Meets(c, window))],
        };

    private static bool Meets(Cell cell, Box window) =>
        Enumerable.Range(0, 2).All(d => cell.Lower[d] <= window.Upper[d] && cell.Upper[d] >= window.Lower[d]);

    private static Pointer[] Pointers(PlaneReport report, PlanePens pens) =>
        [
            .. report
                .Curves.Where(c => !c.Beside && c.Level is not null)
                .Select(c => new Pointer(c.Level!.Value, pens.Ink(c)))
                .DistinctBy(p => p.Value),
        ];

    private static void DrawContent(Sheet sheet, Panel panel, PlaneReport report, PlanePens pens)
    {
        if (report.Field is not null && report.Region.Length > 0)
        {
            // Two colours on top of each other say neither: the field steps back behind a region.
            sheet.Rectangle(panel.Frame, null, Inks.Veil);
        }

        foreach (RegionPart part in report.Region)
        {
            DrawPart(sheet, panel, part);
        }

        foreach ((PlanePoint[] points, _) in Kinds(report).Where(kind => kind.IsCloud))
        {
            DrawCloud(sheet, [.. points.Select(p => panel.At(p.At[0], p.At[1]))]);
        }

        DrawCurves(sheet, panel, report, pens);
        panel.DrawFrame(sheet);
        foreach (Cell cell in report.Undecided)
        {
            DrawCell(sheet, Frame(panel, cell));
        }

        foreach (CriticalPoint point in report.CriticalPoints)
        {
            CriticalMarks.Draw(sheet, panel.At(point.At[0], point.At[1]), point);
        }

        DrawPoints(sheet, panel, report);
    }

    private static void DrawPart(Sheet sheet, Panel panel, RegionPart part)
    {
        ImmutableArray<Spot> shell = Polygon(panel, part.Shell, clockwise: true);
        if (shell.IsEmpty)
        {
            return;
        }

        var holes = part.Holes.Select(h => Polygon(panel, h, clockwise: false)).Where(h => h.Length > 2);
        sheet.Add(
            new AreaMark([shell, .. holes], Inks.Region) { Pen = new Pen(Inks.RegionEdge, 1.2), Name = "region" }
        );
        double width = shell.Max(p => p.X) - shell.Min(p => p.X);
        double height = shell.Max(p => p.Y) - shell.Min(p => p.Y);
        if (Math.Max(width, height) < LeastCell)
        {
            Spot middle = new(shell.Average(p => p.X), shell.Average(p => p.Y));
            sheet.Polygon(new Pen(Inks.RegionEdge, 1.2), null, Circle(middle, SpeckRing));
        }
    }

    private static Spot[] Circle(Spot center, double radius) =>
        [
            .. Enumerable
                .Range(0, 24)
                .Select(i => Math.SinCos(i * Math.PI / 12))
                .Select(a => new Spot(center.X + radius * a.Cos, center.Y + radius * a.Sin)),
        ];

    /// <summary>The ring's vertices that differ on the sheet, turned as asked for.</summary>
    private static ImmutableArray<Spot> Polygon(Panel panel, Ring ring, bool clockwise)
    {
        List<Spot> kept = [];
        double twice = 0;
        for (int i = 0; i < ring.Count; i++)
        {
            Spot spot = panel.At(ring.Points[2 * i], ring.Points[2 * i + 1]);
            bool apart = kept.Count == 0 || Math.Abs(spot.X - kept[^1].X) + Math.Abs(spot.Y - kept[^1].Y) >= 0.3;
            if (apart && double.IsFinite(spot.X) && double.IsFinite(spot.Y))
            {
                kept.Add(spot);
            }
        }

        for (int i = 0; i < kept.Count; i++)
        {
            (Spot a, Spot b) = (kept[i], kept[(i + 1) % kept.Count]);
            twice += a.X * b.Y - b.X * a.Y;
        }

        if (twice > 0 != clockwise)
        {
            kept.Reverse();
        }

        return [.. kept];
    }

    private static void DrawCurves(Sheet sheet, Panel panel, PlaneReport report, PlanePens pens)
    {
        double spacing = CurvePath.Spacing(report.Curves.Sum(c => (long)c.Curve.Count));
        Projection project = p => panel.At(p[0], p[1]);

        // Comparisons lie above the others: where they agree to a fraction of a pixel, their dashes show that they do.
        foreach (PlaneCurve curve in report.Curves.OrderBy(c => c.Beside))
        {
            Pen pen = pens.Pen(curve);
            PathMark path = CurvePath.Of(curve.Curve, project, spacing);
            if (report.Curves.Length <= MostHalos)
            {
                sheet.Add(
                    path with
                    {
                        Pen = pen with { Ink = Inks.Halo, Width = pen.Width + (curve.Beside ? 1.6 : 2.2) },
                    }
                );
            }

            sheet.Add(path with { Pen = pen, Name = curve.Name });
        }

        foreach (PlaneCurve curve in report.Curves)
        {
            Curve points = curve.Curve;
            foreach ((Ending ending, int i) in new[] { (points.Start, 0), (points.End, points.Count - 1) })
            {
                if (PlaneHeading.StopsShort(report, ending))
                {
                    CurveDrawing.DrawEnd(sheet, project(points.Point(i)), ending, pens.Ink(curve));
                }
            }
        }
    }

    /// <summary>A cell's rectangle, at least of the size that is seen.</summary>
    private static Frame Frame(Panel panel, Cell cell)
    {
        Frame whole = panel.Frame;
        Spot low = panel.At(cell.Lower[0], cell.Lower[1]);
        Spot high = panel.At(cell.Upper[0], cell.Upper[1]);
        (double left, double width) = Seen(
            Math.Clamp(low.X, whole.Left, whole.Right),
            Math.Clamp(high.X, whole.Left, whole.Right)
        );
        (double top, double height) = Seen(
            Math.Clamp(high.Y, whole.Top, whole.Bottom),
            Math.Clamp(low.Y, whole.Top, whole.Bottom)
        );
        return new(left, top, width, height);

        static (double, double) Seen(double from, double to)
        {
            double size = Math.Max(LeastCell, to - from);
            return ((from + to - size) / 2, size);
        }
    }

    private static void DrawPoints(Sheet sheet, Panel panel, PlaneReport report)
    {
        PlanePoint[] points =
        [
            .. Kinds(report).Where(kind => !kind.IsCloud).SelectMany(kind => kind.Points),
            .. report.Points.Where(p => p.Label.Length > 0),
        ];
        Spot[] spots = [.. points.Select(p => panel.At(p.At[0], p.At[1]))];
        foreach (Spot spot in spots)
        {
            DrawPoint(sheet, spot);
        }

        Projection project = p => panel.At(p[0], p[1]);
        Spot[] along =
        [
            .. report.Curves.SelectMany(c =>
                CurvePath.Kept(c.Curve, project, 4).Select(i => project(c.Curve.Point(i)))
            ),
        ];
        Labels.Draw(
            sheet,
            along,
            panel.Frame,
            [.. points.Select((p, i) => (spots[i], p.Label)).Where(p => p.Label.Length > 0)]
        );
    }
}
