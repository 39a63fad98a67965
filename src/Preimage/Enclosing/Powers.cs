namespace Preimage.Enclosing;

/// <summary>Ranges of powers.</summary>
internal static class Powers
{
    /// <summary>Whole exponents up to this are products, whose bounds stay within an ulp or two for each doubling.</summary>
    private const double LargestProduct = 64;

    /// <summary>exp of this overflows by far, and the product that leads there may have done so.</summary>
    private const double Extreme = 1e6;

    /// <summary>x^p.</summary>
    public static Interval Range(Interval x, double p)
    {
        if (Math.Floor(p) == p && double.IsFinite(p))
        {
            return Whole(x, p);
        }

        if (x.High < 0 || !double.IsFinite(p) || (x.High == 0 && p < 0))
        {
            return Interval.Everything;
        }

        Interval inside = Interval.Max(0, x);
        return 2 * p == Math.Floor(2 * p) && Math.Abs(2 * p) <= LargestProduct
            ? Whole(inside.SquareRoot(), 2 * p)
            : Corner(inside.Low, p).Hull(Corner(inside.High, p));
    }

    /// <summary>x^p for all members of both.</summary>
    public static Interval Range(Interval x, Interval p)
    {
        if (p.Low == p.High)
        {
            return Range(x, p.Low);
        }

        // A negative x has powers at the whole numbers inside p, of both signs.
        return x.Low < 0
            ? Interval.Everything
            : Corner(x.Low, p.Low).Hull(Corner(x.Low, p.High)).Hull(Corner(x.High, p.Low)).Hull(Corner(x.High, p.High));
    }

    /// <summary>x^n with a whole n.</summary>
    public static Interval Whole(Interval x, double n)
    {
        if (n < 0)
        {
            return Reciprocal(Whole(x, -n));
        }

        bool isEven = Math.IEEERemainder(n, 2) == 0;
        Interval ends = isEven ? x.Absolute() : x;
        return n == 0 ? 1
            : n == 1 ? x
            : n == 2 ? x.Square()
            : new(SignedPower(ends.Low, n).Low, SignedPower(ends.High, n).High);
    }

    /// <summary>1 / x of the members that have one; through the pole, everything.</summary>
    public static Interval Reciprocal(Interval x)
    {
        if (x.Low < 0)
        {
            return x.High > 0 ? Interval.Everything : -Reciprocal(-x);
        }

        return x.High == 0
            ? Interval.Everything
            : new(
                Math.Max(0, (Interval.Of(1) / x.High).Low),
                x.Low > 0 ? (Interval.Of(1) / x.Low).High : double.PositiveInfinity
            );
    }

    private static Interval SignedPower(double x, double n) => x < 0 ? -Product(-x, n) : Product(x, n);

    /// <summary>x^n, x >= 0, n > 0, by squaring.</summary>
    private static Interval Product(double x, double n)
    {
        if (n > LargestProduct)
        {
            return Corner(x, n);
        }

        Interval result = 1;
        Interval power = x;
        for (int rest = (int)n; ; rest >>= 1)
        {
            if ((rest & 1) != 0)
            {
                result *= power;
            }

            if (rest <= 1)
            {
                return result;
            }

            power = power.Square();
        }
    }

    /// <summary>x^p = exp(p ln x), x >= 0; limits at 0 and infinity.</summary>
    private static Interval Corner(double x, double p)
    {
        if (p == 0 || x == 1)
        {
            return 1;
        }

        if (x == 0 || double.IsInfinity(x) || double.IsInfinity(p))
        {
            return (x > 1) == (p > 0) ? double.PositiveInfinity : 0;
        }

        Doubled exponent = DoubledFunctions.Log(x) * p;
        double size = Math.Abs(exponent.High);
        if (!(size <= Extreme))
        {
            return (x > 1) == (p > 0) ? new(double.MaxValue, double.PositiveInfinity) : new(0, double.Epsilon);
        }

        if (size > Elementary.Moderate)
        {
            double absolute = size * DoubledFunctions.LogError;
            return new(
                Elementary.ExpDown(exponent.LowerBound(absolute)),
                Elementary.ExpUp(exponent.UpperBound(absolute))
            );
        }

        // exp(h + l) = exp(h) (1 + l) up to l^2, below 2^-88.
        Doubled power = DoubledFunctions.Exp(exponent.High) * Doubled.Ordered(1, exponent.Low);
        return power.WithinRelative(size * 2 * DoubledFunctions.LogError + 2 * DoubledFunctions.ExpError);
    }
}
