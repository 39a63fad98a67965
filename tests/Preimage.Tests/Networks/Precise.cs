using System.Numerics;

namespace Preimage.Tests.Networks;

/// <summary>Elementary functions in fixed point with <see cref="Bits"/> binary places: an oracle that shares nothing with floating-point code.</summary>
internal static class Precise
{
    /// <summary>Enough for erfc(27) = 1e-319 through a series whose terms reach exp(27^2).</summary>
    private const int Bits = 2400;

    public static BigInteger One { get; } = BigInteger.One << Bits;

    /// <summary>ln 2 = 2 artanh(1/3).</summary>
    private static BigInteger Ln2 { get; } = 2 * Artanh(One / 3);

    /// <summary>pi by Machin's formula.</summary>
    private static BigInteger Pi { get; } = 16 * ArctanOfInverse(5) - 4 * ArctanOfInverse(239);

    /// <summary>The exact number.</summary>
    public static BigInteger From(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        BigInteger whole = exponent == 0 ? mantissa : mantissa | (1L << 52);
        BigInteger size = whole << (Bits + Math.Max(exponent, 1) - 1075);
        return bits < 0 ? -size : size;
    }

    /// <summary>The distance of a double from the exact number, in units of the double nearest to it.</summary>
    public static double Ulps(double actual, BigInteger exact)
    {
        double size = Math.Abs(Nearest(exact));
        BigInteger unit = From(Math.BitIncrement(size)) - From(size);
        return (double)(BigInteger.Abs(From(actual) - exact) * 1000 / unit) / 1000;
    }

    public static BigInteger Exp(double x) => Exp(From(x));

    public static BigInteger Exp(BigInteger x)
    {
        int k = (int)(x / Ln2);
        BigInteger r = (x - k * Ln2) >> 16;
        BigInteger sum = One;
        BigInteger term = One;
        for (int i = 1; !term.IsZero; i++)
        {
            term = Times(term, r) / i;
            sum += term;
        }

        for (int i = 0; i < 16; i++)
        {
            sum = Times(sum, sum);
        }

        return k >= 0 ? sum << k : sum >> -k;
    }

    /// <summary>ln x by Newton's method on exp, from the double nearest.</summary>
    public static BigInteger Log(BigInteger x)
    {
        int shift = (int)x.GetBitLength() - 1 - Bits;
        BigInteger scaled = shift >= 0 ? x >> shift : x << -shift;
        BigInteger y = From(Math.Log(Nearest(scaled)));
        for (int i = 0; i < 5; i++)
        {
            BigInteger e = Exp(y);
            y += 2 * Over(scaled - e, scaled + e);
        }

        return y + shift * Ln2;
    }

    public static BigInteger Sigmoid(double x) => Over(One, One + Exp(-From(x)));

    public static BigInteger Softplus(double x) => Log(One + Exp(x));

    public static BigInteger Tanh(double x)
    {
        BigInteger e = Exp(2 * From(x));
        return Over(e - One, e + One);
    }

    /// <summary>1 - tanh(x)^2.</summary>
    public static BigInteger SechSquared(double x)
    {
        BigInteger t = Tanh(x);
        return One - Times(t, t);
    }

    /// <summary>2/sqrt(pi) sum (-1)^k x^(2k+1) / (k! (2k+1)).</summary>
    public static BigInteger Erf(double x) => Erf(From(x));

    public static BigInteger Erf(BigInteger exact)
    {
        BigInteger square = Times(exact, exact);
        BigInteger power = exact;
        BigInteger sum = exact;
        for (int k = 1; !power.IsZero; k++)
        {
            power = -Times(power, square) / k;
            sum += power / (2 * k + 1);
        }

        return Over(2 * sum, Sqrt(Pi));
    }

    public static BigInteger Times(BigInteger a, BigInteger b) => a * b >> Bits;

    public static BigInteger Over(BigInteger a, BigInteger b) => (a << Bits) / b;

    public static BigInteger Sqrt(BigInteger x)
    {
        BigInteger target = x << Bits;
        BigInteger root = BigInteger.One << (int)(target.GetBitLength() / 2 + 1);
        for (BigInteger next = root; ; root = next)
        {
            next = (root + target / root) >> 1;
            if (next >= root)
            {
                return root;
            }
        }
    }

    private static double Nearest(BigInteger x)
    {
        if (x.IsZero)
        {
            return 0;
        }

        int drop = (int)BigInteger.Abs(x).GetBitLength() - 64;
        BigInteger top = drop >= 0 ? x >> drop : x << -drop;
        return Math.ScaleB((double)top, drop - Bits);
    }

    private static BigInteger Artanh(BigInteger x)
    {
        BigInteger square = Times(x, x);
        BigInteger sum = x;
        BigInteger power = x;
        for (int k = 3; !power.IsZero; k += 2)
        {
            power = Times(power, square);
            sum += power / k;
        }

        return sum;
    }

    private static BigInteger ArctanOfInverse(int n)
    {
        BigInteger power = One / n;
        BigInteger sum = power;
        for (int k = 3; !power.IsZero; k += 2)
        {
            power = -power / (n * n);
            sum += power / k;
        }

        return sum;
    }
}
