using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>Enclosures of what the curvature of a <see cref="Reduction"/> adds to the second derivatives of its value.</summary>
internal static class ReductionCurvature
{
    private static readonly Networks.Absolute Absolute = new();

    /// <summary>Sums of functions of one number: y += sum f''(a_i) da_i da_i^T.</summary>
    public static void AddSquares(
        Reduction kind,
        Lane lane,
        ReadOnlySpan<Interval> a,
        EnclosedDerivatives first,
        Span<Interval> y
    )
    {
        for (int i = 0; i < lane.Count; i++)
        {
            Interval bend = kind == Reduction.SquareSum ? 2 : ScalarEnclosures.Second(Absolute, a[lane[i]]);
            IntervalLanes.AddSquare(y, bend, first.Of(0, lane[i]));
        }
    }

    /// <summary>The norm r: y += (sum da_i da_i^T - dr dr^T) / r.  dr: [n].</summary>
    public static void AddNorm(
        Lane lane,
        Interval norm,
        EnclosedDerivatives first,
        ReadOnlySpan<Interval> dr,
        Span<Interval> y
    )
    {
        using IntervalScratch scratch = new(y.Length);
        Span<Interval> sum = scratch.Span;
        sum.Clear();
        for (int i = 0; i < lane.Count; i++)
        {
            IntervalLanes.AddSquare(sum, 1, first.Of(0, lane[i]));
        }

        IntervalLanes.AddSquare(sum, -1, dr);
        IntervalLanes.AddScaled(y, norm.Low > 0 ? Interval.Of(1) / norm : Interval.Everything, sum);
    }

    /// <summary>The product: y += sum over pairs i &lt; j of the product of the others times (da_i da_j^T + da_j da_i^T).</summary>
    public static void AddProduct(Lane lane, ReadOnlySpan<Interval> a, EnclosedDerivatives first, Span<Interval> y)
    {
        for (int i = 0; i < lane.Count; i++)
        {
            for (int j = i + 1; j < lane.Count; j++)
            {
                Interval others = 1;
                for (int k = 0; k < lane.Count; k++)
                {
                    others *= k == i || k == j ? 1 : a[lane[k]];
                }

                IntervalLanes.AddSymmetric(y, others, first.Of(0, lane[i]), first.Of(0, lane[j]));
            }
        }
    }
}
