using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Pools, axis by axis: rows of the grid are pooled to one row first, then along it. A maximum's place is found once, with the value, and shared by all lanes.
/// x: [Planes, Extent], y: [Planes, Positions]; a unit is a plane.
/// </summary>
internal sealed unsafe class PoolKernel<T> : Kernel
    where T : struct, ILanes<T>
{
    private readonly Pool _pool;
    private readonly PoolAxis[] _axes;
    private readonly int _grid;
    private readonly int _positions;
    private readonly bool _isTiled;

    /// <summary>The window's geometry, worked out axis by axis.</summary>
    public PoolKernel(Pool pool)
    {
        _pool = pool;
        Window window = pool.Window;
        (_grid, _positions) = (window.GridCount, window.PositionCount);
        _axes = new PoolAxis[3];
        for (int i = 0; i < 3; i++)
        {
            int axis = i - (3 - window.Rank);
            _axes[i] = axis < 0 ? PoolAxis.Single : new PoolAxis(window, axis);
        }

        _isTiled = !IsMaximum && Array.TrueForAll(_axes, a => a.IsTiled);
    }

    private bool IsMaximum => _pool.Kind == Pooling.Maximum;

    /// <inheritdoc/>
    public override long Work => (long)_pool.Planes * _positions * _pool.Window.ElementCount;

    /// <inheritdoc/>
    public override int Kept => IsMaximum ? _pool.Planes * _positions : 0;

    /// <inheritdoc/>
    public override int Scratch => _axes[2].Extent * GraphPlan.MaximumLanes;

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) => _pool.Planes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Value(in Frame frame)
    {
        double* kept = frame.Kept;
        for (int plane = frame.First; plane < frame.Last; plane++)
        {
            double* x = frame.X(0) + (nint)plane * _grid;
            double* y = frame.Y + (nint)plane * _positions;
            if (kept is null)
            {
                Plane(x, y, 1, frame.Scratch);
            }
            else
            {
                new LargestPlaces<T>(_axes, frame.Scratch).Plane(x, y, kept + (nint)plane * _positions);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Tangent(in Frame frame)
    {
        int lanes = frame.Lanes;
        for (int plane = frame.First; plane < frame.Last; plane++)
        {
            double* dx = frame.Dx(0) + (nint)plane * _grid * lanes;
            double* dy = frame.Dy + (nint)plane * _positions * lanes;
            if (!IsMaximum)
            {
                Plane(dx, dy, lanes, frame.Scratch);
                continue;
            }

            double* places = frame.Kept + (nint)plane * _positions;
            for (int p = 0; p < _positions; p++)
            {
                if (places[p] >= 0)
                {
                    Runs<T>.Copy(dy + (nint)p * lanes, dx + (nint)places[p] * lanes, lanes);
                }
                else
                {
                    NativeMemory.Clear(dy + (nint)p * lanes, (nuint)lanes * sizeof(double));
                }
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int lanes = frame.Lanes;
        for (int plane = frame.First; plane < frame.Last; plane++)
        {
            double* dx = frame.Dx(0) + (nint)plane * _grid * lanes;
            double* dy = frame.Dy + (nint)plane * _positions * lanes;
            if (!frame.Adds(0) && !_isTiled)
            {
                NativeMemory.Clear(dx, (nuint)_grid * (nuint)lanes * sizeof(double));
            }

            if (!IsMaximum)
            {
                PullSums(dx, dy, (lanes, frame.Adds(0) || !_isTiled), frame.Scratch);
                continue;
            }

            double* places = frame.Kept + (nint)plane * _positions;
            for (int p = 0; p < _positions; p++)
            {
                if (places[p] >= 0)
                {
                    Runs<T>.Add(dx + (nint)places[p] * lanes, dy + (nint)p * lanes, lanes);
                }
            }
        }
    }

    /// <summary>One plane, lanes innermost.  row: [Extent of the last axis, lanes].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Plane(double* x, double* y, int lanes, double* row)
    {
        (PoolAxis outer, PoolAxis middle, PoolAxis last) = (_axes[0], _axes[1], _axes[2]);
        int width = last.Extent * lanes;
        for (int p = 0; p < outer.Positions; p++)
        {
            for (int q = 0; q < middle.Positions; q++)
            {
                bool begun = false;
                for (int i = outer.First[p]; i < outer.End[p]; i++)
                {
                    for (int j = middle.First[q]; j < middle.End[q]; j++)
                    {
                        int line = outer.Place(p, i) * middle.Extent + middle.Place(q, j);
                        Take(row, x + (nint)line * width, width, begun);
                        begun = true;
                    }
                }

                if (!begun)
                {
                    new Span<double>(row, width).Fill(IsMaximum ? double.NegativeInfinity : 0);
                }

                if (lanes == 1 && last.IsInside)
                {
                    AlongInside(row, y);
                    y += last.Positions;
                    continue;
                }

                for (int r = 0; r < last.Positions; r++, y += lanes)
                {
                    Along(row, y, r, lanes);
                }
            }
        }
    }

    /// <summary>All positions along a row that no window leaves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AlongInside(double* row, double* y)
    {
        PoolAxis last = _axes[2];
        (int positions, int end, int dilation, int stride) = (last.Positions, last.End[0], last.Dilation, last.Stride);
        double* from = row + last.Place(0, 0);
        if (IsMaximum)
        {
            for (int r = 0; r < positions; r++, from += stride)
            {
                double largest = *from;
                for (int k = 1; k < end; k++)
                {
                    largest = Math.Max(largest, from[k * dilation]);
                }

                y[r] = largest;
            }

            return;
        }

        for (int r = 0; r < positions; r++, from += stride)
        {
            double sum = *from;
            for (int k = 1; k < end; k++)
            {
                sum += from[k * dilation];
            }

            y[r] = sum;
        }
    }

    /// <summary>One position along a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Along(double* row, double* y, int position, int lanes)
    {
        PoolAxis last = _axes[2];
        int first = last.First[position];
        int end = last.End[position];
        double* from = row + (nint)last.Place(position, first) * lanes;
        if (first >= end)
        {
            new Span<double>(y, lanes).Fill(IsMaximum ? double.NegativeInfinity : 0);
        }
        else if (lanes == 1)
        {
            double sum = *from;
            for (int k = first + 1; k < end; k++)
            {
                from += last.Dilation;
                sum = IsMaximum ? Math.Max(sum, *from) : sum + *from;
            }

            *y = sum;
        }
        else
        {
            Runs<T>.Copy(y, from, lanes);
            for (int k = first + 1; k < end; k++)
            {
                from += last.Dilation * lanes;
                Runs<T>.Add(y, from, lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(double* row, double* x, int width, bool begun)
    {
        if (!begun)
        {
            Runs<T>.Copy(row, x, width);
        }
        else if (IsMaximum)
        {
            Runs<T>.Largest(row, x, width);
        }
        else
        {
            Runs<T>.Add(row, x, width);
        }
    }

    /// <summary>dx += the sums' transpose dy: along a row first, then onto all rows of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PullSums(double* dx, double* dy, (int Lanes, bool Adds) with, double* row)
    {
        int lanes = with.Lanes;
        (PoolAxis outer, PoolAxis middle, PoolAxis last) = (_axes[0], _axes[1], _axes[2]);
        int width = last.Extent * lanes;
        for (int p = 0; p < outer.Positions; p++)
        {
            for (int q = 0; q < middle.Positions; q++)
            {
                if (!last.IsTiled)
                {
                    NativeMemory.Clear(row, (nuint)width * sizeof(double));
                }

                for (int r = 0; r < last.Positions; r++, dy += lanes)
                {
                    for (int k = last.First[r]; k < last.End[r]; k++)
                    {
                        Runs<T>.Take(row + (nint)last.Place(r, k) * lanes, dy, lanes, !last.IsTiled);
                    }
                }

                for (int i = outer.First[p]; i < outer.End[p]; i++)
                {
                    for (int j = middle.First[q]; j < middle.End[q]; j++)
                    {
                        int line = outer.Place(p, i) * middle.Extent + middle.Place(q, j);
                        Runs<T>.Take(dx + (nint)line * width, row, width, with.Adds);
                    }
                }
            }
        }
    }
}

/// <summary>One axis of a window: at position p its elements First[p] to End[p] (exclusive) lie on the grid.</summary>
internal sealed class PoolAxis
{
    private readonly int _before;

    /// <summary>An axis of a window.</summary>
    public PoolAxis(Window window, int axis)
    {
        (Extent, Positions, Dilation) = (window.Extent[axis], window.Positions[axis], window.Dilation[axis]);
        (Stride, _before) = (window.Stride[axis], window.Before[axis]);
        (First, End) = (new int[Positions], new int[Positions]);
        for (int p = 0; p < Positions; p++)
        {
            while (First[p] < window.Size[axis] && Place(p, First[p]) < 0)
            {
                First[p]++;
            }

            End[p] = First[p];
            while (End[p] < window.Size[axis] && Place(p, End[p]) < Extent)
            {
                End[p]++;
            }

            IsInside &= First[p] == 0 && End[p] == window.Size[axis];
        }

        bool meets = Stride == window.Size[axis] && Dilation == 1;
        IsTiled = IsInside && meets && _before == 0 && Positions * Stride == Extent;
    }

    private PoolAxis() => (Extent, Positions, Dilation, Stride, First, End, IsTiled) = (1, 1, 1, 1, [0], [1], true);

    /// <summary>An axis of one place.</summary>
    public static PoolAxis Single { get; } = new();

    /// <summary>The grid's size.</summary>
    public int Extent { get; }

    /// <summary>How many positions.</summary>
    public int Positions { get; }

    /// <summary>From one element to the next.</summary>
    public int Dilation { get; }

    /// <summary>From one position to the next.</summary>
    public int Stride { get; }

    /// <summary>Whether no position leaves the grid.</summary>
    public bool IsInside { get; } = true;

    /// <summary>Whether each place is seen from one position.</summary>
    public bool IsTiled { get; }

    /// <summary>The first element on the grid at each position.</summary>
    public int[] First { get; }

    /// <summary>The element after the last on the grid at each position.</summary>
    public int[] End { get; }

    /// <summary>Where an element stands at a position.</summary>
    public int Place(int position, int element) => position * Stride - _before + element * Dilation;
}
