namespace Preimage.Enclosing;

/// <summary>What enclosures of smooth functions at one number share.</summary>
internal static class Smooth
{
    /// <summary>exp(-x^2/2) is below the smallest double beyond it.</summary>
    public const double BellEnd = 40;

    /// <summary>exp(-x) is below the smallest double beyond it.</summary>
    public const double ExponentialEnd = 760;

    /// <summary>1 / sqrt(pi).</summary>
    public static readonly Interval InverseSqrtPi = new(0.5641895835477563, 0.5641895835477564);

    /// <summary>exp(-factor x^2), factor a power of two: x^2 in two parts h + l, and exp(-l) = 1 - l up to l^2, which is less than an ulp.</summary>
    public static Interval Bell(double x, double factor)
    {
        double size = Math.Min(Math.Abs(x), BellEnd);
        double high = size * size;
        double low = factor * Math.FusedMultiplyAdd(size, size, -high);
        return Interval.Of(-factor * high).Exp() * (Interval.Of(1) - low).Widen(1);
    }

    /// <summary>Between a value and its limit.</summary>
    public static Interval Tail(Interval value, double limit) => value.Hull(limit);
}

/// <summary>1 / (1 + exp(-x)), with e = exp(-|x|).</summary>
internal readonly struct SigmoidPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        Interval e = Interval.Of(-Math.Abs(x)).Exp();
        Interval d = e + 1;
        return order switch
        {
            0 => Interval.Of(x).Sigmoid(),
            1 => e / d.Square(),
            _ => e * Interval.Of(-Math.Abs(x)).Expm1() / (d * d.Square()) * Math.Sign(x),
        };
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [],
            1 => [0, 0, 0.25, 0.25],
            _ =>
            [
                -1.3169578969248168,
                -1.3169578969248166,
                0.09622504486493762,
                0.09622504486493763,
                1.3169578969248166,
                1.3169578969248168,
                -0.09622504486493763,
                -0.09622504486493762,
            ],
        };
}

/// <summary>tanh(x), with e = exp(-2|x|).</summary>
internal readonly struct TanhPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (order == 0)
        {
            return Interval.Of(x).Tanh();
        }

        Interval e = Interval.Of(-2 * Math.Abs(x)).Exp();
        Interval slope = e * 4 / (e + 1).Square();
        return order == 1 ? slope : Interval.Of(x).Tanh() * -2 * slope;
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [],
            1 => [0, 0, 1, 1],
            _ =>
            [
                -0.6584789484624084,
                -0.6584789484624083,
                0.7698003589195009,
                0.769800358919501,
                0.6584789484624083,
                0.6584789484624084,
                -0.769800358919501,
                -0.7698003589195009,
            ],
        };
}

/// <summary>x / (1 + |x|); its second derivative is left out of 0.</summary>
internal readonly struct SoftsignPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        Interval d = Interval.Of(Math.Abs(x)) + 1;
        return order switch
        {
            0 => double.IsInfinity(x) ? Math.Sign(x) : Interval.Of(x) / d,
            1 => Of(d.Power(-2)),
            _ => Of(d.Power(-3)) * (-2 * Math.Sign(x)),
        };
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) => order == 1 ? [0, 0, 1, 1] : [];

    private static Interval Of(Interval x) => new(Math.Max(0, x.Low), Math.Min(1, x.High));
}

/// <summary>erf(x).</summary>
internal readonly struct ErrorFunctionPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        double size = Math.Clamp(x, -Smooth.BellEnd, Smooth.BellEnd);
        Interval bell = Smooth.InverseSqrtPi * Smooth.Bell(x, 1);
        return order switch
        {
            0 => Interval.Of(x).Erf(),
            1 => bell * 2,
            _ => bell * (-4 * size),
        };
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) =>
        order switch
        {
            0 => [],
            1 => [0, 0, 1.1283791670955126, 1.1283791670955128],
            _ =>
            [
                -0.7071067811865476,
                -0.7071067811865475,
                0.9678828980765734,
                0.9678828980765735,
                0.7071067811865475,
                0.7071067811865476,
                -0.9678828980765735,
                -0.9678828980765734,
            ],
        };
}
