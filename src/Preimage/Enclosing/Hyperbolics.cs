namespace Preimage.Enclosing;

/// <summary>sinh(x) = (t + t / (1 + t)) / 2 with t = exp(x) - 1.</summary>
internal readonly struct HyperbolicSinePieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order) =>
        order == 1 ? HyperbolicCosinePieces.At(x, 0)
        : x < 0 ? -Value(-x)
        : Value(x);

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) => order == 1 ? [0, 0, 1, 1] : [];

    private static Interval Value(double x)
    {
        if (x < Elementary.Tiny)
        {
            return new Interval(x, x == 0 ? 0 : Math.BitIncrement(x));
        }

        if (x > Elementary.Moderate)
        {
            return HyperbolicCosinePieces.HalfOfExp(x);
        }

        Doubled t = DoubledFunctions.Expm1(x);
        return ((t + t / (t + 1)) * 0.5).WithinRelative(2 * DoubledFunctions.Expm1Error);
    }
}

/// <summary>cosh(x) = (exp(x) + exp(-x)) / 2.</summary>
internal readonly struct HyperbolicCosinePieces : IMonotonePieces
{
    /// <summary>exp(x) overflows, and its half, by far.</summary>
    private const double Overflow = 720;

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (order == 1)
        {
            return HyperbolicSinePieces.At(x, 0);
        }

        if (x == 0)
        {
            return 1;
        }

        if (Math.Abs(x) > Elementary.Moderate)
        {
            return HalfOfExp(Math.Abs(x));
        }

        Doubled e = DoubledFunctions.Exp(Math.Abs(x));
        return Interval.Max(1, ((e + new Doubled(1, 0) / e) * 0.5).WithinRelative(2 * DoubledFunctions.ExpError));
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) => order == 1 ? [] : [0, 0, 1, 1];

    /// <summary>exp(x) / 2 for so large x that exp(-x) is below its rounding: the square of exp(x / 2), halved before it may overflow.</summary>
    public static Interval HalfOfExp(double x)
    {
        if (x > Overflow)
        {
            return new Interval(double.MaxValue, double.PositiveInfinity);
        }

        Interval root = DoubledFunctions.Exp(x / 2).WithinRelative(DoubledFunctions.ExpError);
        return (root * 0.5 * root).Widen(1);
    }
}

/// <summary>arsinh(x) = ln(1 + x + x^2 / (1 + sqrt(1 + x^2))), of |x| with the sign of x.</summary>
internal readonly struct InverseHyperbolicSinePieces : IMonotonePieces
{
    /// <summary>From here on ln(2x) +- 1 / (4 x^2) is exact up to 2^-110.</summary>
    public const double Large = 1 << 28;

    /// <summary>Beyond it the derivatives are bounded by their values there and their limit 0.</summary>
    public const double Far = 1e60;

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (order == 0)
        {
            return x < 0 ? -Value(-x) : Value(x);
        }

        if (Math.Abs(x) > Far)
        {
            return At(Math.CopySign(Far, x), order).Hull(0);
        }

        Interval square = Interval.Of(x).Square() + 1;
        Interval slope = Powers.Reciprocal(square.SquareRoot());
        return order == 1 ? slope : slope * Powers.Reciprocal(square) * -x;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [],
            1 => [0, 0, 1, 1],
            _ =>
            [
                -0.7071067811865476,
                -0.7071067811865475,
                0.38490017945975047,
                0.3849001794597505,
                0.7071067811865475,
                0.7071067811865476,
                -0.3849001794597505,
                -0.38490017945975047,
            ],
        };

    /// <summary>ln(2x) + sign / (4 x^2), x >= <see cref="Large"/>.</summary>
    public static Interval LogOfTwice(double x, int sign) =>
        double.IsInfinity(x)
            ? new Interval(double.MaxValue, x)
            : (DoubledFunctions.Log(x) + DoubledFunctions.Log(2.0) + sign * 0.25 / x / x).WithinRelative(
                2 * DoubledFunctions.LogError
            );

    private static Interval Value(double x)
    {
        if (x < Elementary.Tiny)
        {
            return new Interval(x == 0 ? 0 : Math.BitDecrement(x), x);
        }

        if (x > Large)
        {
            return LogOfTwice(x, 1);
        }

        Doubled square = Doubled.Product(x, x);
        Doubled f = square / ((square + 1).SquareRoot() + 1) + x;
        return DoubledFunctions.LogOfSum(f).WithinRelative(2 * DoubledFunctions.LogError);
    }
}

/// <summary>arcosh(x) = ln(1 + t + sqrt(t (t + 2))) with t = x - 1 >= 0.</summary>
internal readonly struct InverseHyperbolicCosinePieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (order == 0)
        {
            return x == 1 ? 0 : Value(x);
        }

        if (x > InverseHyperbolicSinePieces.Far)
        {
            return At(InverseHyperbolicSinePieces.Far, order).Hull(0);
        }

        if (x == 1)
        {
            return order == 1 ? ArcSinePieces.Unbounded : -ArcSinePieces.Unbounded;
        }

        Interval square = (Interval.Of(x) - 1) * (Interval.Of(x) + 1);
        Interval slope = Powers.Reciprocal(square.SquareRoot());
        return order == 1 ? slope : slope * Powers.Reciprocal(square) * -x;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) => [];

    private static Interval Value(double x)
    {
        if (x > InverseHyperbolicSinePieces.Large)
        {
            return InverseHyperbolicSinePieces.LogOfTwice(x, -1);
        }

        Doubled t = Doubled.Sum(x, -1);
        return DoubledFunctions.LogOfSum((t * (t + 2)).SquareRoot() + t).WithinRelative(2 * DoubledFunctions.LogError);
    }
}

/// <summary>artanh(x) = ln(1 + 2x / (1 - x)) / 2, -1 &lt; x &lt; 1.</summary>
internal readonly struct InverseHyperbolicTangentPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (order == 0)
        {
            return x < 0 ? -Value(-x) : Value(x);
        }

        double size = Math.Abs(x);
        if (size == 1)
        {
            return order == 1 ? ArcSinePieces.Unbounded : ArcSinePieces.Unbounded * x;
        }

        Interval slope = Powers.Reciprocal((1 - Interval.Of(x)) * (1 + Interval.Of(x)));
        return order == 1 ? slope : slope.Square() * (2 * x);
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) => order == 1 ? [0, 0, 1, 1] : [];

    private static Interval Value(double x)
    {
        if (x < Elementary.Tiny)
        {
            return new Interval(x, x == 0 ? 0 : Math.BitIncrement(x));
        }

        if (x == 1)
        {
            return ArcSinePieces.Unbounded;
        }

        Doubled f = new Doubled(2 * x, 0) / Doubled.Sum(1, -x);
        return (DoubledFunctions.LogOfSum(f) * 0.5).WithinRelative(2 * DoubledFunctions.LogError);
    }
}
