namespace Preimage.Enclosing;

/// <summary>The volume that a half space cuts from the unit cube.</summary>
internal static class PaverHalfSpace
{
    // 2^k terms are summed, and what they cancel grows with k.
    private const int MostWeights = 6;

    // Where cancellation leaves more than this open, a small weight is better left out.
    private const double Sharp = 1e-9;

    /// <summary>
    /// Encloses the volume of { u in [0, 1]^n : sum weights_i u_i &lt; bound }, weights not negative. Grows with the bound and falls with every weight.
    /// weights: [n], sorted by this method.
    /// </summary>
    public static Interval Share(Span<Interval> weights, Interval bound)
    {
        weights.Sort((a, b) => b.High.CompareTo(a.High));
        Scale(weights, ref bound);
        Span<double> light = stackalloc double[weights.Length];
        Span<double> heavy = stackalloc double[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            light[i] = Math.Max(0, weights[i].Low);
            heavy[i] = weights[i].High;
        }

        return new Interval(Volume(heavy, bound.Low).Low, Volume(light, bound.High).High);
    }

    /// <summary>By a power of two, which is exact, so that powers of the weights neither underflow nor overflow.  weights: the largest first.</summary>
    private static void Scale(Span<Interval> weights, ref Interval bound)
    {
        double largest = weights[0].High;
        if (largest is 0 or (> 1e-30 and < 1e30) || !double.IsNormal(largest))
        {
            return;
        }

        int half = -Math.ILogB(largest) / 2;
        double unit = Math.ScaleB(1, half);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = weights[i] * unit * unit;
        }

        bound = bound * unit * unit;
    }

    /// <summary>The same for numbers.  weights: [n], the largest first.</summary>
    private static Interval Volume(ReadOnlySpan<double> weights, double bound)
    {
        if (bound <= 0 || bound >= Sum(weights).High)
        {
            return bound <= 0 ? Interval.Zero : Interval.Of(1);
        }

        Interval volume = new(0, 1);
        // The weights that are left out move the bound by at most their sum, this way or that.
        Interval lowBound = bound;
        for (int count = weights.Length; count > 0 && volume.Width > Sharp; count--)
        {
            ReadOnlySpan<double> kept = weights[..count];
            if (count <= MostWeights && kept[^1] > 0)
            {
                Interval low = Exact(kept, lowBound.Low);
                Interval high = lowBound.Low == bound ? low : Exact(kept, bound);
                volume = volume.Cut(new Interval(Math.Min(low.Low, high.High), high.High));
            }

            lowBound -= kept[^1];
        }

        return volume;
    }

    /// <summary>
    /// sum over subsets S of (-1)^|S| max(0, bound - sum of S)^k / (k! times the product of the weights): inclusion and exclusion of the corners.
    /// weights: [k], positive.
    /// </summary>
    private static Interval Exact(ReadOnlySpan<double> weights, double bound)
    {
        if (bound <= 0 || bound >= Sum(weights).High)
        {
            return bound <= 0 ? Interval.Zero : Interval.Of(1);
        }

        int k = weights.Length;
        Interval sum = Interval.Zero;
        for (int subset = 0; subset < 1 << k; subset++)
        {
            Interval rest = bound;
            for (int i = 0; i < k; i++)
            {
                rest -= (subset >> i & 1) == 1 ? weights[i] : 0;
            }

            Interval power = PowerOfPositive(rest, k);
            sum = int.IsOddInteger(int.PopCount(subset)) ? sum - power : sum + power;
        }

        Interval scale = Interval.Of(1);
        for (int i = 0; i < k; i++)
        {
            scale = scale * weights[i] * (i + 1);
        }

        return (sum / scale).Cut(new Interval(0, 1));
    }

    private static Interval Sum(ReadOnlySpan<double> weights)
    {
        Interval sum = Interval.Zero;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    private static Interval PowerOfPositive(Interval x, int exponent)
    {
        Interval positive = new(Math.Max(0, x.Low), Math.Max(0, x.High));
        Interval power = Interval.Of(1);
        for (int i = 0; i < exponent; i++)
        {
            power *= positive;
        }

        return power;
    }
}
