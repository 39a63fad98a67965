using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>Operands side by side.  operand k: [Outer, widths_k], y: [Outer, sum of widths].</summary>
internal sealed unsafe class ConcatenateKernel<T>(int outer, int[] widths) : Kernel
    where T : struct, ILanes<T>
{
    private readonly int _stride = widths.Sum();
    private readonly int[] _offsets = [.. Enumerable.Range(0, widths.Length).Select(k => widths[..k].Sum())];

    /// <inheritdoc/>
    public override long Work => (long)outer * _stride;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Value(in Frame frame)
    {
        for (int k = 0; k < widths.Length; k++)
        {
            Spread(frame.X(k), frame.Y, _offsets[k], widths[k], 1);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Tangent(in Frame frame)
    {
        for (int k = 0; k < widths.Length; k++)
        {
            Spread(frame.Dx(k), frame.Dy, _offsets[k], widths[k], frame.Lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int lanes = frame.Lanes;
        int offset = _offsets[operand];
        int width = widths[operand] * lanes;
        for (int o = 0; o < outer; o++)
        {
            double* dy = frame.Dy + ((nint)o * _stride + offset) * lanes;
            Runs<T>.Take(frame.Dx(operand) + (nint)o * width, dy, width, frame.Adds(operand));
        }
    }

    /// <summary>x: null for zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(double* x, double* y, int offset, int width, int lanes)
    {
        for (int o = 0; o < outer; o++)
        {
            double* to = y + ((nint)o * _stride + offset) * lanes;
            if (x is null)
            {
                NativeMemory.Clear(to, (nuint)width * (nuint)lanes * sizeof(double));
            }
            else
            {
                Runs<T>.Copy(to, x + (nint)o * width * lanes, width * lanes);
            }
        }
    }
}

/// <summary>y_i = a_i where c_i is not 0, else b_i.</summary>
internal sealed unsafe class ChooseKernel<T>(int size) : Kernel
    where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    public override long Work => size;

    /// <inheritdoc/>
    public override bool Needs(int operand) => operand == 0;

    /// <inheritdoc/>
    public override bool Passes(int operand) => operand > 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Value(in Frame frame)
    {
        double* c = frame.X(0);
        double* a = frame.X(1);
        double* b = frame.X(2);
        double* y = frame.Y;
        for (int i = 0; i < size; i++)
        {
            y[i] = c[i] != 0 ? a[i] : b[i];
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Tangent(in Frame frame)
    {
        int lanes = frame.Lanes;
        double* c = frame.X(0);
        double* da = frame.Dx(1);
        double* db = frame.Dx(2);
        for (int i = 0; i < size; i++)
        {
            double* from = c[i] != 0 ? da : db;
            double* dy = frame.Dy + (nint)i * lanes;
            if (from is null)
            {
                NativeMemory.Clear(dy, (nuint)lanes * sizeof(double));
            }
            else
            {
                Runs<T>.Copy(dy, from + (nint)i * lanes, lanes);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int lanes = frame.Lanes;
        bool adds = frame.Adds(operand);
        double* c = frame.X(0);
        double* to = frame.Dx(operand);
        for (int i = 0; i < size; i++)
        {
            double* dx = to + (nint)i * lanes;
            if (c[i] != 0 == (operand == 1))
            {
                Runs<T>.Take(dx, frame.Dy + (nint)i * lanes, lanes, adds);
            }
            else if (!adds)
            {
                NativeMemory.Clear(dx, (nuint)lanes * sizeof(double));
            }
        }
    }
}

/// <summary>y_i = a[k_i], k the second operand.  count: elements of a, size: of y.</summary>
internal sealed unsafe class LookupKernel<T>(int count, int size) : Kernel
    where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    public override long Work => size;

    /// <inheritdoc/>
    public override bool Needs(int operand) => operand == 1;

    /// <inheritdoc/>
    public override bool Passes(int operand) => operand == 0;

    /// <inheritdoc/>
    public override void Value(in Frame frame) =>
        Places.Lookup(
            new ReadOnlySpan<double>(frame.X(0), count),
            new ReadOnlySpan<double>(frame.X(1), size),
            new Span<double>(frame.Y, size)
        );

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Tangent(in Frame frame)
    {
        int lanes = frame.Lanes;
        double* places = frame.X(1);
        double* dx = frame.Dx(0);
        double* dy = frame.Dy;
        for (int i = 0; i < size; i++)
        {
            Runs<T>.Copy(dy + (nint)i * lanes, dx + (nint)places[i] * lanes, lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int lanes = frame.Lanes;
        double* places = frame.X(1);
        double* dx = frame.Dx(0);
        double* dy = frame.Dy;
        if (!frame.Adds(0))
        {
            NativeMemory.Clear(dx, (nuint)count * (nuint)lanes * sizeof(double));
        }

        for (int i = 0; i < size; i++)
        {
            Runs<T>.Add(dx + (nint)places[i] * lanes, dy + (nint)i * lanes, lanes);
        }
    }
}

/// <summary>y = a, of which no derivative is asked.</summary>
internal sealed unsafe class CopyKernel(int size) : Kernel
{
    /// <inheritdoc/>
    public override long Work => size;

    /// <inheritdoc/>
    public override bool Passes(int operand) => false;

    /// <inheritdoc/>
    public override void Value(in Frame frame) =>
        new ReadOnlySpan<double>(frame.X(0), size).CopyTo(new Span<double>(frame.Y, size));

    /// <inheritdoc/>
    public override void Tangent(in Frame frame) { }

    /// <inheritdoc/>
    public override void Adjoint(in Frame frame, int operand) { }
}
