using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>A few functions only.</summary>
internal static class ScalarEnclosures
{
    public static Interval Value(ScalarFunction f, Interval x) =>
        f switch
        {
            Identity => x,
            Rectifier => new(Math.Max(0, x.Low), Math.Max(0, x.High)),
            Sigmoid or HyperbolicTangent or Exponential => Interval
                .Between(ScalarFunctions.Value(f, x.Low), ScalarFunctions.Value(f, x.High))
                .Widen(4),
            Logarithm => x.High <= 0
                ? Interval.Everything
                : Interval.Between(x.Low <= 0 ? double.NegativeInfinity : Math.Log(x.Low), Math.Log(x.High)).Widen(4),
            _ => Interval.Everything,
        };

    public static Interval Derivative(ScalarFunction f, Interval x) =>
        f switch
        {
            Identity => 1,
            Exponential => Value(f, x),
            Rectifier => new(x.Low > 0 ? 1 : 0, x.High < 0 ? 0 : 1),
            Sigmoid => Value(f, x) * Value(f, -x),
            HyperbolicTangent => Interval.Of(1) - Value(f, x).Square(),
            _ => Interval.Everything,
        };

    public static Interval Second(ScalarFunction f, Interval x) =>
        f switch
        {
            Identity => 0,
            Exponential => Value(f, x),
            Rectifier => x.Contains(0) ? Interval.Everything : 0,
            Sigmoid => Derivative(f, x) * (Value(f, -x) - Value(f, x)),
            HyperbolicTangent => Derivative(f, x) * Value(f, x) * -2,
            _ => Interval.Everything,
        };
}
