using System.Runtime.CompilerServices;
using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Elementary functions in two doubles, from IEEE arithmetic alone: the errors below are those of the formulas and hold on every platform, whatever its C library does.
/// A leading term is kept in two doubles, and a series in one double gives the rest, whose rounding is smaller by as much as the rest is.
/// </summary>
internal static partial class DoubledFunctions
{
    /// <summary>Relative error of exp: exp(r) - 1 - r is below 2^-13, its rounding and the end of its series below 2^-64.</summary>
    public const double ExpError = 1.0 / (1L << 61);

    /// <summary>Relative error of <see cref="Expm1"/>: that of exp, magnified by at most 16 where 1 is taken away.</summary>
    public const double Expm1Error = 1.0 / (1L << 56);

    /// <summary>Relative error of logarithms: all but the leading term of the series is below 2^-6, rounded a few times.</summary>
    public const double LogError = 1.0 / (1L << 56);

    /// <summary>Relative error of sines and cosines of reduced arguments: all but the leading term of the sine is below 2^-3.</summary>
    public const double WaveError = 1.0 / (1L << 54);

    /// <summary>Absolute error of the same, from the reduction.</summary>
    public const double ReductionError = 1.0 / (1L << 44) / (1L << 44);

    /// <summary>Relative error of <see cref="Erf"/>: all but the leading term is below 2^-3.</summary>
    public const double ErfError = 1.0 / (1L << 54);

    /// <summary>Relative error of <see cref="Erfc"/>: that of its polynomial, measured 1.7 units of 2^-53, and little else.</summary>
    public const double ErfcError = 1.0 / (1L << 52);

    /// <summary>The largest argument of a bell: nothing underflows.</summary>
    public const double LargestBell = 24;

    /// <summary>The largest argument that <see cref="Reduce"/> takes.</summary>
    public const double LargestReduced = 1 << 30;

    /// <summary>2 / sqrt(pi).</summary>
    private static readonly Doubled TwoOverSqrtPi = new(1.1283791670955126, 1.533545961316588e-17);

    /// <summary>exp(x) / 2^scale for |x| &lt;= 750, from 0.99 to 2.  [Tang1989]</summary>
    public static Doubled Exp(double x, out int scale)
    {
        const double inverse = 46.16624130844683; // 32 / ln 2
        const double large = 0.021660849392446834; // 36 bits of ln(2) / 32: times a whole number it is exact
        const double small = 5.145609244655338e-14;
        double k = Math.Round(x * inverse);
        int n = (int)k;
        scale = n >> 5;
        double left = Math.FusedMultiplyAdd(-k, large, x);
        Doubled r = Doubled.Sum(left, -k * small);
        double h = r.High;
        double rest = Math.FusedMultiplyAdd(1.0 / 5040, h, 1.0 / 720);
        rest = Math.FusedMultiplyAdd(rest, h, 1.0 / 120);
        rest = Math.FusedMultiplyAdd(rest, h, 1.0 / 24);
        rest = Math.FusedMultiplyAdd(rest, h, 1.0 / 6);
        rest = Math.FusedMultiplyAdd(rest, h, 0.5);
        rest = Math.FusedMultiplyAdd(rest * h, h, r.Low);
        int row = n & 31;
        double power = Powers[row];
        Doubled product = Doubled.Product(power, h);
        Doubled sum = Doubled.Ordered(power, product.High);
        double low = PowersRest[row];
        return Doubled.Ordered(sum.High, sum.Low + (product.Low + Math.FusedMultiplyAdd(power, rest, low + low * h)));
    }

    /// <summary>exp(x) for |x| &lt;= 700, where nothing underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled Exp(double x)
    {
        Doubled exp = Exp(x, out int scale);
        double power = PowerOfTwo(scale);
        return new(exp.High * power, exp.Low * power);
    }

    /// <summary>exp(x) - 1 for 1e-150 &lt;= |x| &lt;= 700.</summary>
    public static Doubled Expm1(double x)
    {
        if (Math.Abs(x) > 1.0 / 16)
        {
            return Exp(x) + -1;
        }

        Doubled half = Doubled.Product(x, 0.5 * x);
        double rest = half.High * 2 * x * Polynomial(ExponentialSeries, x) + half.Low;
        return Doubled.Ordered(x, half.High) + rest;
    }

    /// <summary>ln(1 + f) for -0.293 &lt;= f &lt;= 0.415: 2 artanh(s), s = f / (2 + f).</summary>
    public static Doubled Log1p(Doubled f)
    {
        Doubled s = f / (f + 2);
        double w = s.High * s.High;
        double rest = s.High * w * Polynomial(ArtanhSeries, w);
        return Doubled.Ordered(2 * s.High, 2 * (s.Low + rest));
    }

    /// <summary>ln(x) for positive finite x: m ln 2 + ln(z), z from 0.707 to 1.414.</summary>
    public static Doubled Log(double x)
    {
        int scale = 0;
        if (x < 2.3e-308)
        {
            x *= 1L << 54;
            scale = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        long m = ((bits - 0x3FE6A09E667F3BCD) >> 52); // the exponent, counted from the root of 1/2
        double z = BitConverter.Int64BitsToDouble(bits - (m << 52));
        scale += (int)m;
        Doubled log = Log1p(new Doubled(z - 1, 0));
        return scale == 0 ? log : MultipleOfLn2(scale) + log;
    }

    /// <summary>ln(1 + e), 0 &lt;= e &lt;= 1.</summary>
    public static Doubled Log1pOfUnit(Doubled e) =>
        e.High <= 0.414 ? Log1p(e) : MultipleOfLn2(1) + Log1p((e + -1) * 0.5);

    /// <summary>x = quarter pi/2 + r, |r| &lt;= pi/4 but for rounding, for |x| &lt;= <see cref="LargestReduced"/>; r errs by less than 2^-90.</summary>
    public static Doubled Reduce(double x, out long quarter)
    {
        const double first = 1.5707963267341256; // pi / 2, 33 bits each in the first two
        const double second = 6.077100506303966e-11;
        const double third = 2.0222662487959506e-21;
        double k = Math.Round(x * 0.6366197723675814);
        quarter = (long)k;
        if (quarter == 0)
        {
            return new(x, 0);
        }

        Doubled whole = Doubled.Product(-k, first);
        Doubled rest = Doubled.Sum(whole.High, x) + whole.Low;
        return rest + Doubled.Product(-k, second) + -k * third;
    }

    /// <summary>sin(r), |r| &lt;= 0.79.</summary>
    public static Doubled Sin(Doubled r)
    {
        double w = r.High * r.High;
        double rest = r.High * w * Polynomial(SineSeries, w);
        return Doubled.Ordered(r.High, Math.FusedMultiplyAdd(r.Low, 1 - 0.5 * w, rest));
    }

    /// <summary>cos(r), |r| &lt;= 0.79.</summary>
    public static Doubled Cos(Doubled r)
    {
        Doubled w = Doubled.Product(r.High, r.High);
        double rest = w.High * w.High * Polynomial(CosineSeries, w.High);
        Doubled sum = Doubled.Ordered(1, -0.5 * w.High);
        return Doubled.Ordered(sum.High, sum.Low + (rest - 0.5 * w.Low - r.High * r.Low));
    }

    /// <summary>erf(x), 1e-150 &lt;= |x| &lt;= 1/2.  [AbramowitzStegun1964, 7.1.5]</summary>
    public static Doubled Erf(double x)
    {
        double w = x * x;
        Doubled sum = Doubled.Ordered(1, w * Polynomial(ErrorFunctionSeries, w));
        return sum * (TwoOverSqrtPi * x);
    }

    /// <summary>
    /// erfc(x) = exp(-x^2) / (1 + 2x) times a polynomial in (x - 4) / (x + 4), 1/2 &lt;= x &lt;= <see cref="LargestBell"/>; relative error
    /// <see cref="ErfcError"/>.  [Schonfelder1978]
    /// </summary>
    public static Doubled Erfc(double x)
    {
        double q = (x - 4) / (x + 4);
        double sum = 0;
        foreach (double coefficient in SpecialFunctions.ScaledErfc)
        {
            sum = sum * q + coefficient;
        }

        return Bell(x, 1) * (new Doubled(sum, 0) / (Doubled.Sum(1, 2 * x)));
    }

    /// <summary>exp(-factor x^2), factor a power of two, x^2 &lt;= 600: x^2 in two parts h + l, and exp(-l) = 1 - l up to l^2 &lt; 2^-88.</summary>
    public static Doubled Bell(double x, double factor)
    {
        Doubled square = Doubled.Product(x, x);
        return Exp(-factor * square.High) * Doubled.Ordered(1, -factor * square.Low);
    }

    /// <summary>2/sqrt(pi) exp(-x^2).</summary>
    public static Doubled ErfSlope(double x) => Bell(x, 1) * TwoOverSqrtPi;

    /// <summary>2^n for a normal result.</summary>
    public static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);

    /// <summary>Coefficients, the highest power first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[i]);
        }

        return sum;
    }

    /// <summary>m ln 2 in two parts, the first exact.</summary>
    private static Doubled MultipleOfLn2(int m) => Doubled.Ordered(m * 0.6931471805598903, m * 5.497923018708371e-14);
}
