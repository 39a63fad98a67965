using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// exp, exp - 1 and ln(1 + e) over lanes. exp errs by less than 1 ulp, the other two by less than 2 (tested against
/// more digits), at all sizes of x; NaN stays NaN. x = k ln 2 + r with |r| &lt;= ln(2)/2 by a two-part ln 2 [CodyWaite1980]; exp(r) = 1 + r + r^2 q(r),
/// q by interpolation in the Chebyshev nodes; evaluated in pairs [Estrin1960], which shortens the chain of operations.
/// </summary>
internal static class Exponentials
{
    /// <summary>1.5 2^52: adding it rounds to a whole number, which stands in the lowest bits.</summary>
    public const double Shift = 6755399441055744;

    /// <summary>Beyond it exp(-x) is 0 and exp(x) infinite.</summary>
    private const double Largest = 760;

    private const double InverseLn2 = 1.4426950408889634;
    private const double Ln2High = 0.6931471803691238; // 32 bits, so that k Ln2High is exact
    private const double Ln2Low = 1.9082149292705877e-10;

    /// <summary>exp(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T> => ExpOfNegative(T.AtMost(Largest, x));

    /// <summary>exp(x) for x &lt;= <see cref="Largest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpOfNegative<T>(T x)
        where T : struct, ILanes<T>
    {
        T p = Reduced(x, out T k);
        return T.Scale(T.Create(1) + p, k);
    }

    /// <summary>exp(x) - 1 for x &lt;= 0, relatively accurate near 0; exp = exp(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1OfNegative<T>(T x, out T exp)
        where T : struct, ILanes<T>
    {
        T p = Reduced(x, out T k);
        T power = T.Scale(T.Create(1), k);
        exp = T.Scale(T.Create(1) + p, k);
        return T.MultiplyAdd(power, p, power - T.Create(1));
    }

    /// <summary>ln(1 + e) for 0 &lt;= e &lt;= 1: 2 artanh(s), s = e / (2 + e), which does not cancel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log1pOfUnit<T>(T e)
        where T : struct, ILanes<T>
    {
        T s = e / (T.Create(2) + e);
        T w = s * s;
        T w2 = w * w;
        T w4 = w2 * w2;
        T c01 = T.MultiplyAdd(T.Create(0.40000000000014585), w, T.Create(0.6666666666666666));
        T c23 = T.MultiplyAdd(T.Create(0.22222222717427864), w, T.Create(0.2857142856710876));
        T c45 = T.MultiplyAdd(T.Create(0.15385570064958623), w, T.Create(0.18181789436132859));
        T c67 = T.MultiplyAdd(T.Create(0.12001072809590713), w, T.Create(0.13314144209654935));
        T c89 = T.MultiplyAdd(T.Create(0.1616404561194353), w, T.Create(0.08800738486144674));
        T low = T.MultiplyAdd(w2, c23, c01);
        T high = T.MultiplyAdd(w4, c89, T.MultiplyAdd(w2, c67, c45));
        T series = T.MultiplyAdd(w4, high, low);

        // 2 s = e - e s: the leading term without the rounding of the quotient.
        return e - s * (e - w * series);
    }

    /// <summary>exp(r) - 1 with r = x - k ln 2, for x &lt;= <see cref="Largest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Reduced<T>(T x, out T k)
        where T : struct, ILanes<T>
    {
        x = T.AtLeast(-Largest, x);
        T shift = T.Create(Shift);
        k = T.MultiplyAdd(x, T.Create(InverseLn2), shift) - shift;
        T r = T.MultiplyAdd(k, T.Create(-Ln2High), x);
        r = T.MultiplyAdd(k, T.Create(-Ln2Low), r);
        T r2 = r * r;
        T r4 = r2 * r2;
        T c01 = T.MultiplyAdd(T.Create(0.1666666666666667), r, T.Create(0.5));
        T c23 = T.MultiplyAdd(T.Create(0.008333333333326136), r, T.Create(0.04166666666666667));
        T c45 = T.MultiplyAdd(T.Create(0.00019841269874820627), r, T.Create(0.0013888888888883748));
        T c67 = T.MultiplyAdd(T.Create(2.7557255400206422e-06), r, T.Create(2.4801587325547743e-05));
        T c89 = T.MultiplyAdd(T.Create(2.5105217004720745e-08), r, T.Create(2.75572736431103e-07));
        T top = T.MultiplyAdd(T.Create(2.0914686968086876e-09), r2, c89);
        T low = T.MultiplyAdd(r2, c23, c01);
        T middle = T.MultiplyAdd(r2, c67, c45);
        T high = T.MultiplyAdd(r4, top, middle);
        return T.MultiplyAdd(r2, T.MultiplyAdd(r4, high, low), r);
    }
}
