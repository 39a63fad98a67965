using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>A box of three axes, seen from a corner in parallel projection; its far faces are at x = 0, y = 1 and z = 0 of the unit cube.</summary>
internal sealed class SpaceScene
{
    private const double Azimuth = -0.62;
    private const double Elevation = 0.40;

    // Below the two lower edges there is room for a label of this width.
    private const double LabelRoom = 170;

    private readonly Axis[] _axes;
    private readonly Frame _frame;
    private readonly double _scale;

    /// <summary>The box in a frame.  axes: [3].</summary>
    public SpaceScene(Axis[] axes, Frame frame)
    {
        _axes = axes;
        _frame = frame;
        (double sine, double cosine) = Math.SinCos(Elevation);
        double across = Math.Cos(Azimuth) - Math.Sin(Azimuth);
        _scale = Math.Min((frame.Width - 190) / across, (frame.Height - 50) / (cosine + sine * across));
    }

    /// <summary>The direction away from the eye in the unit cube.</summary>
    public static (double X, double Y, double Z) Away =>
        (Math.Sin(Azimuth) * Math.Cos(Elevation), Math.Cos(Azimuth) * Math.Cos(Elevation), -Math.Sin(Elevation));

    /// <summary>How far along an axis a point is: 0 to 1 inside the box.</summary>
    public double Place(int axis, ReadOnlySpan<double> point) => _axes[axis].Place(point[axis]);

    /// <summary>Where a point stands.  point: [3].</summary>
    public Spot At(ReadOnlySpan<double> point) => At(Place(0, point), Place(1, point), Place(2, point));

    /// <summary>Where a point of the unit cube stands.</summary>
    public Spot At(double x, double y, double z)
    {
        (double sine, double cosine) = Math.SinCos(Azimuth);
        double right = cosine * (x - 0.5) - sine * (y - 0.5);
        double deep = sine * (x - 0.5) + cosine * (y - 0.5);
        double up = Math.Cos(Elevation) * (z - 0.5) + Math.Sin(Elevation) * deep;
        return new(
            _frame.Left + _frame.Width / 2 + 10 + _scale * right,
            _frame.Top + _frame.Height / 2 - 24 - _scale * up
        );
    }

    /// <summary>The three far faces with lines at the ticks.</summary>
    public void DrawFaces(Sheet sheet)
    {
        Pen grid = new(Inks.Grid, 1);
        foreach (double x in _axes[0].Ticks.Select(t => _axes[0].Place(t.Value)))
        {
            sheet.Line(grid, At(x, 0, 0), At(x, 1, 0), At(x, 1, 1));
        }

        foreach (double y in _axes[1].Ticks.Select(t => _axes[1].Place(t.Value)))
        {
            sheet.Line(grid, At(1, y, 0), At(0, y, 0), At(0, y, 1));
        }

        foreach (double z in _axes[2].Ticks.Select(t => _axes[2].Place(t.Value)))
        {
            sheet.Line(grid, At(0, 0, z), At(0, 1, z), At(1, 1, z));
        }

        Pen edge = new(Inks.Frame, 1);
        sheet.Polygon(edge, null, At(0, 0, 0), At(1, 0, 0), At(1, 1, 0), At(0, 1, 0));
        sheet.Line(edge, At(0, 0, 0), At(0, 0, 1), At(0, 1, 1), At(1, 1, 1), At(1, 1, 0));
        sheet.Line(edge, At(0, 1, 0), At(0, 1, 1));
    }

    /// <summary>Ticks and labels along the three outer edges: x in front, y on the right, z on the left.</summary>
    public void DrawLabels(Sheet sheet)
    {
        DrawEdge(sheet, _axes[0], t => At(t, 0, 0), At(0.5, 1, 0));
        DrawEdge(sheet, _axes[1], t => At(1, t, 0), At(0, 0.5, 0));
        DrawEdge(sheet, _axes[2], t => At(0, 0, t), At(1, 0, 0.5));
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
