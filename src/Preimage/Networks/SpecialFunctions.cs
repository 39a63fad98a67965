namespace Preimage.Networks;

/// <summary>Functions that the base library lacks, to full double precision over all of R.</summary>
public static class SpecialFunctions
{
    private const double TwoOverSqrtPi = 1.12837916709551257390;
    private const double SeriesEnd = 0.5;

    /// <summary>Coefficients of (1 + 2x) exp(x^2) erfc(x) in q = (x - 4) / (x + 4), the highest power first: interpolation in the Chebyshev nodes, to 1e-16 for x >= 0.</summary>
    internal static ReadOnlySpan<double> ScaledErfc =>
        [
            -2.764120233734578e-10,
            9.297625263709659e-10,
            3.2323973445082033e-09,
            -1.2338731403798444e-08,
            -2.0725802488181963e-08,
            1.0631817593818149e-07,
            7.771943241086912e-08,
            -8.210647933297337e-07,
            2.9173425573089733e-07,
            5.70657829924074e-06,
            -1.1221135665965907e-05,
            -2.4397731143023292e-05,
            0.00015062142608651945,
            -0.0001992571524726518,
            -0.0007577732435942576,
            0.005031970069102256,
            -0.01619773406293477,
            0.037167515526338006,
            -0.06633036581186058,
            0.09373283499911264,
            -0.10103906603631811,
            0.06809705425466839,
            0.015379652102619974,
            -0.13962111684056228,
            1.2329951186255526,
        ];

    /// <summary>1 / (1 + exp(-x)), without overflow and without cancellation for large negative x.</summary>
    public static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>ln(1 + exp(x)) = max(0, x) + ln(1 + exp(-|x|)).</summary>
    public static double Softplus(double x) => Math.Max(0, x) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>1 - tanh(x)^2 = 4 e / (1 + e)^2 with e = exp(-2|x|), which does not cancel.</summary>
    public static double SechSquared(double x)
    {
        double e = Math.Exp(-2 * Math.Abs(x));
        return 4 * e / ((1 + e) * (1 + e));
    }

    /// <summary>exp(x) - 1 [Kahan: (u - 1) x / ln u with u = exp(x)].</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) > 1)
        {
            return Math.Exp(x) - 1;
        }

        double u = Math.Exp(x);
        return u == 1 ? x : (u - 1) * x / Math.Log(u);
    }

    /// <summary>ln(1 + x) [Kahan: ln(u) x / (u - 1) with u = 1 + x].</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x
            : double.IsPositiveInfinity(u) ? u
            : Math.Log(u) * x / (u - 1);
    }

    /// <summary>erf(x), from the series for |x| &lt; 1/2, from <see cref="Erfc"/> beyond.</summary>
    public static double Erf(double x) =>
        double.IsNaN(x) ? x
        : Math.Abs(x) < SeriesEnd ? ErfSeries(x)
        : x > 0 ? 1 - Erfc(x)
        : Erfc(-x) - 1;

    /// <summary>erfc(x) = 1 - erf(x), without cancellation for large x.</summary>
    public static double Erfc(double x) =>
        double.IsNaN(x) ? x
        : x >= SeriesEnd ? ErfcOfLarge(x)
        : x <= -SeriesEnd ? 2 - ErfcOfLarge(-x)
        : 1 - ErfSeries(x);

    /// <summary>exp(-factor x^2), x^2 in two parts so that its rounding is not magnified; factor: a power of two.</summary>
    internal static double Bell(double x, double factor)
    {
        double size = Math.Min(Math.Abs(x), 100); // where it is 0
        double high = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(size) & ~0x7FFFFFFL); // its square is exact
        double rest = (size - high) * (size + high);
        return Math.Exp(-factor * high * high) * Math.Exp(-factor * rest);
    }

    /// <summary>2/sqrt(pi) exp(-x^2) sum 2^k x^(2k+1) / (2k+1)!!: all terms of one sign. [Abramowitz &amp; Stegun 7.1.6]</summary>
    private static double ErfSeries(double x)
    {
        double square = x * x;
        double term = x;
        double sum = x;
        for (int k = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); k++)
        {
            term *= 2 * square / (2 * k + 1);
            sum += term;
        }

        return TwoOverSqrtPi * Math.Exp(-square) * sum;
    }

    /// <summary>exp(-x^2) / (1 + 2x) times a polynomial in q = (x - 4) / (x + 4) [Schonfelder1978].</summary>
    private static double ErfcOfLarge(double x)
    {
        if (x > 27.5)
        {
            return 0; // below the smallest double
        }

        double q = (x - 4) / (x + 4);
        double sum = 0;
        foreach (double coefficient in ScaledErfc)
        {
            sum = sum * q + coefficient;
        }

        return Bell(x, 1) * (sum / (1 + 2 * x));
    }
}
