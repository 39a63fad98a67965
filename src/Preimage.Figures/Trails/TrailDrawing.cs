using System.Globalization;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;

namespace Preimage.Figures.Trails;

/// <summary>A trail on its principal axes, and beside that outputs, defect and distance along it.</summary>
internal sealed class TrailDrawing
{
    private const double Width = 1120;
    private const double Side = 440;

    // Three axes have their labels inside the frame.
    private const double Widest = 520;

    private readonly TrailReport _report;
    private readonly TrailCurves _curves;
    private Panel[] _panels = [];

    public TrailDrawing(TrailReport report)
    {
        _report = report;
        Projection = new TrailProjection(report);
        _curves = new TrailCurves(report);
        Heading heading = new(report.Title, Heading.Lines(report.Facts, Width), [.. Entries()]);
        double top = heading.Height(Width) + 6;
        Projection.Lay(new Frame(Projection.Left, top, Projection.Left == 0 ? Widest : Side, Side));
        Picture = Draw(heading);
    }

    /// <summary>The picture.</summary>
    public Picture Picture { get; }

    /// <summary>The points on the plane.</summary>
    public TrailProjection Projection { get; }

    /// <summary>Where a place along the trail stands, horizontally.</summary>
    public double Along(double along) => _panels[0].At(along, _panels[0].Y.Low).X;

    /// <summary>The plane, and what the panels along the trail cover.</summary>
    public (Frame Plane, Frame Panels) Frames =>
        (Projection.Frame, _panels[0].Frame with { Height = _panels[^1].Frame.Bottom - _panels[0].Frame.Top });

    private Picture Draw(Heading heading)
    {
        Frame plane = Projection.Frame;
        Sheet sheet = new(Width, plane.Bottom + 58);
        heading.Draw(sheet);
        Projection.Draw(sheet);
        (double before, double after) = _curves.Room;
        double left = plane.Right + 34 + before;
        _panels = _curves.Draw(sheet, new Frame(left, plane.Top, Width - left - after - 14, Side));
        return sheet.Finish();
    }

    private IEnumerable<LegendEntry> Entries()
    {
        Trail main = _report.Trail;
        int chains = Trails.Frames.Chains(main).Count();
        string name = $"{Panel.Fitted(main.Name, 220, Heading.CaptionSize)}{Words(main)}";
        LegendEntry Sample(string text, Pen pen, Trail of) =>
            of.IsJoined
                ? CurveDrawing.Entry(text, pen)
                : LegendEntry.Mark(text, (sheet, at) => sheet.Add(new CloudMark([at], 2.6, pen.Ink)));
        if (chains is > 1 and <= TrailPens.MostNamed)
        {
            yield return Sample($"{name}, chain 1", new Pen(TrailPens.Chain(0, chains), 1.8), main);
            for (int c = 1; c < chains; c++)
            {
                string number = (c + 1).ToString(CultureInfo.InvariantCulture);
                yield return Sample(number, new Pen(TrailPens.Chain(c, chains), 1.8), main);
            }
        }
        else
        {
            string several = chains > 1 ? string.Create(CultureInfo.InvariantCulture, $", {chains} chains") : "";
            yield return Sample(name + several, new Pen(TrailPens.Chain(0, chains), 1.8), main);
        }

        for (int b = 0; b < _report.Beside.Length; b++)
        {
            Trail beside = _report.Beside[b];
            string text = Panel.Fitted(beside.Name, 220, Heading.CaptionSize) + Words(beside);
            yield return Sample(text, TrailPens.Beside(b), beside);
        }

        if (((Trail[])[main, .. _report.Beside]).Any(t => TrailFigures.RankingChanges(t).Count > 0))
        {
            yield return LegendEntry.Mark(
                _report.Beside.IsEmpty ? "the outputs' order changes" : "the outputs' order changes, in a row for each",
                (sheet, at) =>
                    sheet.Line(new Pen(Inks.Undecided, 1.2), at with { Y = at.Y - 4 }, at with { Y = at.Y + 4 })
            );
        }
    }

    private static string Words(Trail trail)
    {
        long changes = TrailFigures.Changes(trail);
        string order =
            trail.Cloud.Outputs == 1 ? ""
            : changes == 1 ? ", 1 ranking change"
            : string.Create(CultureInfo.InvariantCulture, $", {changes} ranking changes");
        return $": defect {Numerals.Short(trail.Defect, 2)}{order}";
    }
}
