using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>A value that a colour bar points at.</summary>
internal readonly record struct Pointer(double Value, Ink Ink);

/// <summary>A strip of colours with ticks, a label, and pointers at values.</summary>
internal sealed record ColorBar(Axis Axis, Action<Sheet, Frame> Fill, IReadOnlyList<Pointer> Pointers)
{
    private const double StripWidth = 14;
    private const double Gap = 26;

    // More pointers than this are drawn slim.
    private const int Few = 12;

    /// <summary>The room that it takes to the right of a panel.</summary>
    public double Width => Gap + 4 + StripWidth + Panel.LabelDistance(Axis) + 22;

    /// <summary>Draws it to the right of a panel.</summary>
    public void Draw(Sheet sheet, Frame panel)
    {
        Frame frame = new(panel.Right + Gap, panel.Top, StripWidth, panel.Height);
        Fill(sheet, frame);
        sheet.Rectangle(frame, new Pen(Inks.Frame, 1), null);
        double Height(double v) => frame.Bottom - frame.Height * Math.Clamp(Axis.Place(v), 0, 1);
        foreach (Tick tick in Axis.Ticks)
        {
            double y = Height(tick.Value);
            sheet.Line(new Pen(Inks.Frame, 1), new Spot(frame.Right, y), new Spot(frame.Right + 4, y));
            sheet.Text(new(frame.Right + 8, y + 4), tick.Text, Panel.TickSize, Inks.Soft);
        }

        double half = Pointers.Count > Few ? 2 : 4.5;
        foreach (Pointer pointer in Pointers.Where(p => p.Value >= Axis.Low && p.Value <= Axis.High))
        {
            double y = Height(pointer.Value);
            Spot tip = new(frame.Left - 1, y);
            sheet.Polygon(null, pointer.Ink, tip, new(tip.X - 7, y - half), new(tip.X - 7, y + half));
            sheet.Line(new Pen(pointer.Ink, 1.6), new Spot(frame.Left, y), new Spot(frame.Right, y));
        }

        double labelX = frame.Right + Panel.LabelDistance(Axis) + 4;
        string label = Panel.Fitted(Axis.Label, frame.Height, Panel.LabelSize);
        sheet.Add(
            new TextMark(new(labelX, (frame.Top + frame.Bottom) / 2), label, Panel.LabelSize, Inks.Text)
            {
                Anchor = Anchor.Middle,
                Turned = true,
            }
        );
    }
}
