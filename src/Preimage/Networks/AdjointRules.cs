using System.Buffers;
using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>The meaning "transposed derivative" of every operation, for several cotangents side by side.</summary>
internal static class AdjointRules
{
    /// <summary>
    /// dx += D operation(x)^T dy.  x: operands, y: [size] its value, dy: [size * lanes], dx: operands' cotangents, each [its size * lanes] or null where constant.
    /// </summary>
    public static void Apply(Operation operation, Values at, double[] dy, double[]?[] dx, int lanes)
    {
        double[][] x = at.Operands;
        switch (operation)
        {
            case Input:
            case Constant:
                break;
            case Elementwise(var f):
                Scale(f, at, dy, dx[0]!, lanes);
                break;
            case Combine(var f):
                CombinePairs(f, at, dy, dx, lanes);
                break;
            case MatrixMultiply m:
                MultiplyBoth(m, x, dy, dx, lanes);
                break;
            case Reduce r:
                ReduceLanes(r, at, dy, dx[0]!, lanes);
                break;
            case Concatenate(var outer):
                Join(outer, at, dy, dx, lanes);
                break;
            case Select(var sources):
                Scatter(sources, dy, dx[0]!, lanes);
                break;
            case Softmax s:
                foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
                {
                    SoftmaxLane(lane, at.Result, dy, dx[0]!, lanes);
                }

                break;
            case LogSoftmax s:
                foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
                {
                    LogSoftmaxLane(lane, at.Result, dy, dx[0]!, lanes);
                }

                break;
            case Convolve c:
                Convolutions.PullBack(c, x, dy, dx, lanes);
                break;
            case Pool p:
                Pools.PullBack(p, at, dy, dx[0]!, lanes);
                break;
            case Choose:
                ChoosePairs(at, dy, dx, lanes);
                break;
            case Lookup:
                PutBack(at, dy, dx[0], lanes);
                break;
            case SortPlaces:
                break;
            case Undifferentiable(var reason):
                throw new ModelException(reason);
            default:
                throw new ArgumentException($"{operation} has no transposed derivative in the table.");
        }
    }

    private static void MultiplyBoth(MatrixMultiply m, double[][] x, double[] dy, double[]?[] dx, int lanes)
    {
        if (dx[0] is { } da)
        {
            MultiplyLeft(m, dy, x[1], da, lanes);
        }

        if (dx[1] is { } db)
        {
            MultiplyRight(m, x[0], dy, db, lanes);
        }
    }

    /// <summary>da[k_i] += dy_i.</summary>
    private static void PutBack(Values at, double[] dy, double[]? da, int lanes)
    {
        for (int i = 0; i < at.Size && da is not null; i++)
        {
            int place = Places.At(at.Operands[1][i], at.Operands[0].Length);
            Lanes.Add(Lanes.At(da, place, lanes), Lanes.At(dy, i, lanes));
        }
    }

    /// <summary>dx_i += f'(x_i) dy_i.</summary>
    private static void Scale(ScalarFunction f, Values at, double[] dy, double[] dx, int lanes)
    {
        for (int i = 0; i < at.Size; i++)
        {
            double slope = ScalarFunctions.Derivative(f, at.Operands[0][i]);
            Lanes.AddSlope(Lanes.At(dx, i, lanes), slope, Lanes.At(dy, i, lanes));
        }
    }

    private static void Scatter(ImmutableArray<int> sources, double[] dy, double[] dx, int lanes)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            Lanes.Add(Lanes.At(dx, sources[i], lanes), Lanes.At(dy, i, lanes));
        }
    }

    private static void CombinePairs(BinaryFunction f, Values at, double[] dy, double[]?[] dx, int lanes)
    {
        double[] a = at.Operands[0];
        double[] b = at.Operands[1];
        for (int i = 0; i < at.Size; i++)
        {
            Span<double> source = Lanes.At(dy, i, lanes);
            if (dx[0] is { } da)
            {
                Lanes.AddSlope(Lanes.At(da, i, lanes), BinaryFunctions.FirstDerivative(f, a[i], b[i]), source);
            }

            if (dx[1] is { } db)
            {
                Lanes.AddSlope(Lanes.At(db, i, lanes), BinaryFunctions.SecondDerivative(f, a[i], b[i]), source);
            }
        }
    }

    /// <summary>dA += dC B^T.</summary>
    private static void MultiplyLeft(MatrixMultiply m, double[] dc, double[] b, double[] da, int lanes)
    {
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            int batch = row / m.Rows;
            for (int l = 0; l < m.Inner; l++)
            {
                Span<double> target = Lanes.At(da, row * m.Inner + l, lanes);
                for (int j = 0; j < m.Columns; j++)
                {
                    double factor = b[(batch * m.Inner + l) * m.Columns + j];
                    Lanes.AddScaled(target, factor, Lanes.At(dc, row * m.Columns + j, lanes));
                }
            }
        }
    }

    /// <summary>dB += A^T dC: columns and lanes are one contiguous run.</summary>
    private static void MultiplyRight(MatrixMultiply m, double[] a, double[] dc, double[] db, int lanes)
    {
        int run = m.Columns * lanes;
        for (int row = 0; row < m.Batch * m.Rows; row++)
        {
            int batch = row / m.Rows;
            for (int l = 0; l < m.Inner; l++)
            {
                Lanes.AddScaled(Lanes.At(db, batch * m.Inner + l, run), a[row * m.Inner + l], Lanes.At(dc, row, run));
            }
        }
    }

    private static void ReduceLanes(Reduce r, Values at, double[] dy, double[] dx, int lanes)
    {
        double[] partials = ArrayPool<double>.Shared.Rent(r.Count);
        int k = 0;
        foreach (Lane lane in Lane.Of(r.Outer, r.Count, r.Inner))
        {
            Reductions.Derivative(r.Kind, lane, at.Operands[0], at.Result[k], partials.AsSpan(0, r.Count));
            for (int i = 0; i < lane.Count; i++)
            {
                Lanes.AddSlope(Lanes.At(dx, lane[i], lanes), partials[i], Lanes.At(dy, k, lanes));
            }

            k++;
        }

        ArrayPool<double>.Shared.Return(partials);
    }

    private static void Join(int outer, Values at, double[] dy, double[]?[] dx, int lanes)
    {
        int stride = at.Size / outer;
        int offset = 0;
        for (int k = 0; k < dx.Length; k++)
        {
            int width = at.Operands[k].Length / outer;
            for (int o = 0; o < outer && dx[k] is not null; o++)
            {
                Lanes.Add(
                    dx[k].AsSpan(o * width * lanes, width * lanes),
                    dy.AsSpan((o * stride + offset) * lanes, width * lanes)
                );
            }

            offset += width;
        }
    }

    /// <summary>dx_i += y_i (dy_i - sum y_j dy_j): the softmax Jacobian is symmetric.</summary>
    private static void SoftmaxLane(Lane lane, double[] y, double[] dy, double[] dx, int lanes)
    {
        for (int k = 0; k < lanes; k++)
        {
            double mean = 0;
            for (int j = 0; j < lane.Count; j++)
            {
                mean += y[lane[j]] * dy[lane[j] * lanes + k];
            }

            for (int i = 0; i < lane.Count; i++)
            {
                dx[lane[i] * lanes + k] += y[lane[i]] * (dy[lane[i] * lanes + k] - mean);
            }
        }
    }

    /// <summary>dx_i += dy_i - exp(y_i) sum dy_j.</summary>
    private static void LogSoftmaxLane(Lane lane, double[] y, double[] dy, double[] dx, int lanes)
    {
        for (int k = 0; k < lanes; k++)
        {
            double sum = 0;
            for (int j = 0; j < lane.Count; j++)
            {
                sum += dy[lane[j] * lanes + k];
            }

            for (int i = 0; i < lane.Count; i++)
            {
                dx[lane[i] * lanes + k] += dy[lane[i] * lanes + k] - Math.Exp(y[lane[i]]) * sum;
            }
        }
    }

    private static void ChoosePairs(Values at, double[] dy, double[]?[] dx, int lanes)
    {
        for (int i = 0; i < at.Size; i++)
        {
            if (dx[at.Operands[0][i] != 0 ? 1 : 2] is { } chosen)
            {
                Lanes.Add(Lanes.At(chosen, i, lanes), Lanes.At(dy, i, lanes));
            }
        }
    }
}
