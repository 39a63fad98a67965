using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Enclosures of value and partial derivatives of every <see cref="Reduction"/> along one line.</summary>
internal static class ReductionEnclosures
{
    private static readonly Networks.Absolute Absolute = new();

    /// <summary>Encloses the reduced value.  a: the whole operand.</summary>
    public static Interval Value(Reduction kind, Lane lane, ReadOnlySpan<Interval> a) =>
        kind switch
        {
            Reduction.Sum => Sum(kind, lane, a),
            Reduction.Mean => Sum(kind, lane, a) / lane.Count,
            Reduction.Product => Product(lane, a, except: -1),
            Reduction.Maximum => Extreme(kind, lane, a),
            Reduction.Minimum => Extreme(kind, lane, a),
            Reduction.AbsoluteSum => Sum(kind, lane, a),
            Reduction.SquareSum => Sum(kind, lane, a),
            Reduction.EuclideanNorm => Sum(kind, lane, a).SquareRoot(),
            Reduction.LogSumExp => SoftmaxEnclosures.LogSumExp(lane, a),
        };

    /// <summary>
    /// Encloses the partial derivatives along one line; for an extreme, [0, 1] of each that may be it and 0 of the others.  a: the whole operand,
    /// value: the reduced value, partials: [lane.Count].
    /// </summary>
    public static void Partials(
        Reduction kind,
        Lane lane,
        ReadOnlySpan<Interval> a,
        Interval value,
        Span<Interval> partials
    )
    {
        for (int i = 0; i < lane.Count; i++)
        {
            Interval x = a[lane[i]];
            partials[i] = kind switch
            {
                Reduction.Sum => 1,
                Reduction.Mean => Interval.Of(1) / lane.Count,
                Reduction.Product => Product(lane, a, except: i),
                Reduction.Maximum => x.High >= value.Low ? new Interval(0, 1) : Interval.Zero,
                Reduction.Minimum => x.Low <= value.High ? new Interval(0, 1) : Interval.Zero,
                Reduction.AbsoluteSum => ScalarEnclosures.Derivative(Absolute, x),
                Reduction.SquareSum => x * 2,
                Reduction.EuclideanNorm => value.Low > 0 ? (x / value).Cut(new(-1, 1)) : new(-1, 1),
                Reduction.LogSumExp => (x - value).Exp().Cut(new(0, 1)),
                _ => throw new ArgumentException($"{kind} has no enclosure of its derivative in the table."),
            };
        }
    }

    /// <summary>The product of all members of a line but one.</summary>
    public static Interval Product(Lane lane, ReadOnlySpan<Interval> a, int except)
    {
        Interval product = 1;
        for (int i = 0; i < lane.Count; i++)
        {
            product *= i == except ? 1 : a[lane[i]];
        }

        return product;
    }

    private static Interval Sum(Reduction kind, Lane lane, ReadOnlySpan<Interval> a)
    {
        Interval sum = Interval.Zero;
        for (int i = 0; i < lane.Count; i++)
        {
            Interval x = a[lane[i]];
            sum += kind switch
            {
                Reduction.Sum or Reduction.Mean => x,
                Reduction.AbsoluteSum => x.Absolute(),
                _ => x.Square(),
            };
        }

        return sum;
    }

    private static Interval Extreme(Reduction kind, Lane lane, ReadOnlySpan<Interval> a)
    {
        Interval extreme = a[lane[0]];
        for (int i = 1; i < lane.Count; i++)
        {
            Interval x = a[lane[i]];
            extreme =
                kind == Reduction.Maximum
                    ? new Interval(Math.Max(extreme.Low, x.Low), Math.Max(extreme.High, x.High))
                    : new Interval(Math.Min(extreme.Low, x.Low), Math.Min(extreme.High, x.High));
        }

        return extreme;
    }
}
