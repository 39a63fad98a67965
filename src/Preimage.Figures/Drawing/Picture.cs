using System.Collections.Immutable;

namespace Preimage.Figures.Drawing;

/// <summary>A place on a picture, in picture units (CSS pixels) from its top left corner.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>A rectangle on a picture.</summary>
internal readonly record struct Frame(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;
}

/// <summary>A colour with the part it plays: a page maps parts to its light or dark colours, a file takes the colour itself.</summary>
internal readonly record struct Ink(string Part, uint Rgb, double Opacity = 1);

/// <summary>How a line is drawn; a dash of 0 is solid.</summary>
internal readonly record struct Pen(Ink Ink, double Width, double Dash = 0);

/// <summary>Where a text stands from its anchor.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>One thing on a picture. Drawings are data; the SVG writer and the raster give them their two meanings.</summary>
internal abstract record Mark;

/// <summary>
/// A line or an area. Cubic: the points are p0, c, c, p1, c, c, p2, ... of a chain of Bezier segments; otherwise vertices.
/// </summary>
internal sealed record PathMark(ImmutableArray<Spot> Points, bool Cubic = false, bool Closed = false) : Mark
{
    public Pen? Pen { get; init; }

    public Ink? Fill { get; init; }

    /// <summary>A name by which a page finds the element; empty for none.</summary>
    public string Name { get; init; } = "";
}

/// <summary>
/// An area with holes: polygons of which each lies inside the one before it in the nesting, filled where an odd number of them surrounds
/// a place. The first is the shell; the holes are turned against it, so that signed areas add up to the same.
/// </summary>
internal sealed record AreaMark(ImmutableArray<ImmutableArray<Spot>> Rings, Ink Fill) : Mark
{
    public Pen? Pen { get; init; }

    /// <summary>A name by which a page finds the element; empty for none.</summary>
    public string Name { get; init; } = "";
}

/// <summary>Very many small discs of one colour; where they overlap it does not darken.</summary>
internal sealed record CloudMark(ImmutableArray<Spot> Centers, double Radius, Ink Ink) : Mark;

/// <summary>A disc with a rim.</summary>
internal sealed record DotMark(Spot Center, double Radius, Ink Fill, Pen Rim) : Mark;

/// <summary>A line of text; turned texts read upwards.</summary>
internal sealed record TextMark(Spot At, string Text, double Size, Ink Ink) : Mark
{
    public const double HaloWidth = 3;

    public Anchor Anchor { get; init; }

    public bool Bold { get; init; }

    /// <summary>Whether a light rim sets the text apart from what lies below.</summary>
    public bool Halo { get; init; }

    public bool Turned { get; init; }
}

/// <summary>A rectangle of palette entries (see <see cref="HeatColors"/>), row by row from the top left: [Rows * Columns].</summary>
internal sealed record HeatMark(Frame Frame, int Columns, int Rows, ImmutableArray<byte> Levels) : Mark
{
    /// <summary>0xRRGGBB of each entry: [256].</summary>
    public ImmutableArray<uint> Palette { get; init; } = HeatColors.Palette;

    /// <summary>Whether each entry is a pixel with sharp edges, not a sample of something smooth.</summary>
    public bool IsCrisp { get; init; }
}

/// <summary>A rectangle of pixels in their own colours, red, green, blue, row by row from the top left: [Rows * Columns * 3].</summary>
internal sealed record PixelMark(Frame Frame, int Columns, int Rows, ImmutableArray<byte> Colors) : Mark;

/// <summary>A picture and the panels on it, by which a page finds data again under the pointer.</summary>
internal sealed record Picture(
    double Width,
    double Height,
    ImmutableArray<Mark> Marks,
    ImmutableArray<PanelMap> Panels
);

/// <summary>
/// Where a panel shows which quantities: an input by its index, or <see cref="ArcLength"/>, or <see cref="Other"/>.
/// </summary>
internal readonly record struct PanelMap(
    Frame Frame,
    int X,
    int Y,
    double XLow,
    double XHigh,
    double YLow,
    double YHigh
)
{
    public const int ArcLength = -1;
    public const int Other = -2;
}
