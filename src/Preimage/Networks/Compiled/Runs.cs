using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// Arithmetic on contiguous runs. A run's last register overlaps the one before it, instead of single numbers at the end: it is read before anything
/// is written, so that it comes out the same, also in place.
/// </summary>
internal static unsafe class Runs<T>
    where T : struct, ILanes<T>
{
    /// <summary>y = x, or y += x.  x, y: [count].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Take(double* y, double* x, int count, bool adds)
    {
        if (adds)
        {
            Add(y, x, count);
        }
        else
        {
            Copy(y, x, count);
        }
    }

    /// <summary>y = a x, or y += a x.  x, y: [count].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Take(double* y, double a, double* x, int count, bool adds)
    {
        if (adds)
        {
            AddScaled(y, a, x, count);
        }
        else
        {
            Scale(y, a, x, count);
        }
    }

    /// <summary>y = x.  x, y: [count].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(double* y, double* x, int count)
    {
        if (count < T.Count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = x[i];
            }

            return;
        }

        int last = count - T.Count;
        T end = T.Load(x + last);
        for (int i = 0; i < last; i += T.Count)
        {
            T.Store(T.Load(x + i), y + i);
        }

        T.Store(end, y + last);
    }

    /// <summary>y += x.  x, y: [count].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(double* y, double* x, int count)
    {
        if (count < T.Count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] += x[i];
            }

            return;
        }

        int last = count - T.Count;
        T end = T.Load(y + last) + T.Load(x + last);
        for (int i = 0; i < last; i += T.Count)
        {
            T.Store(T.Load(y + i) + T.Load(x + i), y + i);
        }

        T.Store(end, y + last);
    }

    /// <summary>y = max(y, x).  x, y: [count].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Largest(double* y, double* x, int count)
    {
        if (count < T.Count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = Math.Max(y[i], x[i]);
            }

            return;
        }

        int last = count - T.Count;
        T end = T.Max(T.Load(y + last), T.Load(x + last));
        for (int i = 0; i < last; i += T.Count)
        {
            T.Store(T.Max(T.Load(y + i), T.Load(x + i)), y + i);
        }

        T.Store(end, y + last);
    }

    /// <summary>y = a x.  x, y: [count].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(double* y, double a, double* x, int count)
    {
        if (count < T.Count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = a * x[i];
            }

            return;
        }

        int last = count - T.Count;
        T factor = T.Create(a);
        T end = factor * T.Load(x + last);
        for (int i = 0; i < last; i += T.Count)
        {
            T.Store(factor * T.Load(x + i), y + i);
        }

        T.Store(end, y + last);
    }

    /// <summary>y += a x.  x, y: [count].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(double* y, double a, double* x, int count)
    {
        if (count < T.Count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = double.MultiplyAddEstimate(a, x[i], y[i]);
            }

            return;
        }

        int last = count - T.Count;
        T factor = T.Create(a);
        T end = T.MultiplyAdd(factor, T.Load(x + last), T.Load(y + last));
        for (int i = 0; i < last; i += T.Count)
        {
            T.Store(T.MultiplyAdd(factor, T.Load(x + i), T.Load(y + i)), y + i);
        }

        T.Store(end, y + last);
    }

    /// <summary>y_i = s_i x_i for each lane, or added; an x of 0 gives 0 under an s that is not finite (<see cref="Lanes.AddSlope"/>).  s: [count], x, y: [count, lanes].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Each(double* y, double* s, double* x, (int Count, int Lanes) size, bool adds)
    {
        (int count, int lanes) = size;
        if (!AreFinite(s, count))
        {
            EachThatMoves(y, s, x, size, adds);
            return;
        }

        if (lanes == 1)
        {
            Products(y, s, x, count, adds);
            return;
        }

        for (int i = 0; i < count; i++, y += lanes, x += lanes)
        {
            Take(y, s[i], x, lanes, adds);
        }
    }

    private static bool AreFinite(double* s, int count)
    {
        int i = 0;
        T zeros = T.Create(0);
        for (; i + T.Count <= count; i += T.Count)
        {
            zeros += T.Load(s + i) * T.Create(0); // NaN where one is not finite
        }

        double* sums = stackalloc double[T.Count];
        T.Store(zeros, sums);
        bool finite = true;
        for (int k = 0; k < T.Count; k++)
        {
            finite &= sums[k] == 0;
        }

        for (; i < count; i++)
        {
            finite &= double.IsFinite(s[i]);
        }

        return finite;
    }

    private static void EachThatMoves(double* y, double* s, double* x, (int Count, int Lanes) size, bool adds)
    {
        for (int i = 0; i < size.Count * size.Lanes; i++)
        {
            double product = x[i] == 0 ? 0 : s[i / size.Lanes] * x[i];
            y[i] = adds ? y[i] + product : product;
        }
    }

    /// <summary>y_i = s_i x_i, or added.  s, x, y: [count].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Products(double* y, double* s, double* x, int count, bool adds)
    {
        int i = 0;
        for (; i + T.Count <= count; i += T.Count)
        {
            T product = T.Load(s + i) * T.Load(x + i);
            T.Store(adds ? T.Load(y + i) + product : product, y + i);
        }

        for (; i < count; i++)
        {
            y[i] = adds ? y[i] + s[i] * x[i] : s[i] * x[i];
        }
    }
}
