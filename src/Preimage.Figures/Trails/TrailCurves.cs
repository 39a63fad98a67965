using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>Outputs, defect and distance along a trail, one panel below the other; what stands beside it is dashed.</summary>
internal sealed class TrailCurves
{
    private const double Gap = 22;
    private const int MostOutputs = 5;
    private const int MostLooked = 1000;
    private const double MarkHeight = 6;

    // Classes that stay less probable lie on the axis; the two largest are always shown.
    private const double LeastShown = 0.005;

    private readonly TrailReport _report;
    private readonly TrailOutputs _outputs;
    private readonly int[] _shown;
    private readonly Trail[] _trails;
    private readonly double[][] _distances;
    private readonly (Axis Axis, double Floor) _defects;
    private readonly Axis _values;
    private readonly Axis _far;

    public TrailCurves(TrailReport report)
    {
        _report = report;
        _outputs = new TrailOutputs(report);
        _trails = [report.Trail, .. report.Beside];
        _shown = [.. _outputs.Largest(_trails.Select(t => (t, Frames.Even(t, MostLooked))), MostOutputs, LeastShown)];
        _distances = [.. _trails.Select(t => TrailFigures.Distances(report, t.Cloud))];
        double[] along = [.. _trails.SelectMany(t => t.Along).Where(double.IsFinite)];
        X = Axis.Linear(new Variable(report.Abscissa), along.DefaultIfEmpty(0).Min(), along.DefaultIfEmpty(1).Max(), 5);
        _values = Values();
        _defects = Axis.LogarithmicFrom([.. _trails.SelectMany(t => t.Cloud.Defects)], "defect", Ulp());
        double farthest = _distances.SelectMany(d => d).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        _far = Axis.Linear(
            new Variable(_report.Target.IsEmpty ? "distance from start" : "distance to target"),
            0,
            farthest > 0 ? 1.06 * farthest : 1,
            4
        );
    }

    /// <summary>The axis that all panels share.</summary>
    public Axis X { get; }

    /// <summary>How much room the vertical axes need on the left, and the names of the outputs on the right.</summary>
    public (double Left, double Right) Room =>
        (
            new[] { _values, _defects.Axis, _far }.Max(Panel.LabelDistance) + 14,
            12 + Panel.TextWidth(new string('n', _shown.Max(k => Name(k).Length)), Panel.TickSize)
        );

    /// <summary>Draws the panels into a frame.</summary>
    /// <returns>The panels, the outputs' first.</returns>
    public Panel[] Draw(Sheet sheet, Frame frame)
    {
        double[] heights = [0.4, 0.27, 0.33];
        Axis[] axes = [_values, _defects.Axis, _far];
        double room = frame.Height - (axes.Length - 1) * Gap;
        double labels = axes.Max(Panel.LabelDistance);
        double top = frame.Top;
        Panel[] panels = new Panel[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            panels[i] = new Panel(frame with { Top = top, Height = room * heights[i] }, X, axes[i]);
            top += room * heights[i] + Gap;
            panels[i].DrawGrid(sheet);
            panels[i].DrawFrame(sheet);
            panels[i].DrawY(sheet, labels);
        }

        panels[^1].DrawX(sheet);
        DrawOutputs(sheet, panels[0]);
        DrawUlp(sheet, panels[1]);
        DrawEach(sheet, panels[1], (t, i) => _trails[t].Cloud.Defects[i], _defects.Floor);
        DrawEach(sheet, panels[2], (t, i) => _distances[t][i], double.NaN);
        return panels;
    }

    private string Name(int output)
    {
        string name = _outputs.NameOf(output);
        return name.Length > 14 ? string.Concat(name.AsSpan(0, 13), "…") : name;
    }

    private Axis Values()
    {
        if (_outputs.AreClasses)
        {
            return Axis.Linear(_outputs.Name, -0.03, 1.12, 5);
        }

        double[] all =
        [
            .. _trails
                .SelectMany(t =>
                    Enumerable.Range(0, t.Cloud.Count).SelectMany(i => _shown.Select(k => t.Cloud.Value(i)[k]))
                )
                .Where(double.IsFinite),
        ];
        (double low, double high) = (all.DefaultIfEmpty(0).Min(), all.DefaultIfEmpty(0).Max());

        // An output that is constant to rounding should look constant: at least a hundredth of its size is shown.
        double least = 0.01 * Math.Max(Math.Abs(low), Math.Abs(high));
        double half = Math.Max(0.62 * (high - low), least == 0 ? 1 : least);
        double middle = (low + high) / 2;
        return Axis.Linear(_outputs.Name, middle - half, middle + half, 5);
    }

    private void DrawOutputs(Sheet sheet, Panel panel)
    {
        List<(double Y, string Text, Ink Ink)> names = [];
        for (int t = _trails.Length - 1; t >= 0; t--)
        {
            for (int s = 0; s < _shown.Length; s++)
            {
                Ink ink = TrailPens.Class(s, _shown.Length);
                Pen pen = t == 0 ? new Pen(ink, 1.7) : new Pen(ink, 1.2, TrailPens.Beside(t - 1).Dash);
                double[] shown = Shown(_trails[t].Cloud, _shown[s]);
                DrawTrail(sheet, panel, t, (_, i) => shown[i], (_ => pen, double.NaN));
                if (t == 0)
                {
                    names.Add((panel.At(0, Last(shown)).Y, Name(_shown[s]), ink));
                }
            }

            DrawChanges(sheet, panel, t);
        }

        DrawNames(sheet, panel, names);
    }

    private double[] Shown(Cloud cloud, int output)
    {
        double[] shown = new double[cloud.Count];
        for (int i = 0; i < shown.Length; i++)
        {
            shown[i] = _outputs.Shown(cloud.Value(i))[output];
        }

        return shown;
    }

    private static double Last(double[] values) => Array.FindLast(values, double.IsFinite);

    /// <summary>Names beside the right ends of their lines, pushed apart where they would overlap.</summary>
    private static void DrawNames(Sheet sheet, Panel panel, List<(double Y, string Text, Ink Ink)> names)
    {
        const double Line = 13;
        var sorted = names.OrderBy(n => n.Y).ToArray();
        double[] y = [.. sorted.Select(n => Math.Clamp(n.Y, panel.Frame.Top, panel.Frame.Bottom))];
        for (int i = 1; i < y.Length; i++)
        {
            y[i] = Math.Max(y[i], y[i - 1] + Line);
        }

        for (int i = y.Length - 1; i >= 0; i--)
        {
            double limit = i == y.Length - 1 ? panel.Frame.Bottom : y[i + 1] - Line;
            y[i] = Math.Min(y[i], limit);
            sheet.Text(new(panel.Frame.Right + 7, y[i] + 4), sorted[i].Text, Panel.TickSize, sorted[i].Ink);
        }
    }

    /// <summary>A short line at the top edge for every change of the outputs' order; a row for each trail.</summary>
    private void DrawChanges(Sheet sheet, Panel panel, int trail)
    {
        double top = panel.Frame.Top + trail * (MarkHeight + 2) + 1;
        double before = double.NegativeInfinity;
        foreach (int i in TrailFigures.RankingChanges(_trails[trail]))
        {
            double x = panel.At(_trails[trail].Along[i], panel.Y.Low).X;
            if (x - before >= 0.75 || x < before)
            {
                sheet.Line(new Pen(Inks.Undecided, 1), new Spot(x, top), new Spot(x, top + MarkHeight));
                before = x;
            }
        }
    }

    private void DrawEach(Sheet sheet, Panel panel, Func<int, int, double> value, double floor)
    {
        int chains = Frames.Chains(_report.Trail).Count();
        for (int t = _trails.Length - 1; t >= 0; t--)
        {
            Func<int, Pen> pen = t == 0 ? c => new Pen(TrailPens.Chain(c, chains), 1.4) : _ => TrailPens.Beside(t - 1);
            DrawTrail(sheet, panel, t, value, (pen, floor));
        }
    }

    private void DrawTrail(
        Sheet sheet,
        Panel panel,
        int t,
        Func<int, int, double> value,
        (Func<int, Pen> Pen, double Floor) how
    )
    {
        Trail trail = _trails[t];
        int number = 0;
        foreach ((int from, int count) in Frames.Chains(trail))
        {
            List<Spot> line = SeriesLine.Of(
                panel,
                count,
                i => trail.Along[from + i],
                i => value(t, from + i),
                how.Floor
            );
            Pen pen = how.Pen(number++);
            sheet.Add(
                line.Count == 1
                    ? new DotMark(line[0], 2.2, pen.Ink, new Pen(Inks.Paper, 0.6))
                    : new PathMark([.. line]) { Pen = pen, Name = trail.Name }
            );
        }
    }

    private void DrawUlp(Sheet sheet, Panel panel)
    {
        double place = panel.Y.Place(Ulp());
        if (place is >= 0 and <= 1)
        {
            double y = panel.At(X.Low, Ulp()).Y;
            sheet.Line(new Pen(Inks.Soft, 1, 4), new Spot(panel.Frame.Left, y), new Spot(panel.Frame.Right, y));
            sheet.Text(new(panel.Frame.Right + 7, y + 4), "1 ulp", Panel.TickSize, Inks.Soft);
        }
    }

    /// <summary>One unit in the last place of the largest output of the first point; NaN where all are 0.</summary>
    private double Ulp()
    {
        double scale = TrailFigures.Largest(_report.Trail.Cloud.Value(0));
        return scale > 0 ? Math.BitIncrement(scale) - scale : double.NaN;
    }
}
