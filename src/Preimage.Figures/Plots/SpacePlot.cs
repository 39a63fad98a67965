using Preimage.Figures.Drawing;
using Preimage.Maps;

namespace Preimage.Figures.Plots;

/// <summary>n = 3: the curve in its box, seen from a corner in parallel projection, with its shadows on the three far faces.</summary>
internal static class SpacePlot
{
    internal const double Width = 680;
    internal const double Height = 480;

    // Below the two lower edges there is room for a label of this width.
    private const double LabelRoom = 170;

    public static Picture Draw(FiberReport report)
    {
        Box window = FigureWindow.Of(report);
        Heading heading = FiberHeading.Of(report, FigureWindow.Remark(window, report.Box));
        double top = heading.Height(Width);
        Sheet sheet = new(Width, top + Height);
        heading.Draw(sheet);
        Axis[] axes =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(d => Axis.Linear(report.Signature.Inputs[d], window.Lower[d], window.Upper[d], 5)),
        ];
        View view = new(new Frame(0, top, Width, Height - 10));
        DrawFaces(sheet, axes, view);
        Projection project = p => view.At(axes[0].Place(p[0]), axes[1].Place(p[1]), axes[2].Place(p[2]));
        DrawShadows(sheet, report, axes, view);
        DrawLabels(sheet, axes, view);
        CurveDrawing.Draw(sheet, report, project);
        return sheet.Finish();
    }

    /// <summary>The unit cube in parallel projection; far faces at x = 0, y = 1 and z = 0.</summary>
    internal sealed class View
    {
        private const double Azimuth = -0.62;
        private const double Elevation = 0.40;
        private readonly Frame frame;
        private readonly double scale;

        public View(Frame frame)
        {
            this.frame = frame;
            (double sine, double cosine) = Math.SinCos(Elevation);
            double across = Math.Cos(Azimuth) - Math.Sin(Azimuth);
            scale = Math.Min((frame.Width - 190) / across, (frame.Height - 50) / (cosine + sine * across));
        }

        /// <summary>The direction away from the eye in the unit cube.</summary>
        public static (double X, double Y, double Z) Away =>
            (Math.Sin(Azimuth) * Math.Cos(Elevation), Math.Cos(Azimuth) * Math.Cos(Elevation), -Math.Sin(Elevation));

        /// <summary>Where a point of the unit cube stands.</summary>
        public Spot At(double x, double y, double z)
        {
            (double sine, double cosine) = Math.SinCos(Azimuth);
            double right = cosine * (x - 0.5) - sine * (y - 0.5);
            double deep = sine * (x - 0.5) + cosine * (y - 0.5);
            double up = Math.Cos(Elevation) * (z - 0.5) + Math.Sin(Elevation) * deep;
            return new(
                frame.Left + frame.Width / 2 + 10 + scale * right,
                frame.Top + frame.Height / 2 - 24 - scale * up
            );
        }
    }

    internal static void DrawFaces(Sheet sheet, Axis[] axes, View view)
    {
        Pen grid = new(Inks.Grid, 1);
        foreach (double x in axes[0].Ticks.Select(t => axes[0].Place(t.Value)))
        {
            sheet.Line(grid, view.At(x, 0, 0), view.At(x, 1, 0), view.At(x, 1, 1));
        }

        foreach (double y in axes[1].Ticks.Select(t => axes[1].Place(t.Value)))
        {
            sheet.Line(grid, view.At(1, y, 0), view.At(0, y, 0), view.At(0, y, 1));
        }

        foreach (double z in axes[2].Ticks.Select(t => axes[2].Place(t.Value)))
        {
            sheet.Line(grid, view.At(0, 0, z), view.At(0, 1, z), view.At(1, 1, z));
        }

        Pen edge = new(Inks.Frame, 1);
        sheet.Polygon(edge, null, view.At(0, 0, 0), view.At(1, 0, 0), view.At(1, 1, 0), view.At(0, 1, 0));
        sheet.Line(edge, view.At(0, 0, 0), view.At(0, 0, 1), view.At(0, 1, 1), view.At(1, 1, 1), view.At(1, 1, 0));
        sheet.Line(edge, view.At(0, 1, 0), view.At(0, 1, 1));
    }

    private static void DrawShadows(Sheet sheet, FiberReport report, Axis[] axes, View view)
    {
        Pen pen = new(Inks.Shadow, 1.5);
        double X(ReadOnlySpan<double> p) => axes[0].Place(p[0]);
        double Y(ReadOnlySpan<double> p) => axes[1].Place(p[1]);
        double Z(ReadOnlySpan<double> p) => axes[2].Place(p[2]);
        Projection[] shadows = [p => view.At(0, Y(p), Z(p)), p => view.At(X(p), 1, Z(p)), p => view.At(X(p), Y(p), 0)];
        foreach (Projection shadow in shadows)
        {
            sheet.Add(CurvePath.Of(report.Fiber.Curve, shadow) with { Pen = pen });
        }
    }

    /// <summary>Ticks and labels along the three outer edges: x in front, y on the right, z on the left.</summary>
    internal static void DrawLabels(Sheet sheet, Axis[] axes, View view)
    {
        DrawEdge(sheet, axes[0], t => view.At(t, 0, 0), view.At(0.5, 1, 0));
        DrawEdge(sheet, axes[1], t => view.At(1, t, 0), view.At(0, 0.5, 0));
        DrawEdge(sheet, axes[2], t => view.At(0, 0, t), view.At(1, 0, 0.5));
    }

    /// <summary>Ticks that point away from the inside of the box, and the label beyond the middle of the edge.</summary>
    private static void DrawEdge(Sheet sheet, Axis axis, Func<double, Spot> edge, Spot inside)
    {
        (Spot a, Spot b) = (edge(0), edge(1));
        Spot middle = new((a.X + b.X) / 2, (a.Y + b.Y) / 2);
        double length = Math.Sqrt(Math.Pow(b.X - a.X, 2) + Math.Pow(b.Y - a.Y, 2));
        (double nx, double ny) = ((b.Y - a.Y) / length, (a.X - b.X) / length);
        if (nx * (inside.X - middle.X) + ny * (inside.Y - middle.Y) > 0)
        {
            (nx, ny) = (-nx, -ny);
        }

        Anchor anchor =
            nx > 0.25 ? Anchor.Start
            : nx < -0.25 ? Anchor.End
            : Anchor.Middle;
        foreach (Tick tick in axis.Ticks)
        {
            Spot at = edge(axis.Place(tick.Value));
            sheet.Line(new Pen(Inks.Frame, 1), at, new Spot(at.X + 5 * nx, at.Y + 5 * ny));
            Spot text = new(at.X + 9 * nx, at.Y + 9 * ny + 4 + 4 * ny);
            sheet.Text(text, tick.Text, Panel.TickSize, Inks.Soft, anchor);
        }

        double widest = axis.Ticks.Select(t => Panel.TextWidth(t.Text, Panel.TickSize)).DefaultIfEmpty(0).Max();
        double away = 22 + Math.Abs(nx) * widest + Math.Abs(ny) * 12;
        bool upright = Math.Abs(b.X - a.X) < 1;
        Spot label = new(middle.X + away * nx, middle.Y + away * ny + 5);
        sheet.Add(
            new TextMark(
                label,
                Panel.Fitted(axis.Label, upright ? length : LabelRoom, Panel.LabelSize),
                Panel.LabelSize,
                Inks.Text
            )
            {
                Anchor = upright ? Anchor.Middle : anchor,
                Turned = upright,
            }
        );
    }
}
