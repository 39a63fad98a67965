using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// One point of a narrow network: a layer is at most two registers, its activation is compiled into the loop, and the
/// few tangents are carried along behind the value, whose chain of operations sets the time.
/// </summary>
internal sealed unsafe class NarrowEngine<T, TActivation>(PackedNetwork network, TActivation activation) : DenseEngine
    where T : struct, ILanes<T>
    where TActivation : struct, IActivation
{
    private readonly PackedLayer[] layers = [.. network.Layers];
    private readonly TActivation activation = activation;
    private readonly int inputs = network.Inputs;
    private readonly int outputs = network.Outputs;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(double* x, double* y)
    {
        double* values = stackalloc double[PackedNetwork.NarrowWidth];
        T low = T.Create(0);
        int held = 0;
        foreach (PackedLayer layer in layers)
        {
            double* from = held == 0 && layer == layers[0] ? x : values;
            T high = T.Create(0);
            if (layer.Outputs > T.Count)
            {
                high = Sum(T.Load(layer.Biases + T.Count), from, layer.ByInput + T.Count, layer.Inputs);
                Activate(layer, ref high);
            }

            low = held > 0 ? SumHeld(low, layer) : Sum(T.Load(layer.Biases), from, layer.ByInput, layer.Inputs);
            Activate(layer, ref low);
            T.Store(low, values);
            held = layer.Outputs <= T.Count ? layer.Outputs : 0;
            if (held == 0)
            {
                T.Store(high, values + T.Count);
            }
        }

        for (int i = 0; i < outputs; i++)
        {
            y[i] = values[i];
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override void Linearize(double* x, double* y, double* jacobian)
    {
        double* values = stackalloc double[PackedNetwork.NarrowWidth * (1 + PackedNetwork.FewInputs)];
        T low = T.Create(0);
        int held = 0;
        foreach (PackedLayer layer in layers)
        {
            bool isFirst = layer == layers[0];
            double* from = isFirst ? x : values;
            if (layer.Outputs <= T.Count)
            {
                low = held > 0 ? SumHeld(low, layer) : Sum(T.Load(layer.Biases), from, layer.ByInput, layer.Inputs);
                T slope = Activate(layer, ref low);
                T.Store(low, values);
                for (int k = 1; k <= inputs; k++)
                {
                    double* tangent = values + k * 2 * T.Count;
                    T.Store(slope * Moved(layer, 0, isFirst, k, tangent), tangent);
                }

                held = layer.Outputs;
            }
            else
            {
                StepBoth(layer, from, values, isFirst);
                held = 0;
            }
        }

        for (int i = 0; i < outputs; i++)
        {
            y[i] = values[i];
            for (int k = 0; k < inputs; k++)
            {
                jacobian[i * inputs + k] = values[(k + 1) * 2 * T.Count + i];
            }
        }
    }

    /// <summary>A layer in two registers.  values: [panel], followed by the tangents, a panel each.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void StepBoth(PackedLayer layer, double* from, double* values, bool isFirst)
    {
        T low = Sum(T.Load(layer.Biases), from, layer.ByInput, layer.Inputs);
        T high = Sum(T.Load(layer.Biases + T.Count), from, layer.ByInput + T.Count, layer.Inputs);
        T lowSlope = Activate(layer, ref low);
        T highSlope = Activate(layer, ref high);
        T.Store(low, values);
        T.Store(high, values + T.Count);
        for (int k = 1; k <= inputs; k++)
        {
            double* tangent = values + k * 2 * T.Count;
            low = lowSlope * Moved(layer, 0, isFirst, k, tangent);
            high = highSlope * Moved(layer, T.Count, isFirst, k, tangent);
            T.Store(low, tangent);
            T.Store(high, tangent + T.Count);
        }
    }

    /// <summary>value := f(value); the slope, if anyone reads it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Activate(PackedLayer layer, ref T value)
    {
        if (layer.IsIdentity)
        {
            return T.Create(1);
        }

        value = activation.Apply(value, out T slope);
        return slope;
    }

    /// <summary>W t for tangent number k, counted from 1; at the first layer t is a unit vector and the product a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Moved(PackedLayer layer, int column, bool isFirst, int k, double* tangent) =>
        isFirst
            ? T.Load(layer.ByInput + column + (k - 1) * 2 * T.Count)
            : Sum(T.Create(0), tangent, layer.ByInput + column, layer.Inputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Sum(T sum, double* factors, double* columns, int count)
    {
        for (int j = 0; j < count; j++)
        {
            sum = T.MultiplyAdd(T.Create(factors[j]), T.Load(columns), sum);
            columns += 2 * T.Count;
        }

        return sum;
    }

    /// <summary>b + W h with h in a register: shorter than a way through memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SumHeld(T factors, PackedLayer layer)
    {
        T sum = T.Load(layer.Biases);
        double* columns = layer.ByInput;
        for (int j = 0; j < layer.Inputs; j++)
        {
            sum = T.MultiplyAdd(T.Broadcast(factors, j), T.Load(columns), sum);
            columns += 2 * T.Count;
        }

        return sum;
    }
}
