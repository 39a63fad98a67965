using System.Collections.Immutable;

namespace Preimage.Training.Digits;

/// <summary>One hand, drawn at random, that writes one digit on a square page.</summary>
internal sealed class Handwriting
{
    /// <summary>How far the points of a stroke waver, in heights of a digit.</summary>
    private const double Waver = 0.028;

    /// <summary>How far the page is distorted, in heights of a digit.</summary>
    private const double Distortion = 0.045;

    private readonly Generator _generator;
    private readonly int _size;
    private readonly double _width;
    private readonly double _height;
    private readonly double _slant;
    private readonly double _turn;
    private readonly PagePoint _centre;
    private readonly double _pen;
    private readonly double _edge;
    private readonly double _ink;
    private readonly double[] _waves;

    /// <summary>Draws the hand.  size: pixels of a side of the page.</summary>
    public Handwriting(Generator generator, int size)
    {
        (_generator, _size) = (generator, size);
        _height = size * Between(0.62, 0.76);
        _width = _height * Between(0.62, 0.95);
        _slant = 0.12 + 0.16 * Bounded();
        _turn = 0.09 * Bounded();
        _centre = new PagePoint(size * (0.5 + 0.02 * Bounded()), size * (0.5 + 0.02 * Bounded()));
        _pen = size * Between(0.034, 0.066);
        _edge = Math.Max(1, size * Between(0.035, 0.055));
        _ink = Between(0.86, 1);
        _waves = [.. Enumerable.Range(0, 12).Select(_ => Bounded())];
    }

    /// <summary>Writes a digit.  pixels: [size * size], rows from the top.</summary>
    public void Write(int digit, Span<double> pixels)
    {
        ImmutableArray<ImmutableArray<Stroke>> ways = DigitStrokes.Ways(digit);
        foreach (Stroke stroke in ways[_generator.Whole(ways.Length)])
        {
            Draw([.. Wavering(stroke).Polyline().Select(OnPage)], pixels);
        }
    }

    /// <summary>The same points a little beside; the two of a corner together.</summary>
    private Stroke Wavering(Stroke stroke)
    {
        var points = ImmutableArray.CreateBuilder<PagePoint>(stroke.Points.Length);
        for (int i = 0; i < stroke.Points.Length; i++)
        {
            bool isCorner = i > 0 && stroke.Points[i] == stroke.Points[i - 1];
            points.Add(
                isCorner ? points[i - 1] : stroke.Points[i] + new PagePoint(Waver * Bounded(), Waver * Bounded())
            );
        }

        return new Stroke(points.MoveToImmutable());
    }

    /// <summary>Distorted, slanted, turned and scaled.</summary>
    private PagePoint OnPage(PagePoint p)
    {
        double x = p.X - 0.5 + Distortion * Wave(0, p);
        double y = p.Y - 0.5 + Distortion * Wave(6, p);
        x = _width * x - _slant * _height * y;
        y *= _height;
        (double sine, double cosine) = Math.SinCos(_turn);
        return _centre + new PagePoint(cosine * x - sine * y, sine * x + cosine * y);
    }

    /// <summary>A smooth function of the place, of size one.</summary>
    private double Wave(int first, PagePoint p)
    {
        ReadOnlySpan<double> w = _waves.AsSpan(first, 6);
        return w[0] * Math.Sin(3 * p.X + 2 * w[1] * p.Y + 3 * w[2])
            + w[3] * Math.Sin(4 * p.Y + 2 * w[4] * p.X + 3 * w[5]);
    }

    /// <summary>Darkens the pixels near a polyline: full ink to within half the pen, then fading over the edge.</summary>
    private void Draw(PagePoint[] line, Span<double> pixels)
    {
        double reach = _pen + _edge;
        for (int k = 0; k + 1 < line.Length; k++)
        {
            (PagePoint a, PagePoint b) = (line[k], line[k + 1]);
            (int top, int bottom) = Pixels(Math.Min(a.Y, b.Y) - reach, Math.Max(a.Y, b.Y) + reach);
            (int left, int right) = Pixels(Math.Min(a.X, b.X) - reach, Math.Max(a.X, b.X) + reach);
            for (int row = top; row <= bottom; row++)
            {
                for (int column = left; column <= right; column++)
                {
                    double distance = Distance(new PagePoint(column + 0.5, row + 0.5), a, b);
                    double level = Math.Clamp((_pen + 0.5 * _edge - distance) / _edge, 0, 1);
                    double grey = Math.Round(255 * _ink * level * level * (3 - 2 * level)) / 255;
                    ref double pixel = ref pixels[row * _size + column];
                    pixel = Math.Max(pixel, grey);
                }
            }
        }
    }

    private (int First, int Last) Pixels(double from, double to) =>
        (Math.Clamp((int)Math.Floor(from), 0, _size - 1), Math.Clamp((int)Math.Ceiling(to), 0, _size - 1));

    private static double Distance(PagePoint p, PagePoint a, PagePoint b)
    {
        (double dx, double dy) = (b.X - a.X, b.Y - a.Y);
        double square = dx * dx + dy * dy;
        double t = square == 0 ? 0 : Math.Clamp(((p.X - a.X) * dx + (p.Y - a.Y) * dy) / square, 0, 1);
        (double x, double y) = (p.X - a.X - t * dx, p.Y - a.Y - t * dy);
        return Math.Sqrt(x * x + y * y);
    }

    private double Between(double low, double high) => low + (high - low) * _generator.Uniform();

    /// <summary>Normal of deviation one, cut at two.</summary>
    private double Bounded() => Math.Clamp(_generator.Normal(), -2, 2);
}
