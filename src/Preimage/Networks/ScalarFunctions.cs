namespace Preimage.Networks;

/// <summary>Value and derivative of every <see cref="ScalarFunction"/>: the plain tables, accurate to a few ulp, that fast kernels are tested against.</summary>
public static class ScalarFunctions
{
    private const double InverseSqrt2 = 0.70710678118654752440;
    private const double InverseSqrt2Rest = -4.833646656726457e-17; // what the double above lacks
    private const double InverseSqrt2Pi = 0.39894228040143267794;
    private const double Sqrt2OverPi = 0.79788456080286535588;
    private const double GeluCubic = 0.044715;

    /// <summary>f(x).</summary>
    public static double Value(ScalarFunction f, double x) =>
        f switch
        {
            Identity => x,
            Negate => -x,
            Absolute => Math.Abs(x),
            Reciprocal => 1 / x,
            SquareRoot => Math.Sqrt(x),
            Exponential => Math.Exp(x),
            Logarithm => Math.Log(x),
            ErrorFunction => SpecialFunctions.Erf(x),
            Sine => Math.Sin(x),
            Cosine => Math.Cos(x),
            ConstantPower(var p) => Math.Pow(x, p),
            Sigmoid => SpecialFunctions.Sigmoid(x),
            HardSigmoid(var a, var b) => Math.Max(0, Math.Min(1, a * x + b)),
            HardSwish => x * Math.Max(0, Math.Min(1, x / 6 + 0.5)),
            HyperbolicTangent => Math.Tanh(x),
            Softplus => SpecialFunctions.Softplus(x),
            Softsign => x / (1 + Math.Abs(x)),
            Rectifier => Math.Max(0, x),
            LeakyRectifier(var slope) => x >= 0 ? x : slope * x,
            ExponentialLinear(var a) => x > 0 ? x : a * SpecialFunctions.Expm1(x),
            ScaledExponentialLinear(var a, var g) => g * (x > 0 ? x : a * SpecialFunctions.Expm1(x)),
            ContinuousExponentialLinear(var a) => Math.Max(0, x) + Math.Min(0, a * SpecialFunctions.Expm1(x / a)),
            GaussianErrorLinear => x * NormalDistribution(x),
            TanhGaussianErrorLinear => x * SpecialFunctions.Sigmoid(2 * Sqrt2OverPi * (x + GeluCubic * x * x * x)),
            Swish(var a) => x * SpecialFunctions.Sigmoid(a * x),
            Mish => x * Math.Tanh(SpecialFunctions.Softplus(x)),
            Clip(var lower, var upper) => Math.Max(lower, Math.Min(upper, x)),
            Tangent => Math.Tan(x),
            ArcSine => Math.Asin(x),
            ArcCosine => Math.Acos(x),
            ArcTangent => Math.Atan(x),
            HyperbolicSine => Math.Sinh(x),
            HyperbolicCosine => Math.Cosh(x),
            InverseHyperbolicSine => Math.Asinh(x),
            InverseHyperbolicCosine => Math.Acosh(x),
            InverseHyperbolicTangent => Math.Atanh(x),
            Floor => Math.Floor(x),
            Ceiling => Math.Ceiling(x),
            RoundToEven => Math.Round(x, MidpointRounding.ToEven),
            Truncate => Math.Truncate(x),
            Sign => double.IsNaN(x) ? x : Math.Sign(x),
            ThresholdedRectifier(var alpha) => x > alpha ? x : 0,
            Shrink(var threshold, var bias) => x < -threshold ? x + bias
            : x > threshold ? x - bias
            : 0,
            _ => throw new ArgumentException($"{f} has no value in the table."),
        };

    /// <summary>f'(x); at a kink the derivative from the side that the function's definition names.</summary>
    public static double Derivative(ScalarFunction f, double x) =>
        f switch
        {
            Identity => 1,
            Negate => -1,
            Absolute => double.IsNaN(x) ? x : Math.Sign(x),
            Reciprocal => -1 / (x * x),
            SquareRoot => 0.5 / Math.Sqrt(x),
            Exponential => Math.Exp(x),
            Logarithm => 1 / x,
            ErrorFunction => 2 * Sqrt2OverPi * InverseSqrt2 * SpecialFunctions.Bell(x, 1),
            Sine => Math.Cos(x),
            Cosine => -Math.Sin(x),
            ConstantPower(var p) => p == 0 ? 0 : p * Math.Pow(x, p - 1),
            Sigmoid => SpecialFunctions.Sigmoid(x) * SpecialFunctions.Sigmoid(-x),
            HardSigmoid(var a, var b) => a * x + b is > 0 and < 1 ? a : 0,
            HardSwish => x <= -3 ? 0
            : x >= 3 ? 1
            : x / 3 + 0.5,
            HyperbolicTangent => SpecialFunctions.SechSquared(x),
            Softplus => SpecialFunctions.Sigmoid(x),
            Softsign => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x))),
            Rectifier => x > 0 ? 1 : 0,
            LeakyRectifier(var slope) => x > 0 ? 1 : slope,
            ExponentialLinear(var a) => x > 0 ? 1 : a * Math.Exp(x),
            ScaledExponentialLinear(var a, var g) => g * (x > 0 ? 1 : a * Math.Exp(x)),
            ContinuousExponentialLinear(var a) => x > 0 ? 1 : Math.Exp(x / a),
            GaussianErrorLinear => NormalDistribution(x) + x * InverseSqrt2Pi * SpecialFunctions.Bell(x, 0.5),
            TanhGaussianErrorLinear => TanhGeluDerivative(x),
            Swish(var a) => SwishDerivative(a, x),
            Mish => MishDerivative(x),
            Clip(var lower, var upper) => x > lower && x < upper ? 1 : 0,
            Tangent => 1 + Math.Tan(x) * Math.Tan(x),
            ArcSine => 1 / Math.Sqrt((1 - x) * (1 + x)),
            ArcCosine => -1 / Math.Sqrt((1 - x) * (1 + x)),
            ArcTangent => Math.Abs(x) < 1e100 ? 1 / (1 + x * x) : 1 / x / x,
            HyperbolicSine => Math.Cosh(x),
            HyperbolicCosine => Math.Sinh(x),
            InverseHyperbolicSine => 1 / double.Hypot(1, x),
            InverseHyperbolicCosine => 1 / (Math.Sqrt(x - 1) * Math.Sqrt(x + 1)),
            InverseHyperbolicTangent => 1 / ((1 - x) * (1 + x)),
            Floor or Ceiling or RoundToEven or Truncate or Sign => 0,
            ThresholdedRectifier(var alpha) => x > alpha ? 1 : 0,
            Shrink(var threshold, _) => Math.Abs(x) > threshold ? 1 : 0,
            _ => throw new ArgumentException($"{f} has no derivative in the table."),
        };

    /// <summary>Phi(x) = erfc(u) / 2 with u = -x / sqrt 2; the rounding of u, which erfc magnifies, is put back to first order.</summary>
    private static double NormalDistribution(double x)
    {
        double u = -x * InverseSqrt2;
        double lost = Math.FusedMultiplyAdd(-x, InverseSqrt2, -u) - x * InverseSqrt2Rest;
        double correction = double.IsFinite(lost) ? Sqrt2OverPi * InverseSqrt2 * SpecialFunctions.Bell(u, 1) * lost : 0;
        return 0.5 * SpecialFunctions.Erfc(u) - correction;
    }

    private static double TanhGeluDerivative(double x)
    {
        double u = Sqrt2OverPi * (x + GeluCubic * x * x * x);
        double du = Sqrt2OverPi * (1 + 3 * GeluCubic * x * x);
        return SpecialFunctions.Sigmoid(2 * u) + 0.5 * x * SpecialFunctions.SechSquared(u) * du;
    }

    private static double SwishDerivative(double a, double x)
    {
        double s = SpecialFunctions.Sigmoid(a * x);
        return s + a * x * s * SpecialFunctions.Sigmoid(-a * x);
    }

    private static double MishDerivative(double x)
    {
        double s = SpecialFunctions.Softplus(x);
        return Math.Tanh(s) + x * SpecialFunctions.SechSquared(s) * SpecialFunctions.Sigmoid(x);
    }
}
