using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// A convolution whose groups have one input channel each, on a padded grid, row by row: a product would have next to no rows.
/// x: [Batch, InputChannels, padded grid], y: [Batch, OutputChannels, Positions]; a unit is a channel.
/// </summary>
internal sealed unsafe class DepthwiseKernel<T> : Kernel
    where T : struct, ILanes<T>
{
    private readonly Convolve _shape;
    private readonly Grid _grid;
    private readonly int _gridCount;
    private readonly int _multiplier;
    private readonly int _width;
    private readonly int _step;
    private readonly AlignedMemory _weights;
    private readonly double[]? _biases;

    /// <summary>Weights: [OutputChannels, 1, elements], biases: [OutputChannels] or null.</summary>
    public DepthwiseKernel(Convolve shape, Grid grid, double[] weights, double[]? biases)
    {
        (_shape, _grid, _gridCount, _biases) = (shape, grid, grid.Count, biases);
        _multiplier = shape.OutputChannels / shape.Groups;
        _width = shape.Window.Positions[^1];
        _step = shape.Window.Stride[^1];
        _weights = new AlignedMemory(weights.Length);
        weights.CopyTo(_weights.Span);
    }

    /// <inheritdoc/>
    public override long Work =>
        (long)_shape.Batch * _shape.OutputChannels * _grid.Positions.Length * _grid.Elements.Length;

    /// <inheritdoc/>
    public override bool Reads(int operand) => operand == 0;

    /// <inheritdoc/>
    public override bool Passes(int operand) => operand == 0;

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) => _shape.Batch * _shape.InputChannels;

    /// <inheritdoc/>
    public override void Value(in Frame frame) => Apply(frame, frame.X(0), frame.Y, _biases);

    /// <inheritdoc/>
    public override void Tangent(in Frame frame) => Apply(frame, frame.Dx(0), frame.Dy, null);

    private void Apply(in Frame frame, double* x, double* y, double[]? biases)
    {
        int lanes = frame.Lanes;
        int positions = _grid.Positions.Length;
        for (int unit = frame.First * _multiplier; unit < frame.Last * _multiplier; unit++)
        {
            double* from = x + (nint)(unit / _multiplier) * _gridCount * lanes;
            double* to = y + (nint)unit * positions * lanes;
            int output = unit % _shape.OutputChannels;
            double bias = biases is null ? 0 : biases[output];
            double* weights = _weights.Start + (nint)output * _grid.Elements.Length;
            int run = _step == 1 ? _width : 1;
            if (_step > 1 && lanes == 1)
            {
                Points(from, to, weights, bias);
                continue;
            }

            for (int p = 0; p < positions; p += run)
            {
                Row(from + (nint)_grid.Positions[p] * lanes, to + (nint)p * lanes, weights, (run * lanes, lanes), bias);
            }
        }
    }

    /// <summary>y = sum w x + bias along a run, registers of it at a time; its last register overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Row(double* x, double* y, double* weights, (int Count, int Lanes) run, double bias)
    {
        ReadOnlySpan<int> elements = _grid.Elements;
        int i = 0;
        for (; i + 4 * T.Count <= run.Count; i += 4 * T.Count)
        {
            (T a, T b, T c, T d) = (T.Create(bias), T.Create(bias), T.Create(bias), T.Create(bias));
            for (int k = 0; k < elements.Length; k++)
            {
                double* from = x + i + (nint)elements[k] * run.Lanes;
                T w = T.Create(weights[k]);
                a = T.MultiplyAdd(w, T.Load(from), a);
                b = T.MultiplyAdd(w, T.Load(from + T.Count), b);
                c = T.MultiplyAdd(w, T.Load(from + 2 * T.Count), c);
                d = T.MultiplyAdd(w, T.Load(from + 3 * T.Count), d);
            }

            T.Store(a, y + i);
            T.Store(b, y + i + T.Count);
            T.Store(c, y + i + 2 * T.Count);
            T.Store(d, y + i + 3 * T.Count);
        }

        while (i < run.Count)
        {
            if (run.Count < T.Count)
            {
                Lanes64.Store(One<Lanes64>(x + i, weights, run.Lanes, bias), y + i);
                i++;
                continue;
            }

            i = Math.Min(i, run.Count - T.Count);
            T.Store(One<T>(x + i, weights, run.Lanes, bias), y + i);
            i += T.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes One<TLanes>(double* x, double* weights, int lanes, double bias)
        where TLanes : struct, ILanes<TLanes>
    {
        ReadOnlySpan<int> elements = _grid.Elements;
        TLanes sum = TLanes.Create(bias);
        for (int k = 0; k < elements.Length; k++)
        {
            sum = TLanes.MultiplyAdd(TLanes.Create(weights[k]), TLanes.Load(x + (nint)elements[k] * lanes), sum);
        }

        return sum;
    }

    /// <summary>All positions of a plane, one by one, where they do not stand side by side.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Points(double* x, double* y, double* weights, double bias)
    {
        ReadOnlySpan<int> positions = _grid.Positions;
        for (int p = 0; p < positions.Length; p++)
        {
            Lanes64.Store(One<Lanes64>(x + positions[p], weights, 1, bias), y + p);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int lanes = frame.Lanes;
        int positions = _grid.Positions.Length;
        int elements = _grid.Elements.Length;
        for (int unit = frame.First; unit < frame.Last; unit++)
        {
            double* dx = frame.Dx(0) + (nint)unit * _gridCount * lanes;
            if (!frame.Adds(0))
            {
                NativeMemory.Clear(dx, (nuint)_gridCount * (nuint)lanes * sizeof(double));
            }

            for (int j = 0; j < _multiplier; j++)
            {
                int output = unit * _multiplier + j;
                double* dy = frame.Dy + (nint)output * positions * lanes;
                double* weights = _weights.Start + (nint)(output % _shape.OutputChannels) * elements;
                Scatter(dx, dy, weights, lanes);
            }
        }
    }

    /// <summary>dx += w dy, run by run.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Scatter(double* dx, double* dy, double* weights, int lanes)
    {
        ReadOnlySpan<int> elements = _grid.Elements;
        ReadOnlySpan<int> positions = _grid.Positions;
        int run = _step == 1 ? _width : 1;
        for (int p = 0; p < positions.Length; p += run)
        {
            double* to = dx + (nint)positions[p] * lanes;
            double* from = dy + (nint)p * lanes;
            if (run * lanes == 1)
            {
                for (int k = 0; k < elements.Length; k++)
                {
                    to[elements[k]] += weights[k] * *from;
                }

                continue;
            }

            for (int k = 0; k < elements.Length; k++)
            {
                Runs<T>.AddScaled(to + (nint)elements[k] * lanes, weights[k], from, run * lanes);
            }
        }
    }
}
