namespace Preimage.Enclosing;

/// <summary>1 / (1 + exp(-x)), with e = exp(-|x|).</summary>
internal readonly struct SigmoidPieces : IMonotonePieces
{
    /// <summary>A few times the error of <see cref="DoubledFunctions.Expm1"/>, which every factor stays below.</summary>
    private const double Error = 4 * DoubledFunctions.Expm1Error;

    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (order == 0)
        {
            return Elementary.Sigmoid(x);
        }

        double size = Math.Abs(x);
        if (size > Elementary.Moderate)
        {
            return At(Math.CopySign(Elementary.Moderate, x), order).Hull(0);
        }

        Doubled e = DoubledFunctions.Exp(-size);
        Doubled d = e + 1;
        if (order == 1)
        {
            return (e / (d * d)).WithinRelative(4 * DoubledFunctions.ExpError);
        }

        // Near 0, -x / 8.
        return size < Elementary.Tiny
            ? (Interval.Of(x) * -0.125).Widen(x == 0 ? 0 : 1)
            : (
                e * Doubled.Ordered(Math.CopySign(1, x), 0) * DoubledFunctions.Expm1(-size) / (d * d * d)
            ).WithinRelative(Error);
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

/// <summary>tanh(x) = 2 s(2x) - 1, s the sigmoid.</summary>
internal readonly struct TanhPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order) =>
        order switch
        {
            0 => Elementary.Tanh(x),
            1 => SigmoidPieces.At(2 * x, 1) * 4,
            _ => SigmoidPieces.At(2 * x, 2) * 8,
        };

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

/// <summary>x / (1 + |x|); its second derivative is asked for only where 0 is not a member.</summary>
internal readonly struct SoftsignPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        Interval d = Interval.Of(Math.Abs(x)) + 1;
        return order switch
        {
            0 => double.IsInfinity(x) ? Math.Sign(x) : Interval.Of(x) / d,
            1 => Powers.Reciprocal(d.Square()),
            _ => Powers.Reciprocal(d.Square() * d) * (-2 * Math.Sign(x)),
        };
    }

    /// <inheritdoc/>
    public static ReadOnlySpan<double> Turns(int order) => order == 1 ? [0, 0, 1, 1] : [];
}

/// <summary>erf(x).</summary>
internal readonly struct ErrorFunctionPieces : IMonotonePieces
{
    /// <inheritdoc/>
    public static Interval At(double x, int order)
    {
        if (order == 0)
        {
            return Elementary.Erf(x);
        }

        if (Math.Abs(x) > DoubledFunctions.LargestBell)
        {
            return At(Math.CopySign(DoubledFunctions.LargestBell, x), order).Hull(0);
        }

        if (Math.Abs(x) < Elementary.Tiny)
        {
            Interval slope = new(1.1283791670955126, 1.1283791670955128);
            return order == 1 ? slope : slope * -2 * x;
        }

        Doubled first = DoubledFunctions.ErfSlope(x);
        return (order == 1 ? first : first * (-2 * x)).WithinRelative(2 * DoubledFunctions.ExpError);
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
