using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>One point at a time: neurons side by side in lanes, all tangents (or all cotangents) as the rows of one product.</summary>
internal sealed unsafe class PointEngine<T>(PackedNetwork network) : DenseEngine, IProductEngine
    where T : struct, ILanes<T>
{
    private readonly PackedLayer[] layers = [.. network.Layers];

    /// <summary>Where a thread's workspace holds what.</summary>
    private readonly struct Scratch(PackedNetwork network, double* start, int rows)
    {
        public readonly double* Probabilities = start;
        public readonly double* Slopes = start + network.Widest;
        public readonly double* Values = start + network.Widest + network.SlopeLength;
        public readonly double* Rows = start + 3 * network.Widest + network.SlopeLength;
        public readonly int RowsLength = rows * network.Widest;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(double* x, double* y)
    {
        Scratch scratch = Take(0);
        Copy(Values(x, scratch, withSlopes: false), y, network.Outputs);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Linearize(double* x, double* y, double* jacobian)
    {
        int rows = network.Forward ? network.Inputs : network.Outputs;
        Scratch scratch = Take(rows);
        Copy(Values(x, scratch, withSlopes: true), y, network.Outputs);
        if (network.Forward)
        {
            FirstColumns(scratch.Rows, rows);
            double* tangents = Tangents(scratch, rows);
            Transpose(tangents, jacobian);
        }
        else
        {
            int stride = layers[^1].PaddedOutputs;
            NativeMemory.Clear(scratch.Rows, (nuint)(rows * stride * sizeof(double)));
            for (int i = 0; i < rows; i++)
            {
                scratch.Rows[i * stride + i] = 1;
            }

            double* gradients = Cotangents(scratch, rows);
            for (int i = 0; i < rows; i++)
            {
                Copy(gradients + i * layers[0].PaddedInputs, jacobian + i * network.Inputs, network.Inputs);
            }
        }
    }

    /// <summary>J v.</summary>
    public void Tangent(double* x, double* v, double* derivative)
    {
        Scratch scratch = Take(1);
        Values(x, scratch, withSlopes: true);
        PackedLayer first = layers[0];
        NativeMemory.Clear(scratch.Rows, (nuint)(first.PaddedOutputs * sizeof(double)));
        Panels.AccumulateRow<T>(v, first.Inputs, first.ByInput, scratch.Rows, first.PaddedOutputs / network.Panel);
        Copy(Tangents(scratch, 1), derivative, network.Outputs);
    }

    /// <summary>J^T w.</summary>
    public void Adjoint(double* x, double* w, double* gradient)
    {
        Scratch scratch = Take(1);
        Values(x, scratch, withSlopes: true);
        NativeMemory.Clear(scratch.Rows, (nuint)(layers[^1].PaddedOutputs * sizeof(double)));
        Copy(w, scratch.Rows, network.Outputs);
        Copy(Cotangents(scratch, 1), gradient, network.Inputs);
    }

    private Scratch Take(int rows) =>
        new(network, Workspace.Take(checked((3 + 2 * rows) * network.Widest + network.SlopeLength)), rows);

    /// <summary>f(x), and the slope of every neuron if asked for.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private double* Values(double* x, Scratch scratch, bool withSlopes)
    {
        double* slopes = scratch.Slopes;
        double* from = x;
        for (int l = 0; l < layers.Length; l++)
        {
            PackedLayer layer = layers[l];
            double* to = scratch.Values + (l & 1) * network.Widest;
            Copy(layer.Biases, to, layer.PaddedOutputs);
            Panels.AccumulateRow<T>(from, layer.Inputs, layer.ByInput, to, layer.PaddedOutputs / network.Panel);
            if (withSlopes)
            {
                layer.Activation.Apply(to, slopes, layer.PaddedOutputs);
                slopes += layer.PaddedOutputs;
            }
            else
            {
                layer.Activation.Apply(to, layer.PaddedOutputs);
            }

            from = to;
        }

        if (network.Head != DenseHead.None)
        {
            Heads.Value<Lanes64>(network.Head, from, scratch.Probabilities, network.Outputs, 1);
        }

        return from;
    }

    /// <summary>The columns of the first layer's weights as rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void FirstColumns(double* rows, int count)
    {
        PackedLayer first = layers[0];
        for (int p = 0; p * network.Panel < first.PaddedOutputs; p++)
        {
            double* panel = first.ByInput + p * first.Inputs * network.Panel;
            for (int k = 0; k < count; k++)
            {
                Copy(panel + k * network.Panel, rows + k * first.PaddedOutputs + p * network.Panel, network.Panel);
            }
        }
    }

    /// <summary>From the first layer's product with the tangents to the derivatives of the outputs: [count][PaddedOutputs of the last layer].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private double* Tangents(Scratch scratch, int count)
    {
        double* slopes = scratch.Slopes;
        double* from = scratch.Rows;
        Scale(from, slopes, count, layers[0].PaddedOutputs);
        for (int l = 1; l < layers.Length; l++)
        {
            PackedLayer layer = layers[l];
            slopes += layers[l - 1].PaddedOutputs;
            double* to = scratch.Rows + (l & 1) * scratch.RowsLength;
            StridedMatrix rows = new(from, layers[l - 1].PaddedOutputs, 1);
            Multiply(rows, count, layer.Inputs, layer.ByInput, to, layer.PaddedOutputs);
            Scale(to, slopes, count, layer.PaddedOutputs);
            from = to;
        }

        for (int k = 0; k < count && network.Head != DenseHead.None; k++)
        {
            double* row = from + k * layers[^1].PaddedOutputs;
            Heads.Tangent<Lanes64>(network.Head, scratch.Probabilities, row, network.Outputs, 1);
        }

        return from;
    }

    /// <summary>From cotangents of the outputs to gradients: [count][PaddedInputs].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private double* Cotangents(Scratch scratch, int count)
    {
        double* from = scratch.Rows;
        for (int i = 0; i < count && network.Head != DenseHead.None; i++)
        {
            double* row = from + i * layers[^1].PaddedOutputs;
            Heads.Adjoint<Lanes64>(network.Head, scratch.Probabilities, row, network.Outputs, 1);
        }

        double* slopes = scratch.Slopes + network.SlopeLength;
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            PackedLayer layer = layers[l];
            slopes -= layer.PaddedOutputs;
            Scale(from, slopes, count, layer.PaddedOutputs);
            double* to = scratch.Rows + ((layers.Length - l) & 1) * scratch.RowsLength;
            StridedMatrix rows = new(from, layer.PaddedOutputs, 1);
            Multiply(rows, count, layer.Outputs, layer.ByOutput, to, layer.PaddedInputs);
            from = to;
        }

        return from;
    }

    /// <summary>to := rows times all panels.  panels: [stride / panel][inner][panel], to: [count][stride].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Multiply(StridedMatrix rows, int count, int inner, double* panels, double* to, int stride)
    {
        NativeMemory.Clear(to, (nuint)(count * stride * sizeof(double)));
        int blocked = count % 4 == 1 ? count - 1 : count;
        if (blocked < count)
        {
            // A row by itself takes four panels at a time instead of four rows.
            double* row = rows.Skip(blocked).Start;
            Panels.AccumulateRow<T>(row, inner, panels, to + blocked * stride, stride / network.Panel);
        }

        for (int column = 0; column < stride; column += network.Panel)
        {
            Panels.Accumulate<T>(rows, blocked, inner, panels + column * inner, to + column, stride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Scale(double* rows, double* slopes, int count, int length)
    {
        for (int k = 0; k < count; k++, rows += length)
        {
            for (int i = 0; i < length; i += T.Count)
            {
                T.Store(T.Load(rows + i) * T.Load(slopes + i), rows + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Transpose(double* tangents, double* jacobian)
    {
        int stride = layers[^1].PaddedOutputs;
        for (int i = 0; i < network.Outputs; i++)
        {
            for (int k = 0; k < network.Inputs; k++)
            {
                jacobian[i * network.Inputs + k] = tangents[k * stride + i];
            }
        }
    }

    private static void Copy(double* from, double* to, int length) =>
        new ReadOnlySpan<double>(from, length).CopyTo(new Span<double>(to, length));
}
