namespace Preimage.Enclosing;

/// <summary>Enclosures of monotone elementary functions at one number, of any size or infinite: mostly two doubles that are neighbours.</summary>
internal static class Elementary
{
    /// <summary>exp(x) overflows above.</summary>
    private const double ExpOverflow = 710;

    /// <summary>exp(x) is less than half of the smallest double below.</summary>
    private const double ExpUnderflow = -746;

    /// <summary>exp(-x) and all that is made of it stay far from underflow up to here.</summary>
    public const double Moderate = 600;

    /// <summary>Below it x and x + x^2 have no double between them.</summary>
    public const double Tiny = 1e-150;

    /// <summary>1 - tanh(x), 1 - erf(x) are below the rounding of 1 beyond it.</summary>
    private const double Saturation = 20;

    /// <summary>Least x of the formula for erfc.</summary>
    private const double SeriesEnd = 0.5;

    /// <summary>A bound of exp(x) from below.</summary>
    public static double ExpDown(double x)
    {
        if (Math.Abs(x) <= Moderate)
        {
            Doubled exp = DoubledFunctions.Exp(x);
            return x == 0 ? 1 : exp.LowerBound(exp.High * DoubledFunctions.ExpError);
        }

        return x < ExpUnderflow ? 0
            : x > ExpOverflow ? double.MaxValue
            : Math.Max(0, Scaled(x, down: true));
    }

    /// <summary>A bound of exp(x) from above.</summary>
    public static double ExpUp(double x)
    {
        if (Math.Abs(x) <= Moderate)
        {
            Doubled exp = DoubledFunctions.Exp(x);
            return x == 0 ? 1 : exp.UpperBound(exp.High * DoubledFunctions.ExpError);
        }

        return double.IsNegativeInfinity(x) ? 0
            : x < ExpUnderflow ? double.Epsilon
            : x > ExpOverflow ? double.PositiveInfinity
            : Scaled(x, down: false);
    }

    /// <summary>exp(x) - 1.</summary>
    public static Interval Expm1(double x) =>
        x == 0 ? 0
        : Math.Abs(x) < Tiny ? new(x, Math.BitIncrement(x))
        : Math.Abs(x) <= Moderate ? DoubledFunctions.Expm1(x).WithinRelative(DoubledFunctions.Expm1Error)
        : x < 0 ? new(-1, Math.BitIncrement(-1))
        : Interval.Of(x).Exp() - 1;

    /// <summary>ln(x), x > 0.</summary>
    public static Interval Log(double x) =>
        x == 1 ? 0
        : double.IsInfinity(x) ? new(double.MaxValue, x)
        : DoubledFunctions.Log(x).WithinRelative(DoubledFunctions.LogError);

    /// <summary>tanh(x) = -t / (2 + t) with t = exp(-2x) - 1, x >= 0.</summary>
    public static Interval Tanh(double x)
    {
        if (x < 0)
        {
            return -Tanh(-x);
        }

        if (x < Tiny)
        {
            return new(x == 0 ? 0 : Math.BitDecrement(x), x);
        }

        if (x > Saturation)
        {
            return new(Math.BitDecrement(1), 1);
        }

        Doubled t = DoubledFunctions.Expm1(-2 * x);
        return (-t / (t + 2)).WithinRelative(2 * DoubledFunctions.Expm1Error);
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Interval Sigmoid(double x)
    {
        if (Math.Abs(x) <= Moderate)
        {
            Doubled e = DoubledFunctions.Exp(-Math.Abs(x));
            return x == 0
                ? 0.5
                : ((x > 0 ? new Doubled(1, 0) : e) / (e + 1)).WithinRelative(2 * DoubledFunctions.ExpError);
        }

        return x > 0 ? new(Math.BitDecrement(1), 1) : new(Math.Max(0, Math.BitDecrement(ExpDown(x))), ExpUp(x));
    }

    /// <summary>ln(1 + exp(x)).</summary>
    public static Interval Softplus(double x)
    {
        if (Math.Abs(x) > Moderate)
        {
            return x > 0 ? new(x, Math.BitIncrement(x)) : new(Math.Max(0, Math.BitDecrement(ExpDown(x))), ExpUp(x));
        }

        Doubled log = DoubledFunctions.Log1pOfUnit(DoubledFunctions.Exp(-Math.Abs(x)));
        double error = log.High * DoubledFunctions.LogError;
        Doubled sum = x > 0 ? log + x : log;
        return new(sum.LowerBound(error), sum.UpperBound(error));
    }

    /// <summary>erf(x).</summary>
    public static Interval Erf(double x) =>
        x < 0 ? -Erf(-x)
        : x == 0 ? 0
        : x < Tiny ? Interval.Of(x) * new Interval(1.1283791670955126, 1.1283791670955128)
        : x < SeriesEnd ? DoubledFunctions.Erf(x).WithinRelative(DoubledFunctions.ErfError)
        : x > Saturation ? new(Math.BitDecrement(1), 1)
        : Interval.Min(1, Interval.Of(1) - ErfcOfLarge(x));

    /// <summary>erfc(x) = 1 - erf(x).</summary>
    public static Interval Erfc(double x)
    {
        if (x >= SeriesEnd)
        {
            return ErfcOfLarge(x);
        }

        if (x <= -SeriesEnd)
        {
            return Interval.Of(2) - ErfcOfLarge(-x);
        }

        if (Math.Abs(x) < Tiny)
        {
            return Interval.Of(1) - Erf(x);
        }

        Doubled erf = DoubledFunctions.Erf(x);
        Doubled difference = -erf + 1;
        double error = Math.Abs(erf.High) * DoubledFunctions.ErfError;
        return new(difference.LowerBound(error), difference.UpperBound(error));
    }

    private static Interval ErfcOfLarge(double x) =>
        x > DoubledFunctions.LargestBell
            ? new(0, ErfcOfLarge(DoubledFunctions.LargestBell).High)
            : DoubledFunctions.Erfc(x).WithinRelative(DoubledFunctions.ErfcError);

    /// <summary>exp(x) where its power of two may leave the normal numbers: in two steps, the second rounded outward.</summary>
    private static double Scaled(double x, bool down)
    {
        Doubled exp = DoubledFunctions.Exp(x, out int scale);
        double error = exp.High * DoubledFunctions.ExpError;
        double bound = down ? exp.LowerBound(error) : exp.UpperBound(error);
        int half = scale / 2;
        Interval first = Interval.Of(bound * DoubledFunctions.PowerOfTwo(half));
        Interval result = first * DoubledFunctions.PowerOfTwo(scale - half);
        return down ? result.Low : result.High;
    }
}
