using System.Numerics;

namespace Preimage.Tests.Enclosing;

/// <summary>Real numbers as whole multiples of 2^-Bits, and elementary functions of them by their series: an oracle that shares nothing with floating-point code.</summary>
internal sealed class FixedPoint
{
    /// <summary>The argument of a series is halved so often, or its distance from 0 made so small.</summary>
    private const int Halvings = 12;

    private readonly BigInteger twoOverSqrtPi;

    public FixedPoint(int bits)
    {
        Bits = bits;
        One = BigInteger.One << bits;
        Ln2 = 2 * Artanh(One / 3);
        Pi = 16 * ArctanOfInverse(5) - 4 * ArctanOfInverse(239);
        twoOverSqrtPi = Over(2 * One, Sqrt(Pi));
    }

    public int Bits { get; }

    public BigInteger One { get; }

    public BigInteger Ln2 { get; }

    public BigInteger Pi { get; }

    /// <summary>The exact number; x is not below 2^-Bits in its last place.</summary>
    public BigInteger From(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        BigInteger whole = exponent == 0 ? mantissa : mantissa | (1L << 52);
        int shift = Bits + Math.Max(exponent, 1) - 1075;
        BigInteger size = shift >= 0 ? whole << shift : whole >> -shift;
        return bits < 0 ? -size : size;
    }

    public BigInteger Times(BigInteger a, BigInteger b) => a * b >> Bits;

    public BigInteger Over(BigInteger a, BigInteger b) => (a << Bits) / b;

    /// <summary>Newton's method from above.</summary>
    public BigInteger Sqrt(BigInteger x)
    {
        BigInteger target = x << Bits;
        BigInteger root = BigInteger.One << (int)(target.GetBitLength() / 2 + 1);
        while (true)
        {
            BigInteger next = (root + target / root) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    public BigInteger Exp(BigInteger x)
    {
        int k = (int)(x / Ln2);
        BigInteger r = (x - k * Ln2) >> Halvings;
        BigInteger sum = One;
        BigInteger term = One;
        for (int i = 1; !term.IsZero && term != -1; i++)
        {
            term = Times(term, r) / i;
            sum += term;
        }

        for (int i = 0; i < Halvings; i++)
        {
            sum = Times(sum, sum);
        }

        return k >= 0 ? sum << k : sum >> -k;
    }

    /// <summary>m ln 2 + ln(z), z from 1 to 2 divided by roots of 2: 2 artanh((z - 1) / (z + 1)).</summary>
    public BigInteger Log(BigInteger x)
    {
        int m = (int)x.GetBitLength() - 1 - Bits;
        BigInteger z = m >= 0 ? x >> m : x << -m;
        BigInteger factor = 2;
        for (int i = 0; i < Halvings / 2; i++)
        {
            z = Sqrt(z);
            factor *= 2;
        }

        return m * Ln2 + factor * Artanh(Over(z - One, z + One));
    }

    /// <summary>sin(x) and cos(x) by the series of exp(i r), r = x - k pi/2.</summary>
    public (BigInteger Sin, BigInteger Cos) Wave(BigInteger x)
    {
        BigInteger quarter = Pi >> 1;
        BigInteger k = BigInteger.Divide(x, quarter);
        BigInteger r = x - k * quarter;
        BigInteger[] sums = [One, 0, 0, 0];
        BigInteger term = One;
        for (int i = 1; !term.IsZero && term != -1; i++)
        {
            term = Times(term, r) / i;
            sums[i % 4] += term;
        }

        (BigInteger sin, BigInteger cos) = (sums[1] - sums[3], sums[0] - sums[2]);
        int turn = (int)(k % 4);
        return (turn < 0 ? turn + 4 : turn) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>atan(x): that of x / (1 + sqrt(1 + x^2)) is half of it.</summary>
    public BigInteger Atan(BigInteger x)
    {
        if (BigInteger.Abs(x) > One)
        {
            return (Pi >> 1) * x.Sign - Atan(Over(One, x));
        }

        for (int i = 0; i < Halvings; i++)
        {
            x = Over(x, One + Sqrt(One + Times(x, x)));
        }

        BigInteger square = Times(x, x);
        BigInteger sum = x;
        BigInteger power = x;
        for (int k = 3; !power.IsZero && power != -1; k += 2)
        {
            power = -Times(power, square);
            sum += power / k;
        }

        return sum << Halvings;
    }

    /// <summary>2/sqrt(pi) sum (-1)^k x^(2k+1) / (k! (2k+1)); its terms reach exp(x^2).</summary>
    public BigInteger Erf(BigInteger x)
    {
        BigInteger square = Times(x, x);
        BigInteger power = x;
        BigInteger sum = x;
        for (int k = 1; !power.IsZero && power != -1; k++)
        {
            power = -Times(power, square) / k;
            sum += power / (2 * k + 1);
        }

        return Times(twoOverSqrtPi, sum);
    }

    /// <summary>2/sqrt(pi) exp(-x^2).</summary>
    public BigInteger ErfSlope(BigInteger x) => Times(twoOverSqrtPi, Exp(-Times(x, x)));

    private BigInteger Artanh(BigInteger x)
    {
        BigInteger square = Times(x, x);
        BigInteger sum = x;
        BigInteger power = x;
        for (int k = 3; !power.IsZero && power != -1; k += 2)
        {
            power = Times(power, square);
            sum += power / k;
        }

        return sum;
    }

    private BigInteger ArctanOfInverse(int n)
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
