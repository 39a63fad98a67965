using System.Collections.Immutable;
using Preimage.Data.Images;

namespace Preimage.Figures.Drawing;

/// <summary>A picture as pixels, two to a picture unit, with exact area antialiasing; needs no font and no native code.</summary>
internal sealed class Raster
{
    private const int Density = 2;
    private const int CubicSteps = 8;

    /// <summary>192 dots an inch: readers show the picture at its size in CSS pixels.</summary>
    private const int DotsPerMetre = 7559;

    private readonly Coverage coverage;
    private readonly byte[] pixels;
    private readonly int columns;
    private readonly int rows;

    private Raster(int columns, int rows)
    {
        this.columns = columns;
        this.rows = rows;
        coverage = new Coverage(columns, rows);
        pixels = new byte[3 * columns * rows];
        Array.Fill(pixels, (byte)255);
    }

    /// <summary>The picture as a PNG file.</summary>
    public static byte[] Png(Picture picture)
    {
        Raster raster = new((int)Math.Ceiling(Density * picture.Width), (int)Math.Ceiling(Density * picture.Height));
        foreach (Mark mark in picture.Marks)
        {
            raster.Draw(mark);
        }

        return PngWriter.TrueColor(raster.columns, raster.rows, raster.pixels, DotsPerMetre);
    }

    private void Draw(Mark mark)
    {
        switch (mark)
        {
            case PathMark path:
                DrawPath(path);
                break;
            case AreaMark area:
                DrawArea(area);
                break;
            case CloudMark cloud:
                foreach (Spot center in cloud.Centers)
                {
                    Outline.AddDisc(coverage, Scaled(center), Density * cloud.Radius);
                }

                coverage.Paint(pixels, cloud.Ink);
                break;
            case DotMark dot:
                Outline.AddDisc(coverage, Scaled(dot.Center), Density * (dot.Radius + dot.Rim.Width / 2));
                coverage.Paint(pixels, dot.Rim.Ink);
                Outline.AddDisc(coverage, Scaled(dot.Center), Density * (dot.Radius - dot.Rim.Width / 2));
                coverage.Paint(pixels, dot.Fill);
                break;
            case TextMark text:
                DrawText(text);
                break;
            case HeatMark heat:
                DrawHeat(heat);
                break;
            case PixelMark image:
                DrawPixels(image);
                break;
        }
    }

    private void DrawPath(PathMark path)
    {
        if (path.Points.IsEmpty)
        {
            return;
        }

        Spot[] line =
        [
            .. (path.Cubic ? Cubics.Flatten(path.Points, (_, _) => CubicSteps) : path.Points).Select(Scaled),
        ];
        if (path.Fill is { } fill)
        {
            coverage.Add(line);
            coverage.Paint(pixels, fill);
        }

        if (path.Pen is not { } pen)
        {
            return;
        }

        if (pen.Dash > 0)
        {
            foreach (Spot[] piece in Dashes(path.Closed ? [.. line, line[0]] : line, Density * pen.Dash))
            {
                Outline.Add(coverage, piece, Density * pen.Width, closed: false);
            }
        }
        else
        {
            Outline.Add(coverage, line, Density * pen.Width, path.Closed && line.Length > 2);
        }

        coverage.Paint(pixels, pen.Ink);
    }

    private void DrawArea(AreaMark area)
    {
        foreach (ImmutableArray<Spot> ring in area.Rings)
        {
            coverage.Add([.. ring.Select(Scaled)]);
        }

        coverage.Paint(pixels, area.Fill);
        foreach (ImmutableArray<Spot> ring in area.Rings)
        {
            DrawPath(new PathMark(ring, Closed: true) { Pen = area.Pen });
        }
    }

    private void DrawText(TextMark text)
    {
        double weight = Density * text.Size * (text.Bold ? 0.125 : 0.088);
        if (text.Halo)
        {
            AddText(text, weight, Density * TextMark.HaloWidth);
            coverage.Paint(pixels, Inks.Halo);
        }

        AddText(text, weight, 0);
        coverage.Paint(pixels, text.Ink);
    }

    private void AddText(TextMark text, double weight, double rim)
    {
        double size = Density * text.Size;
        double width = StrokeFont.Width(text.Text, size);
        double shift = text.Anchor switch
        {
            Anchor.Start => 0,
            Anchor.Middle => -width / 2,
            Anchor.End => -width,
        };
        Spot at = Scaled(text.At);
        foreach ((Spot[] stroke, double share) in StrokeFont.Strokes(text.Text, size))
        {
            Spot[] placed =
            [
                .. stroke.Select(p =>
                    text.Turned ? new Spot(at.X + p.Y, at.Y - shift - p.X) : new Spot(at.X + shift + p.X, at.Y + p.Y)
                ),
            ];
            double line = share * (placed.Length == 1 ? 1.35 * weight : weight);
            Outline.Add(coverage, placed, line + rim, closed: false);
        }
    }

    private void DrawHeat(HeatMark heat)
    {
        int left = (int)Math.Round(Density * heat.Frame.Left);
        int top = (int)Math.Round(Density * heat.Frame.Top);
        int right = Math.Min(columns, (int)Math.Round(Density * heat.Frame.Right));
        int bottom = Math.Min(rows, (int)Math.Round(Density * heat.Frame.Bottom));
        for (int y = top; y < bottom; y++)
        {
            int row = (int)((y - top + 0.5) / (bottom - top) * heat.Rows);
            for (int x = left; x < right; x++)
            {
                int column = (int)((x - left + 0.5) / (right - left) * heat.Columns);
                uint color = heat.Palette[heat.Levels[row * heat.Columns + column]];
                int place = 3 * (y * columns + x);
                pixels[place] = (byte)(color >> 16);
                pixels[place + 1] = (byte)(color >> 8);
                pixels[place + 2] = (byte)color;
            }
        }
    }

    /// <summary>Each pixel takes the mean colour of those of the image that it covers, or of the one that it lies in.</summary>
    private void DrawPixels(PixelMark image)
    {
        int left = (int)Math.Round(Density * image.Frame.Left);
        int top = (int)Math.Round(Density * image.Frame.Top);
        int width = (int)Math.Round(Density * image.Frame.Right) - left;
        int height = (int)Math.Round(Density * image.Frame.Bottom) - top;
        for (int y = 0; y < height && top + y < rows; y++)
        {
            (int first, int end) = Covered(y, height, image.Rows);
            for (int x = 0; x < width && left + x < columns; x++)
            {
                (int from, int to) = Covered(x, width, image.Columns);
                int place = 3 * ((top + y) * columns + left + x);
                for (int c = 0; c < 3; c++)
                {
                    int sum = 0;
                    for (int at = first; at < end; at++)
                    {
                        for (int along = from; along < to; along++)
                        {
                            sum += image.Colors[3 * (at * image.Columns + along) + c];
                        }
                    }

                    pixels[place + c] = (byte)Math.Round(sum / (double)((end - first) * (to - from)));
                }
            }
        }
    }

    /// <summary>Which of the source's pixels the i-th of count covers: from, and up to.</summary>
    private static (int From, int To) Covered(int i, int count, int source)
    {
        if (count >= source)
        {
            int nearest = (int)((i + 0.5) / count * source);
            return (nearest, nearest + 1);
        }

        int from = (int)((long)i * source / count);
        return (from, Math.Max(from + 1, (int)((i + 1L) * source / count)));
    }

    private static Spot Scaled(Spot p) => new(Density * p.X, Density * p.Y);

    /// <summary>Every second piece of the given length along the line.</summary>
    private static IEnumerable<Spot[]> Dashes(Spot[] line, double dash)
    {
        List<Spot> piece = [line[0]];
        double left = dash;
        bool drawn = true;
        for (int i = 1; i < line.Length; i++)
        {
            Spot from = line[i - 1];
            double length = Math.Sqrt(Math.Pow(line[i].X - from.X, 2) + Math.Pow(line[i].Y - from.Y, 2));
            double done = 0;
            while (length - done > left)
            {
                done += left;
                double share = done / length;
                Spot cut = new(from.X + share * (line[i].X - from.X), from.Y + share * (line[i].Y - from.Y));
                if (drawn)
                {
                    yield return [.. piece, cut];
                }

                drawn = !drawn;
                piece = [cut];
                left = dash;
            }

            left -= length - done;
            piece.Add(line[i]);
        }

        if (drawn)
        {
            yield return [.. piece];
        }
    }
}
