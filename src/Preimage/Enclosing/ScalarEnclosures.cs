using System.Collections.Immutable;
using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Value and derivatives of every <see cref="ScalarFunction"/> over intervals: from the monotone pieces of each, so that they are as narrow as the range is.
/// A kink in the interval: the derivative is Clarke's, the hull of both sides, and the second derivative is everything. Where only f' has a kink, the second
/// derivative is Clarke's of f'. A jump in the interval: both derivatives are everything. Outside its domain a function claims nothing; through a pole all three are everything.
/// </summary>
internal static class ScalarEnclosures
{
    /// <summary>Encloses f over x.</summary>
    public static Interval Value(ScalarFunction f, Interval x) =>
        f switch
        {
            Identity => x,
            Negate => -x,
            Absolute => x.Absolute(),
            Reciprocal => x.Power(-1),
            SquareRoot => x.SquareRoot(),
            Exponential => x.Exp(),
            Logarithm => x.Log(),
            ErrorFunction => x.Erf(),
            Sine => x.Sin(),
            Cosine => x.Cos(),
            ConstantPower(var p) => x.Power(p),
            Sigmoid => x.Sigmoid(),
            HardSigmoid(var a, var b) => Interval.Max(0, Interval.Min(1, x * a + b)),
            HardSwish => KinkedFunctions.HardSwish(x),
            HyperbolicTangent => x.Tanh(),
            Softplus => x.Softplus(),
            Softsign => MonotonePieces.Range<SoftsignPieces>(x, 0),
            Rectifier => Interval.Max(0, x),
            LeakyRectifier(var slope) => KinkedFunctions.Joined(x, slope, 1),
            ExponentialLinear(var a) => KinkedFunctions.ExponentialLinear(x, a),
            ScaledExponentialLinear(var a, var g) => KinkedFunctions.ExponentialLinear(x, a) * g,
            ContinuousExponentialLinear(var a) => KinkedFunctions.ContinuousExponentialLinear(x, a),
            GaussianErrorLinear => MonotonePieces.Range<GaussianErrorLinearPieces>(x, 0),
            TanhGaussianErrorLinear => MonotonePieces.Range<TanhGaussianErrorLinearPieces>(x, 0),
            Swish(var a) => SwishPieces.Value(x, a),
            Mish => MonotonePieces.Range<MishPieces>(x, 0),
            Clip(var lower, var upper) => Interval.Max(lower, Interval.Min(upper, x)),
            _ => InverseEnclosures.Of(f, x, 0)
                ?? JumpingFunctions.Value(f, x)
                ?? throw new ArgumentException($"{f} has no enclosure in the table."),
        };

    /// <summary>Encloses f' over x.</summary>
    public static Interval Derivative(ScalarFunction f, Interval x) =>
        f switch
        {
            Identity => 1,
            Negate => -1,
            Absolute => KinkedFunctions.Slopes(x, 0, -1, 1),
            Reciprocal => KinkedFunctions.PowerSlope(x, -1),
            SquareRoot => KinkedFunctions.PowerSlope(x, 0.5),
            Exponential => x.Exp(),
            Logarithm => x.High <= 0 ? Interval.Everything : KinkedFunctions.Positive(x).Power(-1),
            ErrorFunction => MonotonePieces.Range<ErrorFunctionPieces>(x, 1),
            Sine => x.Cos(),
            Cosine => -x.Sin(),
            ConstantPower(var p) => KinkedFunctions.PowerSlope(x, p),
            Sigmoid => MonotonePieces.Range<SigmoidPieces>(x, 1),
            HardSigmoid(var a, var b) => KinkedFunctions.ClippedSlope(x * a + b, 0, 1, a),
            HardSwish => KinkedFunctions.HardSwishSlope(x),
            HyperbolicTangent => MonotonePieces.Range<TanhPieces>(x, 1),
            Softplus => x.Sigmoid(),
            Softsign => MonotonePieces.Range<SoftsignPieces>(x, 1),
            Rectifier => KinkedFunctions.Slopes(x, 0, 0, 1),
            LeakyRectifier(var slope) => KinkedFunctions.Slopes(x, 0, slope, 1),
            ExponentialLinear(var a) => KinkedFunctions.ExponentialLinearSlope(x, a),
            ScaledExponentialLinear(var a, var g) => KinkedFunctions.ExponentialLinearSlope(x, a) * g,
            ContinuousExponentialLinear(var a) => KinkedFunctions.ContinuousExponentialLinearSlope(x, a),
            GaussianErrorLinear => MonotonePieces.Range<GaussianErrorLinearPieces>(x, 1),
            TanhGaussianErrorLinear => MonotonePieces.Range<TanhGaussianErrorLinearPieces>(x, 1),
            Swish(var a) => SwishPieces.Derivative(x, a),
            Mish => MonotonePieces.Range<MishPieces>(x, 1),
            Clip(var lower, var upper) => KinkedFunctions.ClippedSlope(x, lower, upper, 1),
            _ => InverseEnclosures.Of(f, x, 1)
                ?? JumpingFunctions.Slope(f, x)
                ?? throw new ArgumentException($"{f} has no enclosed derivative in the table."),
        };

    /// <summary>Encloses f'' over x; Clarke's derivative of f' where f' has a kink in x, everything where f has one.</summary>
    public static Interval Second(ScalarFunction f, Interval x) =>
        f switch
        {
            Identity or Negate => 0,
            Absolute or Rectifier => KinkedFunctions.Bend(x, 0),
            Reciprocal => KinkedFunctions.PowerBend(x, -1),
            SquareRoot => KinkedFunctions.PowerBend(x, 0.5),
            Exponential => x.Exp(),
            Logarithm => x.High <= 0 ? Interval.Everything : -KinkedFunctions.Positive(x).Power(-2),
            ErrorFunction => MonotonePieces.Range<ErrorFunctionPieces>(x, 2),
            Sine => -x.Sin(),
            Cosine => -x.Cos(),
            ConstantPower(var p) => KinkedFunctions.PowerBend(x, p),
            Sigmoid => MonotonePieces.Range<SigmoidPieces>(x, 2),
            HardSigmoid(var a, var b) => a == 0 ? 0 : KinkedFunctions.ClippedBend(x * a + b, 0, 1),
            HardSwish => KinkedFunctions.HardSwishBend(x),
            HyperbolicTangent => MonotonePieces.Range<TanhPieces>(x, 2),
            Softplus => MonotonePieces.Range<SigmoidPieces>(x, 1),
            Softsign => x.Contains(0) ? new(-2, 2) : MonotonePieces.Range<SoftsignPieces>(x, 2),
            LeakyRectifier(var slope) => slope == 1 ? 0 : KinkedFunctions.Bend(x, 0),
            ExponentialLinear(var a) => KinkedFunctions.ExponentialLinearBend(x, a),
            ScaledExponentialLinear(var a, var g) => KinkedFunctions.ExponentialLinearBend(x, a) * g,
            ContinuousExponentialLinear(var a) => KinkedFunctions.ContinuousExponentialLinearBend(x, a),
            GaussianErrorLinear => MonotonePieces.Range<GaussianErrorLinearPieces>(x, 2),
            TanhGaussianErrorLinear => MonotonePieces.Range<TanhGaussianErrorLinearPieces>(x, 2),
            Swish(var a) => SwishPieces.Second(x, a),
            Mish => MonotonePieces.Range<MishPieces>(x, 2),
            Clip(var lower, var upper) => KinkedFunctions.ClippedBend(x, lower, upper),
            _ => InverseEnclosures.Of(f, x, 2)
                ?? JumpingFunctions.Bend(f, x)
                ?? throw new ArgumentException($"{f} has no enclosed second derivative in the table."),
        };

    /// <summary>
    /// Encloses the places between which f' is monotone, so that f bends one way, kinks and jumps included, from left to right. A wave and a staircase have
    /// too many to list: they give none, and the sign of <see cref="Second"/> tells.
    /// </summary>
    public static ImmutableArray<Interval> Inflections(ScalarFunction f) =>
        f switch
        {
            ErrorFunction => [0],
            Absolute or Rectifier or LeakyRectifier or Softsign => [0],
            ExponentialLinear or ScaledExponentialLinear or ContinuousExponentialLinear => [0],
            Reciprocal or SquareRoot or Logarithm or ConstantPower => [0],
            Sigmoid or HyperbolicTangent => [0],
            HardSigmoid(var a, var b) => a == 0
                ? []
                : KinkedFunctions.Sorted((-Interval.Of(b)) / a, (Interval.Of(1) - b) / a),
            HardSwish => [-3, 3],
            GaussianErrorLinear => MonotonePieces.Places<GaussianErrorLinearPieces>(1, 1),
            TanhGaussianErrorLinear => MonotonePieces.Places<TanhGaussianErrorLinearPieces>(1, 1),
            Swish(var a) => a == 0 ? [] : MonotonePieces.Places<SwishPieces>(1, a),
            Mish => MonotonePieces.Places<MishPieces>(1, 1),
            Clip(var lower, var upper) => lower < upper
                ? [.. new Interval[] { lower, upper }.Where(x => double.IsFinite(x.Low))]
                : [],
            Identity or Negate or Exponential or Softplus or Sine or Cosine or Tangent => [],
            ArcSine or ArcCosine or ArcTangent or HyperbolicSine => [0],
            InverseHyperbolicSine or InverseHyperbolicTangent or Networks.Sign => [0],
            InverseHyperbolicCosine => [1],
            ThresholdedRectifier(var threshold) => [threshold],
            Shrink(var threshold, _) => threshold > 0 ? [-threshold, threshold] : [-threshold],
            HyperbolicCosine or Networks.Floor or Networks.Ceiling or RoundToEven or Networks.Truncate => [],
            _ => throw new ArgumentException($"{f} has no inflections in the table."),
        };
}
