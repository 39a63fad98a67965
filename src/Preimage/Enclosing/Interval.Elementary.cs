using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Elementary functions of intervals. Where a function is monotone its bounds are values at the ends, moved outward by the error of those values;
/// members outside the domain are left out, and where no member is in the domain nothing is claimed: the answer is everything.
/// </summary>
public readonly partial record struct Interval
{
    /// <summary>The exact pi lies between this number and the next.</summary>
    private static Interval Pi => new(Math.PI, Math.BitIncrement(Math.PI));

    /// <summary>exp(x).</summary>
    public Interval Exp() => new(Math.Max(0, Below(Math.Exp(Low), ExpUlps)), Above(Math.Exp(High), ExpUlps));

    /// <summary>exp(x) - 1.</summary>
    public Interval Expm1() =>
        new(
            Math.Max(-1, Below(SpecialFunctions.Expm1(Low), Expm1Ulps)),
            Above(SpecialFunctions.Expm1(High), Expm1Ulps)
        );

    /// <summary>ln(x).</summary>
    public Interval Log() =>
        High <= 0
            ? Everything
            : new(Low > 0 ? Below(Math.Log(Low), LogUlps) : double.NegativeInfinity, Above(Math.Log(High), LogUlps));

    /// <summary>tanh(x).</summary>
    public Interval Tanh() =>
        new(Math.Max(-1, Below(Math.Tanh(Low), TanhUlps)), Math.Min(1, Above(Math.Tanh(High), TanhUlps)));

    /// <summary>1 / (1 + exp(-x)).</summary>
    public Interval Sigmoid() =>
        new(
            Math.Max(0, Below(SpecialFunctions.Sigmoid(Low), SigmoidUlps)),
            Math.Min(1, Above(SpecialFunctions.Sigmoid(High), SigmoidUlps))
        );

    /// <summary>ln(1 + exp(x)).</summary>
    public Interval Softplus() =>
        new(
            Math.Max(Math.Max(0, Low), Below(SpecialFunctions.Softplus(Low), SoftplusUlps)),
            Above(SpecialFunctions.Softplus(High), SoftplusUlps)
        );

    /// <summary>erf(x).</summary>
    public Interval Erf() =>
        new(
            Math.Max(-1, Below(SpecialFunctions.Erf(Low), ErfUlps)),
            Math.Min(1, Above(SpecialFunctions.Erf(High), ErfUlps))
        );

    /// <summary>erfc(x) = 1 - erf(x).</summary>
    public Interval Erfc() =>
        new(
            Math.Max(0, Below(SpecialFunctions.Erfc(High), ErfUlps)),
            Math.Min(2, Above(SpecialFunctions.Erfc(Low), ErfUlps))
        );

    /// <summary>cos(x).</summary>
    public Interval Cos() => Wave(Math.Cos, Of(Low) / Pi, Of(High) / Pi);

    /// <summary>sin(x).</summary>
    public Interval Sin() => Wave(Math.Sin, Of(Low) / Pi - 0.5, Of(High) / Pi - 0.5);

    /// <summary>x^n.</summary>
    public Interval Power(int n) => IntegerPower(n);

    /// <summary>x^p; of a whole p over all x, else over x >= 0.</summary>
    public Interval Power(double p) => Power(Of(p));

    /// <summary>x^p for all members of both.</summary>
    public Interval Power(Interval p)
    {
        bool isOne = p.Low == p.High && double.IsFinite(p.Low);
        if (isOne && Math.Floor(p.Low) == p.Low)
        {
            return IntegerPower(p.Low);
        }

        // A negative x has powers at the whole numbers inside p, of both signs.
        if (High < 0 || (Low < 0 && !isOne))
        {
            return Everything;
        }

        double least = Math.Max(Low, 0);
        return Between(PowerDown(least, p.Low), PowerUp(least, p.Low))
            .Hull(Between(PowerDown(least, p.High), PowerUp(least, p.High)))
            .Hull(Between(PowerDown(High, p.Low), PowerUp(High, p.Low)))
            .Hull(Between(PowerDown(High, p.High), PowerUp(High, p.High)));
    }

    /// <summary>min(x, y).</summary>
    public static Interval Min(Interval x, Interval y) => new(Math.Min(x.Low, y.Low), Math.Min(x.High, y.High));

    /// <summary>max(x, y).</summary>
    public static Interval Max(Interval x, Interval y) => new(Math.Max(x.Low, y.Low), Math.Max(x.High, y.High));

    /// <summary>x^n with a whole n.</summary>
    private Interval IntegerPower(double n)
    {
        if (n == 0)
        {
            return Of(1);
        }

        bool isEven = Math.IEEERemainder(n, 2) == 0;
        if (n > 0)
        {
            return isEven
                ? new Interval(PowerDown(Mignitude, n), PowerUp(Magnitude, n))
                : new Interval(OddPower(Low, n).Low, OddPower(High, n).High);
        }

        if (isEven)
        {
            return Magnitude == 0 ? Everything : new Interval(PowerDown(Magnitude, n), PowerUp(Mignitude, n));
        }

        return (Low < 0 && High > 0) || Magnitude == 0 ? Everything
            : Low >= 0 ? new Interval(PowerDown(High, n), PowerUp(Low, n))
            : new Interval(-PowerUp(-High, n), -PowerDown(-Low, n));
    }

    private static Interval OddPower(double x, double n) =>
        x >= 0 ? new(PowerDown(x, n), PowerUp(x, n)) : new(-PowerUp(-x, n), -PowerDown(-x, n));

    /// <summary>x^p rounded down, x >= 0.</summary>
    private static double PowerDown(double x, double p) =>
        p == 1 ? x
        : p == 2 ? ProductDown(x, x)
        : x is 0 or 1 ? Math.Pow(x, p)
        : Math.Max(0, Below(Math.Pow(x, p), PowerUlps));

    /// <summary>x^p rounded up, x >= 0.</summary>
    private static double PowerUp(double x, double p) =>
        p == 1 ? x
        : p == 2 ? ProductUp(x, x)
        : x is 0 or 1 ? Math.Pow(x, p)
        : Above(Math.Pow(x, p), PowerUlps);

    /// <summary>A cosine between two phases in half turns: its extremes lie at the whole numbers.</summary>
    private Interval Wave(Func<double, double> function, Interval low, Interval high)
    {
        double first = Math.Ceiling(low.Low);
        double last = Math.Floor(high.High);
        if (!(last - first < 1))
        {
            return new Interval(-1, 1);
        }

        Interval ends = Between(function(Low), function(High)).Widen(WaveUlps);
        ends = new Interval(Math.Max(-1, ends.Low), Math.Min(1, ends.High));
        return first > last ? ends : ends.Hull(Of(Math.IEEERemainder(first, 2) == 0 ? 1 : -1));
    }

    // Errors in ulp of the values that the bounds start from, doubled and rounded up.
    private const int ExpUlps = 2;
    private const int Expm1Ulps = 6;
    private const int LogUlps = 2;
    private const int TanhUlps = 4;
    private const int SigmoidUlps = 6;
    private const int SoftplusUlps = 6;
    private const int ErfUlps = 8;
    private const int WaveUlps = 2;
    private const int PowerUlps = 4;

    /// <summary>So many doubles below x.</summary>
    private static double Below(double x, int ulps) =>
        double.IsNegativeInfinity(x) ? x : FromOrdinal(Math.Max(Ordinal(x) - ulps, Ordinal(double.NegativeInfinity)));

    /// <summary>So many doubles above x.</summary>
    private static double Above(double x, int ulps) => -Below(-x, ulps);

    /// <summary>Doubles counted from 0 upward and downward.</summary>
    private static long Ordinal(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double FromOrdinal(long n) => BitConverter.Int64BitsToDouble(n >= 0 ? n : long.MinValue - n);
}
