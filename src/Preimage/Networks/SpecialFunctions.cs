namespace Preimage.Networks;

/// <summary>Functions that the base library lacks, to full double precision over all of R.</summary>
public static class SpecialFunctions
{
    private const double TwoOverSqrtPi = 1.12837916709551257390;
    private const double SqrtPi = 1.77245385090551602730;

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

    /// <summary>erf(x), from the series for |x| &lt; 2, from <see cref="Erfc"/> beyond.</summary>
    public static double Erf(double x) =>
        double.IsNaN(x) ? x
        : Math.Abs(x) < 2 ? ErfSeries(x)
        : x > 0 ? 1 - Erfc(x)
        : Erfc(-x) - 1;

    /// <summary>erfc(x) = 1 - erf(x), from the continued fraction for x >= 2.</summary>
    public static double Erfc(double x) =>
        double.IsNaN(x) ? x
        : x >= 2 ? ErfcFraction(x)
        : x <= -2 ? 2 - ErfcFraction(-x)
        : 1 - ErfSeries(x);

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

    /// <summary>exp(-x^2) / sqrt(pi) * 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), evaluated from the tail. [Abramowitz &amp; Stegun 7.1.14]</summary>
    private static double ErfcFraction(double x)
    {
        if (x > 27.5)
        {
            return 0; // below the smallest double
        }

        // 120 levels reach rounding at x = 2, where the fraction converges slowest.
        double tail = x;
        for (int k = 120; k >= 1; k--)
        {
            tail = x + 0.5 * k / tail;
        }

        return Math.Exp(-x * x) / (SqrtPi * tail);
    }
}
