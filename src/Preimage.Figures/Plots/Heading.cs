using System.Globalization;
using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The top of every figure: title, caption with the honest figures, legend. Nothing of it stands on the data.</summary>
internal static class Heading
{
    public const double Left = 20;
    private const double LegendSize = 12;
    private const double SampleWidth = 22;

    /// <summary>The height that the heading takes.</summary>
    public static double Height(FiberReport report) => Entries(report).Count > 0 ? 88 : 64;

    public static void Draw(Sheet sheet, FiberReport report, string remark)
    {
        sheet.Add(new TextMark(new(Left, 28), Fitted(report.Title, sheet.Width, 17), 17, Inks.Text) { Bold = true });
        string caption = Caption(report.Fiber.Curve) + (remark.Length > 0 ? " · " + remark : "");
        sheet.Text(new(Left, 48), Fitted(caption, sheet.Width, 12.2), 12.2, Inks.Soft);
        double x = Left;
        foreach ((string text, Action<Sheet, Spot> sample) in Entries(report))
        {
            double width = SampleWidth + 8 + Panel.TextWidth(text, LegendSize);
            if (x + width > sheet.Width)
            {
                break;
            }

            sample(sheet, new(x, 68));
            sheet.Text(new(x + SampleWidth + 6, 72), text, LegendSize, Inks.Soft);
            x += width + 14;
        }
    }

    /// <summary>Length, defect and endings in one line.</summary>
    public static string Caption(Curve curve)
    {
        string ends = curve.Closed ? "closed" : $"from {Words(curve.Start)} to {Words(curve.End)}";
        if (!curve.Closed && curve.Start == curve.End)
        {
            ends = $"open, both ends: {Words(curve.Start)}";
        }

        string count = curve.Count.ToString(CultureInfo.InvariantCulture);
        return $"{ends} · length {Numerals.Short(curve.Length, 7)} · largest defect {Numerals.Short(curve.Defect, 2)} · {count} points";
    }

    /// <summary>The pen of the i-th curve.</summary>
    public static Pen CurvePen(int i) => new(Inks.Curve(i), i == 0 ? 2.4 : 1.8, i == 0 ? 0 : 6);

    /// <summary>A small disc where the run started.</summary>
    public static void DrawStart(Sheet sheet, Spot at) =>
        sheet.Add(new DotMark(at, 4.6, Inks.Text, new Pen(Inks.Paper, 1.6)));

    /// <summary>A ring where a curve ends on the box, a cross where it only stopped.</summary>
    public static void DrawEnd(Sheet sheet, Spot at, Ending ending, int curve)
    {
        if (ending.IsComplete())
        {
            sheet.Add(new DotMark(at, 4.2, Inks.Paper, new Pen(Inks.Curve(curve), 2)));
            return;
        }

        const double Arm = 4.5;
        Pen pen = new(Inks.Curve(curve), 2);
        sheet.Line(pen, new Spot(at.X - Arm, at.Y - Arm), new Spot(at.X + Arm, at.Y + Arm));
        sheet.Line(pen, new Spot(at.X - Arm, at.Y + Arm), new Spot(at.X + Arm, at.Y - Arm));
    }

    /// <summary>A text shortened with an ellipsis to what fits the sheet.</summary>
    private static string Fitted(string text, double width, double size)
    {
        int most = (int)((width - 2 * Left) / (0.52 * size));
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, Math.Max(1, most - 1)).TrimEnd(), "…");
    }

    private static string Words(Ending ending) =>
        ending switch
        {
            Ending.Unknown => "unknown",
            Ending.Closed => "closed",
            Ending.LeftBox => "on the box",
            Ending.ReachedTarget => "target reached",
            Ending.BudgetSpent => "steps spent",
            Ending.StepTooSmall => "step too small",
            Ending.Singular => "singular point",
            Ending.NotFinite => "not finite",
            Ending.Cancelled => "cancelled",
        };

    private static List<(string Text, Action<Sheet, Spot> Sample)> Entries(FiberReport report)
    {
        List<(string, Action<Sheet, Spot>)> entries = [];
        if (!report.Others.IsEmpty)
        {
            for (int i = 0; i < report.Curves.Length; i++)
            {
                int index = i;
                NamedCurve named = report.Curves[i];
                entries.Add(
                    (
                        $"{named.Name}, defect {Numerals.Short(named.Curve.Defect, 2)}",
                        (s, at) => s.Line(CurvePen(index), at, new Spot(at.X + SampleWidth, at.Y))
                    )
                );
            }
        }

        if (!report.Start.IsEmpty)
        {
            entries.Add(("start", (s, at) => DrawStart(s, new(at.X + SampleWidth - 6, at.Y))));
        }

        foreach (Ending ending in report.Curves.SelectMany(c => Ends(c.Curve)).Distinct())
        {
            entries.Add(($"end: {Words(ending)}", (s, at) => DrawEnd(s, new(at.X + SampleWidth - 6, at.Y), ending, 0)));
        }

        return entries;
    }

    private static IEnumerable<Ending> Ends(Curve curve) => curve.Closed ? [] : [curve.Start, curve.End];
}
