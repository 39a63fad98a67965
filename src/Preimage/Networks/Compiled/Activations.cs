using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Value and derivative of a scalar function over lanes; one struct a function, so that kernels are compiled for it.
/// Values err by at most 3 ulp and slopes by at most 4 (GELU: 6), also where a function is saturated; where a slope
/// crosses zero, by as much of the terms whose difference it is.
/// </summary>
internal interface IActivation
{
    /// <summary>f(x) and f'(x).</summary>
    T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>;
}

/// <summary>x.</summary>
internal readonly struct IdentityLanes : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        derivative = T.Create(1);
        return x;
    }
}

/// <summary>Above x for x > 0, Below x elsewhere: the rectifier (1, 0), the leaky one (1, slope), -x, |x|; derivative at 0 as given.</summary>
internal readonly struct PiecewiseLinearLanes(double above, double below, double atZero) : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T zero = T.Create(0);
        T slope = T.IfGreater(x, zero, T.Create(above), T.Create(below));
        derivative = T.IfGreater(T.Abs(x), zero, slope, T.Create(atZero));

        // An infinite x times slope 0 is 0, not NaN: nothing infinite is multiplied.
        T low = below == 0 ? T.IfGreater(zero, x, zero, x) : T.Create(below) * x;
        return T.IfGreater(x, zero, T.Create(above) * x, low);
    }
}

/// <summary>1 / (1 + exp(-x)); derivative e / (1 + e)^2 with e = exp(-|x|), which does not cancel.</summary>
internal readonly struct SigmoidLanes : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T e = Exponentials.ExpOfNegative(T.NegativeAbs(x));
        T upper = T.Create(1) / (T.Create(1) + e);
        T lower = e * upper;
        derivative = lower * upper;
        return T.IfGreater(T.Create(0), x, lower, upper);
    }
}

/// <summary>tanh(x) = -m / (2 + m) with m = exp(-2|x|) - 1, with the sign of x; derivative 4 e / (1 + e)^2.</summary>
internal readonly struct TanhLanes : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T> => Of(x, out derivative);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Of<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T m = Exponentials.Expm1OfNegative(T.Create(2) * T.NegativeAbs(x), out T e);
        T q = T.Create(1) / (T.Create(2) + m);
        T size = -m * q;
        T twice = q + q;
        derivative = e * twice * twice;
        return T.IfGreater(T.Create(0), x, -size, size);
    }
}

/// <summary>ln(1 + exp(x)) = max(0, x) + ln(1 + exp(-|x|)).</summary>
internal readonly struct SoftplusLanes : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T zero = T.Create(0);
        T e = Exponentials.ExpOfNegative(T.NegativeAbs(x));
        T q = T.Create(1) / (T.Create(1) + e);
        derivative = T.IfGreater(zero, x, e * q, q);
        return T.IfGreater(zero, x, zero, x) + Exponentials.Log1pOfUnit(e);
    }
}

/// <summary>x / (1 + exp(-Alpha x)).</summary>
internal readonly struct SwishLanes(double alpha) : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T u = T.Create(alpha) * x;
        T s = default(SigmoidLanes).Apply(u, out T slope);
        derivative = T.MultiplyAdd(u, slope, s);
        return x * s;
    }
}

/// <summary>exp(x).</summary>
internal readonly struct ExponentialLanes : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T> => derivative = Exponentials.Exp(x);
}

/// <summary>Gamma x for x > 0, Gamma Alpha (exp(x / Scale) - 1) below: ELU, SELU, CELU.</summary>
internal readonly struct ExponentialLinearLanes(double alpha, double gamma, double scale) : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T zero = T.Create(0);
        T m = Exponentials.Expm1OfNegative(T.IfGreater(x, zero, zero, x) / T.Create(scale), out T e);
        derivative = T.IfGreater(x, zero, T.Create(gamma), T.Create(gamma * alpha / scale) * e);
        return T.Create(gamma) * T.IfGreater(x, zero, x, T.Create(alpha) * m);
    }
}

/// <summary>x / 2 (1 + tanh u), u = sqrt(2/pi) (x + 0.044715 x^3): x times the sigmoid of 2 u, which does not cancel.</summary>
internal readonly struct TanhGeluLanes : IActivation
{
    private const double Sqrt8OverPi = 1.5957691216057307118;
    private const double Cubic = 0.044715;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T square = x * x;
        T u = T.Create(Sqrt8OverPi) * T.MultiplyAdd(T.Create(Cubic) * square, x, x);
        T du = T.MultiplyAdd(T.Create(3 * Cubic * Sqrt8OverPi), square, T.Create(Sqrt8OverPi));
        T s = default(SigmoidLanes).Apply(u, out T slope);
        derivative = T.MultiplyAdd(x * slope, du, s);
        return x * s;
    }
}

/// <summary>x / (1 + |x|).</summary>
internal readonly struct SoftsignLanes : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T below = T.Create(1) + T.Abs(x);
        derivative = T.Create(1) / (below * below);
        return x / below;
    }
}

/// <summary>max(0, min(1, Alpha x + Beta)).</summary>
internal readonly struct HardSigmoidLanes(double alpha, double beta) : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T zero = T.Create(0);
        T one = T.Create(1);
        T u = T.Create(alpha) * x + T.Create(beta);
        derivative = T.IfGreater(u, zero, T.IfGreater(one, u, T.Create(alpha), zero), zero);
        return T.IfGreater(u, one, one, T.IfGreater(zero, u, zero, u));
    }
}

/// <summary>max(Lower, min(Upper, x)).</summary>
internal readonly struct ClipLanes(double lower, double upper) : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T low = T.Create(lower);
        T high = T.Create(upper);
        T zero = T.Create(0);
        derivative = T.IfGreater(x, low, T.IfGreater(high, x, T.Create(1), zero), zero);
        T capped = T.IfGreater(x, high, high, x);
        return T.IfGreater(low, capped, low, capped);
    }
}

/// <summary>x Phi(x), Phi(x) = erfc(-x / sqrt 2) / 2 = exp(-x^2/2) r(|x|) below 0 and 1 less that above; derivative Phi(x) + x Phi'(x).</summary>
internal readonly struct GeluLanes : IActivation
{
    private const double InverseSqrt2 = 0.70710678118654752440;
    private const double InverseSqrt2Pi = 0.39894228040143267794;
    private const double Split = 134217729; // 2^27 + 1 halves the digits [Dekker1971]

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T size = T.AtMost(60, T.Abs(x));
        T u = T.Create(InverseSqrt2) * size;
        T q = (u - T.Create(4)) / (u + T.Create(4));
        T ratio = T.Create(0);
        foreach (double coefficient in SpecialFunctions.ScaledErfc)
        {
            ratio = T.MultiplyAdd(ratio, q, T.Create(coefficient));
        }

        // x^2 in two parts, so that its rounding is not magnified.
        T wide = T.Create(Split) * size;
        T high = wide - (wide - size);
        T rest = (size - high) * (size + high);
        T half = T.Create(-0.5);
        T bell = Exponentials.ExpOfNegative(half * (high * high));
        T t = half * rest; // below 3e-5: three terms of its exponential are enough
        T growth = T.MultiplyAdd(t, T.MultiplyAdd(t, T.Create(1.0 / 6), T.Create(0.5)), T.Create(1));
        bell = T.MultiplyAdd(bell, t * growth, bell);
        T tail = T.Create(0.5) * bell * (ratio / (T.Create(1) + u + u));
        T zero = T.Create(0);
        T phi = T.IfGreater(x, zero, T.Create(1) - tail, tail);
        T turned = T.IfGreater(x, zero, size, -size);
        derivative = T.MultiplyAdd(turned * T.Create(InverseSqrt2Pi), bell, phi);
        return T.IfGreater(T.Create(-60), x, T.Create(0), x * phi);
    }
}

/// <summary>x tanh(ln(1 + exp(x))) = x n / (n + 2) with n = exp(x)^2 + 2 exp(x), written in exp(-|x|).</summary>
internal readonly struct MishLanes : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T zero = T.Create(0);
        T two = T.Create(2);
        T e = Exponentials.ExpOfNegative(T.NegativeAbs(x));
        T square = e * e;
        T ePlus = T.Create(1) + e;

        // tanh = n / (n + 2); both sides times exp(-2x) where x > 0.
        T n = T.IfGreater(x, zero, T.Create(1) + two * e, square + two * e);
        T below = T.IfGreater(x, zero, n + two * square, n + two);
        T tanh = n / below;

        // 1 - tanh^2 = 4 (1 + exp(x))^2 / (n + 2)^2, times the sigmoid.
        T numerator = T.Create(4) * T.IfGreater(x, zero, square, e) * ePlus;
        derivative = T.MultiplyAdd(x, numerator / (below * below), tanh);
        return x * tanh;
    }
}

/// <summary>x max(0, min(1, x/6 + 1/2)).</summary>
internal readonly struct HardSwishLanes : IActivation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T three = T.Create(3);
        T zero = T.Create(0);
        T one = T.Create(1);
        T inside = x / three + T.Create(0.5);
        T above = T.IfGreater(three, x, inside, one);
        derivative = T.IfGreater(x, -three, above, zero);
        T u = x / T.Create(6) + T.Create(0.5);
        return x * T.AtLeast(0, T.AtMost(1, u));
    }
}
