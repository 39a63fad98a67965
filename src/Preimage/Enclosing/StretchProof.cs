namespace Preimage.Enclosing;

/// <summary>
/// Proves that the level set runs from point to point of a polyline near to it, and that there is no more of it between. In a rectangle where f is
/// strictly monotone along u, the level set is a graph across u; the derivatives along u and across it bound its slope, so that from each point it
/// stays in a cone. Where the cones of neighbouring points meet inside the rectangle the graph runs from one to the other.
/// </summary>
/// <param name="f">f - c.</param>
/// <param name="points">The points: [2 * count], on the level to rounding.</param>
/// <param name="isClosed">Whether the last point is joined to the first; indices then go round.</param>
/// <param name="units">A unit of length for x and for y; made powers of 2, so that to scale by them is exact.</param>
internal sealed class StretchProof(PlaneEnclosure f, ReadOnlyMemory<double> points, bool isClosed, double[] units)
{
    // How far the rectangle goes beyond the points, as a share of their extent.
    private static readonly double[] Margins = [0.125, 0.5, 1.5];

    // How far a graph is proved beyond its points, as a share of the margin.
    private const double SlackShare = 1.0 / 64;

    // So many of a long stretch's points hold their cones; stretches so short have every direction tried.
    private const int Stations = 8;
    private const int Short = 3;

    // What rounding does to the coordinates in the frame, as a share of the extent, and in ulp of the inputs.
    private const double Rounding = 1e-13;
    private const double Ulps = 16 * 2.220446049250313e-16;

    private readonly double _unitX = PowerOfTwo(units[0]);
    private readonly double _unitY = PowerOfTwo(units[1]);

    /// <summary>The number of points.</summary>
    public int Count => points.Length / 2;

    /// <summary>The number of segments.</summary>
    public int Segments => isClosed ? Count : Count - 1;

    /// <summary>The k-th point.</summary>
    public (double X, double Y) Point(int k)
    {
        int i = (k % Count + Count) % Count;
        return (points.Span[2 * i], points.Span[2 * i + 1]);
    }

    /// <summary>The length of a vector in units, rounded up.</summary>
    public double Length(double x, double y) =>
        Math.BitIncrement(Math.BitIncrement(Math.Sqrt(x / _unitX * (x / _unitX) + y / _unitY * (y / _unitY))));

    /// <summary>The stretch between two points; null where it could not be proved.</summary>
    public Stretch? Prove(int first, int last)
    {
        Rectangle hull = Hull(first, last);
        double extent = Math.Max(hull.Width / _unitX, hull.Height / _unitY);
        if (!(extent > 0 && double.IsFinite(extent)))
        {
            return null;
        }

        bool isShort = last - first <= Short;
        foreach (double share in Margins.AsSpan(0, isShort ? Margins.Length : 1))
        {
            double margin = share * extent;
            Rectangle cell = hull.Grown(margin * _unitX, margin * _unitY);
            foreach ((double x, double y) in Ways(first, last, isShort ? cell : null))
            {
                Trial trial = new(first, last, cell, margin, x, y);
                if (Prove(trial, hull) is { } stretch)
                {
                    return stretch;
                }
            }
        }

        return null;
    }

    /// <summary>A rectangle, its margin, and a unit vector along which the graph runs, in units; f is monotone across it.</summary>
    private readonly record struct Trial(int First, int Last, Rectangle Cell, double Margin, double X, double Y);

    private Rectangle Hull(int first, int last)
    {
        (double x, double y) = Point(first);
        Rectangle hull = Rectangle.Point(x, y);
        for (int k = first + 1; k <= last; k++)
        {
            (x, y) = Point(k);
            hull = hull.Hull(Rectangle.Point(x, y));
        }

        return hull;
    }

    /// <summary>The ways to try: the chord, between the first and the last segment, and, given a cell, across the kink in it.</summary>
    private IEnumerable<(double X, double Y)> Ways(int first, int last, Rectangle? cell)
    {
        (double x, double y) = Unit(first, last);
        yield return (x, y);
        if (last - first > 1)
        {
            (double fromX, double fromY) = Unit(first, first + 1);
            (double toX, double toY) = Unit(last - 1, last);
            yield return Normalised(fromX + toX, fromY + toY);
        }

        if (cell is { } r)
        {
            (double kinkX, double kinkY) = MonotoneDirection.AlongKink(f, r, f.Gradient(r));
            (double alongX, double alongY) = Normalised(kinkY / _unitY, -kinkX / _unitX);
            yield return alongX * x + alongY * y >= 0 ? (alongX, alongY) : (-alongX, -alongY);
        }
    }

    private (double X, double Y) Unit(int from, int to)
    {
        (double x, double y) = Point(from);
        (double toX, double toY) = Point(to);
        return Normalised((toX - x) / _unitX, (toY - y) / _unitY);
    }

    private static (double X, double Y) Normalised(double x, double y)
    {
        double length = Math.Sqrt(x * x + y * y);
        return (x / length, y / length);
    }

    private Stretch? Prove(Trial trial, Rectangle hull)
    {
        if (!double.IsFinite(trial.X) || !double.IsFinite(trial.Y))
        {
            return null;
        }

        Interval across = f.Along(trial.Cell, -trial.Y * _unitX, trial.X * _unitY).Slope;
        if (across.Contains(0) || !IsInOrder(trial))
        {
            return null;
        }

        double least = across.Mignitude;
        double most = f.Along(trial.Cell, trial.X * _unitX, trial.Y * _unitY).Slope.Magnitude;
        double slope = Math.BitIncrement((1 + Rounding) * (most / least));
        double extent = Math.Max(hull.Width / _unitX, hull.Height / _unitY);
        double noise =
            Rounding * (extent + trial.Margin)
            + Ulps * (trial.Cell.X.Magnitude / _unitX + trial.Cell.Y.Magnitude / _unitY);
        double slack = SlackShare * trial.Margin;
        double firstError = double.PositiveInfinity;
        int stride = Math.Max(1, (trial.Last - trial.First) / Stations);
        for (int k = trial.First; ; k = Math.Min(k + stride, trial.Last))
        {
            (double x, double y) = Point(k);
            double error = noise + (1 + Rounding) * (f.Value(Rectangle.Point(x, y)).Magnitude / least);
            double before = k > trial.First ? Gap(trial, Math.Max(trial.First, Previous(k, stride, trial)), k) / 2 : 0;
            double after = k < trial.Last ? Gap(trial, k, Math.Min(k + stride, trial.Last)) / 2 : 0;
            double along = Math.Max(slack, Math.Max(before, after)) + noise;
            double aside = error + slope * along + noise;
            double reachX = along * Math.Abs(trial.X) + aside * Math.Abs(trial.Y);
            double reachY = along * Math.Abs(trial.Y) + aside * Math.Abs(trial.X);
            double roomX = trial.Margin + Math.Min(x - hull.Left, hull.Right - x) / _unitX - noise;
            double roomY = trial.Margin + Math.Min(y - hull.Bottom, hull.Top - y) / _unitY - noise;
            if (!(reachX <= roomX && reachY <= roomY && error <= slack))
            {
                return null;
            }

            firstError = k == trial.First ? error : firstError;
            if (k == trial.Last)
            {
                return new Stretch(trial.First, trial.Last, slack - noise, firstError + noise, across.Low > 0 ? 1 : -1);
            }
        }
    }

    /// <summary>The station before the k-th point.</summary>
    private static int Previous(int k, int stride, Trial trial) =>
        trial.First + (k - trial.First - 1) / stride * stride;

    private double Gap(Trial trial, int from, int to)
    {
        (double x, double y) = Point(from);
        (double toX, double toY) = Point(to);
        return (toX - x) / _unitX * trial.X + (toY - y) / _unitY * trial.Y;
    }

    private bool IsInOrder(Trial trial)
    {
        for (int k = trial.First; k < trial.Last; k++)
        {
            if (!(Gap(trial, k, k + 1) > 0))
            {
                return false;
            }
        }

        return true;
    }

    private static double PowerOfTwo(double unit) => Math.ScaleB(1, Math.ILogB(unit));
}
