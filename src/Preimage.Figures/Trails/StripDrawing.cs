using System.Globalization;
using Preimage.Figures.Drawing;
using Preimage.Figures.Plots;

namespace Preimage.Figures.Trails;

/// <summary>Points of a trail as images, with what the map says of each, and below each what changed since the start.</summary>
internal sealed class StripDrawing
{
    private const double Width = 1000;
    private const double Margin = 24;
    private const double Gap = 10;
    private const double Line = 17;
    private const int PerRow = 8;

    // Two rows of what was found; one where something stands beside it.
    private const int MostFrames = 2 * PerRow;

    private sealed record Tile(string Title, double[] Point, double[] Value, bool IsStart)
    {
        // The target's differences may be far larger than those of points on the way: it takes the scale as it is.
        public bool IsTarget => Value.Length == 0 && !IsStart;
    }

    private sealed record Block(string Name, Tile[] Tiles);

    private readonly TrailReport _report;
    private readonly TrailPixels _pixels;
    private readonly TrailOutputs _outputs;
    private readonly Block[] _blocks;
    private readonly DifferenceScale _scale;
    private readonly double _tileWidth;
    private readonly double _tileHeight;

    private StripDrawing(TrailReport report)
    {
        _report = report;
        _pixels = TrailPixels.Of(report)!;
        _outputs = new TrailOutputs(report);
        int most = report.Beside.IsEmpty ? MostFrames : PerRow;
        _blocks = [Main(most), .. report.Beside.Select(t => new Block(t.Name, Tiles(t, most)))];
        _scale = DifferenceScale.Of(
            _blocks.SelectMany(b => b.Tiles).Where(t => !t.IsTarget).Select(t => Difference(t.Point))
        );
        _tileWidth = (Width - 2 * Margin - (PerRow - 1) * Gap) / PerRow;
        _tileHeight = _tileWidth * Math.Min(1.5, _pixels.Rows / (double)_pixels.Columns);
    }

    /// <summary>The picture of a report whose points are images.</summary>
    public static Picture Draw(TrailReport report) => new StripDrawing(report).Draw();

    private Picture Draw()
    {
        Heading heading = new(_report.Title, [.. Heading.Lines(_report.Facts, Width), Legend()], []);
        double top = heading.Height(Width);
        double row = 2 * Line + 2 * _tileHeight + 5 + Gap;
        double height = top + _blocks.Sum(b => BlockTitle + Rows(b) * row) + 8;
        Sheet sheet = new(Width, height);
        heading.Draw(sheet);
        foreach (Block block in _blocks)
        {
            if (_blocks.Length > 1)
            {
                sheet.Text(new(Heading.Left, top + 14), block.Name, Panel.LabelSize, Inks.Text);
                top += BlockTitle;
            }

            for (int i = 0; i < block.Tiles.Length; i++)
            {
                double left = Margin + i % PerRow * (_tileWidth + Gap);
                DrawTile(sheet, new Spot(left, top + i / PerRow * row), block.Tiles[i]);
            }

            top += Rows(block) * row;
        }

        return sheet.Finish();
    }

    private double BlockTitle => _blocks.Length > 1 ? 20 : 0;

    private static int Rows(Block block) => (block.Tiles.Length + PerRow - 1) / PerRow;

    private string Legend()
    {
        string channel = _pixels.Channels > 1 ? ", of each pixel the channel that changed the most" : "";
        return $"below each: less than at the start in blue, more in red, full colour from {Numerals.Short(_scale.Largest, 2)}{_pixels.Unit} on{channel}";
    }

    /// <summary>The start, frames in between, and the target where there is one.</summary>
    private Block Main(int most)
    {
        Trail trail = _report.Trail;
        Tile[] ends =
        [
            .. _report.Target.IsEmpty ? Array.Empty<Tile>() : [new Tile("target", [.. _report.Target], [], false)],
        ];
        bool hasStart = trail.Cloud.Point(0).SequenceEqual(_report.Start.AsSpan());
        Tile[] start = hasStart ? [] : [new Tile("start", [.. _report.Start], [], true)];
        return new Block(trail.Name, [.. start, .. Tiles(trail, most - start.Length - ends.Length), .. ends]);
    }

    private Tile[] Tiles(Trail trail, int most)
    {
        bool several = Frames.Chains(trail).Count() > 1;
        return
        [
            .. Frames
                .Even(trail, most)
                .Select(i =>
                {
                    double[] point = [.. trail.Cloud.Point(i)];
                    bool isStart = i == 0 && point.AsSpan().SequenceEqual(_report.Start.AsSpan());
                    string chain = several
                        ? string.Create(CultureInfo.InvariantCulture, $"{trail.Chains[i] + 1}: ")
                        : "";
                    string title = isStart ? "start" : $"{chain}{_report.Abscissa} {Place(trail.Along[i])}";
                    return new Tile(title, point, [.. trail.Cloud.Value(i)], isStart);
                }),
        ];
    }

    /// <summary>Whole numbers as they are, others shortly.</summary>
    private static string Place(double along) =>
        along == Math.Floor(along) && Math.Abs(along) < 1e9
            ? along.ToString("F0", CultureInfo.InvariantCulture)
            : Numerals.Short(along, 3);

    private double[] Difference(double[] point) => _pixels.Difference(point, _report.Start.AsSpan());

    private void DrawTile(Sheet sheet, Spot at, Tile tile)
    {
        string title = Panel.Fitted(tile.Title, _tileWidth, Panel.TickSize);
        sheet.Text(new(at.X, at.Y + 12), title, Panel.TickSize, Inks.Soft);
        Frame frame = new(at.X, at.Y + Line, _tileWidth, _tileHeight);
        sheet.Add(new PixelMark(frame, _pixels.Columns, _pixels.Rows, [.. _pixels.Colors(tile.Point)]));
        sheet.Rectangle(frame, new Pen(Inks.Frame, 0.8), null);
        if (tile.Value.Length > 0)
        {
            bool isSame = !_outputs.AreClasses || _outputs.Label(tile.Value) == _outputs.Label(First);
            string text = Panel.Fitted(_outputs.Caption(tile.Value), _tileWidth, Panel.TickSize);
            sheet.Text(new(at.X, frame.Bottom + 13), text, Panel.TickSize, isSame ? Inks.Text : Inks.Undecided);
        }

        Frame below = frame with { Top = frame.Bottom + Line + 3 };
        if (tile.IsStart)
        {
            DrawScale(sheet, below);
            return;
        }

        byte[] levels = _scale.Levels(Difference(tile.Point));
        sheet.Add(
            new HeatMark(below, _pixels.Columns, _pixels.Rows, [.. levels])
            {
                Palette = DivergingColors.Palette,
                IsCrisp = true,
            }
        );
        sheet.Rectangle(below, new Pen(Inks.Frame, 0.8), null);
    }

    private ReadOnlySpan<double> First => _report.Trail.Cloud.Value(0);

    /// <summary>The colours of differences, where the start itself has none.</summary>
    private void DrawScale(Sheet sheet, Frame frame)
    {
        Frame bar = new(frame.Left + 8, frame.Top + frame.Height / 2 - 8, frame.Width - 16, 12);
        byte[] levels = [.. Enumerable.Range(0, 255).Select(i => (byte)i)];
        sheet.Add(new HeatMark(bar, levels.Length, 1, [.. levels]) { Palette = DivergingColors.Palette });
        sheet.Rectangle(bar, new Pen(Inks.Frame, 0.8), null);
        string largest = Numerals.Short(_scale.Largest, 2);
        (double X, string Text, Anchor Anchor)[] ends =
        [
            (bar.Left - 6, $"−{largest}", Anchor.Start),
            (bar.Left + bar.Width / 2, "0", Anchor.Middle),
            (bar.Right + 6, $"+{largest}", Anchor.End),
        ];
        foreach ((double x, string text, Anchor anchor) in ends)
        {
            sheet.Text(new(x, bar.Bottom + 14), text, Panel.TickSize, Inks.Soft, anchor);
        }
    }
}
