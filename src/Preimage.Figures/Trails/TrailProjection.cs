using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Trails;

/// <summary>The points of a trail on their two principal axes, on the plane of two inputs, or in the space of three.</summary>
internal sealed class TrailProjection
{
    // More points are thinned evenly before they are drawn, and more dots would hide their lines.
    private const int MostDrawn = 6000;
    private const int MostDots = 150;
    private const int Long = 1000;

    private readonly TrailReport _report;
    private readonly TrailWindow _window;
    private TrailPlane? _plane;

    public TrailProjection(TrailReport report)
    {
        _report = report;
        _window = TrailWindow.Of(report);
    }

    /// <summary>The room that axes need on the left of the frame.</summary>
    public double Left => _window.Left;

    /// <summary>Where the points are drawn.</summary>
    public Frame Frame { get; private set; }

    /// <summary>Where the trail's points stand: [Count].</summary>
    public Spot[] Main { get; private set; } = [];

    /// <summary>Where those beside stand, each: [Count].</summary>
    public Spot[][] Beside { get; private set; } = [];

    /// <summary>Settles where everything stands.</summary>
    public void Lay(Frame frame)
    {
        Frame = frame;
        _plane = _window.In(frame);
        Main = Spots(_report.Trail.Cloud);
        Beside = [.. _report.Beside.Select(t => Spots(t.Cloud))];
    }

    /// <summary>Draws the axes and the points.</summary>
    public void Draw(Sheet sheet)
    {
        _plane!.Draw(sheet);
        for (int b = 0; b < Beside.Length; b++)
        {
            Trail trail = _report.Beside[b];
            foreach ((int from, int count) in Frames.Chains(trail))
            {
                DrawChain(sheet, (trail, Beside[b]), (from, count), TrailPens.Beside(b));
            }
        }

        (int From, int Count)[] chains = [.. Frames.Chains(_report.Trail)];
        for (int c = 0; c < chains.Length; c++)
        {
            bool isLong = chains[c].Count > Long;
            Ink ink = TrailPens.Chain(c, chains.Length);
            Pen pen = new(ink with { Opacity = isLong ? 0.7 : 0.85 }, isLong ? 1.1 : 1.5);
            DrawChain(sheet, (_report.Trail, Main), chains[c], pen);
        }

        DrawPlaces(sheet);
    }

    private void DrawChain(Sheet sheet, (Trail Trail, Spot[] Spots) of, (int From, int Count) chain, Pen pen)
    {
        int[] kept = [.. Frames.Even(chain.Count, MostDrawn).Select(i => chain.From + i)];
        List<Spot> line = [];
        List<Spot> dots = [];
        foreach (int i in kept)
        {
            Spot spot = of.Spots[i];
            if (!IsInside(Frame, spot))
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

    private void DrawPlaces(Sheet sheet)
    {
        Spot start = _plane!.At(_report.Start.AsSpan());
        List<(Spot, string)> names = [(start, "start")];
        if (!_report.Target.IsEmpty)
        {
            Spot target = _plane.At(_report.Target.AsSpan());
            CurveDrawing.DrawCross(sheet, target, 5.5, new Pen(Inks.Paper, 4));
            CurveDrawing.DrawCross(sheet, target, 5, new Pen(Inks.Text, 2));
            names.Add((target, "target"));
        }

        CurveDrawing.DrawStart(sheet, start);
        Spot[] along = [.. Frames.Even(Main.Length, 200).Select(i => Main[i])];
        Labels.Draw(sheet, along, Frame, names);
    }

    private static bool IsInside(Frame frame, Spot spot) =>
        spot.X >= frame.Left && spot.X <= frame.Right && spot.Y >= frame.Top && spot.Y <= frame.Bottom;

    private Spot[] Spots(Cloud cloud)
    {
        Spot[] spots = new Spot[cloud.Count];
        for (int i = 0; i < spots.Length; i++)
        {
            spots[i] = _plane!.At(cloud.Point(i));
        }

        return spots;
    }
}
