using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Reduces the middle axis of [Outer, Count, Inner]. Slopes are constant (sum, mean), a place (largest, smallest: found once, with the value), or computed
/// once and shared by all lanes. A unit is one of Outer.
/// </summary>
internal sealed unsafe class ReduceKernel<T>(Reduce shape) : Kernel
    where T : struct, ILanes<T>
{
    private readonly Reduction _kind = shape.Kind;
    private readonly int _count = shape.Count;
    private readonly int _inner = shape.Inner;

    /// <inheritdoc/>
    public override long Work => (long)shape.Outer * _count * _inner;

    /// <inheritdoc/>
    public override int Kept =>
        IsLinear ? 0
        : IsPlace ? shape.Outer * _inner
        : shape.Outer * _count * _inner;

    private bool IsLinear => _kind is Reduction.Sum or Reduction.Mean;

    private bool IsPlace => _kind is Reduction.Maximum or Reduction.Minimum;

    private double Slope => _kind == Reduction.Mean ? 1.0 / _count : 1;

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) => shape.Outer;

    /// <inheritdoc/>
    public override void Value(in Frame frame)
    {
        for (int o = frame.First; o < frame.Last; o++)
        {
            double* x = frame.X(0) + (nint)o * _count * _inner;
            double* y = frame.Y + (nint)o * _inner;
            int i = 0;
            if (_kind is not (Reduction.Product or Reduction.LogSumExp))
            {
                if (_inner == 1 && _count >= T.Count)
                {
                    y[0] = Along(x);
                    i = 1;
                }

                for (; i + T.Count <= _inner; i += T.Count)
                {
                    Across(x + i, y + i);
                }
            }

            ReadOnlySpan<double> all = new(x, _count * _inner);
            for (; i < _inner; i++)
            {
                y[i] = Reductions.Value(_kind, new Lane(i, _count, _inner), all);
            }

            if (frame.Kept is not null)
            {
                Keep(all, y, frame.Kept, o);
            }
        }
    }

    private static readonly Absolute Magnitude = new();

    /// <summary>Slopes, or the place of the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep(ReadOnlySpan<double> x, double* y, double* kept, int outer)
    {
        for (int i = 0; i < _inner && IsPlace; i++)
        {
            int k = 0;
            while (k < _count - 1 && !(x[k * _inner + i] == y[i] || double.IsNaN(x[k * _inner + i])))
            {
                k++;
            }

            kept[(nint)outer * _inner + i] = k;
        }

        double* slopes = kept + (nint)outer * _count * _inner;
        for (int j = 0; j < _count * _inner && !IsPlace; j++)
        {
            double value = y[j % _inner];
            slopes[j] = _kind switch
            {
                Reduction.AbsoluteSum => ScalarFunctions.Derivative(Magnitude, x[j]),
                Reduction.SquareSum => 2 * x[j],
                Reduction.EuclideanNorm => value == 0 ? 0 : x[j] / value,
                Reduction.LogSumExp => Math.Exp(x[j] - value),
                _ => ProductBut(x, j),
            };
        }
    }

    private double ProductBut(ReadOnlySpan<double> x, int place)
    {
        double product = 1;
        for (int j = place % _inner; j < x.Length; j += _inner)
        {
            product *= j == place ? 1 : x[j];
        }

        return product;
    }

    /// <summary>One line that stands side by side: registers first, then their lanes in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Along(double* x)
    {
        T sum = Start(T.Load(x));
        int i = T.Count;
        for (; i + T.Count <= _count; i += T.Count)
        {
            sum = Joined(sum, T.Load(x + i));
        }

        double* lanes = stackalloc double[8];
        T.Store(sum, lanes);
        Lanes64 total = Lanes64.Load(lanes);
        for (int k = 1; k < T.Count; k++)
        {
            total = IsPlace ? Joined(total, Lanes64.Load(lanes + k)) : total + Lanes64.Load(lanes + k);
        }

        for (; i < _count; i++)
        {
            total = Joined(total, Lanes64.Load(x + i));
        }

        Lanes64.Store(Finished(total), lanes);
        return *lanes;
    }

    /// <summary>As many lines as a register holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Across(double* x, double* y)
    {
        T sum = Start(T.Load(x));
        for (int k = 1; k < _count; k++)
        {
            sum = Joined(sum, T.Load(x + (nint)k * _inner));
        }

        T.Store(Finished(sum), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Start<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> =>
        _kind switch
        {
            Reduction.AbsoluteSum => TLanes.Abs(x),
            Reduction.SquareSum or Reduction.EuclideanNorm => x * x,
            _ => x,
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Joined<TLanes>(TLanes sum, TLanes x)
        where TLanes : struct, ILanes<TLanes> =>
        _kind switch
        {
            Reduction.AbsoluteSum => sum + TLanes.Abs(x),
            Reduction.SquareSum or Reduction.EuclideanNorm => TLanes.MultiplyAdd(x, x, sum),
            Reduction.Maximum => TLanes.Max(sum, x),
            Reduction.Minimum => TLanes.Min(sum, x),
            _ => sum + x,
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Finished<TLanes>(TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        _kind switch
        {
            Reduction.Mean => sum / TLanes.Create(_count),
            Reduction.EuclideanNorm => TLanes.Sqrt(sum),
            _ => sum,
        };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Tangent(in Frame frame)
    {
        int width = _inner * frame.Lanes;
        for (int o = frame.First; o < frame.Last; o++)
        {
            double* dx = frame.Dx(0) + (nint)o * _count * width;
            double* dy = frame.Dy + (nint)o * width;
            if (IsLinear)
            {
                Runs<T>.Scale(dy, Slope, dx, width);
                for (int k = 1; k < _count; k++)
                {
                    Runs<T>.AddScaled(dy, Slope, dx + (nint)k * width, width);
                }
            }
            else if (IsPlace)
            {
                for (int i = 0; i < _inner; i++)
                {
                    nint place = (nint)frame.Kept[(nint)o * _inner + i] * width + i * frame.Lanes;
                    Runs<T>.Copy(dy + i * frame.Lanes, dx + place, frame.Lanes);
                }
            }
            else
            {
                double* slopes = frame.Kept + (nint)o * _count * _inner;
                for (int k = 0; k < _count; k++)
                {
                    Runs<T>.Each(dy, slopes + (nint)k * _inner, dx + (nint)k * width, (_inner, frame.Lanes), k > 0);
                }
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int width = _inner * frame.Lanes;
        bool adds = frame.Adds(0);
        for (int o = frame.First; o < frame.Last; o++)
        {
            double* dx = frame.Dx(0) + (nint)o * _count * width;
            double* dy = frame.Dy + (nint)o * width;
            if (IsPlace)
            {
                if (!adds)
                {
                    NativeMemory.Clear(dx, (nuint)_count * (nuint)width * sizeof(double));
                }

                for (int i = 0; i < _inner; i++)
                {
                    nint place = (nint)frame.Kept[(nint)o * _inner + i] * width + i * frame.Lanes;
                    Runs<T>.Add(dx + place, dy + i * frame.Lanes, frame.Lanes);
                }

                continue;
            }

            for (int k = 0; k < _count; k++)
            {
                if (IsLinear)
                {
                    Runs<T>.Take(dx + (nint)k * width, Slope, dy, width, adds);
                }
                else
                {
                    double* slopes = frame.Kept + ((nint)o * _count + k) * _inner;
                    Runs<T>.Each(dx + (nint)k * width, slopes, dy, (_inner, frame.Lanes), adds);
                }
            }
        }
    }
}
