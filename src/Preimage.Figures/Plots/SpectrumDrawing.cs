using System.Globalization;
using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>Eigenvalues on a logarithmic axis, and below them the leading directions, as images or as the inputs that weigh most.</summary>
internal static class SpectrumDrawing
{
    private const double Width = 700;
    private const double PanelHeight = 300;
    private const double Right = 24;

    // Eigenvalues are squares of numbers known to rounding: what is below this share of the largest is noise.
    private const double Noise = 1e-32;

    // Dots that would touch are left out; the line stays.
    private const int MostDots = 120;

    public static Picture Draw(SpectrumReport report)
    {
        Heading heading = new(
            report.Title,
            Heading.Lines(report.Facts, Width),
            [
                .. Enumerable
                    .Range(0, report.Spectra.Length)
                    .Where(i => report.Spectra[i].Name.Length > 0)
                    .Select(i => Entry(report, i)),
            ]
        );
        double top = heading.Height(Width) + 4;
        Axis y = Eigenvalues(report);
        int count = Math.Max(1, report.Spectra.Max(s => s.Values.Length));
        double height = count == 1 ? PanelHeight / 2 : PanelHeight;
        Axis x = Numbers(count);
        double left = Panel.LabelDistance(y) + 26;
        Panel panel = new(new Frame(left, top, Width - left - Right, height), x, y);
        DirectionDrawing directions = new(report, Width);
        double below = top + height + 56;
        Sheet sheet = new(Width, below + directions.Height);
        heading.Draw(sheet);
        panel.DrawGrid(sheet);
        panel.DrawFrame(sheet);
        panel.DrawX(sheet);
        panel.DrawY(sheet, left - 26);
        for (int i = report.Spectra.Length - 1; i >= 0; i--)
        {
            DrawSpectrum(sheet, panel, report.Spectra[i], PenOf(report, i));
        }

        directions.Draw(sheet, below);
        return sheet.Finish();
    }

    /// <summary>1, 2, ... as whole numbers; one or two eigenvalues stand off the frame.</summary>
    private static Axis Numbers(int count)
    {
        double room = count < 3 ? 0.5 : 0;
        int step = (int)Axis.Step(1, Math.Max(9, count), 8);
        IEnumerable<int> shown = Enumerable.Range(1, count).Where(k => k % step == 0);
        return new Axis(
            "number of the eigenvalue",
            1 - room,
            count + room,
            [.. shown.Select(k => new Tick(k, k.ToString(CultureInfo.InvariantCulture)))]
        );
    }

    private static LegendEntry Entry(SpectrumReport report, int i) =>
        new(
            report.Spectra[i].Name,
            (sheet, at) =>
            {
                sheet.Line(PenOf(report, i), at, at with { X = at.X + LegendEntry.SampleWidth });
                if (!report.Spectra[i].Beside)
                {
                    sheet.Add(Dot(at with { X = at.X + LegendEntry.SampleWidth / 2 }, PenOf(report, i)));
                }
            }
        );

    /// <summary>The first in full colour, those after it along the scale of levels, from the first to the last.</summary>
    private static Pen PenOf(SpectrumReport report, int i)
    {
        int others = Math.Max(1, report.Spectra.Count(s => !s.Beside) - 2);
        int number = report.Spectra.Take(i).Count(s => !s.Beside);
        return report.Spectra[i].Beside ? new Pen(Inks.Soft, 1, 3)
            : number == 0 ? new Pen(Inks.Curve(0), 2)
            : new Pen(LevelColors.Of((number - 1) / (double)others), 1.4);
    }

    private static DotMark Dot(Spot at, Pen pen) => new(at, 2.6, pen.Ink, new Pen(Inks.Paper, 0.8));

    private static Axis Eigenvalues(SpectrumReport report)
    {
        double[] all = [.. report.Spectra.SelectMany(s => s.Values).Where(double.IsFinite)];
        double largest = all.DefaultIfEmpty(0).Max();
        double[] seen = [.. all.Where(v => v > Noise * largest && v > 0)];
        double low = seen.DefaultIfEmpty(1e-2).Min();
        double high = largest > 0 ? largest : 1;
        bool zeros = seen.Length < all.Length;
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9) - (zeros ? 1 : 0);
        Axis axis = Axis.Logarithmic("eigenvalue", Math.Pow(10, first), high * 1.05, 8);
        return zeros
            ? axis with
            {
                Ticks = [new Tick(axis.Low, "0"), .. axis.Ticks.Where(t => axis.Place(t.Value) > 1e-9)],
            }
            : axis;
    }

    private static void DrawSpectrum(Sheet sheet, Panel panel, NamedSpectrum spectrum, Pen pen)
    {
        Spot[] spots = [.. spectrum.Values.Select((v, k) => panel.At(k + 1, Math.Max(panel.Y.Low, v)))];
        if (spectrum.Knee > 0 && spectrum.Knee <= spots.Length)
        {
            double knee = panel.At(spectrum.Knee + 0.5, panel.Y.Low).X;
            sheet.Line(new Pen(Inks.Soft, 1, 4), new Spot(knee, panel.Frame.Top), new Spot(knee, panel.Frame.Bottom));
            bool onTheRight = knee < panel.Frame.Left + 0.75 * panel.Frame.Width;
            sheet.Text(
                new(knee + (onTheRight ? 6 : -6), panel.Frame.Top + 16),
                $"knee at {spectrum.Knee}",
                Panel.TickSize,
                Inks.Soft,
                onTheRight ? Anchor.Start : Anchor.End
            );
        }

        if (spots.Length > 1)
        {
            sheet.Line(pen, spots);
        }

        if (!spectrum.Beside && spots.Length <= MostDots)
        {
            foreach (Spot spot in spots)
            {
                sheet.Add(Dot(spot, pen));
            }
        }
    }
}
