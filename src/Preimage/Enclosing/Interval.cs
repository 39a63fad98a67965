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
                : Math.Clamp(middle, Math.Max(Low, double.MinValue), Math.Min(High, double.MaxValue));
        }
    }

    /// <summary>High - Low, rounded up.</summary>
    public double Width => Up(High - Low, SumError(High, -Low, High - Low));

    /// <summary>The largest distance of a member from <see cref="Middle"/>, rounded up.</summary>
    public double Radius => Math.Max((Of(High) - Of(Middle)).High, (Of(Middle) - Of(Low)).High);

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

    /// <summary>x y.</summary>
    public static Interval operator *(Interval x, Interval y) =>
        new(
            Math.Min(
                Math.Min(ProductDown(x.Low, y.Low), ProductDown(x.Low, y.High)),
                Math.Min(ProductDown(x.High, y.Low), ProductDown(x.High, y.High))
            ),
            Math.Max(
                Math.Max(ProductUp(x.Low, y.Low), ProductUp(x.Low, y.High)),
                Math.Max(ProductUp(x.High, y.Low), ProductUp(x.High, y.High))
            )
        );

    /// <summary>x y with a number y.</summary>
    public static Interval operator *(Interval x, double y) =>
        y >= 0 ? new(ProductDown(x.Low, y), ProductUp(x.High, y)) : new(ProductDown(x.High, y), ProductUp(x.Low, y));

    /// <summary>x / y; everything where y contains 0.</summary>
    public static Interval operator /(Interval x, Interval y) =>
        y.Contains(0)
            ? Everything
            : new(
                Math.Min(
                    Math.Min(QuotientDown(x.Low, y.Low), QuotientDown(x.Low, y.High)),
                    Math.Min(QuotientDown(x.High, y.Low), QuotientDown(x.High, y.High))
                ),
                Math.Max(
                    Math.Max(QuotientUp(x.Low, y.Low), QuotientUp(x.Low, y.High)),
                    Math.Max(QuotientUp(x.High, y.Low), QuotientUp(x.High, y.High))
                )
            );

    /// <summary>A number is the interval of itself.</summary>
    public static implicit operator Interval(double x) => Of(x);

    /// <summary>x^2.</summary>
    public Interval Square()
    {
        double least = Mignitude;
        double most = Magnitude;
        return new Interval(ProductDown(least, least), ProductUp(most, most));
    }

    /// <summary>sqrt(x) of the members that have one.</summary>
    public Interval SquareRoot()
    {
        // Rounded to nearest by IEEE: one ulp outward encloses.
        double low = Low > 0 ? Math.BitDecrement(Math.Sqrt(Low)) : 0;
        double high = High > 0 ? Math.BitIncrement(Math.Sqrt(High)) : 0;
        return new Interval(low, Math.Max(low, high));
    }

    /// <summary>|x|.</summary>
    public Interval Absolute() => new(Mignitude, Magnitude);

    private static double SumDown(double a, double b)
    {
        double sum = a + b;
        return double.IsNaN(sum) ? double.NegativeInfinity : Down(sum, SumError(a, b, sum));
    }

    private static double SumUp(double a, double b)
    {
        double sum = a + b;
        return double.IsNaN(sum) ? double.PositiveInfinity : Up(sum, SumError(a, b, sum));
    }

    private static double ProductDown(double a, double b)
    {
        double product = a * b;
        // 0 times an infinite bound: the members are finite.
        return double.IsNaN(product) ? 0 : Down(product, ProductError(a, b, product));
    }

    private static double ProductUp(double a, double b)
    {
        double product = a * b;
        return double.IsNaN(product) ? 0 : Up(product, ProductError(a, b, product));
    }

    private static double QuotientDown(double a, double b)
    {
        double quotient = a / b;
        return double.IsNaN(quotient) ? double.NegativeInfinity : Math.BitDecrement(quotient);
    }

    private static double QuotientUp(double a, double b)
    {
        double quotient = a / b;
        return double.IsNaN(quotient) ? double.PositiveInfinity : Math.BitIncrement(quotient);
    }

    // Negated comparisons: an error that is NaN, after an overflow, counts as lost.
    private static double Down(double rounded, double error) => error >= 0 ? rounded : Math.BitDecrement(rounded);

    private static double Up(double rounded, double error) => error <= 0 ? rounded : Math.BitIncrement(rounded);

    /// <summary>a + b - sum, exactly.</summary>
    private static double SumError(double a, double b, double sum)
    {
        double part = sum - a;
        return (a - (sum - part)) + (b - part);
    }

    /// <summary>a b - product, exactly, or NaN where it may not be.</summary>
    private static double ProductError(double a, double b, double product) =>
        Math.Abs(product) > LeastExactProduct ? Math.FusedMultiplyAdd(a, b, -product)
        : a == 0 || b == 0 ? 0
        : double.NaN;
}
