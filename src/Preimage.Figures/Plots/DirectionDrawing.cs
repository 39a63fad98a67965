using Preimage.Data.Images;
using Preimage.Figures.Drawing;
using Preimage.Maps;

namespace Preimage.Figures.Plots;

/// <summary>Unit directions: a row of images in signed colours, or bars for the inputs that weigh most.</summary>
internal sealed class DirectionDrawing
{
    private const int MostShown = 10;
    private const int Columns = 5;
    private const double Margin = 24;
    private const double Gap = 12;
    private const double TileTitle = 18;
    private const int MostBars = 10;
    private const double BarHeight = 15;

    // One pixel in so many is drawn in the full colour: a few strong ones among many would leave all others white.
    private const int FullColor = 100;

    private readonly NamedDirection[] _shown;
    private readonly ImageShape? _image;
    private readonly Signature _names;
    private readonly double _tileWidth;
    private readonly double _tileHeight;

    public DirectionDrawing(SpectrumReport report, double width)
    {
        _shown = [.. report.Directions.Take(MostShown)];
        _image = report.Image;
        _names = report.Run.Signature;
        PerRow = _image is null ? 2 : Math.Clamp(_shown.Length, 2, Columns);
        _tileWidth = (width - 2 * Margin - (PerRow - 1) * Gap) / PerRow;
        int bars = _shown.Length == 0 ? 0 : Math.Min(MostBars, _shown[0].Values.Length);
        _tileHeight = _image is { } image
            ? _tileWidth * Math.Min(1.5, image.Height / (double)image.Width)
            : bars * BarHeight;
    }

    /// <summary>Few images are drawn large.</summary>
    private int PerRow { get; }

    /// <summary>What it takes on a sheet.</summary>
    public double Height =>
        _shown.Length == 0 ? 0 : 34 + (_shown.Length + PerRow - 1) / PerRow * (TileTitle + _tileHeight + Gap);

    public void Draw(Sheet sheet, double top)
    {
        if (_shown.Length == 0)
        {
            return;
        }

        string title = _image is { Channels: > 1 }
            ? "directions that the map sees most: of each pixel the channel that weighs most, blue below 0, red above"
            : "directions that the map sees most"
                + (_image is null ? ", by the inputs that weigh most" : ", blue below 0, red above");
        sheet.Text(new(Heading.Left, top + 12), title, Heading.CaptionSize, Inks.Text);
        for (int i = 0; i < _shown.Length; i++)
        {
            Frame frame = new(
                Margin + i % PerRow * (_tileWidth + Gap),
                top + 34 + i / PerRow * (TileTitle + _tileHeight + Gap) + TileTitle - 6,
                _tileWidth,
                _tileHeight
            );
            string name = Panel.Fitted(_shown[i].Name, _tileWidth, Panel.TickSize);
            sheet.Text(new(frame.Left, frame.Top - 5), name, Panel.TickSize, Inks.Soft);
            if (_image is { } image)
            {
                DrawImage(sheet, frame, image, _shown[i]);
            }
            else
            {
                DrawBars(sheet, frame, _shown[i]);
            }
        }
    }

    private static void DrawImage(Sheet sheet, Frame frame, ImageShape image, NamedDirection direction)
    {
        double[] pixels = new double[image.Height * image.Width];
        for (int p = 0; p < pixels.Length; p++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                double value = direction.Values[image.Place(c, p / image.Width, p % image.Width)];
                pixels[p] = Math.Abs(value) > Math.Abs(pixels[p]) ? value : pixels[p];
            }
        }

        double[] sizes = [.. pixels.Select(Math.Abs).Order()];
        double largest = sizes[^(1 + sizes.Length / FullColor)];
        largest = largest > 0 ? largest : sizes[^1];
        byte[] levels = Array.ConvertAll(pixels, v => DivergingColors.Level(v, largest));
        sheet.Add(
            new HeatMark(frame, image.Width, image.Height, [.. levels])
            {
                Palette = DivergingColors.Palette,
                IsCrisp = true,
            }
        );
        sheet.Rectangle(frame, new Pen(Inks.Frame, 0.8), null);
    }

    private void DrawBars(Sheet sheet, Frame frame, NamedDirection direction)
    {
        const double NameShare = 0.34;
        int[] order =
        [
            .. Enumerable
                .Range(0, direction.Values.Length)
                .OrderByDescending(j => Math.Abs(direction.Values[j]))
                .Take(MostBars),
        ];
        double largest = Math.Max(1e-300, Math.Abs(direction.Values[order[0]]));
        double zero = frame.Left + frame.Width * (NameShare + 1) / 2;
        double half = frame.Width * (1 - NameShare) / 2 - 4;
        for (int k = 0; k < order.Length; k++)
        {
            double value = direction.Values[order[k]];
            double y = frame.Top + k * BarHeight;
            string name = Panel.Fitted(_names.Inputs[order[k]].Name, NameShare * frame.Width, Panel.TickSize);
            sheet.Text(new(frame.Left, y + 11), name, Panel.TickSize, Inks.Text);
            double length = half * Math.Abs(value) / largest;
            Frame bar = new(value < 0 ? zero - length : zero, y + 2, length, BarHeight - 5);
            sheet.Rectangle(bar, null, value < 0 ? Inks.Curve(1) : Inks.Curve(0));
        }

        sheet.Line(
            new Pen(Inks.Frame, 1),
            new Spot(zero, frame.Top),
            new Spot(zero, frame.Top + order.Length * BarHeight)
        );
    }
}
