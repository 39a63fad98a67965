using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Many points of a narrow network, a panel at a time: each neuron's sum, activation and tangents in one go.
/// A neuron's value and tangents stand together: [neuron][1 + Inputs][panel].
/// </summary>
internal sealed unsafe class NarrowPanelEngine<T, TActivation> : BatchEngine
    where T : struct, ILanes<T>
    where TActivation : struct, IActivation
{
    private readonly Layer[] layers;
    private readonly TActivation activation;
    private readonly AlignedMemory weights;
    private readonly int width;
    private readonly int inputs;
    private readonly int outputs;

    public NarrowPanelEngine(DenseNetwork network, TActivation activation)
    {
        (this.activation, inputs, outputs) = (activation, network.Inputs, network.Outputs);
        width = Math.Max(inputs, network.Layers.Max(layer => layer.Outputs));
        int length = network.Layers.Sum(layer => layer.Outputs * (layer.Inputs + 1));
        weights = new AlignedMemory(length);
        layers = new Layer[network.Layers.Length];
        double* at = weights.Start;
        for (int l = 0; l < layers.Length; l++)
        {
            DenseLayer layer = network.Layers[l];
            layers[l] = new Layer(layer, at);
            for (int i = 0; i < layer.Outputs; i++)
            {
                *at++ = layer.Biases[i];
                for (int j = 0; j < layer.Inputs; j++)
                {
                    *at++ = layer.Weights[i * layer.Inputs + j];
                }
            }
        }
    }

    /// <summary>A layer's neurons one after the other, each its bias and then its weights.</summary>
    private readonly struct Layer(DenseLayer layer, double* neurons)
    {
        public readonly double* Neurons = neurons;
        public readonly int Inputs = layer.Inputs;
        public readonly int Outputs = layer.Outputs;
        public readonly bool IsIdentity = layer.Activation is Identity;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(double* points, double* values, int count)
    {
        int panel = 2 * T.Count;
        double* scratch = Workspace.Take(2 * width * panel);
        for (int done = 0; done < count; done += panel)
        {
            int left = Math.Min(panel, count - done);
            double* last = Panel(points + done * inputs, left, scratch, 0);
            Scatter(last, panel, values + done * outputs, left, 1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Linearize(double* points, double* values, double* jacobians, int count)
    {
        int panel = 2 * T.Count;
        int stride = (1 + inputs) * panel;
        double* scratch = Workspace.Take(2 * width * stride);
        for (int done = 0; done < count; done += panel)
        {
            int left = Math.Min(panel, count - done);
            double* last = Panel(points + done * inputs, left, scratch, inputs);
            Scatter(last, stride, values + done * outputs, left, 1);
            for (int k = 0; k < inputs; k++)
            {
                double* to = jacobians + done * outputs * inputs + k;
                Scatter(last + (k + 1) * panel, stride, to, left, inputs);
            }
        }
    }

    /// <summary>The last layer's neurons, with so many tangents (all or none).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private double* Panel(double* points, int count, double* scratch, int tangents)
    {
        int panel = 2 * T.Count;
        int stride = (1 + tangents) * panel;
        double* from = scratch + width * stride;
        double* to = scratch;
        Gather(points, from, stride, count);
        for (int l = 0; l < layers.Length; l++)
        {
            Layer layer = layers[l];
            double* neuron = layer.Neurons;
            for (int i = 0; i < layer.Outputs; i++)
            {
                Neuron(layer, neuron, from, to + i * stride, tangents, isFirst: l == 0);
                neuron += 1 + layer.Inputs;
            }

            double* done = to;
            to = from;
            from = done;
        }

        return from;
    }

    /// <summary>One neuron for the panel; at the first layer the tangents before it are unit vectors, and their products columns of W.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Neuron(Layer layer, double* neuron, double* from, double* to, int tangents, bool isFirst)
    {
        int panel = 2 * T.Count;
        int stride = (1 + tangents) * panel;
        if (tangents == 2 && !isFirst)
        {
            NeuronOfTwo(layer, neuron, from, to);
            return;
        }

        T left = T.Create(*neuron);
        T right = left;
        Sum(ref left, ref right, neuron + 1, from, layer.Inputs, stride);
        Activate(layer, ref left, ref right, out T leftSlope, out T rightSlope);
        T.Store(left, to);
        T.Store(right, to + T.Count);
        for (int k = 1; k <= tangents; k++)
        {
            left = right = T.Create(isFirst ? neuron[k] : 0);
            if (!isFirst)
            {
                Sum(ref left, ref right, neuron + 1, from + k * panel, layer.Inputs, stride);
            }

            T.Store(leftSlope * left, to + k * panel);
            T.Store(rightSlope * right, to + k * panel + T.Count);
        }
    }

    /// <summary>One neuron with two tangents: all six sums in one loop, so that each weight is read once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NeuronOfTwo(Layer layer, double* neuron, double* from, double* to)
    {
        int panel = 2 * T.Count;
        T left = T.Create(*neuron);
        T right = left;
        T left1 = T.Create(0);
        (T right1, T left2, T right2) = (left1, left1, left1);
        for (int j = 0; j < layer.Inputs; j++)
        {
            T weight = T.Create(neuron[1 + j]);
            left = T.MultiplyAdd(weight, T.Load(from), left);
            right = T.MultiplyAdd(weight, T.Load(from + T.Count), right);
            left1 = T.MultiplyAdd(weight, T.Load(from + panel), left1);
            right1 = T.MultiplyAdd(weight, T.Load(from + panel + T.Count), right1);
            left2 = T.MultiplyAdd(weight, T.Load(from + 2 * panel), left2);
            right2 = T.MultiplyAdd(weight, T.Load(from + 2 * panel + T.Count), right2);
            from += 3 * panel;
        }

        Activate(layer, ref left, ref right, out T leftSlope, out T rightSlope);
        T.Store(left, to);
        T.Store(right, to + T.Count);
        T.Store(leftSlope * left1, to + panel);
        T.Store(rightSlope * right1, to + panel + T.Count);
        T.Store(leftSlope * left2, to + 2 * panel);
        T.Store(rightSlope * right2, to + 2 * panel + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Activate(Layer layer, ref T left, ref T right, out T leftSlope, out T rightSlope)
    {
        leftSlope = T.Create(1);
        rightSlope = leftSlope;
        if (!layer.IsIdentity)
        {
            left = activation.Apply(left, out leftSlope);
            right = activation.Apply(right, out rightSlope);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(ref T left, ref T right, double* weights, double* from, int count, int stride)
    {
        for (int j = 0; j < count; j++)
        {
            T weight = T.Create(weights[j]);
            left = T.MultiplyAdd(weight, T.Load(from), left);
            right = T.MultiplyAdd(weight, T.Load(from + T.Count), right);
            from += stride;
        }
    }

    /// <summary>Points to lanes; the last point fills the lanes left over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Gather(double* points, double* to, int stride, int count)
    {
        for (int p = 0; p < 2 * T.Count; p++)
        {
            double* point = points + Math.Min(p, count - 1) * inputs;
            for (int j = 0; j < inputs; j++)
            {
                to[j * stride + p] = point[j];
            }
        }
    }

    /// <summary>Lanes of all outputs to points.  from: outputs, stride apart; to: [count * outputs], elements step apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scatter(double* from, int stride, double* to, int count, int step)
    {
        for (int p = 0; p < count; p++)
        {
            for (int i = 0; i < outputs; i++)
            {
                *to = from[i * stride + p];
                to += step;
            }
        }
    }
}
