using System.Runtime.CompilerServices;

namespace Preimage.Enclosing;

/// <summary>
/// The closed interval [Low, High]; bounds may be infinite, never NaN. Arithmetic encloses every value of the operation on real members:
/// bounds are rounded outward by one ulp, and only where rounding to nearest lost something, which the error of the operation tells exactly.
/// That needs nothing but IEEE arithmetic, and is sound on every platform.  [Dekker1971]
/// </summary>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound, not below <paramref name="Low"/>.</param>
public readonly partial record struct Interval(double Low, double High)
{
    // Below this magnitude the error of a product may itself be lost to underflow.
    private const double LeastExactProduct = 1e-290;

    /// <summary>[0, 0].</summary>
    public static Interval Zero => default;

    /// <summary>All real numbers.</summary>
    public static Interval Everything => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The interval of one number.</summary>
    public static Interval Of(double x) => double.IsNaN(x) ? Everything : new(x, x);

    /// <summary>The smallest interval that contains both numbers.</summary>
    public static Interval Between(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? Everything : new(Math.Min(a, b), Math.Max(a, b));

    /// <summary>A number in the middle.</summary>
    public double Middle
    {
        get
        {
            double middle = Low / 2 + High / 2;
            return double.IsNaN(middle)
                ? 0
                : Math.Min(Math.Max(middle, Math.Max(Low, double.MinValue)), Math.Min(High, double.MaxValue));
        }
    }

    /// <summary>High - Low, rounded up.</summary>
    public double Width => SumUp(High, -Low);

    /// <summary>The largest distance of a member from <see cref="Middle"/>, rounded up.</summary>
    public double Radius
    {
        get
        {
            double middle = Middle;
            return Math.Max(SumUp(High, -middle), SumUp(middle, -Low));
        }
    }

    /// <summary>The largest |x|.</summary>
    public double Magnitude => Math.Max(Math.Abs(Low), Math.Abs(High));

    /// <summary>The smallest |x|.</summary>
    public double Mignitude => Contains(0) ? 0 : Math.Min(Math.Abs(Low), Math.Abs(High));

    /// <summary>Whether x is a member.</summary>
    public bool Contains(double x) => x >= Low && x <= High;

    /// <summary>Whether all members of the other are members.</summary>
    public bool Contains(Interval other) => other.Low >= Low && other.High <= High;

    /// <summary>Whether all members of this lie strictly inside the other.</summary>
    public bool IsInside(Interval other) => Low > other.Low && High < other.High;

    /// <summary>Whether there is a common member.</summary>
    public bool Meets(Interval other) => Low <= other.High && other.Low <= High;

    /// <summary>The smallest interval that contains both.</summary>
    public Interval Hull(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>The common members of two intervals that are known to have some: both enclose one thing. Where rounding kept them apart, this one.</summary>
    public Interval Cut(Interval other) =>
        Meets(other) ? new(Math.Max(Low, other.Low), Math.Min(High, other.High)) : this;

    /// <summary>Both bounds moved outward by so many ulp.</summary>
    public Interval Widen(int ulps)
    {
        double low = Low;
        double high = High;
        for (int i = 0; i < ulps; i++)
        {
            low = Math.BitDecrement(low);
            high = Math.BitIncrement(high);
        }

        return new Interval(low, high);
    }

    /// <summary>-x.</summary>
    public static Interval operator -(Interval x) => new(-x.High, -x.Low);

    /// <summary>x + y.</summary>
    public static Interval operator +(Interval x, Interval y) => new(SumDown(x.Low, y.Low), SumUp(x.High, y.High));

    /// <summary>x - y.</summary>
    public static Interval operator -(Interval x, Interval y) => new(SumDown(x.Low, -y.High), SumUp(x.High, -y.Low));

    /// <summary>x y: which ends meet in the bounds, the signs tell.</summary>
    public static Interval operator *(Interval x, Interval y)
    {
        if (y.Low >= 0)
        {
            return new(
                ProductDown(x.Low, x.Low >= 0 ? y.Low : y.High),
                ProductUp(x.High, x.High >= 0 ? y.High : y.Low)
            );
        }

        if (y.High <= 0)
        {
            return new(
                ProductDown(x.High, x.High >= 0 ? y.Low : y.High),
                ProductUp(x.Low, x.Low >= 0 ? y.High : y.Low)
            );
        }

        return x.Low >= 0 ? new(ProductDown(x.High, y.Low), ProductUp(x.High, y.High))
            : x.High <= 0 ? new(ProductDown(x.Low, y.High), ProductUp(x.Low, y.Low))
            : new(
                Math.Min(ProductDown(x.Low, y.High), ProductDown(x.High, y.Low)),
                Math.Max(ProductUp(x.Low, y.Low), ProductUp(x.High, y.High))
            );
    }

    /// <summary>x y with a number y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Interval operator *(Interval x, double y)
    {
        double low = x.Low;
        double high = x.High;
        if (!(y >= 0))
        {
            if (double.IsNaN(y))
            {
                return Everything;
            }

            (low, high) = (high, low);
        }

        return new(ProductDown(low, y), ProductUp(high, y));
    }

    /// <summary>x / y; everything where y contains 0.</summary>
    public static Interval operator /(Interval x, Interval y)
    {
        if (y.High < 0)
        {
            (x, y) = (-x, -y);
        }

        return !(y.Low > 0)
            ? Everything
            : new(QuotientDown(x.Low, x.Low >= 0 ? y.High : y.Low), QuotientUp(x.High, x.High >= 0 ? y.Low : y.High));
    }

    /// <summary>A number is the interval of itself.</summary>
    public static implicit operator Interval(double x) => Of(x);

    /// <summary>x^2.</summary>
    public Interval Square()
    {
        double least = Mignitude;
        double most = Magnitude;
        return new Interval(ProductDown(least, least), ProductUp(most, most));
    }

    /// <summary>sqrt(x) of the members that have one; everything where none has.</summary>
    public Interval SquareRoot()
    {
        if (High < 0)
        {
            return Everything;
        }

        double low = Math.Sqrt(Math.Max(Low, 0));
        double high = Math.Sqrt(High);
        return new Interval(
            RootError(Low, low) >= 0 ? low : Math.BitDecrement(low),
            RootError(High, high) <= 0 ? high : Math.BitIncrement(high)
        );
    }

    /// <summary>|x|.</summary>
    public Interval Absolute() => new(Mignitude, Magnitude);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SumDown(double a, double b)
    {
        double sum = a + b;
        return Math.Abs(sum) <= double.MaxValue ? StepDown(sum, SumError(a, b, sum)) : Overflowed.Down(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SumUp(double a, double b)
    {
        double sum = a + b;
        return Math.Abs(sum) <= double.MaxValue ? StepUp(sum, SumError(a, b, sum)) : Overflowed.Up(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ProductDown(double a, double b)
    {
        double product = a * b;
        return IsPlain(product)
            ? StepDown(product, Math.FusedMultiplyAdd(a, b, -product))
            : Overflowed.ProductDown(a, b, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ProductUp(double a, double b)
    {
        double product = a * b;
        return IsPlain(product)
            ? StepUp(product, Math.FusedMultiplyAdd(a, b, -product))
            : Overflowed.ProductUp(a, b, product);
    }

    /// <summary>a / b rounded down, b > 0: the error has the sign of the remainder.</summary>
    private static double QuotientDown(double a, double b)
    {
        double quotient = a / b;
        return IsPlain(quotient) && IsPlain(a)
            ? StepDown(quotient, Math.FusedMultiplyAdd(-quotient, b, a))
            : Overflowed.QuotientDown(a, quotient);
    }

    private static double QuotientUp(double a, double b)
    {
        double quotient = a / b;
        return IsPlain(quotient) && IsPlain(a)
            ? StepUp(quotient, Math.FusedMultiplyAdd(-quotient, b, a))
            : Overflowed.QuotientUp(a, quotient);
    }

    /// <summary>Whether the error of a product of this size is itself a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(double product)
    {
        double size = Math.Abs(product);
        return size > LeastExactProduct && size <= double.MaxValue;
    }

    /// <summary>The double before a finite number that is not 0, if the error is below 0: without a branch, for no one can foretell a sign of an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double StepDown(double rounded, double error)
    {
        long bits = BitConverter.DoubleToInt64Bits(rounded);
        long step = (bits >> 63) | 1;
        return BitConverter.Int64BitsToDouble(bits - (step & (BitConverter.DoubleToInt64Bits(error) >> 63)));
    }

    /// <summary>The double after a finite number that is not 0, if the error is above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double StepUp(double rounded, double error)
    {
        long bits = BitConverter.DoubleToInt64Bits(rounded);
        long step = (bits >> 63) | 1;
        return BitConverter.Int64BitsToDouble(bits + (step & (BitConverter.DoubleToInt64Bits(0 - error) >> 63)));
    }

    /// <summary>Of the sign of sqrt(x) - root: that of x - root^2, or NaN where it may not be.</summary>
    private static double RootError(double x, double root) =>
        x > LeastExactProduct ? Math.FusedMultiplyAdd(-root, root, x)
        : root == 0 ? 0
        : double.NaN;

    /// <summary>a + b - sum, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SumError(double a, double b, double sum)
    {
        double part = sum - a;
        return (a - (sum - part)) + (b - part);
    }

    /// <summary>The rare cases, out of the way of the others: results that are infinite, or so small that their error may be lost.</summary>
    private static class Overflowed
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static double Down(double sum) => double.IsNaN(sum) ? double.NegativeInfinity : Math.BitDecrement(sum);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static double Up(double sum) => double.IsNaN(sum) ? double.PositiveInfinity : Math.BitIncrement(sum);

        // 0 times an infinite bound is 0: the members are finite. What underflows keeps its sign.
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static double ProductDown(double a, double b, double product) =>
            a == 0 || b == 0 || (product == 0 && a > 0 == b > 0) ? 0 : Math.BitDecrement(product);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static double ProductUp(double a, double b, double product) =>
            a == 0 || b == 0 || (product == 0 && a > 0 != b > 0) ? 0 : Math.BitIncrement(product);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static double QuotientDown(double a, double quotient) =>
            a == 0 || (quotient == 0 && a > 0) ? 0 : Down(quotient);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static double QuotientUp(double a, double quotient) =>
            a == 0 || (quotient == 0 && a < 0) ? 0 : Up(quotient);
    }
}
