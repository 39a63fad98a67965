namespace Preimage.Figures.Drawing;

/// <summary>A picture being drawn.</summary>
internal sealed class Sheet(double width, double height)
{
    private readonly List<Mark> marks = [];
    private readonly List<PanelMap> panels = [];

    public double Width { get; } = width;

    public double Height { get; } = height;

    public void Add(Mark mark) => marks.Add(mark);

    public void Add(PanelMap panel) => panels.Add(panel);

    public void Line(Pen pen, params ReadOnlySpan<Spot> points) => Add(new PathMark([.. points]) { Pen = pen });

    public void Polygon(Pen? pen, Ink? fill, params ReadOnlySpan<Spot> points) =>
        Add(new PathMark([.. points], Closed: true) { Pen = pen, Fill = fill });

    public void Rectangle(Frame frame, Pen? pen, Ink? fill) =>
        Polygon(
            pen,
            fill,
            new(frame.Left, frame.Top),
            new(frame.Right, frame.Top),
            new(frame.Right, frame.Bottom),
            new(frame.Left, frame.Bottom)
        );

    public void Text(Spot at, string text, double size, Ink ink, Anchor anchor = Anchor.Start) =>
        Add(new TextMark(at, text, size, ink) { Anchor = anchor });

    public Picture Finish() => new(Width, Height, [.. marks], [.. panels]);
}
