namespace Preimage.Enclosing;

/// <summary>x Phi(x), Phi the normal distribution function.</summary>
internal readonly struct GaussianErrorLinearPieces : IMonotonePieces
{
    private const double InverseSqrt2 = 0.70710678118654752440;

    /// <summary>What the double above lacks.</summary>
    private static readonly Interval InverseSqrt2Rest = Interval.Of(-4.833646656726457e-17).Widen(1);

    private static readonly Interval TwoOverSqrtPi = Smooth.InverseSqrtPi * 2;
    private static readonly Interval InverseSqrt2Pi = Smooth.InverseSqrtPi * Interval.Of(0.5).SquareRoot();

    /// <summary>Relative change of exp(-u^2) when the rounding of u is put back: 2 |u| |rounding|, generously.</summary>
    private static readonly Interval NearlyOne = new(1 - 1e-12, 1 + 1e-12);

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (Math.Abs(x) > Smooth.BellEnd)
        {
            return Gate.Beyond<GaussianErrorLinearPieces>(x, order, Smooth.BellEnd);
        }

        return order switch
        {
            0 => Distribution(x) * x,
            1 => Distribution(x) + Density(x) * x,
            _ => Density(x) * (Interval.Of(2) - Interval.Of(x).Square()),
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

    private static Interval Density(double x) => InverseSqrt2Pi * Smooth.Bell(x, 0.5);

    /// <summary>Phi(x) = erfc(u) / 2 with u = -x / sqrt 2; the rounding of u, which erfc magnifies, is put back.</summary>
    private static Interval Distribution(double x)
    {
        double u = -x * InverseSqrt2;
        Interval lost = Interval.Of(-x) * InverseSqrt2Rest + Math.FusedMultiplyAdd(-x, InverseSqrt2, -u);
        return (Interval.Of(u).Erfc() - TwoOverSqrtPi * Smooth.Bell(u, 1) * NearlyOne * lost) * 0.5;
    }
}

/// <summary>x s(v), s the sigmoid, v = 2 sqrt(2/pi) (x + c x^3), c = 0.044715.</summary>
internal readonly struct TanhGaussianErrorLinearPieces : IMonotonePieces
{
    private static readonly Interval Cubic = Interval.Of(0.044715).Widen(1);
    private static readonly Interval Scale = Smooth.InverseSqrtPi * Interval.Of(8).SquareRoot();

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (Math.Abs(x) > Smooth.BellEnd)
        {
            return Gate.Beyond<TanhGaussianErrorLinearPieces>(x, order, Smooth.BellEnd);
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
        if (size > Smooth.ExponentialEnd)
        {
            return Gate.Beyond<SwishPieces>(x, order, Smooth.ExponentialEnd);
        }

        Interval e = Interval.Of(-size).Exp();
        Interval d = e + 1;
        return order switch
        {
            0 => (x >= 0 ? x : e * x) / d,
            1 => (x >= 0 ? e * (Interval.Of(x) + 1) + 1 : e * (d + x)) / d.Square(),
            _ => e * (d * 2 + Interval.Of(-size).Expm1() * size) / (d * d.Square()),
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
        if (Math.Abs(x) > Smooth.ExponentialEnd)
        {
            return Gate.Beyond<MishPieces>(x, order, Smooth.ExponentialEnd);
        }

        Interval e = Interval.Of(-Math.Abs(x)).Exp();
        Interval d = x > 0 ? (e + 1) * e * 2 + 1 : (e + 2) * e + 2;
        return order switch
        {
            0 => Weight(x, e) / d * x,
            1 => Weight(x, e) / d + WeightSlope(x, e) / d.Square() * x,
            _ => WeightSlope(x, e) / d.Square() * 2 + WeightBend(x, e) / (d * d.Square()) * x,
        };
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

    /// <summary>T times d.</summary>
    private static Interval Weight(double x, Interval e) => x > 0 ? e * 2 + 1 : e * (e + 2);

    /// <summary>T' times d^2.</summary>
    private static Interval WeightSlope(double x, Interval e) => (x > 0 ? e.Square() : e) * (e + 1) * 4;

    /// <summary>T'' times d^3.</summary>
    private static Interval WeightBend(double x, Interval e) =>
        x > 0
            ? e.Square() * (((e + 1) * e * 2 - 3) * e - 2) * 4
            : e * (Interval.Of(2) + e * (Interval.Of(2) - e * (e * 2 + 3))) * 4;
}

/// <summary>What functions x times a gate from 0 to 1 share.</summary>
internal static class Gate
{
    /// <summary>Beyond the end, where the gate is 0 or 1 but for less than the smallest double: all derivatives run to their limits without a turn.</summary>
    public static Interval Beyond<T>(double x, int order, double end)
        where T : struct, IMonotonePieces =>
        x < 0 ? T.At(-end, order).Hull(0)
        : order == 0 ? new(Math.BitDecrement(x), x)
        : T.At(end, order).Hull(order == 1 ? 1 : 0);
}
