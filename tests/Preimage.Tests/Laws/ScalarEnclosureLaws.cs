using CsCheck;
using Preimage.Enclosing;
using Preimage.Networks;
using Preimage.Tests.Networks;

namespace Preimage.Tests.Laws;

/// <summary>What encloses a scalar function (order 0), its derivative (1) and its second derivative (2) over intervals does, for every function.</summary>
public abstract class ScalarEnclosureLaws
{
    /// <summary>Orders of the derivatives that are enclosed.</summary>
    private const int Orders = 3;

    /// <summary>The plain tables' rounding: relative, with what an argument's rounding does to exp, and absolute, where terms of size 1 cancel.</summary>
    private const double TableRelative = 1.0 / (1L << 42);
    private const double TableAbsolute = 1.0 / (1L << 48);

    /// <summary>Doubles between a bound and the exact extreme, for values at turns.</summary>
    private const double TurnUlps = 4;
    private const double Ulp = 1.0 / (1L << 52);

    /// <summary>Set to a number, it is how many random points each enclosure of each function is tested with.</summary>
    private const string PointsVariable = "PREIMAGE_ENCLOSED_POINTS";
    private const long FewPoints = 2000;

    /// <summary>Samples for each function and law.</summary>
    private const int Samples = 500;

    public static IEnumerable<TheoryDataRow<int>> Functions =>
        Enumerable
            .Range(0, ScalarFunctionExamples.All.Count)
            .Select(i => new TheoryDataRow<int>(i) { TestDisplayName = ScalarFunctionExamples.All[i].ToString() });

    /// <summary>Encloses the derivative of this order.</summary>
    protected abstract Interval Enclose(ScalarFunction f, Interval x, int order);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Members_LieInside(int function) => ForAll(function, (f, x, a, _) => MemberLiesInside(f, x, a));

    [Theory]
    [MemberData(nameof(Functions))]
    public void Parts_LieInside(int function) => ForAll(function, (f, x, a, b) => PartLiesInside(f, x, a, b));

    /// <summary>The mean value theorem: it ties each order to the one before, and holds for Clarke's derivative at kinks.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void DifferenceQuotients_LieInDerivatives(int function) =>
        ForAll(
            function,
            (f, x, a, b) =>
            {
                double distance = b - a;
                bool isLong = Math.Abs(distance) > 1e-6 * Math.Max(Math.Abs(a), Math.Abs(b));
                return !isLong
                    || (
                        QuotientLies(
                            ScalarFunctions.Value(f, a),
                            ScalarFunctions.Value(f, b),
                            distance,
                            Enclose(f, x, 1)
                        )
                        && QuotientLies(
                            ScalarFunctions.Derivative(f, a),
                            ScalarFunctions.Derivative(f, b),
                            distance,
                            Enclose(f, x, 2)
                        )
                    );
            }
        );

    /// <summary>An enclosure is no wider than the largest slope times the interval's width, but for rounding: it converges linearly from the widest to the thinnest.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void Widths_FollowSlopes(int function) =>
        ForAll(
            function,
            (f, x, _, _) =>
                Enumerable
                    .Range(0, Orders - 1)
                    .All(order =>
                    {
                        Interval y = Enclose(f, x, order);
                        double steepest = Enclose(f, x, order + 1).Magnitude * x.Width;
                        return double.IsNaN(steepest)
                            || y.Width <= steepest * (1 + TableRelative) + Slack(f, x, order, y)
                            || !double.IsFinite(y.Width);
                    })
        );

    /// <summary>The second derivative has no next one to compare with: an eighth of an interval has at most half the width.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void SecondDerivatives_Converge(int function)
    {
        ScalarFunctionExamples.Example example = ScalarFunctionExamples.All[function];
        ForAll(
            function,
            (f, x, _, _) =>
            {
                // exp(-x^2) changes little, and no pole is near.
                double scale = Math.Min(Math.Abs(x.Low) / (1 + x.Low * x.Low), example.Room(x.Low)) / 64;
                Interval moderate = new(x.Low, Math.Min(x.High, x.Low + scale));
                Interval part = new(
                    moderate.Low,
                    Math.Min(moderate.High, moderate.Low + (moderate.High - moderate.Low) / 8)
                );
                Interval wide = Enclose(f, moderate, 2);
                Interval narrow = Enclose(f, part, 2);
                return !double.IsFinite(wide.Width) || narrow.Width <= wide.Width / 2 + Slack(f, part, 2, narrow);
            }
        );
    }

    /// <summary>The table's values at a member, widened by their own rounding.</summary>
    protected bool MemberLiesInside(ScalarFunction f, Interval x, double member) =>
        Lies(ScalarFunctions.Value(f, member), Enclose(f, x, 0))
        && Lies(ScalarFunctions.Derivative(f, member), Enclose(f, x, 1));

    /// <summary>What encloses a part lies inside, but for the rounding that shows at its ends.</summary>
    protected bool PartLiesInside(ScalarFunction f, Interval x, double a, double b)
    {
        Interval part = Interval.Between(a, b);
        for (int order = 0; order < Orders; order++)
        {
            Interval whole = Enclose(f, x, order);
            Interval inner = Enclose(f, part, order);
            double slack = Slack(f, part, order, inner);
            if (double.IsNaN(whole.Low) || double.IsNaN(whole.High) || whole.Low > whole.High)
            {
                return false;
            }

            if (whole.Low > inner.Low + slack || whole.High < inner.High - slack)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Both laws at many points: as many as the variable says, for the figure in decision 041.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void ManyPoints_LieInside(int function)
    {
        ScalarFunctionExamples.Example example = ScalarFunctionExamples.All[function];
        Random random = new(function);
        long points = long.TryParse(Environment.GetEnvironmentVariable(PointsVariable), out long asked)
            ? asked
            : FewPoints;
        for (long i = 0; i < points; i++)
        {
            double low = Math.Pow(10, random.NextDouble() * 8 - 6);
            low = example.Lower < 0 && random.NextDouble() < 0.5 ? -low : low;
            Interval x = InDomain(example, low, low + Math.Abs(low) * Math.Pow(10, random.NextDouble() * 18 - 17));
            double a = Member(x, random.NextDouble());
            Assert.True(
                MemberLiesInside(example.Function, x, a) && PartLiesInside(example.Function, x, a, a),
                $"{a:R} of {x}"
            );
        }
    }

    private void ForAll(int function, Func<ScalarFunction, Interval, double, double, bool> law)
    {
        ScalarFunctionExamples.Example example = ScalarFunctionExamples.All[function];
        Cases(example).Sample(s => law(example.Function, s.X, s.A, s.B), iter: Samples);
    }

    /// <summary>Intervals of all scales in the function's domain, with two members.</summary>
    private static Gen<(Interval X, double A, double B)> Cases(ScalarFunctionExamples.Example example) =>
        Gen.Select(Gen.Double[-6, 2], Gen.Double[-17, 1], Gen.Bool, Gen.Double[0, 1], Gen.Double[0, 1])
            .Select(
                (size, width, negative, s, t) =>
                {
                    double low = Math.Pow(10, size) * (negative && example.Lower < 0 ? -1 : 1);
                    Interval x = InDomain(example, low, low + Math.Abs(low) * Math.Pow(10, width));
                    return (x, Member(x, s), Member(x, t));
                }
            );

    /// <summary>The interval, folded into the domain where it lies outside.</summary>
    private static Interval InDomain(ScalarFunctionExamples.Example example, double low, double high)
    {
        (double least, double most) = (example.Least, example.Most);
        low = low < least && low > 0 ? least + low : low;
        low = double.IsFinite(most) && Math.Abs(low) > 1 ? Math.CopySign(1 - 1 / Math.Abs(low), low) : low;
        return new(low, Math.Clamp(high, low, most));
    }

    private static double Member(Interval x, double t) => Math.Clamp(x.Low + (x.High - x.Low) * t, x.Low, x.High);

    private static bool Lies(double value, Interval y)
    {
        if (double.IsInfinity(value))
        {
            return y.Contains(value);
        }

        double tolerance = Math.Abs(value) * TableRelative + TableAbsolute;
        return !double.IsNaN(value) && y.Low <= value + tolerance && y.High >= value - tolerance;
    }

    private static bool QuotientLies(double before, double after, double distance, Interval slope)
    {
        double quotient = (after - before) / distance;
        double size = Math.Max(Math.Abs(before), Math.Abs(after));
        double tolerance =
            2 * (size * TableRelative + TableAbsolute) / Math.Abs(distance) + Math.Abs(quotient) * TableRelative;
        return !double.IsFinite(quotient) || (slope.Low <= quotient + tolerance && slope.High >= quotient - tolerance);
    }

    /// <summary>Rounding at the ends, and at a turn.</summary>
    private double Slack(ScalarFunction f, Interval x, int order, Interval y)
    {
        double ends = Enclose(f, Interval.Of(x.Low), order).Width + Enclose(f, Interval.Of(x.High), order).Width;
        return double.IsFinite(ends) ? ends + TurnUlps * Ulp * y.Magnitude + double.Epsilon : double.PositiveInfinity;
    }
}
