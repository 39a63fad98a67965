using Preimage.Networks;

namespace Preimage.Tests.Networks;

/// <summary>Every scalar function, with an interval inside its domain.</summary>
internal static class ScalarFunctionExamples
{
    /// <summary>One function: it is smooth in [Lower, Upper], but for kinks and jumps that a random point misses, and defined from Least to Most.</summary>
    public sealed record Example(
        ScalarFunction Function,
        double Lower = -3,
        double Upper = 3,
        double Least = double.NegativeInfinity,
        double Most = double.PositiveInfinity
    )
    {
        /// <summary>Whether it is defined for every number, without poles.</summary>
        public bool IsEverywhere =>
            Lower < 0 && double.IsInfinity(Least) && double.IsInfinity(Most) && Function is not Tangent;

        /// <summary>How far from x a singularity is, at least.</summary>
        public double Room(double x) => Function is Tangent ? Math.Abs(Math.Cos(x)) : Math.Min(x - Least, Most - x);

        public override string ToString() => Function.ToString();
    }

    /// <summary>What layers of a dense network are drawn from and written as; parameters are no floats, so that writing must keep all digits.</summary>
    public static IReadOnlyList<Example> Activations { get; } =
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

    /// <summary>All examples.</summary>
    public static IReadOnlyList<Example> All { get; } =
    [
        .. Activations,
        new(new Tangent(), -1.4, 1.4),
        new(new ArcSine(), -0.95, 0.95, -1, 1),
        new(new ArcCosine(), -0.95, 0.95, -1, 1),
        new(new ArcTangent()),
        new(new HyperbolicSine()),
        new(new HyperbolicCosine()),
        new(new InverseHyperbolicSine()),
        new(new InverseHyperbolicCosine(), 1.1, 3, 1),
        new(new InverseHyperbolicTangent(), -0.9, 0.9, -1, 1),
        new(new Floor()),
        new(new Ceiling()),
        new(new RoundToEven()),
        new(new Truncate()),
        new(new Sign()),
        new(new ThresholdedRectifier(0.8)),
        new(new ThresholdedRectifier(-0.3)),
        new(new ThresholdedRectifier(0)),
        new(new Shrink(0.4, 0)),
        new(new Shrink(0.4, 0.4)),
        new(new Shrink(-0.4, 0.7)),
    ];
}
