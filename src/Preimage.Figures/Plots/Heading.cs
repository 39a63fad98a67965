using System.Collections.Immutable;
using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>An entry of a legend: a sample drawn from a spot to the right, and what it means.</summary>
internal sealed record LegendEntry(string Text, Action<Sheet, Spot> Sample)
{
    public const double SampleWidth = 22;

    /// <summary>A sample that is one mark in the middle of its room.</summary>
    public static LegendEntry Mark(string text, Action<Sheet, Spot> mark) =>
        new(text, (sheet, at) => mark(sheet, new(at.X + SampleWidth / 2 + 3, at.Y)));
}

/// <summary>
/// The top of every figure: title, captions with the honest figures, legend; the remark, on what the figure leaves out, stands in
/// the right corner. Nothing of it stands on the data.
/// </summary>
internal sealed record Heading(
    string Title,
    ImmutableArray<string> Captions,
    ImmutableArray<LegendEntry> Entries,
    string Remark = ""
)
{
    public const double Left = 20;
    public const double CaptionSize = 12.2;
    private const double LineHeight = 17;

    /// <summary>The facts, as many to a line as it holds, in three lines at most.</summary>
    public static ImmutableArray<string> Lines(IEnumerable<(string Name, string Value)> facts, double width)
    {
        const int MostLines = 3;
        List<string> lines = [];
        foreach ((string name, string value) in facts)
        {
            string fact = $"{name} {value}";
            string longer = lines.Count > 0 ? $"{lines[^1]} · {fact}" : fact;
            if (lines.Count > 0 && Panel.Fitted(longer, width - 2 * Left, CaptionSize) == longer)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add(fact);
            }
        }

        return [.. lines.Take(MostLines)];
    }

    /// <summary>The height that it takes on a sheet of the given width.</summary>
    public double Height(double width)
    {
        var legend = Placed(width);
        return legend.Count > 0 ? legend[^1].At.Y + 20 : 47 + LineHeight * Captions.Length;
    }

    public void Draw(Sheet sheet)
    {
        double room = sheet.Width - 2 * Left - (Remark.Length > 0 ? Panel.TextWidth(Remark, CaptionSize) : 0);
        sheet.Add(new TextMark(new(Left, 28), Panel.Fitted(Title, room, 17), 17, Inks.Text) { Bold = true });
        sheet.Text(new(sheet.Width - Left, 28), Remark, CaptionSize, Inks.Soft, Anchor.End);
        for (int i = 0; i < Captions.Length; i++)
        {
            string caption = Panel.Fitted(Captions[i], sheet.Width - 2 * Left, CaptionSize);
            sheet.Text(new(Left, 48 + LineHeight * i), caption, CaptionSize, Inks.Soft);
        }

        foreach ((Spot at, LegendEntry entry) in Placed(sheet.Width))
        {
            entry.Sample(sheet, at);
            string text = Panel.Fitted(entry.Text, sheet.Width - 2 * Left - LegendEntry.SampleWidth - 6, CaptionSize);
            sheet.Text(new(at.X + LegendEntry.SampleWidth + 6, at.Y + 4), text, CaptionSize, Inks.Soft);
        }
    }

    /// <summary>The entries with their places, in as many rows as they need.</summary>
    private List<(Spot At, LegendEntry Entry)> Placed(double width)
    {
        List<(Spot, LegendEntry)> placed = [];
        Spot at = new(Left, 51 + LineHeight * Captions.Length);
        foreach (LegendEntry entry in Entries)
        {
            double taken = LegendEntry.SampleWidth + 6 + 0.9 * Panel.TextWidth(entry.Text, CaptionSize);
            if (at.X > Left && at.X + taken > width - Left)
            {
                at = new(Left, at.Y + 20);
            }

            placed.Add((at, entry));
            at = at with { X = at.X + taken + 12 };
        }

        return placed;
    }
}
