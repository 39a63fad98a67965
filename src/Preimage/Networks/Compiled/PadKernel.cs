using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>Planes onto larger planes of zeros.  x: [planes, grid], y: [planes, padded grid].</summary>
internal sealed unsafe class PadKernel<T>(Grid grid, int planes) : Kernel
    where T : struct, ILanes<T>
{
    private readonly int _inside = grid.Window.GridCount;
    private readonly int _outside = grid.Count;
    private readonly int _run = grid.Window.Extent[^1];
    private readonly int[] _rows = Rows(grid);

    /// <inheritdoc/>
    public override long Work => (long)planes * _outside / 4;

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) => planes;

    /// <inheritdoc/>
    public override void Value(in Frame frame) => Spread(frame, frame.X(0), frame.Y);

    /// <inheritdoc/>
    public override void Tangent(in Frame frame) => Spread(frame, frame.Dx(0), frame.Dy);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int lanes = frame.Lanes;
        bool adds = frame.Adds(0);
        for (int plane = frame.First; plane < frame.Last; plane++)
        {
            double* dx = frame.Dx(0) + (nint)plane * _inside * lanes;
            double* dy = frame.Dy + (nint)plane * _outside * lanes;
            for (int row = 0; row < _rows.Length; row++)
            {
                Runs<T>.Take(dx + row * _run * lanes, dy + _rows[row] * lanes, _run * lanes, adds);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(in Frame frame, double* x, double* y)
    {
        int lanes = frame.Lanes;
        for (int plane = frame.First; plane < frame.Last; plane++)
        {
            double* from = x + (nint)plane * _inside * lanes;
            double* to = y + (nint)plane * _outside * lanes;
            NativeMemory.Clear(to, (nuint)_outside * (nuint)lanes * sizeof(double));
            for (int row = 0; row < _rows.Length; row++)
            {
                Runs<T>.Take(to + _rows[row] * lanes, from + row * _run * lanes, _run * lanes, adds: false);
            }
        }
    }

    /// <summary>Where each row of the grid begins on the padded one.</summary>
    private static int[] Rows(Grid grid)
    {
        int[] places = [0];
        for (int axis = 0; axis < grid.Extent.Length - 1; axis++)
        {
            int count = grid.Window.Extent[axis];
            int[] next = new int[places.Length * count];
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = places[i / count] * grid.Extent[axis] + grid.Low[axis] + i % count;
            }

            places = next;
        }

        return [.. places.Select(p => p * grid.Extent[^1] + grid.Low[^1])];
    }
}
