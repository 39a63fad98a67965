using System.Numerics;
using Preimage.Networks;

namespace Preimage.Tests.Enclosing;

/// <summary>f, f' and f'' at a number, in units of 2^-Bits.</summary>
internal readonly record struct Jet(BigInteger Value, BigInteger First, BigInteger Second);

/// <summary>
/// Every scalar function with two derivatives in fixed point: functions are put together as their definitions read, and the chain rule does the rest,
/// so that no formula of a derivative is written twice.
/// </summary>
internal sealed class ScalarOracle(FixedPoint number)
{
    /// <summary>Bits that hold the tails of all functions and their subnormal values: (600 digits.)</summary>
    public static ScalarOracle Wide { get; } = new(new FixedPoint(3600));

    /// <summary>Bits for arguments of moderate size.</summary>
    public static ScalarOracle Narrow { get; } = new(new FixedPoint(640));

    public FixedPoint Number => number;

    /// <summary>f, f', f'' at x, off kinks.</summary>
    public Jet At(ScalarFunction f, double x) => At(f, new Jet(number.From(x), number.One, 0));

    private Jet At(ScalarFunction f, Jet x) =>
        f switch
        {
            Identity => x,
            Negate => Times(x, -1),
            Absolute => x.Value.Sign < 0 ? Times(x, -1) : x,
            Reciprocal => Inverse(x),
            SquareRoot => Power(x, 0.5),
            Exponential => Exp(x),
            Logarithm => Log(x),
            ErrorFunction => Erf(x),
            Sine => Wave(x, 0),
            Cosine => Wave(x, 1),
            ConstantPower(var p) => Power(x, p),
            Sigmoid => Inverse(Plus(Exp(Times(x, -1)), 1)),
            HardSigmoid(var a, var b) => Clipped(Plus(Scaled(x, a), b), 0, 1),
            HardSwish => HardSwishOf(x),
            HyperbolicTangent => Tanh(x),
            Softplus => SoftplusOf(x),
            Softsign => Product(x, Inverse(Plus(x.Value.Sign < 0 ? Times(x, -1) : x, 1))),
            Rectifier => x.Value.Sign < 0 ? default : x,
            LeakyRectifier(var slope) => x.Value.Sign < 0 ? Scaled(x, slope) : x,
            ExponentialLinear(var a) => Linear(x, Scaled(Plus(Exp(Negative(x)), -1), a)),
            ScaledExponentialLinear(var a, var g) => Scaled(Linear(x, Scaled(Plus(Exp(Negative(x)), -1), a)), g),
            ContinuousExponentialLinear(var a) => Linear(x, Scaled(Plus(Exp(Scaled(Negative(x), 1, a)), -1), a)),
            GaussianErrorLinear => Gelu(x),
            TanhGaussianErrorLinear => TanhGelu(x),
            Swish(var a) => Product(x, Inverse(Plus(Exp(Times(Scaled(x, a), -1)), 1))),
            Mish => Product(x, Tanh(SoftplusOf(x))),
            Clip(var lower, var upper) => Clipped(x, lower, upper),
            Tangent => Product(Wave(x, 0), Inverse(Wave(x, 1))),
            ArcSine => ArcSineOf(x),
            ArcCosine => Shifted(Times(ArcSineOf(x), -1), number.Pi >> 1),
            ArcTangent => Atan(x),
            HyperbolicSine => Scaled(Sum(Exp(x), Times(Exp(Times(x, -1)), -1)), 0.5),
            HyperbolicCosine => Scaled(Sum(Exp(x), Exp(Times(x, -1))), 0.5),
            InverseHyperbolicSine => x.Value.Sign < 0
                ? Times(At(f, Times(x, -1)), -1)
                : Log(Sum(x, Power(Plus(Product(x, x), 1), 0.5))),
            InverseHyperbolicCosine => Log(Sum(x, Power(Plus(Product(x, x), -1), 0.5))),
            InverseHyperbolicTangent => Scaled(Log(Product(Plus(x, 1), Inverse(Plus(Times(x, -1), 1)))), 0.5),
            Floor => Constant(FloorOf(x.Value)),
            Ceiling => Constant(-FloorOf(-x.Value)),
            RoundToEven => Constant(Nearest(x.Value)),
            Truncate => Constant(x.Value.Sign * FloorOf(BigInteger.Abs(x.Value))),
            Sign => Constant(x.Value.Sign * number.One),
            ThresholdedRectifier(var alpha) => x.Value > number.From(alpha) ? x : default,
            Shrink(var threshold, var bias) => x.Value < -number.From(threshold) ? Plus(x, bias)
            : x.Value > number.From(threshold) ? Plus(x, -bias)
            : default,
            _ => throw new ArgumentException($"{f} has no oracle."),
        };

    /// <summary>g(u) from g, g', g'' at u.</summary>
    private Jet Chain(Jet u, BigInteger g, BigInteger first, BigInteger second) =>
        new(
            g,
            number.Times(first, u.First),
            number.Times(number.Times(second, u.First), u.First) + number.Times(first, u.Second)
        );

    private Jet Product(Jet a, Jet b) =>
        new(
            number.Times(a.Value, b.Value),
            number.Times(a.First, b.Value) + number.Times(a.Value, b.First),
            number.Times(a.Second, b.Value) + 2 * number.Times(a.First, b.First) + number.Times(a.Value, b.Second)
        );

    private static Jet Times(Jet a, int factor) => new(a.Value * factor, a.First * factor, a.Second * factor);

    private Jet Scaled(Jet a, double factor) => Product(a, new(number.From(factor), 0, 0));

    private Jet Scaled(Jet a, double factor, double divisor) =>
        Product(a, new(number.Over(number.From(factor), number.From(divisor)), 0, 0));

    private static Jet Sum(Jet a, Jet b) => new(a.Value + b.Value, a.First + b.First, a.Second + b.Second);

    private static Jet Shifted(Jet a, BigInteger term) => a with { Value = a.Value + term };

    private static Jet Constant(BigInteger value) => new(value, 0, 0);

    private BigInteger FloorOf(BigInteger x) => x >> number.Bits << number.Bits;

    /// <summary>The nearest whole number, of two the even one.</summary>
    private BigInteger Nearest(BigInteger x)
    {
        BigInteger floor = FloorOf(x);
        int side = (2 * (x - floor)).CompareTo(number.One);
        bool isOdd = !(floor >> number.Bits).IsEven;
        return side > 0 || (side == 0 && isOdd) ? floor + number.One : floor;
    }

    private Jet Atan(Jet u)
    {
        BigInteger slope = number.Over(number.One, number.One + number.Times(u.Value, u.Value));
        return Chain(u, number.Atan(u.Value), slope, -2 * number.Times(number.Times(slope, slope), u.Value));
    }

    private Jet ArcSineOf(Jet x) => Atan(Product(x, Inverse(Power(Plus(Times(Product(x, x), -1), 1), 0.5))));

    private Jet Plus(Jet a, double term) => a with { Value = a.Value + number.From(term) };

    private Jet Inverse(Jet u)
    {
        BigInteger inverse = number.Over(number.One, u.Value);
        BigInteger square = number.Times(inverse, inverse);
        return Chain(u, inverse, -square, 2 * number.Times(square, inverse));
    }

    private Jet Exp(Jet u)
    {
        BigInteger exp = number.Exp(u.Value);
        return Chain(u, exp, exp, exp);
    }

    private Jet Log(Jet u)
    {
        BigInteger inverse = number.Over(number.One, u.Value);
        return Chain(u, number.Log(u.Value), inverse, -number.Times(inverse, inverse));
    }

    private Jet Erf(Jet u)
    {
        BigInteger slope = number.ErfSlope(u.Value);
        return Chain(u, number.Erf(u.Value), slope, -2 * number.Times(u.Value, slope));
    }

    private Jet Wave(Jet u, int derivatives)
    {
        (BigInteger sin, BigInteger cos) = number.Wave(u.Value);
        return derivatives == 0 ? Chain(u, sin, cos, -sin) : Chain(u, cos, -sin, -cos);
    }

    private Jet Power(Jet u, double p) =>
        p == 2 ? Product(u, u)
        : p == 3 ? Product(u, Product(u, u))
        : Exp(Scaled(Log(u), p));

    private Jet Tanh(Jet u)
    {
        Jet e = Exp(Times(u.Value.Sign < 0 ? Times(u, -1) : u, -2));
        Jet tanh = Product(Plus(Times(e, -1), 1), Inverse(Plus(e, 1)));
        return u.Value.Sign < 0 ? Times(tanh, -1) : tanh;
    }

    private Jet SoftplusOf(Jet u) => Log(Plus(Exp(u), 1));

    private Jet Negative(Jet u) => u.Value.Sign < 0 ? u : Scaled(u, 0);

    private static Jet Linear(Jet x, Jet below) => x.Value.Sign > 0 ? x : below;

    private Jet HardSwishOf(Jet x)
    {
        Jet gate = Clipped(Plus(Scaled(x, 1, 6), 0.5), 0, 1);
        return Product(x, gate);
    }

    private Jet Clipped(Jet t, double lower, double upper) =>
        double.IsFinite(lower) && t.Value <= number.From(lower) ? new(number.From(lower), 0, 0)
        : double.IsFinite(upper) && t.Value >= number.From(upper) ? new(number.From(upper), 0, 0)
        : t;

    /// <summary>x/2 (1 + erf(x / sqrt 2)).</summary>
    private Jet Gelu(Jet x)
    {
        BigInteger root = number.Sqrt(2 * number.One);
        Jet u = Product(x, new(number.Over(number.One, root), 0, 0));
        return Scaled(Product(x, Plus(Erf(u), 1)), 0.5);
    }

    /// <summary>x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).</summary>
    private Jet TanhGelu(Jet x)
    {
        BigInteger scale = number.Sqrt(number.Over(2 * number.One, number.Pi));
        BigInteger cubic = number.One * 44715 / 1000000;
        Jet cube = Product(x, Product(x, Product(x, new(cubic, 0, 0))));
        Jet inner = new(x.Value + cube.Value, x.First + cube.First, x.Second + cube.Second);
        Jet v = Times(Product(inner, new(scale, 0, 0)), -2);
        return Product(x, Inverse(Plus(Exp(v), 1)));
    }
}
