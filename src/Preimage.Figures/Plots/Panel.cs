using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>A rectangle with two axes.</summary>
internal sealed record Panel(Frame Frame, Axis X, Axis Y)
{
    public const double TickSize = 11.5;
    public const double LabelSize = 13;
    private const double TickLength = 5;

    // A label may reach this far beyond its panel, half on each side.
    private const double Overhang = 12;

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
        sheet.Text(middle, Fitted(X.Label, Frame.Width + Overhang, LabelSize), LabelSize, Inks.Text, Anchor.Middle);
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

        Spot middle = new(Frame.Left - labelDistance, (Frame.Top + Frame.Bottom) / 2);
        string label = Fitted(Y.Label, Frame.Height + Overhang, LabelSize);
        sheet.Add(new TextMark(middle, label, LabelSize, Inks.Text) { Anchor = Anchor.Middle, Turned = true });
    }

    /// <summary>How far from the vertical axis its label must stand to clear the ticks' texts.</summary>
    public static double LabelDistance(Axis y) =>
        TickLength + 14 + y.Ticks.Select(t => TextWidth(t.Text, TickSize)).DefaultIfEmpty(0).Max();

    /// <summary>An upper estimate of a text's width in the faces that a reader may have.</summary>
    public static double TextWidth(string text, double size) => 0.61 * size * text.Length;

    /// <summary>A text shortened to what fits the room; a unit in brackets at its end stays.</summary>
    public static string Fitted(string text, double room, double size)
    {
        int most = Math.Max(1, (int)(room / (0.52 * size)));
        if (text.Length <= most)
        {
            return text;
        }

        int unit = text.EndsWith(']') ? text.LastIndexOf(" [", StringComparison.Ordinal) : -1;
        string kept = unit > 0 && text.Length - unit < most - 3 ? text[unit..] : "";
        return string.Concat(text.AsSpan(0, Math.Max(1, most - 1 - kept.Length)).TrimEnd(), "…", kept);
    }
}
