namespace Preimage.Enclosing;

/// <summary>
/// Affine bounds by the mean value theorem: f(p) lies in f(c) + D (p - c) for an enclosure D of Df over the box, c its middle. Both bounds take the
/// middle of D as slopes; what D varies goes into the offsets, so they stand apart by O(width^2) where Df is Lipschitz. Needs nothing of the map
/// but its derivative, kinks included. Cost: two enclosures, one with its Jacobian.  [JaulinWalter1993]
/// </summary>
public sealed class MeanValueRelaxation(IEnclosedMap map) : IRelaxedMap
{
    private const int OnStack = 128;

    /// <inheritdoc/>
    public int Inputs => map.Inputs;

    /// <inheritdoc/>
    public int Outputs => map.Outputs;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y) => map.Enclose(x, y);

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian) =>
        map.EncloseJacobian(x, y, jacobian);

    /// <inheritdoc/>
    public void Relax(ReadOnlySpan<Interval> x, Span<Interval> y, Span<double> lower, Span<double> upper)
    {
        RelaxationRows.Demand(this, x.Length, y.Length, lower.Length, upper.Length);
        int n = Inputs;
        Span<Interval> jacobian = Outputs * n <= OnStack ? stackalloc Interval[OnStack] : new Interval[Outputs * n];
        Span<Interval> middle = n <= OnStack ? stackalloc Interval[OnStack] : new Interval[n];
        Span<Interval> center = Outputs <= OnStack ? stackalloc Interval[OnStack] : new Interval[Outputs];
        for (int i = 0; i < n; i++)
        {
            middle[i] = x[i].Middle;
        }

        map.EncloseJacobian(x, y, jacobian[..(Outputs * n)]);
        map.Enclose(middle[..n], center[..Outputs]);
        for (int k = 0; k < Outputs; k++)
        {
            Span<double> low = lower.Slice(k * (n + 1), n + 1);
            Span<double> high = upper.Slice(k * (n + 1), n + 1);
            RelaxRow(x, jacobian.Slice(k * n, n), center[k], low, high);
            y[k] = RelaxationRows.Settle(x, y[k], low, high);
        }
    }

    /// <summary>The offsets enclose f(c) + (D - slopes) (p - c).  x: [n], derivative: [n], low, high: [n + 1].</summary>
    private static void RelaxRow(
        ReadOnlySpan<Interval> x,
        ReadOnlySpan<Interval> derivative,
        Interval center,
        Span<double> low,
        Span<double> high
    )
    {
        Interval offset = center;
        for (int i = 0; i < x.Length; i++)
        {
            double slope = derivative[i].Middle;
            low[i] = high[i] = slope;
            offset += (derivative[i] - slope) * (x[i] - x[i].Middle);
        }

        low[^1] = offset.Low;
        high[^1] = offset.High;
    }
}
