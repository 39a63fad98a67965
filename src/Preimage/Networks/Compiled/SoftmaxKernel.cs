using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Softmax s and its logarithm along the middle axis of [Outer, Count, Inner]. ds = s (dz - s . dz), of the logarithm dz - s . dz; transposed
/// s (g - s . g) and g - s sum g.  A unit is one of Outer.
/// </summary>
internal sealed unsafe class SoftmaxKernel<T>(DenseHead head, int outer, int count, int inner) : Kernel
    where T : struct, ILanes<T>
{
    /// <inheritdoc/>
    public override long Work => (long)outer * count * inner * 16;

    /// <summary>The probabilities.</summary>
    public override int Kept => outer * count * inner;

    /// <inheritdoc/>
    public override int Scratch => Math.Max(count * inner, GraphPlan.MaximumLanes) + AlignedMemory.Slack;

    /// <inheritdoc/>
    public override int Units(Pass pass, int operand, int lanes) => outer;

    /// <inheritdoc/>
    public override void Value(in Frame frame)
    {
        int size = count * inner;
        for (int o = frame.First; o < frame.Last; o++)
        {
            double* y = frame.Y + (nint)o * size;
            double* s = frame.Kept is null ? frame.Scratch : frame.Kept + (nint)o * size;
            new ReadOnlySpan<double>(frame.X(0) + (nint)o * size, size).CopyTo(new Span<double>(y, size));
            int i = 0;
            if (inner == 1)
            {
                Row(y, s);
                i = 1;
            }

            for (; i + T.Count <= inner; i += T.Count)
            {
                Heads.Value<T>(head, y + i, s + i, count, inner);
            }

            for (; i < inner; i++)
            {
                Heads.Value<Lanes64>(head, y + i, s + i, count, inner);
            }
        }
    }

    /// <summary>One line that stands side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(double* z, double* s)
    {
        double largest = z[0];
        for (int i = 1; i < count; i++)
        {
            largest = Math.Max(largest, z[i]);
        }

        int whole = count / T.Count * T.Count;
        double sum =
            Exponentials<T>(z, s, whole, largest) + Exponentials<Lanes64>(z + whole, s + whole, count - whole, largest);
        for (int i = 0; i < count; i++)
        {
            s[i] /= sum;
        }

        double shift = largest + Math.Log(sum);
        for (int i = 0; i < count; i++)
        {
            z[i] = head == DenseHead.Softmax ? s[i] : z[i] - shift;
        }
    }

    /// <summary>s = exp(z - largest); their sum, register by register, then lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Exponentials<TLanes>(double* z, double* s, int length, double largest)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Create(0);
        for (int i = 0; i < length; i += TLanes.Count)
        {
            TLanes e = Compiled.Exponentials.Exp(TLanes.Load(z + i) - TLanes.Create(largest));
            TLanes.Store(e, s + i);
            sum += e;
        }

        double* lanes = stackalloc double[8];
        TLanes.Store(sum, lanes);
        double total = lanes[0];
        for (int k = 1; k < TLanes.Count; k++)
        {
            total += lanes[k];
        }

        return total;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Tangent(in Frame frame)
    {
        int lanes = frame.Lanes;
        int size = count * inner;
        double* mean = frame.Scratch;
        for (int line = frame.First * inner; line < frame.Last * inner; line++)
        {
            nint start = (nint)(line / inner) * size + line % inner;
            double* s = frame.Kept + start;
            double* dx = frame.Dx(0) + start * lanes;
            double* dy = frame.Dy + start * lanes;
            Dot(mean, s, dx, lanes);
            for (int j = 0; j < count; j++)
            {
                nint at = (nint)j * inner;
                double factor = head == DenseHead.Softmax ? s[at] : 1;
                Runs<T>.Scale(dy + at * lanes, factor, dx + at * lanes, lanes);
                Runs<T>.AddScaled(dy + at * lanes, -factor, mean, lanes);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Adjoint(in Frame frame, int operand)
    {
        int lanes = frame.Lanes;
        int size = count * inner;
        bool adds = frame.Adds(0);
        double* mean = frame.Scratch;
        for (int line = frame.First * inner; line < frame.Last * inner; line++)
        {
            nint start = (nint)(line / inner) * size + line % inner;
            double* s = frame.Kept + start;
            double* dx = frame.Dx(0) + start * lanes;
            double* dy = frame.Dy + start * lanes;
            Dot(mean, head == DenseHead.Softmax ? s : null, dy, lanes);
            for (int j = 0; j < count; j++)
            {
                nint at = (nint)j * inner;
                Runs<T>.Take(dx + at * lanes, head == DenseHead.Softmax ? s[at] : 1, dy + at * lanes, lanes, adds);
                Runs<T>.AddScaled(dx + at * lanes, -s[at], mean, lanes);
            }
        }
    }

    /// <summary>sum s_j x_j along a line for each lane; s: null for ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dot(double* sum, double* s, double* x, int lanes)
    {
        Runs<T>.Scale(sum, s is null ? 1 : *s, x, lanes);
        for (int j = 1; j < count; j++)
        {
            nint at = (nint)j * inner;
            Runs<T>.AddScaled(sum, s is null ? 1 : s[at], x + at * lanes, lanes);
        }
    }
}
