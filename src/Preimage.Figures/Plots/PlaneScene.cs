using Preimage.Figures.Drawing;
using Preimage.Maps;
using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>A figure on the plane of two inputs: axes with names and units, heading, heat map or grid, colour bar, and what stands on them.</summary>
internal sealed record PlaneScene
{
    private const double MostWidth = 540;
    private const double MostHeight = 500;
    private const double LeastWidth = 640;

    // Inputs with one unit and ranges not further apart than this share a scale: a circle is then a circle.
    private const double LargestRatio = 3;

    /// <summary>The rectangle that is shown.</summary>
    public required Box Window { get; init; }

    /// <summary>The names and units of the axes.</summary>
    public required Signature Signature { get; init; }

    public required Heading Heading { get; init; }

    public HeatMap? Heat { get; init; }

    public ColorBar? Bar { get; init; }

    /// <summary>Draws what was found.</summary>
    public required Action<Sheet, Panel> Content { get; init; }

    public Picture Draw()
    {
        Variable first = Signature.Inputs[0];
        Variable second = Signature.Inputs[1];
        (double width, double height) = Size(first.Unit == second.Unit);
        Axis x = Axis.Linear(first, Window.Lower[0], Window.Upper[0], (int)(width / 80));
        Axis y = Axis.Linear(second, Window.Lower[1], Window.Upper[1], (int)(height / 70));
        double left = Panel.LabelDistance(y) + 26;
        double right = Bar?.Width ?? 28;
        double sheetWidth = Math.Max(LeastWidth, left + width + right);
        double top = Heading.Height(sheetWidth);
        double shift = Math.Max(0, (sheetWidth - left - width - right) / 2);
        Sheet sheet = new(sheetWidth, top + height + 58);
        Frame frame = new(left + shift, top, width, height);
        Panel panel = new(frame, x, y);
        Heading.Draw(sheet);
        if (Heat is null)
        {
            panel.DrawGrid(sheet);
        }
        else
        {
            Heat.Draw(sheet, panel);
        }

        Bar?.Draw(sheet, frame);
        panel.DrawFrame(sheet);
        panel.DrawX(sheet);
        panel.DrawY(sheet, Panel.LabelDistance(y));
        Content(sheet, panel);
        sheet.Add(new PanelMap(frame, 0, 1, x.Low, x.High, y.Low, y.High));
        return sheet.Finish();
    }

    /// <summary>A window with the field's rectangle, where there is a field: it may surround a window that closed in on something small.</summary>
    public static Box Widened(Box window, Field? field) =>
        field is { X.Length: > 1, Y.Length: > 1 }
            ? new Box(
                [Math.Min(window.Lower[0], field.X[0]), Math.Min(window.Lower[1], field.Y[0])],
                [Math.Max(window.Upper[0], field.X[^1]), Math.Max(window.Upper[1], field.Y[^1])]
            )
            : window;

    private (double Width, double Height) Size(bool sameUnit)
    {
        double across = Window.Upper[0] - Window.Lower[0];
        double up = Window.Upper[1] - Window.Lower[1];
        double ratio = across / up;
        if (!sameUnit || ratio > LargestRatio || ratio < 1 / LargestRatio)
        {
            return (MostWidth, 440);
        }

        double scale = Math.Min(MostWidth / across, MostHeight / up);
        return (across * scale, up * scale);
    }
}
