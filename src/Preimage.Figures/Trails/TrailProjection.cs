using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>The points of a trail on their two principal axes, or on the plane of two inputs.</summary>
internal sealed class TrailProjection
{
    // Axes of one unit share a scale, unless one is so much longer that the other would be a line.
    private const double MostStretch = 5;
    private const double Margin = 0.06;

    // What stands beside is drawn as far as so many extents of the trail itself; a runaway would leave nothing else to see.
    private const double MostBeside = 4;

    // More points are thinned evenly before they are drawn, and more dots would hide their lines.
    private const int MostDrawn = 6000;
    private const int MostDots = 150;

    private readonly TrailReport _report;
    private readonly PrincipalAxes _axes;

    public TrailProjection(TrailReport report)
    {
        _report = report;
        _axes = PrincipalAxes.Of(report.Trail.Cloud);
        Main = Places(report.Trail.Cloud);
        Beside = [.. report.Beside.Select(t => Places(t.Cloud))];
        (X, Y) = Window();
    }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; private set; }

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; private set; }

    /// <summary>Where the trail's points stand on the axes: [Count].</summary>
    public (double X, double Y)[] Main { get; }

    /// <summary>Where those beside stand, each: [Count].</summary>
    public (double X, double Y)[][] Beside { get; }

    /// <summary>Draws the panel's inside.</summary>
    public void Draw(Sheet sheet, Panel panel)
    {
        panel.DrawGrid(sheet);
        panel.DrawFrame(sheet);
        for (int b = 0; b < Beside.Length; b++)
        {
            Trail trail = _report.Beside[b];
            foreach ((int from, int count) in Frames.Chains(trail))
            {
                DrawChain(sheet, panel, (trail, Beside[b]), (from, count), TrailPens.Beside(b));
            }
        }

        (int From, int Count)[] chains = [.. Frames.Chains(_report.Trail)];
        for (int c = 0; c < chains.Length; c++)
        {
            bool isLong = chains[c].Count > MostDots;
            Ink ink = TrailPens.Chain(c, chains.Length);
            Pen pen = new(ink with { Opacity = isLong ? 0.7 : 0.85 }, isLong ? 1 : 1.5);
            DrawChain(sheet, panel, (_report.Trail, Main), chains[c], pen);
        }

        DrawPlaces(sheet, panel);
    }

    private void DrawChain(
        Sheet sheet,
        Panel panel,
        (Trail Trail, (double X, double Y)[] Places) of,
        (int From, int Count) chain,
        Pen pen
    )
    {
        int[] kept = [.. Frames.Even(chain.Count, MostDrawn).Select(i => chain.From + i)];
        List<Spot> line = [];
        List<Spot> dots = [];
        foreach (int i in kept)
        {
            Spot spot = panel.At(of.Places[i].X, of.Places[i].Y);
            if (!IsInside(panel.Frame, spot))
            {
                Flush(sheet, of.Trail, line, pen);
                continue;
            }

            if (line.Count == 0 || Math.Abs(spot.X - line[^1].X) + Math.Abs(spot.Y - line[^1].Y) > 0.5)
            {
                line.Add(spot);
            }

            dots.Add(spot);
        }

        Flush(sheet, of.Trail, line, pen);
        if (!of.Trail.IsJoined || dots.Count <= MostDots)
        {
            sheet.Add(new CloudMark([.. dots], dots.Count <= MostDots ? 2 : 1.2, pen.Ink));
        }
    }

    private static void Flush(Sheet sheet, Trail trail, List<Spot> line, Pen pen)
    {
        if (trail.IsJoined && line.Count > 1)
        {
            sheet.Add(new PathMark([.. line]) { Pen = pen, Name = trail.Name });
        }

        line.Clear();
    }

    private void DrawPlaces(Sheet sheet, Panel panel)
    {
        (double x, double y) = _axes.Place(_report.Start.AsSpan());
        Spot start = panel.At(x, y);
        List<(Spot, string)> names = [(start, "start")];
        if (!_report.Target.IsEmpty)
        {
            (double u, double v) = _axes.Place(_report.Target.AsSpan());
            Spot target = panel.At(u, v);
            CurveDrawing.DrawCross(sheet, target, 5.5, new Pen(Inks.Paper, 4));
            CurveDrawing.DrawCross(sheet, target, 5, new Pen(Inks.Text, 2));
            names.Add((target, "target"));
        }

        CurveDrawing.DrawStart(sheet, start);
        Spot[] along = [.. Frames.Even(Main.Length, 200).Select(i => panel.At(Main[i].X, Main[i].Y))];
        Labels.Draw(sheet, along, panel.Frame, names);
    }

    private static bool IsInside(Frame frame, Spot spot) =>
        spot.X >= frame.Left && spot.X <= frame.Right && spot.Y >= frame.Top && spot.Y <= frame.Bottom;

    private (double X, double Y)[] Places(Cloud cloud)
    {
        var places = new (double, double)[cloud.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = _axes.Place(cloud.Point(i));
        }

        return places;
    }

    private (Axis, Axis) Window()
    {
        List<(double X, double Y)> own = [.. Main, _axes.Place(_report.Start.AsSpan())];
        if (!_report.Target.IsEmpty)
        {
            own.Add(_axes.Place(_report.Target.AsSpan()));
        }

        (double Low, double High) x = Range([.. own.Select(p => p.X)], [.. Beside.SelectMany(b => b).Select(p => p.X)]);
        (double Low, double High) y = Range([.. own.Select(p => p.Y)], [.. Beside.SelectMany(b => b).Select(p => p.Y)]);
        if (SharesScale)
        {
            double wide = Math.Max(x.High - x.Low, y.High - y.Low);
            (x, y) = (Widened(x, wide), Widened(y, wide));
        }

        return (Axis.Linear(Name(0), x.Low, x.High, 6), Axis.Linear(Name(1), y.Low, y.High, 6));
    }

    /// <summary>Principal axes are rotations of the inputs; two inputs are on one scale where they have one unit.</summary>
    private bool SharesScale =>
        !_axes.AreInputs || _report.Run.Signature.Inputs.Select(v => v.Unit).Distinct().Count() == 1;

    private Variable Name(int axis)
    {
        var inputs = _report.Run.Signature.Inputs;
        return !_axes.AreInputs
                ? new Variable(
                    $"principal axis {axis + 1} ({Numerals.Fixed(100 * _axes.Shares[axis], 1)} % of the variance)"
                )
            : axis < inputs.Length ? inputs[axis]
            : new Variable("");
    }

    private static (double Low, double High) Range(double[] own, double[] beside)
    {
        double[] finite = [.. own.Where(double.IsFinite)];
        (double low, double high) = finite.Length == 0 ? (0, 0) : (finite.Min(), finite.Max());
        double extent = high - low;
        if (extent <= 0)
        {
            extent = Math.Max(1e-3, 0.1 * Math.Abs(low));
        }

        double[] near = [.. beside.Where(v => v >= low - MostBeside * extent && v <= high + MostBeside * extent)];
        low = Math.Min(low, near.DefaultIfEmpty(low).Min());
        high = Math.Max(high, near.DefaultIfEmpty(high).Max());
        double margin = Margin * Math.Max(high - low, extent);
        return (low - margin, high + margin);
    }

    private static (double Low, double High) Widened((double Low, double High) range, double wide)
    {
        double extent = range.High - range.Low;
        double half = (extent * MostStretch < wide ? extent * Math.Sqrt(wide / extent / MostStretch) : wide) / 2;
        double middle = (range.Low + range.High) / 2;
        return (middle - half, middle + half);
    }
}
