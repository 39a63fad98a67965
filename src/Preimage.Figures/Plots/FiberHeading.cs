using System.Globalization;
using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The heading of a fiber's figures.</summary>
internal static class FiberHeading
{
    /// <summary>The heading; places are the start and the ends.</summary>
    public static Heading Of(FiberReport report, string remark, bool places = true) =>
        new(report.Title, [Caption(report.Fiber.Curve)], [.. Entries(report, places)], remark);

    /// <summary>Length, defect and endings in one line.</summary>
    public static string Caption(Curve curve)
    {
        string ends =
            curve.Closed ? "closed"
            : curve is { Start: Ending.LeftBox, End: Ending.LeftBox } ? "open, both ends on the box"
            : $"open, ends: {CurveDrawing.Words(curve.Start)}, {CurveDrawing.Words(curve.End)}";
        string count = curve.Count.ToString(CultureInfo.InvariantCulture);
        return $"{ends} · length {Numerals.Short(curve.Length, 7)} · largest defect {Numerals.Short(curve.Defect, 2)} · {count} points";
    }

    private static List<LegendEntry> Entries(FiberReport report, bool places)
    {
        List<LegendEntry> entries = [];
        if (!report.Others.IsEmpty)
        {
            for (int i = 0; i < report.Curves.Length; i++)
            {
                Pen pen = CurveDrawing.CurvePen(i);
                NamedCurve named = report.Curves[i];
                string name = Panel.Fitted(named.Name, 220, Heading.CaptionSize);
                string defect = named.IsTruth ? "" : $", defect {Numerals.Short(named.Curve.Defect, 2)}";
                entries.Add(CurveDrawing.Entry(name + defect, pen));
            }
        }

        if (!places)
        {
            return entries;
        }

        if (!report.Start.IsEmpty)
        {
            entries.Add(LegendEntry.Mark("start", CurveDrawing.DrawStart));
        }

        var ends = report.Curves.SelectMany((c, i) => Ends(c.Curve).Select(ending => (Ending: ending, Curve: i)));
        foreach ((Ending ending, int curve) in ends.DistinctBy(e => e.Ending))
        {
            entries.Add(
                LegendEntry.Mark(
                    ending == Ending.LeftBox ? "end on the box" : $"end: {CurveDrawing.Words(ending)}",
                    (s, at) => CurveDrawing.DrawEnd(s, at, ending, Inks.Curve(curve))
                )
            );
        }

        return entries;
    }

    private static IEnumerable<Ending> Ends(Curve curve) =>
        curve.Closed ? [] : new[] { curve.Start, curve.End }.Where(e => e != Ending.Unknown);
}
