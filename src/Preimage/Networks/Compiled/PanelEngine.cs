using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Many points: a panel of them (two registers) side by side, so that a layer is W times a panel and no lane is idle.
/// A neuron's numbers for all points of the panel stand together: [neuron][panel].
/// </summary>
internal sealed unsafe class PanelEngine<T>(PackedNetwork network, DenseEngine single) : BatchEngine
    where T : struct, ILanes<T>
{
    private readonly PackedLayer[] layers = [.. network.Layers];
    private readonly int panel = network.Panel;

    /// <summary>Doubles of scratch (1 MiB) beyond which a panel no longer stays near the processor and points go one by one.</summary>
    private const int LargestScratch = 1 << 17;

    /// <summary>Where a thread's workspace holds what.</summary>
    private readonly struct Scratch(PackedNetwork network, double* start, int rows)
    {
        public readonly double* Probabilities = start;
        public readonly double* Slopes = start + network.Widest * network.Panel;
        public readonly double* Values = start + (network.Widest + network.SlopeLength) * network.Panel;
        public readonly double* Rows = start + (3 * network.Widest + network.SlopeLength) * network.Panel;
        public readonly int RowsLength = rows * network.Widest * network.Panel;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(double* points, double* values, int count)
    {
        for (int done = 0; done < count; done += panel)
        {
            int left = Math.Min(panel, count - done);
            double* x = points + done * network.Inputs;
            double* y = values + done * network.Outputs;
            if (left <= panel / 8)
            {
                for (int p = 0; p < left; p++)
                {
                    single.Evaluate(x + p * network.Inputs, y + p * network.Outputs);
                }
            }
            else
            {
                Scatter(Values(x, left, Take(0), withSlopes: false), y, left, network.Outputs, network.Outputs);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Linearize(double* points, double* values, double* jacobians, int count)
    {
        int size = network.Inputs * network.Outputs;
        for (int done = 0; done < count; done += panel)
        {
            int left = Math.Min(panel, count - done);
            double* x = points + done * network.Inputs;
            double* y = values + done * network.Outputs;
            double* jacobian = jacobians + done * size;
            if (left <= panel / 8 || Length(Rows) > LargestScratch)
            {
                for (int p = 0; p < left; p++)
                {
                    single.Linearize(x + p * network.Inputs, y + p * network.Outputs, jacobian + p * size);
                }
            }
            else
            {
                LinearizePanel(x, y, jacobian, left);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void LinearizePanel(double* x, double* y, double* jacobian, int count)
    {
        int size = network.Inputs * network.Outputs;
        Scratch scratch = Take(Rows);
        Scatter(Values(x, count, scratch, withSlopes: true), y, count, network.Outputs, network.Outputs);
        if (network.Forward)
        {
            double* tangents = Tangents(scratch);
            for (int k = 0; k < network.Inputs; k++)
            {
                ScatterStrided(tangents + k * network.Outputs * panel, jacobian + k, count, network.Outputs);
            }
        }
        else
        {
            double* gradients = Cotangents(scratch);
            for (int i = 0; i < network.Outputs; i++)
            {
                double* row = gradients + i * network.Inputs * panel;
                Scatter(row, jacobian + i * network.Inputs, count, network.Inputs, size);
            }
        }
    }

    /// <summary>Tangents or cotangents of a Jacobian.</summary>
    private int Rows => network.Forward ? network.Inputs : network.Outputs;

    private Scratch Take(int rows) => new(network, Workspace.Take(checked((int)Length(rows))), rows);

    private long Length(int rows) => ((3 + 2L * rows) * network.Widest + network.SlopeLength) * panel;

    /// <summary>f of the points, and the slope of every neuron if asked for: [Outputs][panel].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private double* Values(double* points, int count, Scratch scratch, bool withSlopes)
    {
        double* slopes = scratch.Slopes;
        double* from = scratch.Values + network.Widest * panel;
        Gather(points, from, count);
        for (int l = 0; l < layers.Length; l++)
        {
            PackedLayer layer = layers[l];
            double* to = scratch.Values + (l & 1) * network.Widest * panel;
            for (int i = 0; i < layer.Outputs; i++)
            {
                T.Store(T.Create(layer.Biases[i]), to + i * panel);
                T.Store(T.Create(layer.Biases[i]), to + i * panel + T.Count);
            }

            Accumulate(layer.ByInput, layer.Outputs, layer.Inputs, from, to, 1, 0, 0);
            if (withSlopes)
            {
                layer.Activation.Apply(to, slopes, layer.Outputs * panel);
                slopes += layer.Outputs * panel;
            }
            else
            {
                layer.Activation.Apply(to, layer.Outputs * panel);
            }

            from = to;
        }

        for (int lane = 0; lane < panel && network.Head != DenseHead.None; lane += T.Count)
        {
            Heads.Value<T>(network.Head, from + lane, scratch.Probabilities + lane, network.Outputs, panel);
        }

        return from;
    }

    /// <summary>All derivatives by forward mode: [Inputs][Outputs][panel].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private double* Tangents(Scratch scratch)
    {
        double* slopes = scratch.Slopes;
        double* from = scratch.Rows;
        FirstTangents(slopes, from);
        for (int l = 1; l < layers.Length; l++)
        {
            PackedLayer layer = layers[l];
            slopes += layers[l - 1].Outputs * panel;
            double* to = scratch.Rows + (l & 1) * scratch.RowsLength;
            NativeMemory.Clear(to, (nuint)(network.Inputs * layer.Outputs * panel * sizeof(double)));
            (int fromStride, int toStride) = (layer.Inputs * panel, layer.Outputs * panel);
            Accumulate(layer.ByInput, layer.Outputs, layer.Inputs, from, to, network.Inputs, fromStride, toStride);
            Scale(to, slopes, network.Inputs, layer.Outputs * panel);
            from = to;
        }

        int length = network.Outputs * panel;
        for (int at = 0; at < network.Inputs * panel && network.Head != DenseHead.None; at += T.Count)
        {
            double* tangent = from + at / panel * length + at % panel;
            Heads.Tangent<T>(network.Head, scratch.Probabilities + at % panel, tangent, network.Outputs, panel);
        }

        return from;
    }

    /// <summary>Column k of the first layer's weights times the slopes, as tangent k.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void FirstTangents(double* slopes, double* tangents)
    {
        PackedLayer first = layers[0];
        for (int k = 0; k < first.Inputs; k++)
        {
            for (int i = 0; i < first.Outputs; i++)
            {
                T weight = T.Create(first.ByInput[(i / panel * first.Inputs + k) * panel + i % panel]);
                double* to = tangents + (k * first.Outputs + i) * panel;
                T.Store(weight * T.Load(slopes + i * panel), to);
                T.Store(weight * T.Load(slopes + i * panel + T.Count), to + T.Count);
            }
        }
    }

    /// <summary>All derivatives by reverse mode: [Outputs][Inputs][panel].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private double* Cotangents(Scratch scratch)
    {
        int count = network.Outputs;
        double* from = scratch.Rows;
        NativeMemory.Clear(from, (nuint)(count * count * panel * sizeof(double)));
        for (int at = 0; at < count * panel; at += T.Count)
        {
            double* cotangent = from + at / panel * count * panel + at % panel;
            T.Store(T.Create(1), cotangent + at / panel * panel);
            if (network.Head != DenseHead.None)
            {
                Heads.Adjoint<T>(network.Head, scratch.Probabilities + at % panel, cotangent, count, panel);
            }
        }

        double* slopes = scratch.Slopes;
        foreach (PackedLayer layer in layers)
        {
            slopes += layer.Outputs * panel;
        }

        for (int l = layers.Length - 1; l >= 0; l--)
        {
            PackedLayer layer = layers[l];
            slopes -= layer.Outputs * panel;
            Scale(from, slopes, count, layer.Outputs * panel);
            double* to = scratch.Rows + ((layers.Length - l) & 1) * scratch.RowsLength;
            NativeMemory.Clear(to, (nuint)(count * layer.Inputs * panel * sizeof(double)));
            (int fromStride, int toStride) = (layer.Outputs * panel, layer.Inputs * panel);
            Accumulate(layer.ByOutput, layer.Inputs, layer.Outputs, from, to, count, fromStride, toStride);
            from = to;
        }

        return from;
    }

    /// <summary>to_s += M from_s for several panels s, M stored in panels of its rows: [rows / panel][inner][panel].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(
        double* matrix,
        int rows,
        int inner,
        double* from,
        double* to,
        int several,
        int fromStride,
        int toStride
    )
    {
        for (int row = 0; row < rows; row += panel)
        {
            StridedMatrix block = new(matrix + row * inner, 1, panel);
            int height = Math.Min(panel, rows - row);
            for (int s = 0; s < several; s++)
            {
                Panels.Accumulate<T>(
                    block,
                    height,
                    inner,
                    from + s * fromStride,
                    to + s * toStride + row * panel,
                    panel
                );
            }
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

    /// <summary>Points to lanes; the last point fills the lanes left over.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Gather(double* points, double* to, int count)
    {
        for (int p = 0; p < panel; p++)
        {
            double* point = points + Math.Min(p, count - 1) * network.Inputs;
            for (int j = 0; j < network.Inputs; j++)
            {
                to[j * panel + p] = point[j];
            }
        }
    }

    /// <summary>Lanes to points, stride apart.  from: [length][panel].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Scatter(double* from, double* to, int count, int length, int stride)
    {
        for (int p = 0; p < count; p++)
        {
            for (int i = 0; i < length; i++)
            {
                to[p * stride + i] = from[i * panel + p];
            }
        }
    }

    /// <summary>A column of every point's Jacobian.  from: [length][panel].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void ScatterStrided(double* from, double* to, int count, int length)
    {
        for (int p = 0; p < count; p++)
        {
            for (int i = 0; i < length; i++)
            {
                to[(p * length + i) * network.Inputs] = from[i * panel + p];
            }
        }
    }
}
