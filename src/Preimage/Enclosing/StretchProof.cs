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
    // How far the rectangle goes beyond the points on each side, as a share of their extent there and of the larger one: wide, or thin around
    // what runs along an axis. The last ones for a thorough proof only.
    private static readonly (double Own, double Larger)[] Margins =
    [
        (0, 0.125),
        (0.5, 1.0 / 4096),
        (0, 0.5),
        (0, 1.5),
        (2, 1.0 / 256),
        (2, 1.0 / 65536),
        (2, 1.0 / (1 << 22)),
    ];
    private const int LongMargins = 2;

    // Slopes to try where the quotient of the derivatives is larger.
    private static readonly double[] Slopes = [2, 8, 32];

    // How far a graph is proved beyond its points, as a share of the margin.
    private const double SlackShare = 1.0 / 16;

    // So many of a long stretch's points hold their cones.
    private const int Stations = 8;

    // What rounding does to the coordinates in the frame, as a share of the extent, and in ulp of the inputs.
    private const double Rounding = 1e-13;
    private const double Ulps = 16 * 2.220446049250313e-16;

    private readonly double _unitX = PowerOfTwo(units[0]);
    private readonly double _unitY = PowerOfTwo(units[1]);

    /// <summary>Patches of the level set, whose directions are tried in them.</summary>
    public IReadOnlyList<Patch> Patches { get; init; } = [];

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

    /// <summary>The stretch between two points; null where it could not be proved.</summary>
    /// <param name="first">The first point.</param>
    /// <param name="last">The last point.</param>
    /// <param name="isThorough">Whether to try every direction and rectangle.</param>
    public Stretch? Prove(int first, int last, bool isThorough)
    {
        Rectangle hull = Hull(first, last);
        double extent = Math.Max(hull.Width / _unitX, hull.Height / _unitY);
        if (!(extent > 0 && double.IsFinite(extent)))
        {
            return null;
        }

        foreach ((double own, double larger) in Margins.AsSpan(0, isThorough ? Margins.Length : LongMargins))
        {
            double marginX = own * (hull.Width / _unitX) + larger * extent;
            double marginY = own * (hull.Height / _unitY) + larger * extent;
            Rectangle cell = hull.Grown(marginX * _unitX, marginY * _unitY);
            foreach ((double x, double y) in Ways(first, last, isThorough ? cell : null))
            {
                Trial trial = new(first, last, cell, marginX, marginY, x, y);
                if (Prove(trial, hull) is { } stretch)
                {
                    return stretch;
                }
            }
        }

        return null;
    }

    /// <summary>A rectangle, its margins, and a unit vector along which the graph runs, in units; f is monotone across it.</summary>
    private readonly record struct Trial(
        int First,
        int Last,
        Rectangle Cell,
        double MarginX,
        double MarginY,
        double X,
        double Y
    )
    {
        public double Margin => Math.Min(MarginX, MarginY);
    }

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
            yield return Across(MonotoneDirection.AlongKink(f, r, f.Gradient(r)), x, y);
            (double middleX, double middleY) = Point(first + (last - first) / 2);
            if (Patches.FirstOrDefault(p => p.Cell.Contains(middleX, middleY)) is { } patch)
            {
                yield return Across(patch.Direction, x, y);
            }
        }
    }

    /// <summary>The way across a direction in input units, on the side of (x, y).</summary>
    private (double X, double Y) Across((double X, double Y) direction, double x, double y)
    {
        (double alongX, double alongY) = Normalised(direction.Y / _unitY, -direction.X / _unitX);
        return alongX * x + alongY * y >= 0 ? (alongX, alongY) : (-alongX, -alongY);
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
        double slope = Slope(trial, across);
        double extent = Math.Max(hull.Width / _unitX, hull.Height / _unitY);
        double noise =
            Rounding * (extent + trial.MarginX + trial.MarginY)
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
            double roomX = trial.MarginX + Math.Min(x - hull.Left, hull.Right - x) / _unitX - noise;
            double roomY = trial.MarginY + Math.Min(y - hull.Bottom, hull.Top - y) / _unitY - noise;
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

    /// <summary>
    /// A bound of the graph's slope: of the quotient of both derivatives; or, where kinks make that too large, 1 / k if f is monotone along u + k d and
    /// u - k d as along u.
    /// </summary>
    private double Slope(Trial trial, Interval across)
    {
        double most = f.Along(trial.Cell, trial.X * _unitX, trial.Y * _unitY).Slope.Magnitude;
        double quotient = Math.BitIncrement((1 + Rounding) * (most / across.Mignitude));
        foreach (double slope in Slopes)
        {
            if (quotient > slope && IsWithin(trial, across, 1 / slope))
            {
                return (1 + Rounding) * slope;
            }
        }

        return quotient;
    }

    private bool IsWithin(Trial trial, Interval across, double k)
    {
        foreach (double lean in (ReadOnlySpan<double>)[k, -k])
        {
            double x = (lean * trial.X - trial.Y) * _unitX;
            double y = (lean * trial.Y + trial.X) * _unitY;
            Interval along = f.Along(trial.Cell, x, y).Slope;
            if (!(across.Low > 0 ? along.Low > 0 : along.High < 0))
            {
                return false;
            }
        }

        return true;
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
