namespace Preimage.Networks;

/// <summary>A function R -> R that a network applies to each element. What it means stands in tables (<see cref="ScalarFunctions"/>), not here.</summary>
public abstract record ScalarFunction
{
    private protected ScalarFunction() { }
}

/// <summary>x.</summary>
public sealed record Identity : ScalarFunction;

/// <summary>-x.</summary>
public sealed record Negate : ScalarFunction;

/// <summary>|x|.</summary>
public sealed record Absolute : ScalarFunction;

/// <summary>1 / x.</summary>
public sealed record Reciprocal : ScalarFunction;

/// <summary>sqrt(x).</summary>
public sealed record SquareRoot : ScalarFunction;

/// <summary>exp(x).</summary>
public sealed record Exponential : ScalarFunction;

/// <summary>ln(x).</summary>
public sealed record Logarithm : ScalarFunction;

/// <summary>erf(x) = 2/sqrt(pi) * integral of exp(-t^2) from 0 to x.</summary>
public sealed record ErrorFunction : ScalarFunction;

/// <summary>sin(x).</summary>
public sealed record Sine : ScalarFunction;

/// <summary>cos(x).</summary>
public sealed record Cosine : ScalarFunction;

/// <summary>x^Exponent with a constant exponent.</summary>
public sealed record ConstantPower(double Exponent) : ScalarFunction;

/// <summary>1 / (1 + exp(-x)).</summary>
public sealed record Sigmoid : ScalarFunction;

/// <summary>max(0, min(1, Alpha x + Beta)).</summary>
public sealed record HardSigmoid(double Alpha = 0.2, double Beta = 0.5) : ScalarFunction;

/// <summary>x max(0, min(1, x/6 + 1/2)).</summary>
public sealed record HardSwish : ScalarFunction;

/// <summary>tanh(x).</summary>
public sealed record HyperbolicTangent : ScalarFunction;

/// <summary>ln(1 + exp(x)).</summary>
public sealed record Softplus : ScalarFunction;

/// <summary>x / (1 + |x|).</summary>
public sealed record Softsign : ScalarFunction;

/// <summary>max(0, x); its derivative at 0 is taken as 0.</summary>
public sealed record Rectifier : ScalarFunction;

/// <summary>x for x >= 0, Slope x below; its derivative at 0 is taken as Slope.</summary>
public sealed record LeakyRectifier(double Slope = 0.01) : ScalarFunction;

/// <summary>x for x > 0, Alpha (exp(x) - 1) below.</summary>
public sealed record ExponentialLinear(double Alpha = 1) : ScalarFunction;

/// <summary>Gamma x for x > 0, Gamma Alpha (exp(x) - 1) below.</summary>
public sealed record ScaledExponentialLinear(double Alpha, double Gamma) : ScalarFunction;

/// <summary>max(0, x) + min(0, Alpha (exp(x / Alpha) - 1)).</summary>
public sealed record ContinuousExponentialLinear(double Alpha = 1) : ScalarFunction;

/// <summary>x Phi(x), Phi the normal distribution function.</summary>
public sealed record GaussianErrorLinear : ScalarFunction;

/// <summary>x / 2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).</summary>
public sealed record TanhGaussianErrorLinear : ScalarFunction;

/// <summary>x / (1 + exp(-Alpha x)); SiLU at Alpha = 1.</summary>
public sealed record Swish(double Alpha = 1) : ScalarFunction;

/// <summary>x tanh(ln(1 + exp(x))).</summary>
public sealed record Mish : ScalarFunction;

/// <summary>max(Lower, min(Upper, x)).</summary>
public sealed record Clip(double Lower, double Upper) : ScalarFunction;

/// <summary>tan(x).</summary>
public sealed record Tangent : ScalarFunction;

/// <summary>arcsin(x).</summary>
public sealed record ArcSine : ScalarFunction;

/// <summary>arccos(x).</summary>
public sealed record ArcCosine : ScalarFunction;

/// <summary>arctan(x).</summary>
public sealed record ArcTangent : ScalarFunction;

/// <summary>sinh(x).</summary>
public sealed record HyperbolicSine : ScalarFunction;

/// <summary>cosh(x).</summary>
public sealed record HyperbolicCosine : ScalarFunction;

/// <summary>arsinh(x).</summary>
public sealed record InverseHyperbolicSine : ScalarFunction;

/// <summary>arcosh(x).</summary>
public sealed record InverseHyperbolicCosine : ScalarFunction;

/// <summary>artanh(x).</summary>
public sealed record InverseHyperbolicTangent : ScalarFunction;

/// <summary>The largest integer up to x; its derivative is taken as 0, at the jumps, too.</summary>
public sealed record Floor : ScalarFunction;

/// <summary>The smallest integer from x on; its derivative is taken as 0, at the jumps, too.</summary>
public sealed record Ceiling : ScalarFunction;

/// <summary>The integer nearest to x, of two the even one; its derivative is taken as 0, at the jumps, too.</summary>
public sealed record RoundToEven : ScalarFunction;

/// <summary>The integer part of x; its derivative is taken as 0, at the jumps, too.</summary>
public sealed record Truncate : ScalarFunction;

/// <summary>-1, 0 or 1, the sign of x; its derivative is taken as 0, at the jump, too.</summary>
public sealed record Sign : ScalarFunction;

/// <summary>x for x > Alpha, else 0: with a jump at Alpha.</summary>
public sealed record ThresholdedRectifier(double Alpha = 1) : ScalarFunction;

/// <summary>x + Bias for x &lt; -Threshold, x - Bias for x > Threshold, else 0: soft shrinkage where both are one number, hard where Bias = 0.</summary>
public sealed record Shrink(double Threshold = 0.5, double Bias = 0) : ScalarFunction;
