using System.Collections.Immutable;

namespace Preimage.Enclosing;

/// <summary>Enclosures of functions that are put together from pieces, and of powers, whose domain has an end.</summary>
internal static class KinkedFunctions
{
    private static readonly Interval Third = Interval.Of(1) / 3;

    /// <summary>The members above 0; all of them where there is none.</summary>
    public static Interval Positive(Interval x) => x.High <= 0 ? x : new(Math.Max(0, x.Low), x.High);

    /// <summary>Two places from left to right.</summary>
    public static ImmutableArray<Interval> Sorted(Interval a, Interval b) => a.Low <= b.Low ? [a, b] : [b, a];

    /// <summary>left x below 0, right x above.</summary>
    public static Interval Joined(Interval x, double left, double right) =>
        x.Low >= 0 ? x * right
        : x.High <= 0 ? x * left
        : (Below(x) * left).Hull(Above(x) * right);

    /// <summary>The slope of a function with one kink.</summary>
    public static Interval Slopes(Interval x, double kink, double left, double right) =>
        x.Low > kink ? right
        : x.High < kink ? left
        : Interval.Between(left, right);

    /// <summary>The second derivative of a function of straight pieces.</summary>
    public static Interval Bend(Interval x, double kink) => x.Contains(kink) ? Interval.Everything : 0;

    /// <summary>The slope of max(lower, min(upper, t)) where t has the slope given.</summary>
    public static Interval ClippedSlope(Interval t, double lower, double upper, double slope) =>
        double.IsNaN(lower + upper - upper) && !double.IsInfinity(upper) ? Interval.Everything
        : lower >= upper || t.High < lower || t.Low > upper ? 0
        : (t.Low > lower || double.IsNegativeInfinity(lower)) && (t.High < upper || double.IsPositiveInfinity(upper))
            ? slope
        : Interval.Between(0, slope);

    /// <summary>The second derivative of max(lower, min(upper, t)).</summary>
    public static Interval ClippedBend(Interval t, double lower, double upper) =>
        lower < upper
        && ((double.IsFinite(lower) && t.Contains(lower)) || (double.IsFinite(upper) && t.Contains(upper)))
            ? Interval.Everything
            : 0;

    /// <summary>x max(0, min(1, x/6 + 1/2)): it falls from -3 to -3/2, then rises.</summary>
    public static Interval HardSwish(Interval x)
    {
        Interval range = HardSwishAt(x.Low).Hull(HardSwishAt(x.High));
        return x.Contains(-1.5) ? range.Hull(-0.375) : range;
    }

    /// <summary>0, then x/3 + 1/2 from -3 to 3, then 1.</summary>
    public static Interval HardSwishSlope(Interval x)
    {
        if (x.High < -3)
        {
            return 0;
        }

        if (x.Low > 3)
        {
            return 1;
        }

        Interval slope = new Interval(Math.Max(-3, x.Low), Math.Min(3, x.High)) / 3 + 0.5;
        slope = x.Low <= -3 ? slope.Hull(0) : slope;
        return x.High >= 3 ? slope.Hull(1) : slope;
    }

    /// <summary>0, 1/3, 0.</summary>
    public static Interval HardSwishBend(Interval x) =>
        x.Contains(-3) || x.Contains(3) ? Interval.Everything
        : x.Low > -3 && x.High < 3 ? Third
        : 0;

    /// <summary>alpha (exp(x) - 1) below 0, x above.</summary>
    public static Interval ExponentialLinear(Interval x, double alpha) =>
        x.Low >= 0 ? x
        : x.High <= 0 ? x.Expm1() * alpha
        : (Below(x).Expm1() * alpha).Hull(Above(x));

    /// <summary>alpha exp(x) below 0, 1 above.</summary>
    public static Interval ExponentialLinearSlope(Interval x, double alpha) =>
        x.Low > 0 ? 1
        : x.High < 0 ? x.Exp() * alpha
        : (Below(x).Exp() * alpha).Hull(1);

    /// <summary>alpha exp(x) below 0, 0 above; at 0 the slope jumps unless alpha is 1.</summary>
    public static Interval ExponentialLinearBend(Interval x, double alpha) =>
        x.Low > 0 ? 0
        : x.High < 0 ? x.Exp() * alpha
        : alpha == 1 ? Below(x).Exp().Hull(0)
        : Interval.Everything;

    /// <summary>alpha (exp(x / alpha) - 1) below 0, x above.</summary>
    public static Interval ContinuousExponentialLinear(Interval x, double alpha) =>
        x.Low >= 0 ? x
        : !HasScale(alpha) ? Interval.Everything
        : x.High <= 0 ? (x / alpha).Expm1() * alpha
        : ((Below(x) / alpha).Expm1() * alpha).Hull(Above(x));

    /// <summary>exp(x / alpha) below 0, 1 above.</summary>
    public static Interval ContinuousExponentialLinearSlope(Interval x, double alpha) =>
        x.Low > 0 ? 1
        : !HasScale(alpha) ? Interval.Everything
        : x.High < 0 ? (x / alpha).Exp()
        : (Below(x) / alpha).Exp().Hull(1);

    /// <summary>exp(x / alpha) / alpha below 0, 0 above; the slope is continuous.</summary>
    public static Interval ContinuousExponentialLinearBend(Interval x, double alpha) =>
        x.Low > 0 ? 0
        : !HasScale(alpha) ? Interval.Everything
        : x.High < 0 ? (x / alpha).Exp() / alpha
        : ((Below(x) / alpha).Exp() / alpha).Hull(0);

    /// <summary>p x^(p-1).</summary>
    public static Interval PowerSlope(Interval x, double p) =>
        p == 0 ? 0
        : HasPole(x, p) ? Interval.Everything
        : InDomain(x, p).Power(Interval.Of(p) - 1) * p;

    /// <summary>p (p-1) x^(p-2).</summary>
    public static Interval PowerBend(Interval x, double p) =>
        p is 0 or 1 ? 0
        : HasPole(x, p) ? Interval.Everything
        : InDomain(x, p).Power(Interval.Of(p) - 2) * (Interval.Of(p) * (Interval.Of(p) - 1));

    private static Interval HardSwishAt(double x) =>
        x <= -3 ? 0
        : x >= 3 ? x
        : Interval.Of(x) * (Interval.Of(x) + 3) / 6;

    private static Interval Below(Interval x) => new(x.Low, 0);

    private static Interval Above(Interval x) => new(0, x.High);

    private static bool HasScale(double alpha) => double.IsFinite(alpha) && alpha != 0;

    private static bool HasPole(Interval x, double p) => !double.IsFinite(p) || (p < 0 && x.Low < 0 && x.High > 0);

    private static Interval InDomain(Interval x, double p) => Math.Floor(p) == p ? x : Positive(x);
}
