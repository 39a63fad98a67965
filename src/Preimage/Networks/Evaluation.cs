using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>The meaning "value" of every operation: the plain interpreter that faster ones are tested against.</summary>
internal static class Evaluation
{
    /// <summary>y = operation(x).  x: operands, each [its size], y: [size].  <see cref="Input"/> and <see cref="Constant"/> have their value already.</summary>
    public static void Apply(Operation operation, double[][] x, Span<double> y)
    {
        switch (operation)
        {
            case Input:
                break;
            case Constant(var values):
                values.CopyTo(y);
                break;
            case Elementwise(var f):
                ApplyEach(f, x[0], y);
                break;
            case Combine(var f):
                CombinePairs(f, x[0], x[1], y);
                break;
            case MatrixMultiply m:
                Multiply(m, x[0], x[1], y);
                break;
            case Reduce r:
                ReduceLanes(r, x[0], y);
                break;
            case Concatenate(var outer):
                Join(outer, x, y);
                break;
            case Select(var sources):
                Pick(sources, x[0], y);
                break;
            case Softmax s:
                SoftmaxLanes(s, x[0], y);
                break;
            case LogSoftmax s:
                LogSoftmaxLanes(s, x[0], y);
                break;
            case Convolve c:
                Convolutions.Value(c, x[0], x[1], x.Length > 2 ? x[2] : null, y);
                break;
            case Pool p:
                Pools.Value(p, x[0], y);
                break;
            case Choose:
                ChoosePairs(x[0], x[1], x[2], y);
                break;
            case Lookup:
                Places.Lookup(x[0], x[1], y);
                break;
            case SortPlaces s:
                Places.Sort(s, x[0], y);
                break;
            case Undifferentiable:
                x[0].CopyTo(y);
                break;
            default:
                throw new ArgumentException($"{operation} has no value in the table.");
        }
    }

    private static void ApplyEach(ScalarFunction f, double[] x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = ScalarFunctions.Value(f, x[i]);
        }
    }

    private static void CombinePairs(BinaryFunction f, double[] a, double[] b, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = BinaryFunctions.Value(f, a[i], b[i]);
        }
    }

    private static void Pick(ImmutableArray<int> sources, double[] x, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[sources[i]];
        }
    }

    private static void ChoosePairs(double[] condition, double[] a, double[] b, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = condition[i] != 0 ? a[i] : b[i];
        }
    }

    /// <summary>Rows of B, scaled by the elements of A, are summed into rows of C: every access is contiguous.</summary>
    private static void Multiply(MatrixMultiply m, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c)
    {
        c.Clear();
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            int batch = row / m.Rows;
            Span<double> target = c.Slice(row * m.Columns, m.Columns);
            for (int l = 0; l < m.Inner; l++)
            {
                Lanes.AddScaled(target, a[row * m.Inner + l], b.Slice((batch * m.Inner + l) * m.Columns, m.Columns));
            }
        }
    }

    private static void ReduceLanes(Reduce r, double[] a, Span<double> y)
    {
        int k = 0;
        foreach (Lane lane in Lane.Of(r.Outer, r.Count, r.Inner))
        {
            y[k++] = Reductions.Value(r.Kind, lane, a);
        }
    }

    private static void Join(int outer, double[][] x, Span<double> y)
    {
        int stride = y.Length / outer;
        int offset = 0;
        foreach (double[] operand in x)
        {
            int width = operand.Length / outer;
            for (int o = 0; o < outer; o++)
            {
                operand.AsSpan(o * width, width).CopyTo(y[(o * stride + offset)..]);
            }

            offset += width;
        }
    }

    private static void SoftmaxLanes(Softmax s, double[] a, Span<double> y)
    {
        foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
        {
            SoftmaxLane(lane, a, y);
        }
    }

    private static void LogSoftmaxLanes(LogSoftmax s, double[] a, Span<double> y)
    {
        foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
        {
            LogSoftmaxLane(lane, a, y);
        }
    }

    private static void SoftmaxLane(Lane lane, double[] a, Span<double> y)
    {
        double largest = Reductions.Value(Reduction.Maximum, lane, a);
        double sum = 0;
        for (int i = 0; i < lane.Count; i++)
        {
            double e = Math.Exp(a[lane[i]] - largest);
            y[lane[i]] = e;
            sum += e;
        }

        for (int i = 0; i < lane.Count; i++)
        {
            y[lane[i]] /= sum;
        }
    }

    private static void LogSoftmaxLane(Lane lane, double[] a, Span<double> y)
    {
        double logSum = Reductions.LogSumExp(lane, a);
        for (int i = 0; i < lane.Count; i++)
        {
            y[lane[i]] = a[lane[i]] - logSum;
        }
    }
}
