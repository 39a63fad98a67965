using System.Collections.Immutable;
using System.Globalization;
using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The heading of what was found on a plane: the facts in at most two lines, and an entry for everything that is drawn.</summary>
internal static class PlaneHeading
{
    private const int LineLength = 100;
    private const int Lines = 2;

    public static Heading Of(PlaneReport report, PlanePens pens, string remark) =>
        new(report.Title, Captions(report), [.. Entries(report, pens)], remark);

    /// <summary>Whether a curve stopped there before it was complete; beside critical points a singular end is no surprise.</summary>
    public static bool StopsShort(PlaneReport report, Ending ending) =>
        !ending.IsComplete()
        && ending != Ending.Unknown
        && !(ending == Ending.Singular && report.CriticalPoints.Length > 0);

    private static IEnumerable<Ending> Stops(PlaneReport report) =>
        report
            .Curves.SelectMany(c => new[] { c.Curve.Start, c.Curve.End })
            .Where(e => StopsShort(report, e))
            .Distinct();

    /// <summary>Whole facts, as many as two lines hold; the table of a page has them all.</summary>
    private static ImmutableArray<string> Captions(PlaneReport report)
    {
        List<string> lines = [""];
        foreach ((string name, string value) in report.Facts)
        {
            string fact = $"{name} {value}";
            string longer = lines[^1].Length == 0 ? fact : $"{lines[^1]} · {fact}";
            if (lines[^1].Length == 0 || longer.Length <= LineLength)
            {
                lines[^1] = longer;
            }
            else if (lines.Count < Lines)
            {
                lines.Add(fact);
            }
            else
            {
                break;
            }
        }

        return [.. lines];
    }

    private static IEnumerable<LegendEntry> Entries(PlaneReport report, PlanePens pens)
    {
        foreach (LegendEntry entry in pens.Legend)
        {
            yield return entry;
        }

        if (report.Region.Length > 0)
        {
            string name = report.RegionName.Length > 0 ? report.RegionName : "region";
            yield return new(name, DrawRegion);
        }

        foreach (LegendEntry entry in CriticalMarks.Legend(report.CriticalPoints))
        {
            yield return entry;
        }

        if (report.Undecided.Length > 0)
        {
            string count = report.Undecided.Length.ToString(CultureInfo.InvariantCulture);
            yield return LegendEntry.Mark(
                report.Undecided.Length == 1 ? "1 undecided cell" : $"{count} undecided cells",
                (s, at) => PlaneDrawing.DrawCell(s, new Frame(at.X - 4, at.Y - 4, 8, 8))
            );
        }

        foreach ((PlanePoint[] points, bool isCloud) in PlaneDrawing.Kinds(report))
        {
            string kind = points[0].Kind;
            if (isCloud || kind.Length > 0)
            {
                yield return LegendEntry.Mark(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{points.Length} {(kind.Length > 0 ? kind : "points")}"
                    ),
                    isCloud ? DrawCloud : PlaneDrawing.DrawPoint
                );
            }
        }

        foreach (Ending ending in Stops(report))
        {
            yield return LegendEntry.Mark(
                $"end: {CurveDrawing.Words(ending)}",
                (s, at) => CurveDrawing.DrawEnd(s, at, ending, Inks.Soft)
            );
        }
    }

    private static void DrawCloud(Sheet sheet, Spot at) =>
        PlaneDrawing.DrawCloud(sheet, new(at.X - 6, at.Y + 2), new(at.X, at.Y - 3), new(at.X + 6, at.Y + 1));

    private static void DrawRegion(Sheet sheet, Spot at) =>
        sheet.Rectangle(
            new Frame(at.X, at.Y - 5, LegendEntry.SampleWidth, 10),
            new Pen(Inks.RegionEdge, 1.2),
            Inks.Region
        );
}
