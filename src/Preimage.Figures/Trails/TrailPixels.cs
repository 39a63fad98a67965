using System.Collections.Immutable;
using Preimage.Data.Images;

namespace Preimage.Figures.Trails;

/// <summary>Points as pixels.</summary>
internal sealed class TrailPixels
{
    private const double White = 255;

    private readonly TrailImage _image;
    private readonly ImageShape _shape;
    private readonly (double Black, double White) _range;

    /// <summary>How the points of a report are images, if they are.</summary>
    public static TrailPixels? Of(TrailReport report) =>
        report.Image is { } image ? new TrailPixels(image, report.Start.AsSpan()) : null;

    private TrailPixels(TrailImage image, ReadOnlySpan<double> start)
    {
        _image = image;
        _shape = TrailCheck.ImageOf(image)!;
        _range = image.Range ?? RangeOf(Whole(start));
    }

    /// <summary>Pixels in a line.</summary>
    public int Columns => _shape.Width;

    /// <summary>Lines.</summary>
    public int Rows => _shape.Height;

    /// <summary>1 grey, 3 red, green, blue.</summary>
    public int Channels => _shape.Channels;

    /// <summary>In what differences are: levels of an image of 256, where pixels were made of one; else the input's own numbers.</summary>
    public string Unit => _image.Preprocessing is null ? "" : " of 255 levels";

    /// <summary>The pixels, 0 to 255: [Rows * Columns * Channels].</summary>
    public byte[] Bytes(ReadOnlySpan<double> point) =>
        Array.ConvertAll(Levels(point), level => (byte)Math.Clamp(Math.Round(level), 0, White));

    /// <summary>The pixels in colours: [Rows * Columns * 3].</summary>
    public byte[] Colors(ReadOnlySpan<double> point)
    {
        byte[] bytes = Bytes(point);
        return Channels == 3 ? bytes : [.. bytes.SelectMany(grey => new[] { grey, grey, grey })];
    }

    /// <summary>What each pixel of a point has more than that of another, of the channel that differs the most: [Rows * Columns].</summary>
    public double[] Difference(ReadOnlySpan<double> point, ReadOnlySpan<double> other)
    {
        double[] levels = Levels(point);
        double[] others = Levels(other);
        double unit = _image.Preprocessing is null ? (_range.White - _range.Black) / White : 1;
        double[] differences = new double[Rows * Columns];
        for (int i = 0; i < levels.Length; i++)
        {
            double difference = unit * (levels[i] - others[i]);
            ref double strongest = ref differences[i / Channels];
            strongest = Math.Abs(difference) > Math.Abs(strongest) ? difference : strongest;
        }

        return differences;
    }

    /// <summary>0 to 1 or 0 to 255 where the numbers lie between them, else their own range.</summary>
    private static (double, double) RangeOf(double[] whole)
    {
        double[] finite = [.. whole.Where(double.IsFinite)];
        (double low, double high) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        return low >= 0 && high <= 1 ? (0, 1)
            : low >= 0 && high <= White ? (0, White)
            : (low, high);
    }

    /// <summary>Levels of grey or of the colours, not rounded and not cut off: [Rows * Columns * Channels].</summary>
    private double[] Levels(ReadOnlySpan<double> point)
    {
        double[] whole = Whole(point);
        if (_image.Preprocessing is { } preprocessing)
        {
            return [.. preprocessing.Image(whole, _image.Shape).Values];
        }

        double[] levels = new double[whole.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            int pixel = i / Channels;
            double value = whole[_shape.Place(i % Channels, pixel / Columns, pixel % Columns)];
            levels[i] = White * (value - _range.Black) / (_range.White - _range.Black);
        }

        return levels;
    }

    /// <summary>The tensor's numbers with the point's among them; what is not finite is black.</summary>
    private double[] Whole(ReadOnlySpan<double> point)
    {
        ImmutableArray<int> places = _image.Places;
        double[] whole = places.IsEmpty ? point.ToArray() : [.. _image.Whole];
        for (int k = 0; k < places.Length; k++)
        {
            whole[places[k]] = point[k];
        }

        return Array.ConvertAll(whole, v => double.IsFinite(v) ? v : 0);
    }
}
