namespace Preimage.Enclosing;

/// <summary>Inverse functions of two doubles.</summary>
internal static partial class DoubledFunctions
{
    /// <summary>Relative error of <see cref="Atan"/>: all but the leading term of its series is below 2^-11 of it.</summary>
    public const double AtanError = 1.0 / (1L << 60);

    /// <summary>Steps of the table of arc tangents.</summary>
    private const int ArcSteps = 16;

    /// <summary>pi / 2.</summary>
    public static Doubled HalfPi => new(1.5707963267948966, 6.123233995736766e-17);

    /// <summary>atan(j/16), j = 0 ... 16.  [17].</summary>
    private static ReadOnlySpan<double> Arcs =>
        [
            0.0,
            0.06241880999595735,
            0.12435499454676144,
            0.18534794999569476,
            0.24497866312686414,
            0.3028848683749714,
            0.35877067027057225,
            0.4124104415973873,
            0.4636476090008061,
            0.5123894603107377,
            0.5585993153435624,
            0.6022873461349642,
            0.6435011087932844,
            0.6823165548747481,
            0.7188299996216245,
            0.7531512809621944,
            0.7853981633974483,
        ];

    /// <summary>What these lack.  [17].</summary>
    private static ReadOnlySpan<double> ArcsRest =>
        [
            0.0,
            -1.5490756308295046e-18,
            -3.1253241424539383e-18,
            4.180692268843079e-18,
            1.0698755618734451e-17,
            -1.1010827903001369e-17,
            -2.4623815582638635e-17,
            -1.587652227770689e-17,
            2.2698777452961687e-17,
            -2.5462781472855804e-17,
            -5.4556305485916264e-18,
            2.950430737228402e-17,
            1.5834785051444286e-17,
            6.943223671560008e-18,
            -2.1478388444456983e-17,
            -2.4256934659182068e-17,
            3.061616997868383e-17,
        ];

    /// <summary>-1/3, 1/5, ...: (atan(t)/t - 1) / t^2 in t^2.</summary>
    private static ReadOnlySpan<double> ArctanSeries =>
        [0.07692307692307693, -0.09090909090909091, 0.1111111111111111, -0.14285714285714285, 0.2, -0.3333333333333333];

    /// <summary>ln(1 + f), f >= 0.</summary>
    public static Doubled LogOfSum(Doubled f) => f.High <= 0.414 ? Log1p(f) : Log(f + 1);

    /// <summary>ln(z), z >= 1.4: ln(h + l) = ln(h) + l/h up to (l/h)^2, below 2^-106.</summary>
    public static Doubled Log(Doubled z) => Log(z.High) + z.Low / z.High;

    /// <summary>atan(x), x >= 0 and finite: for x > 1 that of 1/x, else atan(c) + atan((x - c) / (1 + c x)) with the c = j/16 nearest to x.</summary>
    public static Doubled Atan(Doubled x)
    {
        if (x.High > 1)
        {
            return HalfPi + -Atan(new Doubled(1, 0) / x);
        }

        int row = (int)Math.Round(x.High * ArcSteps);
        double c = row / (double)ArcSteps;
        Doubled t = row == 0 ? x : (x + -c) / (x * c + 1);
        double w = t.High * t.High;
        double rest = t.High * w * Polynomial(ArctanSeries, w);
        return row == 0
            ? Doubled.Ordered(t.High, t.Low + rest)
            : new Doubled(Arcs[row], ArcsRest[row]) + Doubled.Ordered(t.High, t.Low + rest);
    }
}
