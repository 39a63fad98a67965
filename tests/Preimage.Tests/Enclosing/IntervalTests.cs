using System.Numerics;
using CsCheck;
using Preimage.Enclosing;

namespace Preimage.Tests.Enclosing;

/// <summary>Interval arithmetic against exact arithmetic: a double is a whole number times a power of two, so sums, products and comparisons of quotients are exact.</summary>
public class IntervalTests
{
    private const long Samples = 20_000;

    /// <summary>Below it a bound may be a double further out.</summary>
    private const double LeastExactProduct = 1e-290;

    private static readonly double[] Extremes =
    [
        0.0,
        -0.0,
        double.Epsilon,
        -double.Epsilon,
        double.MaxValue,
        double.MinValue,
        double.PositiveInfinity,
        double.NegativeInfinity,
    ];

    /// <summary>Every double but NaN: all sizes, infinities, zeros of both signs, subnormal numbers.</summary>
    private static readonly Gen<double> Numbers = Gen.OneOf(
        Gen.Double[-4, 4],
        Gen.Select(Gen.Double[1, 2], Gen.Int[-1074, 1023], Gen.Bool)
            .Select((m, e, negative) => Math.ScaleB(negative ? -m : m, e)),
        Gen.Int[-3, 3].Select(i => (double)i),
        Gen.Int[0, Extremes.Length - 1].Select(i => Extremes[i])
    );

    private static readonly Gen<Interval> Intervals = Gen.Select(Numbers, Numbers)
        .Where((a, b) => !(double.IsInfinity(a) && a == b))
        .Select(Interval.Between);

    /// <summary>An interval and a finite member.</summary>
    private static readonly Gen<(Interval X, double Member)> Members = Gen.Select(Intervals, Gen.Double[0, 1], Numbers)
        .Select((x, t, any) => (x, Member(x, t, any)));

    private delegate Interval Binary(Interval x, Interval y);

    /// <summary>Compares r with a op b exactly: the sign of r - a op b.</summary>
    private delegate int Comparison(double r, double a, double b);

    [Fact]
    public void Sum_IsTheTightest() =>
        AssertEncloses((x, y) => x + y, (r, a, b) => Exact(r).CompareTo(Exact(a) + Exact(b)));

    [Fact]
    public void Difference_IsTheTightest() =>
        AssertEncloses((x, y) => x - y, (r, a, b) => Exact(r).CompareTo(Exact(a) - Exact(b)));

    [Fact]
    public void Product_IsTheTightest() =>
        AssertEncloses((x, y) => x * y, (r, a, b) => (Exact(r) * Unit).CompareTo(Exact(a) * Exact(b)));

    [Fact]
    public void ProductWithANumber_IsThatWithItsInterval() =>
        Gen.Select(Intervals, Numbers)
            .Sample((x, y) => double.IsInfinity(y) || x * y == x * Interval.Of(y), iter: Samples);

    [Fact]
    public void Quotient_IsTheTightest() =>
        AssertEncloses(
            (x, y) => x / y,
            (r, a, b) => (Exact(r) * Exact(b)).CompareTo(Exact(a) * Unit) * Math.Sign(b),
            (_, b) => !b.Contains(0)
        );

    [Fact]
    public void Quotient_ThroughZero_IsEverything() =>
        Gen.Select(Intervals, Intervals)
            .Sample((x, y) => !y.Contains(0) || x / y == Interval.Everything, iter: Samples);

    [Fact]
    public void Square_IsTheTightest() =>
        Members.Sample(
            s =>
            {
                Interval square = s.X.Square();
                BigInteger exact = Exact(s.Member) * Exact(s.Member);
                return square.Low >= 0
                    && Sign(square.Low, exact) <= 0
                    && Sign(square.High, exact) >= 0
                    && (
                        !double.IsFinite(s.X.Magnitude)
                        || IsNext(square.High, Exact(s.X.Magnitude) * Exact(s.X.Magnitude))
                    )
                    && IsNext(square.Low, Exact(s.X.Mignitude) * Exact(s.X.Mignitude));
            },
            iter: Samples
        );

    [Fact]
    public void SquareRoot_IsTheTightest() =>
        Members.Sample(
            s =>
            {
                Interval root = s.X.SquareRoot();
                if (s.X.High < 0)
                {
                    return root == Interval.Everything;
                }

                double member = Math.Max(0, s.Member);
                return Sign(root.Low, Exact(member) * Unit, squared: true) <= 0
                    && Sign(root.High, Exact(member) * Unit, squared: true) >= 0
                    && root.High <= Math.BitIncrement(Math.Sqrt(s.X.High))
                    && root.Low >= Math.BitDecrement(Math.Sqrt(Math.Max(0, s.X.Low)));
            },
            iter: Samples
        );

    [Fact]
    public void Middle_Width_Radius_TellTheSize() =>
        Intervals.Sample(
            x =>
            {
                double middle = x.Middle;
                bool isFinite = double.IsFinite(x.Low) && double.IsFinite(x.High);
                return double.IsFinite(middle)
                    && x.Contains(middle)
                    && (!isFinite || Sign(x.Width, (Exact(x.High) - Exact(x.Low)) * Unit) >= 0)
                    && (!isFinite || Sign(x.Radius, (Exact(x.High) - Exact(middle)) * Unit) >= 0)
                    && (!isFinite || Sign(x.Radius, (Exact(middle) - Exact(x.Low)) * Unit) >= 0)
                    && (isFinite || (double.IsPositiveInfinity(x.Width) && double.IsPositiveInfinity(x.Radius)));
            },
            iter: Samples
        );

    [Fact]
    public void Sets_AreThoseOfTheirMembers() =>
        Gen.Select(Members, Intervals)
            .Sample(
                (s, y) =>
                    s.X.Hull(y).Contains(s.X)
                    && s.X.Hull(y).Contains(y)
                    && (!y.Contains(s.Member) || (s.X.Meets(y) && s.X.Cut(y).Contains(s.Member)))
                    && (s.X.Meets(y) || s.X.Cut(y) == s.X)
                    && s.X.Absolute().Contains(Math.Abs(s.Member))
                    && Interval.Max(s.X, y).Contains(Math.Max(s.Member, y.Middle))
                    && Interval.Min(s.X, y).Contains(Math.Min(s.Member, y.Middle)),
                iter: Samples
            );

    [Fact]
    public void NotANumber_IsEverything()
    {
        Assert.Equal(Interval.Everything, Interval.Of(double.NaN));
        Assert.Equal(Interval.Everything, Interval.Between(1, double.NaN));
        Assert.Equal(Interval.Everything, Interval.Of(1) * double.NaN);
        Assert.Equal(Interval.Everything, Interval.Of(1) + double.NaN);
        Assert.Equal(Interval.Everything, Interval.Of(1).Power(double.NaN));
    }

    [Fact]
    public void ExactResults_StayExact()
    {
        Assert.Equal(Interval.Of(0.75), Interval.Of(0.5) + 0.25);
        Assert.Equal(new Interval(-2, 6), new Interval(-1, 3) * 2);
        Assert.Equal(new Interval(0.25, 0.5), Interval.Of(1) / new Interval(2, 4));
        Assert.Equal(Interval.Of(3), Interval.Of(9).SquareRoot());
        Assert.Equal(Interval.Of(1), Interval.Zero.Exp());
        Assert.Equal(Interval.Zero, Interval.Of(1).Log());
        Assert.Equal(Interval.Of(-8), Interval.Of(-2).Power(3));
    }

    /// <summary>Members' results lie inside, and each bound is next to the exact result of some ends.</summary>
    private static void AssertEncloses(
        Binary operation,
        Comparison compare,
        Func<Interval, Interval, bool>? where = null
    ) =>
        Gen.Select(Members, Members)
            .Sample(
                (s, t) =>
                {
                    if (where?.Invoke(s.X, t.X) == false)
                    {
                        return true;
                    }

                    Interval range = operation(s.X, t.X);
                    bool isSound =
                        !double.IsNaN(range.Low)
                        && range.Low <= range.High
                        && (double.IsInfinity(range.Low) || compare(range.Low, s.Member, t.Member) <= 0)
                        && (double.IsInfinity(range.High) || compare(range.High, s.Member, t.Member) >= 0);
                    double[] ends = [s.X.Low, s.X.High, t.X.Low, t.X.High];
                    return isSound && (!ends.All(double.IsFinite) || IsTight(range, s.X, t.X, compare));
                },
                iter: Samples
            );

    private static bool IsTight(Interval range, Interval x, Interval y, Comparison compare)
    {
        (double, double)[] ends = [(x.Low, y.Low), (x.Low, y.High), (x.High, y.Low), (x.High, y.High)];
        double above = Inward(range.Low, [x.Low, x.High, y.Low, y.High]);
        double below = -Inward(-range.High, [x.Low, x.High, y.Low, y.High]);
        return (!double.IsFinite(above) || ends.Any(e => compare(above, e.Item1, e.Item2) >= 0))
            && (!double.IsFinite(below) || ends.Any(e => compare(below, e.Item1, e.Item2) <= 0));
    }

    /// <summary>The next double above a bound; the second next where the error of a product may be lost.</summary>
    private static double Inward(double bound, double[] ends)
    {
        bool isTiny = ends.Append(bound).Any(x => Math.Abs(x) <= LeastExactProduct);
        return isTiny ? Math.BitIncrement(Math.BitIncrement(bound)) : Math.BitIncrement(bound);
    }

    /// <summary>The sign of a bound, or of its square, less an exact product.</summary>
    private static int Sign(double bound, BigInteger exact, bool squared = false) =>
        double.IsInfinity(bound) ? Math.Sign(bound)
        : squared ? (Exact(bound) * Exact(bound)).CompareTo(exact)
        : (Exact(bound) * Unit).CompareTo(exact);

    /// <summary>Whether an exact product lies no further from a bound than the doubles beside it.</summary>
    private static bool IsNext(double bound, BigInteger exact) =>
        Sign(Inward(bound, []), exact) >= 0 && Sign(-Inward(-bound, []), exact) <= 0;

    private static BigInteger Unit { get; } = BigInteger.One << 1074;

    /// <summary>x in units of 2^-1074.</summary>
    private static BigInteger Exact(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xFFFFFFFFFFFFF;
        BigInteger size = exponent == 0 ? mantissa : (BigInteger)(mantissa | (1L << 52)) << (exponent - 1);
        return bits < 0 ? -size : size;
    }

    private static double Member(Interval x, double t, double any)
    {
        double low = Math.Max(x.Low, double.MinValue);
        double high = Math.Min(x.High, double.MaxValue);
        double blend = low * (1 - t) + high * t;
        return Math.Min(Math.Max(double.IsFinite(any) && x.Contains(any) ? any : blend, low), high);
    }
}
