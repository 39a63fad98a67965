namespace Preimage.Enclosing;

/// <summary>
/// Enclosures cut with the mean-value form f(middle) + Df(box) (box - middle), whose excess falls with the square of the box's width, where that
/// of the natural form falls with the width. Of a map with one output it is taken at the ends of those inputs in which the derivative keeps its sign,
/// and has no excess where that are all. A value costs a Jacobian and one or two values more than the map's own. Second derivatives tighten the Jacobian in the same way,
/// and the value by Taylor's form of second order. Sound at kinks too, as Clarke's derivative has a mean value theorem.
/// [Moore1966, Clarke1983]
/// </summary>
/// <param name="map">The map, by other enclosures.</param>
public sealed class MeanValueForm(ICurvedEnclosedMap map) : ICurvedEnclosedMap
{
    /// <summary>The map, by its own enclosures.</summary>
    public ICurvedEnclosedMap Map => map;

    /// <inheritdoc/>
    public int Inputs => map.Inputs;

    /// <inheritdoc/>
    public int Outputs => map.Outputs;

    /// <inheritdoc/>
    public void Enclose(ReadOnlySpan<Interval> x, Span<Interval> y)
    {
        using IntervalScratch jacobian = new(Outputs * Inputs);
        EncloseJacobian(x, y, jacobian.Span);
    }

    /// <inheritdoc/>
    public void EncloseJacobian(ReadOnlySpan<Interval> x, Span<Interval> y, Span<Interval> jacobian)
    {
        map.EncloseJacobian(x, y, jacobian);
        if (Outputs == 1)
        {
            CutBetweenEnds(x, jacobian, y);
            return;
        }

        using IntervalScratch middle = new(Inputs);
        using IntervalScratch offset = new(Inputs);
        using IntervalScratch value = new(Outputs);
        Part(x, middle.Span, offset.Span);
        map.Enclose(middle.Span, value.Span);
        CutWithMean(value.Span, jacobian, offset.Span, y);
    }

    /// <inheritdoc/>
    public void EncloseTangent(
        ReadOnlySpan<Interval> x,
        ReadOnlySpan<double> v,
        Span<Interval> y,
        Span<Interval> derivative
    )
    {
        map.EncloseTangent(x, v, y, derivative);
        Enclose(x, y);
    }

    /// <inheritdoc/>
    public void EncloseHessian(
        ReadOnlySpan<Interval> x,
        Span<Interval> y,
        Span<Interval> jacobian,
        Span<Interval> hessian
    )
    {
        map.EncloseHessian(x, y, jacobian, hessian);
        using IntervalScratch middle = new(Inputs);
        using IntervalScratch offset = new(Inputs);
        using IntervalScratch value = new(Outputs);
        using IntervalScratch slopes = new(Outputs * Inputs);
        Part(x, middle.Span, offset.Span);
        map.EncloseJacobian(middle.Span, value.Span, slopes.Span);
        CutWithMean(slopes.Span, hessian, offset.Span, jacobian);
        if (Outputs == 1)
        {
            CutBetweenEnds(x, jacobian, y);
        }
        else
        {
            CutWithMean(value.Span, jacobian, offset.Span, y);
        }

        CutWithTaylor(value.Span, slopes.Span, hessian, new Parts(offset.Span, y));
    }

    /// <summary>
    /// The mean-value form of one output, but taken at the ends in those inputs in which the derivative keeps its sign: where that are all, the range.
    /// </summary>
    private void CutBetweenEnds(ReadOnlySpan<Interval> x, ReadOnlySpan<Interval> gradient, Span<Interval> y)
    {
        using IntervalScratch least = new(Inputs);
        using IntervalScratch most = new(Inputs);
        Interval rest = Interval.Zero;
        bool apart = false;
        for (int i = 0; i < x.Length; i++)
        {
            bool grows = gradient[i].Low >= 0;
            if ((grows || gradient[i].High <= 0) && double.IsFinite(x[i].Low) && double.IsFinite(x[i].High))
            {
                least.Span[i] = grows ? x[i].Low : x[i].High;
                most.Span[i] = grows ? x[i].High : x[i].Low;
                apart = true;
            }
            else
            {
                least.Span[i] = most.Span[i] = x[i].Middle;
                rest += gradient[i] * (x[i] - x[i].Middle);
            }
        }

        using IntervalScratch values = new(2);
        map.Enclose(least.Span, values.Span[..1]);
        values.Span[1] = values.Span[0];
        if (apart)
        {
            map.Enclose(most.Span, values.Span[1..]);
        }

        y[0] = y[0].Cut(new Interval(values.Span[0].Low, values.Span[1].High) + rest);
    }

    private static void Part(ReadOnlySpan<Interval> x, Span<Interval> middle, Span<Interval> offset)
    {
        for (int i = 0; i < x.Length; i++)
        {
            middle[i] = x[i].Middle;
            offset[i] = x[i] - middle[i];
        }
    }

    /// <summary>y := y cut with value + slopes offset.  value, y: [m], slopes: [m * n], offset: [n].</summary>
    private static void CutWithMean(
        ReadOnlySpan<Interval> value,
        ReadOnlySpan<Interval> slopes,
        ReadOnlySpan<Interval> offset,
        Span<Interval> y
    )
    {
        int n = offset.Length;
        for (int k = 0; k < y.Length; k++)
        {
            Interval sum = value[k];
            for (int i = 0; i < n; i++)
            {
                sum += slopes[k * n + i] * offset[i];
            }

            y[k] = y[k].Cut(sum);
        }
    }

    private readonly ref struct Parts(ReadOnlySpan<Interval> offset, Span<Interval> y)
    {
        public ReadOnlySpan<Interval> Offset { get; } = offset;

        public Span<Interval> Y { get; } = y;
    }

    /// <summary>y := y cut with value + slopes offset + offset^T hessian offset / 2.  slopes: [m * n], at the middle.</summary>
    private static void CutWithTaylor(
        ReadOnlySpan<Interval> value,
        ReadOnlySpan<Interval> slopes,
        ReadOnlySpan<Interval> hessian,
        Parts parts
    )
    {
        ReadOnlySpan<Interval> offset = parts.Offset;
        int n = offset.Length;
        for (int k = 0; k < value.Length; k++)
        {
            Interval sum = value[k];
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<Interval> row = hessian.Slice((k * n + i) * n, n);
                sum += slopes[k * n + i] * offset[i] + row[i] * offset[i].Square() * 0.5;
                for (int j = i + 1; j < n; j++)
                {
                    sum += row[j] * (offset[i] * offset[j]);
                }
            }

            parts.Y[k] = parts.Y[k].Cut(sum);
        }
    }
}
