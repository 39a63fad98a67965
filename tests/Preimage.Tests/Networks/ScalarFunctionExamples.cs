using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>Every scalar function, with an interval inside its domain.</summary>
internal static class ScalarFunctionExamples
{
    /// <summary>One function: it is smooth in [Lower, Upper], but for kinks that a random point misses.</summary>
    public sealed record Example(ScalarFunction Function, double Lower = -3, double Upper = 3)
    {
        public override string ToString() => Function.ToString();
    }

    /// <summary>All examples; parameters are no floats, so that writing must keep all digits.</summary>
    public static IReadOnlyList<Example> All { get; } =
    [
        new(new Identity()),
        new(new Negate()),
        new(new Absolute()),
        new(new Reciprocal(), 0.5, 3),
        new(new SquareRoot(), 0.5, 3),
        new(new Exponential()),
        new(new Logarithm(), 0.5, 3),
        new(new ErrorFunction()),
        new(new Sine()),
        new(new Cosine()),
        new(new ConstantPower(2)),
        new(new ConstantPower(-1.3), 0.5, 3),
        new(new Sigmoid()),
        new(new HardSigmoid()),
        new(new HardSigmoid(0.3, 0.4)),
        new(new HardSwish()),
        new(new HyperbolicTangent()),
        new(new Softplus()),
        new(new Softsign()),
        new(new Rectifier()),
        new(new LeakyRectifier(0.1)),
        new(new ExponentialLinear(0.7)),
        new(new ScaledExponentialLinear(1.6732632423543772, 1.0507009873554805)),
        new(new ContinuousExponentialLinear(0.3)),
        new(new GaussianErrorLinear()),
        new(new TanhGaussianErrorLinear()),
        new(new Swish()),
        new(new Swish(1.702)),
        new(new Mish()),
        new(new Clip(-0.4, 1.1)),
        new(new Clip(double.NegativeInfinity, 1.1)),
        new(new Clip(-0.4, double.PositiveInfinity)),
    ];
}
