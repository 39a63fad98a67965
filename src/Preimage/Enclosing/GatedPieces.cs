namespace Preimage.Enclosing;

/// <summary>What functions x times a gate from 0 to 1 share.</summary>
internal static class Gate
{
    /// <summary>Terms that are added err by less than this of their sizes: a few times the error of exp.</summary>
    public const double Error = 8 * DoubledFunctions.ExpError;

    /// <summary>Beyond the end, where the gate is 0 or 1 but for less than 1e-250: all derivatives run to their limits without a turn.</summary>
    public static Interval Beyond<T>(double x, int order, double end)
        where T : struct, IMonotonePieces =>
        x < 0 ? T.At(-end, order).Hull(0)
        : order == 0 ? new(Math.BitDecrement(x), x)
        : T.At(end, order).Hull(order == 1 ? 1 : 0);

    /// <summary>a + b, each with its error.</summary>
    public static Interval Sum(Doubled a, Doubled b, double error) =>
        (a + b).Within((Math.Abs(a.High) + Math.Abs(b.High)) * error);

    /// <summary>x + x^2 h near 0: x over so small a number is 1/2 or its like in every gate.</summary>
    public static Interval Thin(double x, Interval gate) => (Interval.Of(x) * gate).Widen(x == 0 ? 0 : 1);
}

/// <summary>x Phi(x), Phi the normal distribution function.</summary>
internal readonly struct GaussianErrorLinearPieces : IMonotonePieces
{
    private const double InverseSqrt2 = 0.70710678118654752440;
    private const double InverseSqrt2Rest = -4.833646656726457e-17; // what the double above lacks
    private const double End = 33;
    private const double SeriesEnd = 0.5;
    private static readonly Doubled InverseSqrt2Pi = new(0.3989422804014327, -2.49232720227773e-17);

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (Math.Abs(x) > End)
        {
            return Gate.Beyond<GaussianErrorLinearPieces>(x, order, End);
        }

        if (Math.Abs(x) < Elementary.Tiny)
        {
            return order == 0 ? Gate.Thin(x, 0.5) : At(Math.CopySign(Elementary.Tiny, x), order).Widen(1);
        }

        return order switch
        {
            0 => (Distribution(x, out double relative) * x).WithinRelative(relative),
            1 => Slope(x),
            _ => (Density(x) * (-Doubled.Product(x, x) + 2)).WithinRelative(Gate.Error),
        };
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [-0.7517915246935645, -0.7517915246935644, -0.16997120747990369, -0.16997120747990366],
            1 =>
            [
                -1.4142135623730951,
                -1.414213562373095,
                -0.1289041451851548,
                -0.12890414518515478,
                1.414213562373095,
                1.4142135623730951,
                1.1289041451851547,
                1.128904145185155,
            ],
            _ =>
            [
                -2,
                -2,
                -0.10798193302637611,
                -0.1079819330263761,
                0,
                0,
                0.7978845608028653,
                0.7978845608028654,
                2,
                2,
                -0.10798193302637611,
                -0.1079819330263761,
            ],
        };

    private static Interval Slope(double x)
    {
        Doubled distribution = Distribution(x, out double relative);
        Doubled rest = Density(x) * x;
        return (distribution + rest).Within(Math.Abs(distribution.High) * relative + Math.Abs(rest.High) * Gate.Error);
    }

    private static Doubled Density(double x) => DoubledFunctions.Bell(x, 0.5) * InverseSqrt2Pi;

    /// <summary>Phi(x) = erfc(u) / 2 with u = -x / sqrt 2; the rounding of u, which erfc magnifies, is put back.</summary>
    private static Doubled Distribution(double x, out double relative)
    {
        double u = -x * InverseSqrt2;
        double lost = Math.FusedMultiplyAdd(-x, InverseSqrt2, -u) - x * InverseSqrt2Rest;
        Doubled lacking = DoubledFunctions.ErfSlope(u) * -lost;
        bool isCentral = Math.Abs(u) < SeriesEnd;
        relative = 2 * (isCentral ? DoubledFunctions.ErfError : DoubledFunctions.ErfcError);
        Doubled erfc =
            isCentral ? -DoubledFunctions.Erf(u) + 1
            : u > 0 ? DoubledFunctions.Erfc(u)
            : -DoubledFunctions.Erfc(-u) + 2;
        return (erfc + lacking) * 0.5;
    }
}

/// <summary>x s(v), s the sigmoid, v = 2 sqrt(2/pi) (x + c x^3), c = 0.044715.</summary>
internal readonly struct TanhGaussianErrorLinearPieces : IMonotonePieces
{
    private const double End = 20;
    private static readonly Interval Cubic = Interval.Of(0.044715).Widen(1);
    private static readonly Interval Scale = new(1.5957691216057306, 1.5957691216057308);

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (Math.Abs(x) > End)
        {
            return Gate.Beyond<TanhGaussianErrorLinearPieces>(x, order, End);
        }

        Interval square = Interval.Of(x).Square() * Cubic;
        Interval v = Scale * x * (square + 1);
        if (order == 0)
        {
            return v.Sigmoid() * x;
        }

        Interval first = MonotonePieces.Range<SigmoidPieces>(v, 1);
        Interval dv = Scale * (square * 3 + 1);
        if (order == 1)
        {
            return v.Sigmoid() + first * dv * x;
        }

        Interval second = MonotonePieces.Range<SigmoidPieces>(v, 2);
        return first * (dv * 2 + Scale * square * 6) + second * dv.Square() * x;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [-0.7524614220710163, -0.7524614220710162, -0.17004075057125406, -0.17004075057125403],
            1 =>
            [
                -1.4185040087908285,
                -1.4185040087908283,
                -0.12899306865877178,
                -0.12899306865877175,
                1.4185040087908283,
                1.4185040087908285,
                1.1289930686587717,
                1.128993068658772,
            ],
            _ =>
            [
                -2.0134807246242583,
                -2.013480724624258,
                -0.10791351589036792,
                -0.1079135158903679,
                0,
                0,
                0.7978845608028653,
                0.7978845608028654,
                2.013480724624258,
                2.0134807246242583,
                -0.10791351589036792,
                -0.1079135158903679,
            ],
        };
}

/// <summary>x / (1 + exp(-x)), with e = exp(-|x|); Swish is that of Alpha x, over Alpha.</summary>
internal readonly struct SwishPieces : IMonotonePieces
{
    /// <summary>Encloses x / (1 + exp(-alpha x)).</summary>
    public static Interval Value(Interval x, double alpha) =>
        alpha == 1 ? MonotonePieces.Range<SwishPieces>(x, 0)
        : alpha == 0 ? x * 0.5
        : !double.IsFinite(alpha) ? Interval.Everything
        : MonotonePieces.Range<SwishPieces>(x * alpha, 0) / alpha;

    /// <summary>Encloses the first derivative.</summary>
    public static Interval Derivative(Interval x, double alpha) =>
        !double.IsFinite(alpha) ? Interval.Everything : MonotonePieces.Range<SwishPieces>(x * alpha, 1);

    /// <summary>Encloses the second derivative.</summary>
    public static Interval Second(Interval x, double alpha) =>
        !double.IsFinite(alpha) ? Interval.Everything : MonotonePieces.Range<SwishPieces>(x * alpha, 2) * alpha;

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        double size = Math.Abs(x);
        if (size > Elementary.Moderate)
        {
            return Gate.Beyond<SwishPieces>(x, order, Elementary.Moderate);
        }

        if (size < Elementary.Tiny)
        {
            return order == 0 ? Gate.Thin(x, 0.5) : new Interval(0.5, 0.5).Widen(x == 0 ? 0 : 1);
        }

        Doubled e = DoubledFunctions.Exp(-size);
        Doubled d = e + 1;
        Doubled square = d * d;
        return order switch
        {
            0 => ((x >= 0 ? new Doubled(x, 0) : e * x) / d).WithinRelative(Gate.Error),
            1 => x >= 0
                ? ((e * Doubled.Sum(1, x) + 1) / square).WithinRelative(Gate.Error)
                : Gate.Sum(e / d, e * x / square, Gate.Error),
            _ => Gate.Sum(
                e * 2 / square,
                e * DoubledFunctions.Expm1(-size) * size / (square * d),
                4 * DoubledFunctions.Expm1Error
            ),
        };
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [-1.278464542761074, -1.2784645427610737, -0.2784645427610738, -0.27846454276107374],
            1 =>
            [
                -2.399357280515468,
                -2.3993572805154675,
                -0.09983932012886693,
                -0.09983932012886691,
                2.3993572805154675,
                2.399357280515468,
                1.0998393201288668,
                1.099839320128867,
            ],
            _ =>
            [
                -3.435840993535111,
                -3.4358409935351104,
                -0.036914373199893186,
                -0.03691437319989318,
                0,
                0,
                0.5,
                0.5,
                3.4358409935351104,
                3.435840993535111,
                -0.036914373199893186,
                -0.03691437319989318,
            ],
        };
}

/// <summary>x T(x), T = tanh(ln(1 + exp(x))) a quotient of polynomials in e = exp(-|x|).</summary>
internal readonly struct MishPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (Math.Abs(x) > Elementary.Moderate / 2)
        {
            return Gate.Beyond<MishPieces>(x, order, Elementary.Moderate / 2);
        }

        if (Math.Abs(x) < Elementary.Tiny)
        {
            return order == 0 ? Gate.Thin(x, 0.6) : At(Math.CopySign(Elementary.Tiny, x), order).Widen(1);
        }

        Doubled e = DoubledFunctions.Exp(-Math.Abs(x));
        Doubled d = x > 0 ? (e + 1) * e * 2 + 1 : (e + 2) * e + 2;
        Doubled gate = (x > 0 ? e * 2 + 1 : e * (e + 2)) / d;
        if (order == 0)
        {
            return (gate * x).WithinRelative(Gate.Error);
        }

        Doubled factor = (x > 0 ? e * e : e) * 4;
        Doubled slope = factor * (e + 1) / (d * d);
        if (order == 1)
        {
            return Gate.Sum(gate, slope * x, Gate.Error);
        }

        // Terms of the bend cancel; together they are below 9.
        Doubled bend = x > 0 ? ((e + 1) * e * 2 + -3) * e + -2 : -(((e * 2 + 3) * e + -2) * e) + 2;
        Doubled scaled = factor * x / (d * d * d);
        return (slope * 2 + scaled * bend).Within((2 * slope.High + 16 * Math.Abs(scaled.High)) * Gate.Error);
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [-1.1924312145154954, -1.1924312145154952, -0.30884341301725043, -0.3088434130172504],
            1 =>
            [
                -2.2563763963607935,
                -2.256376396360793,
                -0.11252612238946257,
                -0.11252612238946255,
                1.4905711794854284,
                1.4905711794854286,
                1.0884981612517277,
                1.088498161251728,
            ],
            _ =>
            [
                -3.267337846520405,
                -3.2673378465204044,
                -0.04173207070661103,
                -0.04173207070661102,
                -0.08793443131491421,
                -0.0879344313149142,
                0.6442046372369724,
                0.6442046372369725,
                2.114842563020877,
                2.1148425630208774,
                -0.05903335695393629,
                -0.059033356953936286,
            ],
        };
}
