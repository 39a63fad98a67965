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
    private readonly int _span;
    private readonly int _row;

    /// <summary>Weights: [OutputChannels, 1, elements], biases: [OutputChannels] or null.</summary>
    public DepthwiseKernel(Convolve shape, Grid grid, double[] weights, double[]? biases)
    {
        (_shape, _grid, _gridCount, _biases) = (shape, grid, grid.Count, biases);
        _multiplier = shape.OutputChannels / shape.Groups;
        _width = shape.Window.Positions[^1];
        _step = shape.Window.Stride[^1];
        _weights = new AlignedMemory(weights.Length);
        weights.CopyTo(_weights.Span);
        _span = grid.Positions[^1] - grid.Positions[0] + 1;
        _row = (_width - 1) * _step + 1;
    }

    /// <inheritdoc/>
    public override int Scratch => 2 * T.Count * (_row < 2 * T.Count ? _span : _row) + AlignedMemory.Slack;

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
            Segments segments = new(this, lanes);
            if (!segments.AreWide)
            {
                for (int p = 0; p < positions; p += segments.Positions)
                {
                    double* row = from + (nint)_grid.Positions[p] * lanes;
                    Row(row, to + (nint)p * lanes, weights, (segments.Positions * lanes, lanes), bias);
                }

                continue;
            }

            for (int p = 0; p < positions; p += segments.Positions)
            {
                double* row = from + (nint)_grid.Positions[p] * lanes;
                Row(row, frame.Scratch, weights, (segments.Span * lanes, lanes), bias);
                Take(to + (nint)p * lanes, frame.Scratch, (p, segments.Positions), lanes);
            }
        }
    }

    /// <summary>
    /// How a plane is cut. Wide: everything between a segment's first and last position is computed, and what is not asked for is left out, where
    /// positions do not stand side by side or their rows are short.
    /// </summary>
    private readonly struct Segments
    {
        public readonly bool AreWide;
        public readonly int Positions;
        public readonly int Span;

        public Segments(DepthwiseKernel<T> kernel, int lanes)
        {
            int all = kernel._grid.Positions.Length;
            bool isShort = kernel._row * lanes < 2 * T.Count;
            bool isStrided = kernel._step > 1;
            AreWide = isShort || (isStrided && lanes < T.Count);
            Positions =
                isShort ? all
                : isStrided && !AreWide ? 1
                : kernel._width;
            Span = isShort ? kernel._span : kernel._row;
        }
    }

    /// <summary>The positions of a segment out of all that was computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(double* y, double* wide, (int First, int Count) at, int lanes)
    {
        ReadOnlySpan<int> positions = _grid.Positions.AsSpan(at.First, at.Count);
        for (int p = 0; p < positions.Length; p++)
        {
            Runs<T>.Copy(y + (nint)p * lanes, wide + (nint)(positions[p] - positions[0]) * lanes, lanes);
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
                Scatter(dx, dy, weights, (lanes, (nint)frame.Scratch));
            }
        }
    }

    /// <summary>dx += w dy, segment by segment.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Scatter(double* dx, double* dy, double* weights, (int Lanes, nint Scratch) with)
    {
        int lanes = with.Lanes;
        double* wide = (double*)with.Scratch;
        ReadOnlySpan<int> elements = _grid.Elements;
        ReadOnlySpan<int> positions = _grid.Positions;
        Segments segments = new(this, lanes);
        int run = (segments.AreWide ? segments.Span : segments.Positions) * lanes;
        for (int p = 0; p < positions.Length; p += segments.Positions)
        {
            double* to = dx + (nint)positions[p] * lanes;
            double* from = dy + (nint)p * lanes;
            if (segments.AreWide)
            {
                NativeMemory.Clear(wide, (nuint)run * sizeof(double));
                for (int j = 0; j < segments.Positions; j++)
                {
                    nint place = (nint)(positions[p + j] - positions[p]) * lanes;
                    Runs<T>.Copy(wide + place, from + (nint)j * lanes, lanes);
                }

                from = wide;
            }

            for (int k = 0; k < elements.Length; k++)
            {
                Runs<T>.AddScaled(to + (nint)elements[k] * lanes, weights[k], from, run);
            }
        }
    }
}
