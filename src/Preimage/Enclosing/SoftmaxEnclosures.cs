using Preimage.Networks;

namespace Preimage.Enclosing;

/// <summary>
/// Enclosures of softmax and its kin along one line. A probability grows with its own exponent and falls with each other, so its bounds are taken
/// at two corners of the box: apart from rounding they are its range.
/// </summary>
internal static class SoftmaxEnclosures
{
    private static readonly Interval Unit = new(0, 1);

    /// <summary>Encloses exp(a_i) / sum exp(a_j).  a, p: the whole operands.</summary>
    public static void Probabilities(Lane lane, ReadOnlySpan<Interval> a, Span<Interval> p)
    {
        for (int i = 0; i < lane.Count; i++)
        {
            // 1 / (1 + sum of exp(a_j - a_i)): an overflow ends at 0.
            Interval others = new(Others(lane, a, i, least: true).Low, Others(lane, a, i, least: false).High);
            p[lane[i]] = (Interval.Of(1) / (others + 1)).Cut(Unit);
        }
    }

    /// <summary>Encloses a_i - ln sum exp(a_j).  a, y: the whole operands.</summary>
    public static void LogProbabilities(Lane lane, ReadOnlySpan<Interval> a, Span<Interval> y)
    {
        for (int i = 0; i < lane.Count; i++)
        {
            double high = -LogOfOthers(lane, a, i, least: true).Low;
            y[lane[i]] = new Interval(-LogOfOthers(lane, a, i, least: false).High, Math.Min(high, 0));
        }
    }

    /// <summary>Encloses ln sum exp(a_i), which grows with each.</summary>
    public static Interval LogSumExp(Lane lane, ReadOnlySpan<Interval> a)
    {
        double least = double.NegativeInfinity;
        double most = double.NegativeInfinity;
        for (int i = 0; i < lane.Count; i++)
        {
            least = Math.Max(least, a[lane[i]].Low);
            most = Math.Max(most, a[lane[i]].High);
        }

        Interval low = Interval.Zero;
        Interval high = Interval.Zero;
        for (int i = 0; i < lane.Count; i++)
        {
            low += (Interval.Of(a[lane[i]].Low) - least).Exp();
            high += (Interval.Of(a[lane[i]].High) - most).Exp();
        }

        return new Interval(
            double.IsFinite(least) ? (low.Log() + least).Low : least,
            double.IsFinite(most) ? (high.Log() + most).High : most
        );
    }

    /// <summary>The <see cref="Deviation"/> of every element of the line.  p: the whole operand.</summary>
    public static void Deviations(Lane lane, ReadOnlySpan<Interval> p, EnclosedDerivatives d)
    {
        for (int i = 0; i < lane.Count; i++)
        {
            Deviation(lane, i, p, d, d.At(lane[i]));
        }
    }

    /// <summary>
    /// da_i - sum p_j da_j, the derivative of a log-probability: as a sum of p_j (da_i - da_j), in which i itself cancels, and as a mean of
    /// these differences.  p: the whole operand, deviation: [lanes].
    /// </summary>
    public static void Deviation(
        Lane lane,
        int i,
        ReadOnlySpan<Interval> p,
        EnclosedDerivatives d,
        Span<Interval> deviation
    )
    {
        ReadOnlySpan<Interval> own = d.Of(0, lane[i]);
        for (int k = 0; k < d.Lanes; k++)
        {
            Interval sum = Interval.Zero;
            Interval hull = Interval.Zero;
            for (int j = 0; j < lane.Count; j++)
            {
                if (j != i)
                {
                    Interval difference = own[k] - d.Of(0, lane[j])[k];
                    sum += p[lane[j]] * difference;
                    hull = hull.Hull(difference);
                }
            }

            deviation[k] = sum.Cut(hull);
        }
    }

    /// <summary>Cuts a mean of derivatives with their hull.</summary>
    public static void CutWithHull(Lane lane, EnclosedDerivatives d, Span<Interval> mean)
    {
        for (int k = 0; k < d.Lanes; k++)
        {
            Interval hull = d.Of(0, lane[0])[k];
            for (int i = 1; i < lane.Count; i++)
            {
                hull = hull.Hull(d.Of(0, lane[i])[k]);
            }

            mean[k] = mean[k].Cut(hull);
        }
    }

    /// <summary>
    /// y += the sum over pairs i &lt; j of p_i p_j (da_i - da_j) (da_i - da_j)^T, the covariance of the derivatives.  p: [lane.Count],
    /// y: [n (n + 1) / 2].
    /// </summary>
    public static void AddCovariance(Lane lane, ReadOnlySpan<Interval> p, EnclosedDerivatives d, Span<Interval> y)
    {
        using IntervalScratch scratch = new(d.Lanes);
        Span<Interval> difference = scratch.Span;
        for (int i = 0; i < lane.Count; i++)
        {
            for (int j = i + 1; j < lane.Count; j++)
            {
                for (int k = 0; k < d.Lanes; k++)
                {
                    difference[k] = d.Of(0, lane[i])[k] - d.Of(0, lane[j])[k];
                }

                IntervalLanes.AddSquare(y, p[i] * p[j], difference);
            }
        }
    }

    /// <summary>The sum over the others of exp(a_j - a_i) at the corner where it is least, or most.</summary>
    private static Interval Others(Lane lane, ReadOnlySpan<Interval> a, int i, bool least)
    {
        Interval sum = Interval.Zero;
        for (int j = 0; j < lane.Count; j++)
        {
            if (j != i)
            {
                sum += Difference(a[lane[j]], a[lane[i]], least).Exp();
            }
        }

        return sum;
    }

    /// <summary>ln(1 + the sum over the others of exp(a_j - a_i)) at such a corner, shifted by the largest term.</summary>
    private static Interval LogOfOthers(Lane lane, ReadOnlySpan<Interval> a, int i, bool least)
    {
        double largest = 0;
        for (int j = 0; j < lane.Count; j++)
        {
            largest = j == i ? largest : Math.Max(largest, Difference(a[lane[j]], a[lane[i]], least).High);
        }

        if (double.IsInfinity(largest))
        {
            return least ? new Interval(0, largest) : new Interval(0, double.PositiveInfinity);
        }

        Interval sum = Interval.Of(-largest).Exp();
        for (int j = 0; j < lane.Count; j++)
        {
            if (j != i)
            {
                sum += (Difference(a[lane[j]], a[lane[i]], least) - largest).Exp();
            }
        }

        return sum.Log() + largest;
    }

    private static Interval Difference(Interval other, Interval own, bool least) =>
        least ? Interval.Of(other.Low) - own.High : Interval.Of(other.High) - own.Low;
}
