namespace Preimage.Networks.Compiled;

/// <summary>Softmax and its logarithm over numbers that stand stride apart, with what they do to tangents and cotangents.  s = softmax(z): [count].</summary>
internal static unsafe class Heads
{
    /// <summary>z := head(z) and s := softmax(z); with the largest z subtracted, so that nothing overflows.  z, s: [count * stride].</summary>
    public static void Value<T>(DenseHead head, double* z, double* s, int count, int stride)
        where T : struct, ILanes<T>
    {
        T largest = T.Load(z);
        for (int i = 1; i < count; i++)
        {
            T other = T.Load(z + i * stride);
            largest = T.IfGreater(other, largest, other, largest);
        }

        T sum = T.Create(0);
        for (int i = 0; i < count; i++)
        {
            T e = Exponentials.Exp(T.Load(z + i * stride) - largest);
            T.Store(e, s + i * stride);
            sum += e;
        }

        double* logarithm = stackalloc double[8];
        T.Store(sum, logarithm);
        for (int lane = 0; lane < T.Count && head == DenseHead.LogSoftmax; lane++)
        {
            logarithm[lane] = Math.Log(logarithm[lane]);
        }

        for (int i = 0; i < count; i++)
        {
            T probability = T.Load(s + i * stride) / sum;
            T.Store(probability, s + i * stride);
            T value = head == DenseHead.LogSoftmax ? T.Load(z + i * stride) - largest - T.Load(logarithm) : probability;
            T.Store(value, z + i * stride);
        }
    }

    /// <summary>t := J t with J the head's Jacobian.  t: [count * stride].</summary>
    public static void Tangent<T>(DenseHead head, double* s, double* t, int count, int stride)
        where T : struct, ILanes<T>
    {
        T mean = Mean<T>(s, t, count, stride);
        for (int i = 0; i < count; i++)
        {
            T moved = T.Load(t + i * stride) - mean;
            T.Store(head == DenseHead.Softmax ? T.Load(s + i * stride) * moved : moved, t + i * stride);
        }
    }

    /// <summary>g := J^T g with J the head's Jacobian.  g: [count * stride].</summary>
    public static void Adjoint<T>(DenseHead head, double* s, double* g, int count, int stride)
        where T : struct, ILanes<T>
    {
        if (head == DenseHead.Softmax)
        {
            Tangent<T>(head, s, g, count, stride); // the Jacobian of softmax is symmetric
            return;
        }

        T sum = T.Create(0);
        for (int i = 0; i < count; i++)
        {
            sum += T.Load(g + i * stride);
        }

        for (int i = 0; i < count; i++)
        {
            T.Store(T.Load(g + i * stride) - T.Load(s + i * stride) * sum, g + i * stride);
        }
    }

    private static T Mean<T>(double* s, double* t, int count, int stride)
        where T : struct, ILanes<T>
    {
        T mean = T.Create(0);
        for (int i = 0; i < count; i++)
        {
            mean = T.MultiplyAdd(T.Load(s + i * stride), T.Load(t + i * stride), mean);
        }

        return mean;
    }
}
