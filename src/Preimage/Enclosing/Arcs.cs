namespace Preimage.Enclosing;

/// <summary>arctan(x).</summary>
internal readonly struct ArcTangentPieces : IMonotonePieces
{
    /// <summary>Beyond it the derivatives are bounded by their values there and their limit 0.</summary>
    private const double Far = 1e60;

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (order == 0)
        {
            return Value(x);
        }

        if (Math.Abs(x) > Far)
        {
            return At(Math.CopySign(Far, x), order).Hull(0);
        }

        Interval slope = Powers.Reciprocal(Interval.Of(x).Square() + 1);
        return order == 1 ? slope : slope.Square() * (-2 * x);
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [],
            1 => [0, 0, 1, 1],
            _ =>
            [
                -0.5773502691896258,
                -0.5773502691896257,
                0.6495190528383289,
                0.649519052838329,
                0.5773502691896257,
                0.5773502691896258,
                -0.649519052838329,
                -0.6495190528383289,
            ],
        };

    private static Interval Value(double x)
    {
        double size = Math.Abs(x);
        Interval arc =
            size < Elementary.Tiny ? new Interval(size == 0 ? 0 : Math.BitDecrement(size), size)
            : double.IsInfinity(size) ? DoubledFunctions.HalfPi.Within(0)
            : DoubledFunctions.Atan(new Doubled(size, 0)).WithinRelative(DoubledFunctions.AtanError);
        return x < 0 ? -arc : arc;
    }
}

/// <summary>arcsin(x) = arctan(x / sqrt((1 - x) (1 + x))), -1 &lt;= x &lt;= 1.</summary>
internal readonly struct ArcSinePieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        double size = Math.Abs(x);
        if (order == 0)
        {
            return x < 0 ? -Value(size) : Value(size);
        }

        Interval square = (1 - Interval.Of(x)) * (1 + Interval.Of(x));
        Interval slope = size == 1 ? Unbounded : Powers.Reciprocal(square.SquareRoot());
        return order == 1 ? slope
            : size == 1 ? Unbounded * x
            : slope * Powers.Reciprocal(square) * x;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) => order == 1 ? [0, 0, 1, 1] : [];

    /// <summary>The limit at a pole.</summary>
    public static Interval Unbounded => new(double.MaxValue, double.PositiveInfinity);

    private static Interval Value(double x)
    {
        if (x < Elementary.Tiny)
        {
            return new Interval(x, x == 0 ? 0 : Math.BitIncrement(x));
        }

        if (x == 1)
        {
            return DoubledFunctions.HalfPi.Within(0);
        }

        Doubled cosine = (Doubled.Sum(1, -x) * Doubled.Sum(1, x)).SquareRoot();
        return DoubledFunctions.Atan(new Doubled(x, 0) / cosine).WithinRelative(DoubledFunctions.AtanError);
    }
}

/// <summary>arccos(x) = 2 arctan(sqrt((1 - x) / (1 + x))), -1 &lt;= x &lt;= 1; its derivatives are those of -arcsin.</summary>
internal readonly struct ArcCosinePieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order) =>
        order > 0 ? -ArcSinePieces.At(x, order)
        : x == 1 ? 0
        : x == -1 ? (DoubledFunctions.HalfPi * 2).Within(0)
        : (DoubledFunctions.Atan((Doubled.Sum(1, -x) / Doubled.Sum(1, x)).SquareRoot()) * 2).WithinRelative(
            DoubledFunctions.AtanError
        );

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) => order == 1 ? [0, 0, -1, -1] : [];
}
