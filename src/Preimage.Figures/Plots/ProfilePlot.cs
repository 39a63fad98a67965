using Preimage.Figures.Drawing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>Outputs, defect, curvature and singular values along the arc length, one panel below the other.</summary>
internal static class ProfilePlot
{
    private const double Width = 700;
    private const double PanelHeight = 118;
    private const double Gap = 22;
    private const int MostOutputs = 6;
    private const string Singular = "singular values";

    // Singular values closer together than this read better on a linear axis.
    private const double LinearRatio = 30;

    private sealed record Series(int Curve, int Index, Func<Curve, int, double> Value);

    private sealed record Row(Axis Axis, IReadOnlyList<Series> Series, double Floor = double.NaN);

    public static Picture Draw(FiberReport report)
    {
        Row[] rows = [Outputs(report), Defects(report), Curvatures(report), Spectrum(report)];
        double labels = rows.Max(r => Panel.LabelDistance(r.Axis));
        double left = labels + 26;
        Heading heading = FiberHeading.Of(report, "", places: false);
        double top = heading.Height(Width);
        double[][] lengths = [.. report.Curves.Select(c => c.Curve.ArcLengths())];
        double longest = lengths.Max(l => l[^1]);
        Axis x = Axis.Linear(new Variable("arc length"), 0, longest > 0 ? longest : 1, 9);
        Sheet sheet = new(Width, top + rows.Length * (PanelHeight + Gap) - Gap + 58);
        heading.Draw(sheet);
        for (int i = 0; i < rows.Length; i++)
        {
            Frame frame = new(left, top + i * (PanelHeight + Gap), Width - left - 64, PanelHeight);
            Panel panel = new(frame, x, rows[i].Axis);
            panel.DrawGrid(sheet);
            DrawReferences(sheet, panel, report, i == 1);
            panel.DrawFrame(sheet);
            panel.DrawY(sheet, labels);
            if (i == rows.Length - 1)
            {
                panel.DrawX(sheet);
            }

            DrawSeries(sheet, panel, report, rows[i], lengths);
            DrawNames(sheet, panel, report, rows[i], lengths[0]);
            sheet.Add(new PanelMap(frame, PanelMap.ArcLength, PanelMap.Other, x.Low, x.High, 0, 1));
        }

        return sheet.Finish();
    }

    private static Row Outputs(FiberReport report)
    {
        int shown = Math.Min(MostOutputs, report.Fiber.Curve.Outputs);
        var all = Every(report, shown, (c, k) => (curve, i) => curve.Value(i)[k]);
        (double low, double high) = Range(report, all);

        // An output that is constant to rounding should look constant: at least a hundredth of its size is shown.
        double least = 0.01 * Math.Max(Math.Abs(low), Math.Abs(high));
        double half = Math.Max(0.62 * (high - low), least == 0 ? 1 : least);
        double middle = (low + high) / 2;
        var outputs = report.Signature.Outputs;
        Variable name = shown == 1 ? outputs[0] : new Variable("outputs");
        return new Row(Axis.Linear(name, middle - half, middle + half, 4), all);
    }

    private static Row Defects(FiberReport report)
    {
        var all = Every(report, 1, (_, _) => (curve, i) => curve.Defects[i]);
        return Logarithmic(report, all, "defect", Ulp(report));
    }

    private static Row Curvatures(FiberReport report)
    {
        var all = Every(report, 1, (_, _) => (curve, i) => curve.Curvatures[i]);
        (double low, double high) = Range(report, all);
        low = Math.Min(low, 0);
        return new Row(Axis.Linear(new Variable("curvature"), low, high > low ? low + 1.08 * (high - low) : 1, 4), all);
    }

    private static Row Spectrum(FiberReport report)
    {
        int shown = Math.Min(MostOutputs, report.Fiber.Curve.Outputs);
        var all = Every(report, shown, (c, k) => (curve, i) => curve.Spectrum(i)[k]);
        string label = shown == 1 ? "singular value" : Singular;
        (double low, double high) = Range(report, all);
        return low > 0 && high < LinearRatio * low
            ? new Row(Axis.Linear(new Variable(label), 0, 1.08 * high, 4), all)
            : Logarithmic(report, all, label, double.NaN);
    }

    /// <summary>A logarithmic row; zeros stand on its floor, a power of ten below everything else, labelled 0.</summary>
    private static Row Logarithmic(FiberReport report, IReadOnlyList<Series> all, string label, double atLeast)
    {
        (Axis axis, double floor) = Axis.LogarithmicFrom([.. Values(report, all)], label, atLeast);
        return new Row(axis, all, floor);
    }

    private static List<Series> Every(FiberReport report, int count, Func<int, int, Func<Curve, int, double>> value) =>
        [
            .. from c in Enumerable.Range(0, report.Curves.Length)
            from k in Enumerable.Range(0, count)
            select new Series(c, k, value(c, k)),
        ];

    private static IEnumerable<double> Values(FiberReport report, IReadOnlyList<Series> all) =>
        all.SelectMany(s =>
        {
            Curve curve = report.Curves[s.Curve].Curve;
            return Enumerable.Range(0, curve.Count).Select(i => s.Value(curve, i));
        });

    private static (double Low, double High) Range(FiberReport report, IReadOnlyList<Series> all)
    {
        double[] finite = [.. Values(report, all).Where(double.IsFinite)];
        return finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
    }

    /// <summary>One unit in the last place of the target.</summary>
    private static double Ulp(FiberReport report)
    {
        double scale = report.Fiber.Target.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return Math.BitIncrement(scale) - scale;
    }

    private static void DrawReferences(Sheet sheet, Panel panel, FiberReport report, bool defects)
    {
        double ulp = Ulp(report);
        if (!defects || !(panel.Y.Place(ulp) >= 0 && panel.Y.Place(ulp) <= 1))
        {
            return;
        }

        double y = panel.At(0, ulp).Y;
        sheet.Line(new Pen(Inks.Soft, 1, 4), new Spot(panel.Frame.Left, y), new Spot(panel.Frame.Right, y));
        sheet.Text(new(panel.Frame.Right + 6, y + 4), "1 ulp", Panel.TickSize, Inks.Soft);
    }

    private static void DrawSeries(Sheet sheet, Panel panel, FiberReport report, Row row, double[][] lengths)
    {
        foreach (Series series in row.Series.Reverse())
        {
            Pen pen = CurveDrawing.CurvePen(series.Curve) with { Width = 1.6, Dash = 0 };
            if (series.Index > 0)
            {
                pen = pen with { Ink = pen.Ink with { Opacity = Math.Max(0.25, 1 - 0.25 * series.Index) } };
            }

            NamedCurve named = report.Curves[series.Curve];
            Func<int, double> value = i => series.Value(named.Curve, i % named.Curve.Count);
            List<Spot> line = SeriesLine.Of(
                panel,
                lengths[series.Curve].Length,
                i => lengths[series.Curve][i],
                value,
                row.Floor
            );
            sheet.Add(new PathMark([.. line]) { Pen = pen, Name = named.Name });
        }
    }

    /// <summary>The names of a fiber's several outputs or singular values at the right ends of their lines, where there is room.</summary>
    private static void DrawNames(Sheet sheet, Panel panel, FiberReport report, Row row, double[] lengths)
    {
        Series[] own = [.. row.Series.Where(s => s.Curve == 0)];
        List<double> taken = [];
        for (int k = 0; k < own.Length && own.Length > 1; k++)
        {
            Series series = own[k];
            List<Spot> line = SeriesLine.Of(
                panel,
                lengths.Length,
                i => lengths[i],
                i => series.Value(report.Fiber.Curve, i % report.Fiber.Curve.Count),
                row.Floor
            );
            if (line.Count == 0 || taken.Any(y => Math.Abs(y - line[^1].Y) < 11))
            {
                continue;
            }

            string text = row.Axis.Label == Singular ? "s" + (char)('₁' + k) : report.Signature.Outputs[k].Name;
            text = text.Length > 7 ? string.Concat(text.AsSpan(0, 6), "…") : text;
            sheet.Text(new(panel.Frame.Right + 6, line[^1].Y + 4), text, Panel.TickSize, Inks.Soft);
            taken.Add(line[^1].Y);
        }
    }
}
