namespace Preimage.Networks;

/// <summary>Value and partial derivatives of every <see cref="Reduction"/> along one line.</summary>
internal static class Reductions
{
    /// <summary>The reduced value.  a: the whole operand.</summary>
    public static double Value(Reduction kind, Lane lane, ReadOnlySpan<double> a) =>
        kind switch
        {
            Reduction.Sum => Sum(lane, a),
            Reduction.Mean => Sum(lane, a) / lane.Count,
            Reduction.Product => Product(lane, a, except: -1),
            Reduction.Maximum => a[lane[Extreme(kind, lane, a)]],
            Reduction.Minimum => a[lane[Extreme(kind, lane, a)]],
            Reduction.AbsoluteSum => AbsoluteSum(lane, a),
            Reduction.SquareSum => SquareSum(lane, a),
            Reduction.EuclideanNorm => Math.Sqrt(SquareSum(lane, a)),
            Reduction.LogSumExp => LogSumExp(lane, a),
        };

    /// <summary>The partial derivatives along one line.  a: the whole operand, value: the reduced value, partials: [lane.Count].</summary>
    public static void Derivative(
        Reduction kind,
        Lane lane,
        ReadOnlySpan<double> a,
        double value,
        Span<double> partials
    )
    {
        if (kind is Reduction.Maximum or Reduction.Minimum)
        {
            partials.Clear();
            partials[Extreme(kind, lane, a)] = 1;
            return;
        }

        for (int i = 0; i < lane.Count; i++)
        {
            double x = a[lane[i]];
            partials[i] = kind switch
            {
                Reduction.Sum => 1,
                Reduction.Mean => 1.0 / lane.Count,
                Reduction.Product => Product(lane, a, except: i),
                Reduction.AbsoluteSum => ScalarFunctions.Derivative(new Absolute(), x),
                Reduction.SquareSum => 2 * x,
                Reduction.EuclideanNorm => value == 0 ? 0 : x / value,
                Reduction.LogSumExp => Math.Exp(x - value),
                _ => throw new ArgumentException($"{kind} has no derivative in the table."),
            };
        }
    }

    /// <summary>ln sum exp(a_i), shifted by the largest so that nothing overflows.</summary>
    public static double LogSumExp(Lane lane, ReadOnlySpan<double> a)
    {
        double largest = a[lane[Extreme(Reduction.Maximum, lane, a)]];
        double sum = 0;
        for (int i = 0; i < lane.Count; i++)
        {
            sum += Math.Exp(a[lane[i]] - largest);
        }

        return largest + Math.Log(sum);
    }

    private static int Extreme(Reduction kind, Lane lane, ReadOnlySpan<double> a)
    {
        int best = 0;
        for (int i = 1; i < lane.Count; i++)
        {
            double x = a[lane[i]];
            if (double.IsNaN(x))
            {
                return i; // never lost
            }

            if (kind == Reduction.Maximum ? x > a[lane[best]] : x < a[lane[best]])
            {
                best = i;
            }
        }

        return best;
    }

    private static double Sum(Lane lane, ReadOnlySpan<double> a)
    {
        double sum = 0;
        for (int i = 0; i < lane.Count; i++)
        {
            sum += a[lane[i]];
        }

        return sum;
    }

    private static double AbsoluteSum(Lane lane, ReadOnlySpan<double> a)
    {
        double sum = 0;
        for (int i = 0; i < lane.Count; i++)
        {
            sum += Math.Abs(a[lane[i]]);
        }

        return sum;
    }

    private static double SquareSum(Lane lane, ReadOnlySpan<double> a)
    {
        double sum = 0;
        for (int i = 0; i < lane.Count; i++)
        {
            sum += a[lane[i]] * a[lane[i]];
        }

        return sum;
    }

    private static double Product(Lane lane, ReadOnlySpan<double> a, int except)
    {
        double product = 1;
        for (int i = 0; i < lane.Count; i++)
        {
            product *= i == except ? 1 : a[lane[i]];
        }

        return product;
    }
}
