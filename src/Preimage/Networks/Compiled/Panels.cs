using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>A matrix read through strides: element (r, k) at Start[r RowStride + k InnerStride].</summary>
internal readonly unsafe struct StridedMatrix(double* start, int rowStride, int innerStride)
{
    public readonly double* Start = start;
    public readonly int RowStride = rowStride;
    public readonly int InnerStride = innerStride;

    public StridedMatrix Skip(int rows) => new(Start + rows * RowStride, RowStride, InnerStride);
}

/// <summary>
/// Products C += A B where B is a panel of two registers' width. Each element of C is one chain of multiply-adds in
/// the order of the inner index, whatever the blocking: values do not depend on the width of the registers, on the
/// number of rows, or on batching.
/// </summary>
internal static unsafe class Panels
{
    /// <summary>c_r += sum_k a_rk b_k.  b: [inner * panel], c: rows of a panel, rowStride apart.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate<T>(StridedMatrix a, int rows, int inner, double* b, double* c, int rowStride)
        where T : struct, ILanes<T>
    {
        for (int row = 0; row < rows; row += 4)
        {
            int left = Math.Min(4, rows - row);
            if (left == 1)
            {
                Row<T>(a.Skip(row), inner, b, c + row * rowStride);
            }
            else
            {
                FourRows<T>(a.Skip(row), left, inner, b, c + row * rowStride, rowStride);
            }
        }
    }

    /// <summary>c += a B over all panels.  a: [inner], b: [panels][inner][panel], c: [panels * panel].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AccumulateRow<T>(double* a, int inner, double* b, double* c, int panels)
        where T : struct, ILanes<T>
    {
        int stride = inner * 2 * T.Count;
        int done = 0;
        for (; done + 4 <= panels; done += 4)
        {
            FourPanels<T>(a, inner, b + done * stride, stride, c + done * 2 * T.Count);
        }

        StridedMatrix row = new(a, 0, 1);
        for (; done < panels; done++)
        {
            Row<T>(row, inner, b + done * stride, c + done * 2 * T.Count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Row<T>(StridedMatrix a, int inner, double* b, double* c)
        where T : struct, ILanes<T>
    {
        T left = T.Load(c);
        T right = T.Load(c + T.Count);
        double* element = a.Start;
        for (int k = 0; k < inner; k++)
        {
            T factor = T.Create(*element);
            left = T.MultiplyAdd(factor, T.Load(b), left);
            right = T.MultiplyAdd(factor, T.Load(b + T.Count), right);
            element += a.InnerStride;
            b += 2 * T.Count;
        }

        T.Store(left, c);
        T.Store(right, c + T.Count);
    }

    /// <summary>Two to four rows; where there are fewer than four, the last is computed again, to the same bits.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourRows<T>(StridedMatrix a, int rows, int inner, double* b, double* c, int rowStride)
        where T : struct, ILanes<T>
    {
        int third = Math.Min(2, rows - 1);
        int fourth = Math.Min(3, rows - 1);
        double* c1 = c + rowStride;
        double* c2 = c + third * rowStride;
        double* c3 = c + fourth * rowStride;
        nint a1 = a.RowStride;
        nint a2 = third * a.RowStride;
        nint a3 = fourth * a.RowStride;
        (T l0, T r0) = (T.Load(c), T.Load(c + T.Count));
        (T l1, T r1) = (T.Load(c1), T.Load(c1 + T.Count));
        (T l2, T r2) = (T.Load(c2), T.Load(c2 + T.Count));
        (T l3, T r3) = (T.Load(c3), T.Load(c3 + T.Count));
        double* element = a.Start;
        for (int k = 0; k < inner; k++)
        {
            (T left, T right) = (T.Load(b), T.Load(b + T.Count));
            T f0 = T.Create(*element);
            l0 = T.MultiplyAdd(f0, left, l0);
            r0 = T.MultiplyAdd(f0, right, r0);
            T f1 = T.Create(element[a1]);
            l1 = T.MultiplyAdd(f1, left, l1);
            r1 = T.MultiplyAdd(f1, right, r1);
            T f2 = T.Create(element[a2]);
            l2 = T.MultiplyAdd(f2, left, l2);
            r2 = T.MultiplyAdd(f2, right, r2);
            T f3 = T.Create(element[a3]);
            l3 = T.MultiplyAdd(f3, left, l3);
            r3 = T.MultiplyAdd(f3, right, r3);
            element += a.InnerStride;
            b += 2 * T.Count;
        }

        (int end, int width) = (0, T.Count);
        T.Store(l0, c + end);
        T.Store(r0, c + width);
        T.Store(l1, c1);
        T.Store(r1, c1 + width);
        T.Store(l2, c2);
        T.Store(r2, c2 + width);
        T.Store(l3, c3);
        T.Store(r3, c3 + width);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourPanels<T>(double* a, int inner, double* b, int stride, double* c)
        where T : struct, ILanes<T>
    {
        int width = T.Count;
        double* b1 = b + stride;
        double* b2 = b1 + stride;
        double* b3 = b2 + stride;
        (T c0, T c1, T c2, T c3) = (T.Load(c), T.Load(c + width), T.Load(c + 2 * width), T.Load(c + 3 * width));
        double* upper = c + 4 * width;
        (T c4, T c5) = (T.Load(upper), T.Load(upper + width));
        (T c6, T c7) = (T.Load(upper + 2 * width), T.Load(upper + 3 * width));
        for (int k = 0; k < inner; k++)
        {
            int at = k * 2 * width;
            T factor = T.Create(a[k]);
            c0 = T.MultiplyAdd(factor, T.Load(b + at), c0);
            c1 = T.MultiplyAdd(factor, T.Load(b + at + width), c1);
            c2 = T.MultiplyAdd(factor, T.Load(b1 + at), c2);
            c3 = T.MultiplyAdd(factor, T.Load(b1 + at + width), c3);
            c4 = T.MultiplyAdd(factor, T.Load(b2 + at), c4);
            c5 = T.MultiplyAdd(factor, T.Load(b2 + at + width), c5);
            c6 = T.MultiplyAdd(factor, T.Load(b3 + at), c6);
            c7 = T.MultiplyAdd(factor, T.Load(b3 + at + width), c7);
        }

        T.Store(c0, c);
        T.Store(c1, c + width);
        T.Store(c2, c + 2 * width);
        T.Store(c3, c + 3 * width);
        T.Store(c4, upper);
        T.Store(c5, upper + width);
        T.Store(c6, upper + 2 * width);
        T.Store(c7, upper + 3 * width);
    }
}
