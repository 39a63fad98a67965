using System.Runtime.CompilerServices;

namespace Preimage.Enclosing;

/// <summary>
/// High + Low, a number in two doubles with High the one nearest to it: 106 bits from IEEE arithmetic alone, so the same on every platform.  [Dekker1971]
/// Each operation errs by less than 2^-100 of its terms while they stay above 1e-290.
/// </summary>
internal readonly record struct Doubled(double High, double Low)
{
    /// <summary>Below it what a product lacks may itself be lost.</summary>
    private const double Least = 1e-290;

    /// <summary>Doubles that a number below <see cref="Least"/> is moved by: no more than a few units of the smallest are lost.</summary>
    private const int LeastSteps = 8;

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled Sum(double a, double b)
    {
        double sum = a + b;
        double part = sum - a;
        return new(sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>a + b where |a| >= |b|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled Ordered(double a, double b)
    {
        double sum = a + b;
        return new(sum, b - (sum - a));
    }

    /// <summary>a b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled Product(double a, double b)
    {
        double product = a * b;
        return new(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    /// <summary>-x.</summary>
    public static Doubled operator -(Doubled x) => new(-x.High, -x.Low);

    /// <summary>x + y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled operator +(Doubled x, Doubled y)
    {
        Doubled sum = Sum(x.High, y.High);
        return Ordered(sum.High, sum.Low + (x.Low + y.Low));
    }

    /// <summary>x + y with a number y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled operator +(Doubled x, double y)
    {
        Doubled sum = Sum(x.High, y);
        return Ordered(sum.High, sum.Low + x.Low);
    }

    /// <summary>x y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled operator *(Doubled x, Doubled y)
    {
        Doubled product = Product(x.High, y.High);
        return Ordered(product.High, product.Low + (x.High * y.Low + x.Low * y.High));
    }

    /// <summary>x y with a number y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled operator *(Doubled x, double y)
    {
        Doubled product = Product(x.High, y);
        return Ordered(product.High, product.Low + x.Low * y);
    }

    /// <summary>x / y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Doubled operator /(Doubled x, Doubled y)
    {
        double quotient = x.High / y.High;
        double rest = Math.FusedMultiplyAdd(-quotient, y.High, x.High) + (x.Low - quotient * y.Low);
        return Ordered(quotient, rest / y.High);
    }

    /// <summary>sqrt(x), x > 0.</summary>
    public Doubled SquareRoot()
    {
        double root = Math.Sqrt(High);
        return Ordered(root, (Math.FusedMultiplyAdd(-root, root, High) + Low) / (2 * root));
    }

    /// <summary>All numbers within the error of this one.</summary>
    public Interval Within(double error) => new(LowerBound(error), UpperBound(error));

    /// <summary>All numbers within the relative error of this one.</summary>
    public Interval WithinRelative(double error) => Within(Math.Abs(High) * error);

    /// <summary>The largest double not above any number within the error of this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double LowerBound(double error)
    {
        if (!(Math.Abs(High) > Least))
        {
            return Interval.Below(High, LeastSteps);
        }

        Doubled bound = Ordered(High, Low - error);
        return Interval.StepDown(bound.High, bound.Low);
    }

    /// <summary>The smallest double not below any number within the error of this one.</summary>
    public double UpperBound(double error) => -(-this).LowerBound(error);
}
