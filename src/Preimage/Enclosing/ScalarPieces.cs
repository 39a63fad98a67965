using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Where functions may change between convex and concave. Only how tight lines are rests on these places, never whether they hold.</summary>
internal static class ScalarPieces
{
    private static readonly double[] AtZero = [0];
    private static readonly double[] Gauss = [-Math.Sqrt(2), Math.Sqrt(2)];
    private static readonly double[] TanhGauss = [-1.4271711679813, 1.4271711679813];
    private static readonly double[] Mishes = [-2.256436, 1.490552];
    private static readonly double[] HardSwishes = [-3, 3];

    /// <summary>Kinks and points of inflection, ascending; none for functions that have none or infinitely many.</summary>
    public static double[] Turns(ScalarFunction f) =>
        f switch
        {
            Sigmoid or HyperbolicTangent or ErrorFunction or Softsign or Rectifier or LeakyRectifier => AtZero,
            ExponentialLinear or ScaledExponentialLinear or ContinuousExponentialLinear => AtZero,
            Reciprocal or ConstantPower or Absolute => AtZero,
            Tangent or ArcSine or ArcCosine or ArcTangent or HyperbolicSine => AtZero,
            InverseHyperbolicSine or InverseHyperbolicTangent => AtZero,
            Shrink(var threshold, _) => [-Math.Abs(threshold), Math.Abs(threshold)],
            GaussianErrorLinear => Gauss,
            TanhGaussianErrorLinear => TanhGauss,
            Mish => Mishes,
            HardSwish => HardSwishes,
            Swish(var a) when a != 0 => [-2.39935728052 / Math.Abs(a), 2.39935728052 / Math.Abs(a)],
            HardSigmoid(var a, var b) when a != 0 => [Math.Min(-b / a, (1 - b) / a), Math.Max(-b / a, (1 - b) / a)],
            Clip(var lower, var upper) => [lower, upper],
            _ => [],
        };

    /// <summary>The slope of f where it is proved linear over x, else null.</summary>
    public static double? Slope(ScalarFunction f, Interval x)
    {
        if (f is Sigmoid or HyperbolicTangent or Softplus or Exponential)
        {
            return null; // nowhere linear
        }

        Interval slopes = ScalarEnclosures.Derivative(f, x);
        return slopes.Low == slopes.High && double.IsFinite(slopes.Low) ? slopes.Low : null;
    }

    /// <summary>1 where f is convex over x, -1 where it is concave, 0 where neither is proved: by what is known of f, else by its second derivative.</summary>
    public static int Bend(ScalarFunction f, Interval x) =>
        f switch
        {
            Sigmoid or HyperbolicTangent or ErrorFunction => x.High <= 0 ? 1
            : x.Low >= 0 ? -1
            : 0,
            Rectifier or Absolute or Softplus or Exponential => 1,
            LeakyRectifier(var slope) => slope <= 1 ? 1 : -1,
            _ => OfSecond(ScalarEnclosures.Second(f, x)),
        };

    private static int OfSecond(Interval bend) =>
        bend.Low >= 0 ? 1
        : bend.High <= 0 ? -1
        : 0;
}

/// <summary>Proved extremes of f(x) - s (x - middle) over an interval, for any slope s.</summary>
/// <param name="f">f.</param>
/// <param name="x">The interval; its middle is where lines are counted from.</param>
/// <param name="whole">The <see cref="ScalarPieces.Bend"/> of f over all of x.</param>
internal readonly struct ScalarPiece(ScalarFunction f, Interval x, int whole)
{
    private readonly double _middle = x.Middle;

    // Around a kink, whose curvature is unknown: the derivative's jump times this is what it costs.
    private const double KinkWidth = 1e-9;

    // What no table knows is halved so often.
    private const int Halvings = 6;

    // Places of extremes are found to 2^-14 of a piece; that error enters squared.
    private const int SearchSteps = 14;

    /// <summary>A lower bound.</summary>
    public double Lowest(double slope) => -Most(slope, -1);

    /// <summary>An upper bound.</summary>
    public double Highest(double slope) => Most(slope, 1);

    /// <summary>An upper bound of side * (f(x) - slope (x - middle)).</summary>
    private double Most(double slope, int side) => whole != 0 ? OfBent(x, slope, side, whole) : OfParts(slope, side);

    /// <summary>The largest over the parts between turns, each with the turn's own narrow part.</summary>
    private double OfParts(double slope, int side)
    {
        double from = x.Low;
        double most = double.NegativeInfinity;
        foreach (double turn in ScalarPieces.Turns(f))
        {
            double room = KinkWidth * Math.Max(1, Math.Abs(turn));
            foreach (double end in (ReadOnlySpan<double>)[turn - room, turn + room])
            {
                if (end > from && end < x.High)
                {
                    most = Math.Max(most, OfPart(new Interval(from, end), slope, side, Halvings));
                    from = end;
                }
            }
        }

        return Math.Max(most, OfPart(new Interval(from, x.High), slope, side, Halvings));
    }

    private double OfPart(Interval part, double slope, int side, int halvings)
    {
        int bend = ScalarPieces.Bend(f, part);
        if (bend != 0)
        {
            return OfBent(part, slope, side, bend);
        }

        double cut = part.Middle;
        if (halvings > 0 && part.Width > 4 * KinkWidth * Math.Max(1, part.Magnitude))
        {
            return Math.Max(
                OfPart(new Interval(part.Low, cut), slope, side, halvings - 1),
                OfPart(new Interval(cut, part.High), slope, side, halvings - 1)
            );
        }

        Interval slopes = ScalarEnclosures.Derivative(f, part) - slope;
        return ((At(cut, slope) + slopes * (part - cut)) * side).High;
    }

    /// <summary>What bends upward is largest at an end; what bends downward lies below its tangents.</summary>
    private double OfBent(Interval part, double slope, int side, int bend)
    {
        if (bend * side > 0)
        {
            return Math.Max((At(part.Low, slope) * side).High, (At(part.High, slope) * side).High);
        }

        double place = Flattest(part, slope, bend);
        Interval slopes = ScalarEnclosures.Derivative(f, place) - slope;
        return ((At(place, slope) + slopes * (part - place)) * side).High;
    }

    /// <summary>About where the derivative of f is the slope; it grows for bend 1 and falls for bend -1.</summary>
    private double Flattest(Interval part, double slope, int bend)
    {
        if (part.Contains(_middle) && ScalarFunctions.Derivative(f, _middle) == slope)
        {
            return _middle;
        }

        (double low, double high) = (part.Low, part.High);
        if (bend * (ScalarFunctions.Derivative(f, low) - slope) >= 0)
        {
            return low;
        }

        if (bend * (ScalarFunctions.Derivative(f, high) - slope) <= 0)
        {
            return high;
        }

        for (int i = 0; i < SearchSteps; i++)
        {
            double cut = low / 2 + high / 2;
            (low, high) = bend * (ScalarFunctions.Derivative(f, cut) - slope) < 0 ? (cut, high) : (low, cut);
        }

        return low / 2 + high / 2;
    }

    /// <summary>f(p) - slope (p - middle).</summary>
    private Interval At(double p, double slope) => ScalarEnclosures.Value(f, p) - (Interval.Of(p) - _middle) * slope;
}
