using System.Buffers;
using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>The meaning "directional derivative" of every operation, for several directions side by side.</summary>
internal static class TangentRules
{
    /// <summary>
    /// dy = D operation(x) dx.  x: operands, y: [size] its value, dx: operands' derivatives, each [its size * lanes] or null where constant, dy: [size * lanes].
    /// </summary>
    public static void Apply(Operation operation, Values at, double[]?[] dx, double[] dy, int lanes)
    {
        double[][] x = at.Operands;
        Array.Clear(dy, 0, at.Size * lanes);
        switch (operation)
        {
            case Input:
            case Constant:
                break;
            case Elementwise(var f):
                Scale(f, at, dx[0]!, dy, lanes);
                break;
            case Combine(var f):
                CombinePairs(f, at, dx, dy, lanes);
                break;
            case MatrixMultiply m:
                MultiplyBoth(m, x, dx, dy, lanes);
                break;
            case Reduce r:
                ReduceLanes(r, at, dx[0]!, dy, lanes);
                break;
            case Concatenate(var outer):
                Join(outer, at, dx, dy, lanes);
                break;
            case Select(var sources):
                Pick(sources, dx[0]!, dy, lanes);
                break;
            case Softmax s:
                SoftmaxLanes(s, at, dx[0]!, dy, lanes);
                break;
            case LogSoftmax s:
                LogSoftmaxLanes(s, at, dx[0]!, dy, lanes);
                break;
            case Convolve c:
                Convolutions.PushForward(c, x, dx, dy, lanes);
                break;
            case Pool p:
                Pools.PushForward(p, at, dx[0]!, dy, lanes);
                break;
            case Choose:
                ChoosePairs(at, dx, dy, lanes);
                break;
            case Lookup:
                TakeFrom(at, dx[0], dy, lanes);
                break;
            case SortPlaces:
                break;
            case Undifferentiable(var reason):
                throw new ModelException(reason);
            default:
                throw new ArgumentException($"{operation} has no directional derivative in the table.");
        }
    }

    private static void MultiplyBoth(MatrixMultiply m, double[][] x, double[]?[] dx, double[] dy, int lanes)
    {
        if (dx[0] is { } da)
        {
            MultiplyLeft(m, da, x[1], dy, lanes);
        }

        if (dx[1] is { } db)
        {
            MultiplyRight(m, x[0], db, dy, lanes);
        }
    }

    /// <summary>dy_i = da[k_i].</summary>
    private static void TakeFrom(Values at, double[]? da, double[] dy, int lanes)
    {
        for (int i = 0; i < at.Size && da is not null; i++)
        {
            int place = Places.At(at.Operands[1][i], at.Operands[0].Length);
            Lanes.At(da, place, lanes).CopyTo(Lanes.At(dy, i, lanes));
        }
    }

    /// <summary>dy_i = f'(x_i) dx_i.</summary>
    private static void Scale(ScalarFunction f, Values at, double[] dx, double[] dy, int lanes)
    {
        for (int i = 0; i < at.Size; i++)
        {
            double slope = ScalarFunctions.Derivative(f, at.Operands[0][i]);
            Lanes.AddSlope(Lanes.At(dy, i, lanes), slope, Lanes.At(dx, i, lanes));
        }
    }

    private static void Pick(ImmutableArray<int> sources, double[] dx, double[] dy, int lanes)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            Lanes.At(dx, sources[i], lanes).CopyTo(Lanes.At(dy, i, lanes));
        }
    }

    private static void CombinePairs(BinaryFunction f, Values at, double[]?[] dx, double[] dy, int lanes)
    {
        double[] a = at.Operands[0];
        double[] b = at.Operands[1];
        for (int i = 0; i < at.Size; i++)
        {
            Span<double> target = Lanes.At(dy, i, lanes);
            if (dx[0] is { } da)
            {
                Lanes.AddSlope(target, BinaryFunctions.FirstDerivative(f, a[i], b[i]), Lanes.At(da, i, lanes));
            }

            if (dx[1] is { } db)
            {
                Lanes.AddSlope(target, BinaryFunctions.SecondDerivative(f, a[i], b[i]), Lanes.At(db, i, lanes));
            }
        }
    }

    /// <summary>dC += dA B.</summary>
    private static void MultiplyLeft(MatrixMultiply m, double[] da, double[] b, double[] dc, int lanes)
    {
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            int batch = row / m.Rows;
            for (int l = 0; l < m.Inner; l++)
            {
                Span<double> source = Lanes.At(da, row * m.Inner + l, lanes);
                for (int j = 0; j < m.Columns; j++)
                {
                    double factor = b[(batch * m.Inner + l) * m.Columns + j];
                    Lanes.AddScaled(Lanes.At(dc, row * m.Columns + j, lanes), factor, source);
                }
            }
        }
    }

    /// <summary>dC += A dB: columns and lanes are one contiguous run.</summary>
    private static void MultiplyRight(MatrixMultiply m, double[] a, double[] db, double[] dc, int lanes)
    {
        int run = m.Columns * lanes;
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            int batch = row / m.Rows;
            for (int l = 0; l < m.Inner; l++)
            {
                Lanes.AddScaled(Lanes.At(dc, row, run), a[row * m.Inner + l], Lanes.At(db, batch * m.Inner + l, run));
            }
        }
    }

    private static void ReduceLanes(Reduce r, Values at, double[] dx, double[] dy, int lanes)
    {
        double[] partials = ArrayPool<double>.Shared.Rent(r.Count);
        int k = 0;
        foreach (Lane lane in Lane.Of(r.Outer, r.Count, r.Inner))
        {
            Reductions.Derivative(r.Kind, lane, at.Operands[0], at.Result[k], partials.AsSpan(0, r.Count));
            for (int i = 0; i < lane.Count; i++)
            {
                Lanes.AddSlope(Lanes.At(dy, k, lanes), partials[i], Lanes.At(dx, lane[i], lanes));
            }

            k++;
        }

        ArrayPool<double>.Shared.Return(partials);
    }

    private static void Join(int outer, Values at, double[]?[] dx, double[] dy, int lanes)
    {
        int stride = at.Size / outer;
        int offset = 0;
        for (int k = 0; k < dx.Length; k++)
        {
            int width = at.Operands[k].Length / outer;
            for (int o = 0; o < outer && dx[k] is not null; o++)
            {
                dx[k].AsSpan(o * width * lanes, width * lanes).CopyTo(dy.AsSpan((o * stride + offset) * lanes));
            }

            offset += width;
        }
    }

    private static void SoftmaxLanes(Softmax s, Values at, double[] dx, double[] dy, int lanes)
    {
        foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
        {
            SoftmaxLane(lane, at.Result, dx, dy, lanes);
        }
    }

    private static void LogSoftmaxLanes(LogSoftmax s, Values at, double[] dx, double[] dy, int lanes)
    {
        foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
        {
            LogSoftmaxLane(lane, at.Result, dx, dy, lanes);
        }
    }

    /// <summary>dy_i = y_i (dx_i - sum y_j dx_j).</summary>
    private static void SoftmaxLane(Lane lane, double[] y, double[] dx, double[] dy, int lanes)
    {
        for (int k = 0; k < lanes; k++)
        {
            double mean = 0;
            for (int j = 0; j < lane.Count; j++)
            {
                mean += y[lane[j]] * dx[lane[j] * lanes + k];
            }

            for (int i = 0; i < lane.Count; i++)
            {
                dy[lane[i] * lanes + k] = y[lane[i]] * (dx[lane[i] * lanes + k] - mean);
            }
        }
    }

    /// <summary>dy_i = dx_i - sum exp(y_j) dx_j.</summary>
    private static void LogSoftmaxLane(Lane lane, double[] y, double[] dx, double[] dy, int lanes)
    {
        for (int k = 0; k < lanes; k++)
        {
            double mean = 0;
            for (int j = 0; j < lane.Count; j++)
            {
                mean += Math.Exp(y[lane[j]]) * dx[lane[j] * lanes + k];
            }

            for (int i = 0; i < lane.Count; i++)
            {
                dy[lane[i] * lanes + k] = dx[lane[i] * lanes + k] - mean;
            }
        }
    }

    private static void ChoosePairs(Values at, double[]?[] dx, double[] dy, int lanes)
    {
        for (int i = 0; i < at.Size; i++)
        {
            if (dx[at.Operands[0][i] != 0 ? 1 : 2] is { } chosen)
            {
                Lanes.At(chosen, i, lanes).CopyTo(Lanes.At(dy, i, lanes));
            }
        }
    }
}
