namespace Preimage.Enclosing;

/// <summary>
/// Elementary functions of intervals. Where a function is monotone its bounds are values at the ends, from <see cref="DoubledFunctions"/>, moved outward by their error:
/// one ulp of the exact range for the most part. Members outside the domain are left out, and where no member is in the domain nothing is claimed: the answer is everything.
/// </summary>
public readonly partial record struct Interval
{
    /// <summary>exp(x).</summary>
    public Interval Exp() => new(Elementary.ExpDown(Low), Elementary.ExpUp(High));

    /// <summary>exp(x) - 1.</summary>
    public Interval Expm1() => new(Elementary.Expm1(Low).Low, Elementary.Expm1(High).High);

    /// <summary>ln(x).</summary>
    public Interval Log() =>
        High <= 0
            ? Everything
            : new(Low > 0 ? Elementary.Log(Low).Low : double.NegativeInfinity, Elementary.Log(High).High);

    /// <summary>tanh(x).</summary>
    public Interval Tanh() => new(Elementary.Tanh(Low).Low, Elementary.Tanh(High).High);

    /// <summary>1 / (1 + exp(-x)).</summary>
    public Interval Sigmoid() => new(Elementary.Sigmoid(Low).Low, Elementary.Sigmoid(High).High);

    /// <summary>ln(1 + exp(x)).</summary>
    public Interval Softplus() => new(Elementary.Softplus(Low).Low, Elementary.Softplus(High).High);

    /// <summary>erf(x) = 2/sqrt(pi) * integral of exp(-t^2) from 0 to x.</summary>
    public Interval Erf() => new(Elementary.Erf(Low).Low, Elementary.Erf(High).High);

    /// <summary>erfc(x) = 1 - erf(x), without cancellation for large x.</summary>
    public Interval Erfc() => new(Elementary.Erfc(High).Low, Elementary.Erfc(Low).High);

    /// <summary>cos(x); [-1, 1] where an end is beyond 2^30.</summary>
    public Interval Cos() => Waves.Range(this, 0);

    /// <summary>sin(x); [-1, 1] where an end is beyond 2^30.</summary>
    public Interval Sin() => Waves.Range(this, 1);

    /// <summary>x^n.</summary>
    public Interval Power(int n) => Powers.Whole(this, n);

    /// <summary>x^p; of a whole p over all x, else over x >= 0.</summary>
    public Interval Power(double p) => Powers.Range(this, p);

    /// <summary>x^p for all members of both.</summary>
    public Interval Power(Interval p) => Powers.Range(this, p);

    /// <summary>min(x, y).</summary>
    public static Interval Min(Interval x, Interval y) => new(Math.Min(x.Low, y.Low), Math.Min(x.High, y.High));

    /// <summary>max(x, y).</summary>
    public static Interval Max(Interval x, Interval y) => new(Math.Max(x.Low, y.Low), Math.Max(x.High, y.High));

    /// <summary>So many doubles below x.</summary>
    internal static double Below(double x, int steps) =>
        double.IsNegativeInfinity(x) ? x : FromOrdinal(Math.Max(Ordinal(x) - steps, Ordinal(double.NegativeInfinity)));

    /// <summary>Doubles counted from 0 upward and downward.</summary>
    private static long Ordinal(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double FromOrdinal(long n) => BitConverter.Int64BitsToDouble(n >= 0 ? n : long.MinValue - n);
}
