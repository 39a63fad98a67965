using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>A rectangle with two axes.</summary>
internal sealed record Panel(Frame Frame, Axis X, Axis Y)
{
    public const double TickSize = 11.5;
    public const double LabelSize = 13;
    private const double TickLength = 5;

    /// <summary>Where a pair of values stands.</summary>
    public Spot At(double x, double y) =>
        new(Frame.Left + Frame.Width * X.Place(x), Frame.Bottom - Frame.Height * Y.Place(y));

    /// <summary>Light lines across the panel at the ticks.</summary>
    public void DrawGrid(Sheet sheet)
    {
        Pen pen = new(Inks.Grid, 1);
        foreach (Tick tick in X.Ticks)
        {
            double x = At(tick.Value, Y.Low).X;
            sheet.Line(pen, new Spot(x, Frame.Top), new Spot(x, Frame.Bottom));
        }

        foreach (Tick tick in Y.Ticks)
        {
            double y = At(X.Low, tick.Value).Y;
            sheet.Line(pen, new Spot(Frame.Left, y), new Spot(Frame.Right, y));
        }
    }

    public void DrawFrame(Sheet sheet) => sheet.Rectangle(Frame, new Pen(Inks.Frame, 1), null);

    /// <summary>The ticks and label of the horizontal axis, below.</summary>
    public void DrawX(Sheet sheet)
    {
        foreach (Tick tick in X.Ticks)
        {
            double x = At(tick.Value, Y.Low).X;
            sheet.Line(new Pen(Inks.Frame, 1), new Spot(x, Frame.Bottom), new Spot(x, Frame.Bottom + TickLength));
            sheet.Text(new(x, Frame.Bottom + TickLength + 13), tick.Text, TickSize, Inks.Soft, Anchor.Middle);
        }

        Spot middle = new((Frame.Left + Frame.Right) / 2, Frame.Bottom + TickLength + 34);
        sheet.Text(middle, X.Label, LabelSize, Inks.Text, Anchor.Middle);
    }

    /// <summary>The ticks and label of the vertical axis, on the left; the label stands the given distance away.</summary>
    public void DrawY(Sheet sheet, double labelDistance)
    {
        foreach (Tick tick in Y.Ticks)
        {
            double y = At(X.Low, tick.Value).Y;
            sheet.Line(new Pen(Inks.Frame, 1), new Spot(Frame.Left - TickLength, y), new Spot(Frame.Left, y));
            sheet.Text(new(Frame.Left - TickLength - 4, y + 4), tick.Text, TickSize, Inks.Soft, Anchor.End);
        }

        sheet.Add(
            new TextMark(new(Frame.Left - labelDistance, (Frame.Top + Frame.Bottom) / 2), Y.Label, LabelSize, Inks.Text)
            {
                Anchor = Anchor.Middle,
                Turned = true,
            }
        );
    }

    /// <summary>How far from the vertical axis its label must stand to clear the ticks' texts.</summary>
    public static double LabelDistance(Axis y) =>
        TickLength + 14 + y.Ticks.Select(t => TextWidth(t.Text, TickSize)).DefaultIfEmpty(0).Max();

    /// <summary>An upper estimate of a text's width in the faces that a reader may have.</summary>
    public static double TextWidth(string text, double size) => 0.61 * size * text.Length;
}
