using System.Globalization;
using Preimage.Figures.Drawing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>n > 3: every pair of the inputs that vary the most, as a triangle of small panels with shared axes.</summary>
internal static class PairsPlot
{
    /// <summary>At most this many inputs are paired; the caption says which part of all they are.</summary>
    public const int MostInputs = 6;

    private const double Gap = 16;
    private const double Widest = 620;

    public static Picture Draw(FiberReport report)
    {
        int n = report.Fiber.Curve.Dimension;
        Box window = FigureWindow.Of(report);
        int[] shown = Shown(report.Fiber.Curve, window);
        int count = shown.Length - 1;
        double size = Math.Min(190, (Widest - (count - 1) * Gap) / count);
        Axis[] axes =
        [
            .. shown.Select(d =>
                Axis.Linear(report.Signature.Inputs[d], window.Lower[d], window.Upper[d], (int)(size / 42))
            ),
        ];
        double labels = axes.Max(Panel.LabelDistance);
        double left = labels + 26;
        double extent = count * size + (count - 1) * Gap;
        double width = Math.Max(640, left + extent + 28);
        Heading heading = FiberHeading.Of(report, Remark(shown.Length, n));
        double top = heading.Height(width);
        Sheet sheet = new(width, top + extent + 58);
        heading.Draw(sheet);
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                Frame frame = new(left + column * (size + Gap), top + row * (size + Gap), size, size);
                (int d, int e) = (shown[column], shown[row + 1]);
                Panel panel = new(frame, axes[column], axes[row + 1]);
                DrawPanel(sheet, panel, report, (d, e));
                if (row == count - 1)
                {
                    panel.DrawX(sheet);
                }

                if (column == 0)
                {
                    panel.DrawY(sheet, labels);
                }
            }
        }

        return sheet.Finish();
    }

    private static void DrawPanel(Sheet sheet, Panel panel, FiberReport report, (int D, int E) inputs)
    {
        panel.DrawGrid(sheet);
        panel.DrawFrame(sheet);
        CurveDrawing.Draw(sheet, report, p => panel.At(p[inputs.D], p[inputs.E]));
        (Axis x, Axis y) = (panel.X, panel.Y);
        sheet.Add(new PanelMap(panel.Frame, inputs.D, inputs.E, x.Low, x.High, y.Low, y.High));
    }

    private static string Remark(int shown, int n) =>
        shown == n ? "" : string.Create(CultureInfo.InvariantCulture, $"the {shown} of {n} inputs that vary the most");

    /// <summary>The inputs with the largest extent against the window, in their own order.</summary>
    private static int[] Shown(Curve curve, Box window)
    {
        double Share(int d)
        {
            var values = Enumerable
                .Range(0, curve.Count)
                .Select(i => curve.Point(i)[d])
                .Where(double.IsFinite)
                .ToArray();
            return values.Length == 0 ? 0 : (values.Max() - values.Min()) / (window.Upper[d] - window.Lower[d]);
        }

        return
        [
            .. Enumerable.Range(0, curve.Dimension).OrderByDescending(Share).ThenBy(d => d).Take(MostInputs).Order(),
        ];
    }
}
