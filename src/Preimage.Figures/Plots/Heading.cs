using System.Globalization;
using Preimage.Figures.Drawing;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>The top of every figure: title, caption with the honest figures, legend. Nothing of it stands on the data.</summary>
internal static class Heading
{
    public const double Left = 20;
    private const double CaptionSize = 12.2;
    private const double SampleWidth = 22;

    /// <summary>The height that the heading takes on a sheet of the given width; places are the start and the ends.</summary>
    public static double Height(FiberReport report, double width, bool places = true)
    {
        var legend = Legend(report, width, places);
        return legend.Count > 0 ? legend[^1].At.Y + 20 : 64;
    }

    /// <summary>Draws it; the remark, on what the figure leaves out, stands in the right corner.</summary>
    public static void Draw(Sheet sheet, FiberReport report, string remark, bool places = true)
    {
        double room = sheet.Width - 2 * Left - (remark.Length > 0 ? Panel.TextWidth(remark, CaptionSize) : 0);
        sheet.Add(new TextMark(new(Left, 28), Panel.Fitted(report.Title, room, 17), 17, Inks.Text) { Bold = true });
        sheet.Text(new(sheet.Width - Left, 28), remark, CaptionSize, Inks.Soft, Anchor.End);
        string caption = Panel.Fitted(Caption(report.Fiber.Curve), sheet.Width - 2 * Left, CaptionSize);
        sheet.Text(new(Left, 48), caption, CaptionSize, Inks.Soft);
        foreach ((Spot at, string text, Action<Sheet, Spot> sample) in Legend(report, sheet.Width, places))
        {
            sample(sheet, at);
            sheet.Text(new(at.X + SampleWidth + 6, at.Y + 4), text, CaptionSize, Inks.Soft);
        }
    }

    /// <summary>Length, defect and endings in one line.</summary>
    public static string Caption(Curve curve)
    {
        string ends =
            curve.Closed ? "closed"
            : curve is { Start: Ending.LeftBox, End: Ending.LeftBox } ? "open, both ends on the box"
            : $"open, ends: {Words(curve.Start)}, {Words(curve.End)}";
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
        // Unknown is no end: a run in one direction begins there.
        if (ending == Ending.Unknown)
        {
            return;
        }

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

    private static string Words(Ending ending) =>
        ending switch
        {
            Ending.Unknown => "start",
            Ending.Closed => "closed",
            Ending.LeftBox => "on the box",
            Ending.StoppedInside => "before the box",
            Ending.ReachedTarget => "target reached",
            Ending.BudgetSpent => "steps spent",
            Ending.StepTooSmall => "step too small",
            Ending.Singular => "singular point",
            Ending.NotFinite => "not finite",
            Ending.Cancelled => "cancelled",
        };

    /// <summary>The entries with their places, in as many rows as they need.</summary>
    private static List<(Spot At, string Text, Action<Sheet, Spot> Sample)> Legend(
        FiberReport report,
        double width,
        bool places
    )
    {
        List<(Spot, string, Action<Sheet, Spot>)> placed = [];
        Spot at = new(Left, 68);
        foreach ((string text, Action<Sheet, Spot> sample) in Entries(report, places))
        {
            double taken = SampleWidth + 6 + 0.9 * Panel.TextWidth(text, CaptionSize);
            if (at.X > Left && at.X + taken > width - Left)
            {
                at = new(Left, at.Y + 20);
            }

            placed.Add((at, text, sample));
            at = at with { X = at.X + taken + 12 };
        }

        return placed;
    }

    private static List<(string Text, Action<Sheet, Spot> Sample)> Entries(FiberReport report, bool places)
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
                        $"{Panel.Fitted(named.Name, 220, CaptionSize)}, defect {Numerals.Short(named.Curve.Defect, 2)}",
                        (s, at) => s.Line(CurvePen(index), at, new Spot(at.X + SampleWidth, at.Y))
                    )
                );
            }
        }

        if (!places)
        {
            return entries;
        }

        if (!report.Start.IsEmpty)
        {
            entries.Add(("start", (s, at) => DrawStart(s, new(at.X + SampleWidth - 6, at.Y))));
        }

        var ends = report.Curves.SelectMany((c, i) => Ends(c.Curve).Select(ending => (Ending: ending, Curve: i)));
        foreach ((Ending ending, int curve) in ends.DistinctBy(e => e.Ending))
        {
            entries.Add(
                (
                    ending == Ending.LeftBox ? "end on the box" : $"end: {Words(ending)}",
                    (s, at) => DrawEnd(s, new(at.X + SampleWidth - 6, at.Y), ending, curve)
                )
            );
        }

        return entries;
    }

    private static IEnumerable<Ending> Ends(Curve curve) =>
        curve.Closed ? [] : new[] { curve.Start, curve.End }.Where(e => e != Ending.Unknown);
}
