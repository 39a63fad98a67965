using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// The register blocks of every product: 8, 4, 2 or 1 rows by three registers. Each element of C is one chain of multiply-adds in the order of the
/// inner index, whatever the blocking: its bits depend neither on the width of the registers nor on how the work is cut.
/// </summary>
internal static unsafe class Tiles
{
    /// <summary>Rows of a packed panel.</summary>
    public const int Rows = 8;

    /// <summary>Registers of columns in a block.</summary>
    public const int Registers = 3;

    /// <summary>The first rows of a block, in pieces that fit the registers. Of the columns at least the first registers are summed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum<T>(in Tile tile, int rows, int registers = Registers)
        where T : struct, ILanes<T>
    {
        // 32 registers where they are widest, 16 (or fewer) elsewhere.
        if (rows == Rows && registers == Registers && T.Count == 8)
        {
            Eight<T>(in tile);
        }
        else if (rows == Rows && registers == 2 && T.Count == 8)
        {
            EightByTwo<T>(in tile);
        }
        else if (rows == Rows && registers == 1)
        {
            EightByOne<T>(in tile);
        }
        else
        {
            Pieces<T>(tile, rows);
        }
    }

    private static void Pieces<T>(Tile tile, int rows)
        where T : struct, ILanes<T>
    {
        for (; rows >= 4; rows -= 4)
        {
            Four<T>(ref tile);
            Skip(ref tile, 4);
        }

        if (rows >= 2)
        {
            Two<T>(ref tile);
            Skip(ref tile, 2);
        }

        if ((rows & 1) != 0)
        {
            One<T>(ref tile);
        }
    }

    private static void Skip(ref Tile tile, int rows)
    {
        tile.Rows += rows;
        tile.From += rows * tile.FromStride;
        tile.Target += rows * tile.TargetStride;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<T>(double* source, out T first, out T second, out T third)
        where T : struct, ILanes<T>
    {
        first = T.Load(source);
        second = T.Load(source + T.Count);
        third = T.Load(source + 2 * T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T first, T second, double* target)
        where T : struct, ILanes<T>
    {
        T.Store(first, target);
        T.Store(second, target + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T first, T second, T third, double* target)
        where T : struct, ILanes<T>
    {
        T.Store(first, target);
        T.Store(second, target + T.Count);
        T.Store(third, target + 2 * T.Count);
    }

    /// <summary>Eight rows: 24 sums, three columns and a factor take 28 registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Eight<T>(ref readonly Tile tile)
        where T : struct, ILanes<T>
    {
        double* c = tile.From;
        nint stride = tile.FromStride;
        Load(c, out T a0, out T b0, out T c0);
        Load(c + stride, out T a1, out T b1, out T c1);
        Load(c + 2 * stride, out T a2, out T b2, out T c2);
        Load(c + 3 * stride, out T a3, out T b3, out T c3);
        Load(c + 4 * stride, out T a4, out T b4, out T c4);
        Load(c + 5 * stride, out T a5, out T b5, out T c5);
        Load(c + 6 * stride, out T a6, out T b6, out T c6);
        Load(c + 7 * stride, out T a7, out T b7, out T c7);
        double* rows = tile.Rows;
        double* first = tile.First;
        double* second = tile.Second;
        double* third = tile.Third;
        int* offsets = tile.Offsets;
        int* end = offsets + tile.Inner;
        for (; offsets < end; offsets++, rows += Rows)
        {
            nint k = *offsets;
            (T x, T y, T z) = (T.Load(first + k), T.Load(second + k), T.Load(third + k));
            T f0 = T.Create(*rows);
            (a0, b0, c0) = (T.MultiplyAdd(f0, x, a0), T.MultiplyAdd(f0, y, b0), T.MultiplyAdd(f0, z, c0));
            T f1 = T.Create(rows[1]);
            (a1, b1, c1) = (T.MultiplyAdd(f1, x, a1), T.MultiplyAdd(f1, y, b1), T.MultiplyAdd(f1, z, c1));
            T f2 = T.Create(rows[2]);
            (a2, b2, c2) = (T.MultiplyAdd(f2, x, a2), T.MultiplyAdd(f2, y, b2), T.MultiplyAdd(f2, z, c2));
            T f3 = T.Create(rows[3]);
            (a3, b3, c3) = (T.MultiplyAdd(f3, x, a3), T.MultiplyAdd(f3, y, b3), T.MultiplyAdd(f3, z, c3));
            T f4 = T.Create(rows[4]);
            (a4, b4, c4) = (T.MultiplyAdd(f4, x, a4), T.MultiplyAdd(f4, y, b4), T.MultiplyAdd(f4, z, c4));
            T f5 = T.Create(rows[5]);
            (a5, b5, c5) = (T.MultiplyAdd(f5, x, a5), T.MultiplyAdd(f5, y, b5), T.MultiplyAdd(f5, z, c5));
            T f6 = T.Create(rows[6]);
            (a6, b6, c6) = (T.MultiplyAdd(f6, x, a6), T.MultiplyAdd(f6, y, b6), T.MultiplyAdd(f6, z, c6));
            T f7 = T.Create(rows[7]);
            (a7, b7, c7) = (T.MultiplyAdd(f7, x, a7), T.MultiplyAdd(f7, y, b7), T.MultiplyAdd(f7, z, c7));
        }

        c = tile.Target;
        stride = tile.TargetStride;
        Store(a0, b0, c0, c);
        Store(a1, b1, c1, c + stride);
        Store(a2, b2, c2, c + 2 * stride);
        Store(a3, b3, c3, c + 3 * stride);
        Store(a4, b4, c4, c + 4 * stride);
        Store(a5, b5, c5, c + 5 * stride);
        Store(a6, b6, c6, c + 6 * stride);
        Store(a7, b7, c7, c + 7 * stride);
    }

    /// <summary>Eight rows by two registers: 16 sums.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void EightByTwo<T>(ref readonly Tile tile)
        where T : struct, ILanes<T>
    {
        double* c = tile.From;
        nint stride = tile.FromStride;
        (T a0, T b0) = (T.Load(c), T.Load(c + T.Count));
        (T a1, T b1) = (T.Load(c + stride), T.Load(c + stride + T.Count));
        (T a2, T b2) = (T.Load(c + 2 * stride), T.Load(c + 2 * stride + T.Count));
        (T a3, T b3) = (T.Load(c + 3 * stride), T.Load(c + 3 * stride + T.Count));
        (T a4, T b4) = (T.Load(c + 4 * stride), T.Load(c + 4 * stride + T.Count));
        (T a5, T b5) = (T.Load(c + 5 * stride), T.Load(c + 5 * stride + T.Count));
        (T a6, T b6) = (T.Load(c + 6 * stride), T.Load(c + 6 * stride + T.Count));
        (T a7, T b7) = (T.Load(c + 7 * stride), T.Load(c + 7 * stride + T.Count));
        double* rows = tile.Rows;
        double* first = tile.First;
        double* second = tile.Second;
        int* offsets = tile.Offsets;
        int* end = offsets + tile.Inner;
        for (; offsets < end; offsets++, rows += Rows)
        {
            T x = T.Load(first + *offsets);
            T y = T.Load(second + *offsets);
            T f0 = T.Create(*rows);
            (a0, b0) = (T.MultiplyAdd(f0, x, a0), T.MultiplyAdd(f0, y, b0));
            T f1 = T.Create(rows[1]);
            (a1, b1) = (T.MultiplyAdd(f1, x, a1), T.MultiplyAdd(f1, y, b1));
            T f2 = T.Create(rows[2]);
            (a2, b2) = (T.MultiplyAdd(f2, x, a2), T.MultiplyAdd(f2, y, b2));
            T f3 = T.Create(rows[3]);
            (a3, b3) = (T.MultiplyAdd(f3, x, a3), T.MultiplyAdd(f3, y, b3));
            T f4 = T.Create(rows[4]);
            (a4, b4) = (T.MultiplyAdd(f4, x, a4), T.MultiplyAdd(f4, y, b4));
            T f5 = T.Create(rows[5]);
            (a5, b5) = (T.MultiplyAdd(f5, x, a5), T.MultiplyAdd(f5, y, b5));
            T f6 = T.Create(rows[6]);
            (a6, b6) = (T.MultiplyAdd(f6, x, a6), T.MultiplyAdd(f6, y, b6));
            T f7 = T.Create(rows[7]);
            (a7, b7) = (T.MultiplyAdd(f7, x, a7), T.MultiplyAdd(f7, y, b7));
        }

        c = tile.Target;
        stride = tile.TargetStride;
        Store(a0, b0, c);
        Store(a1, b1, c + stride);
        Store(a2, b2, c + 2 * stride);
        Store(a3, b3, c + 3 * stride);
        Store(a4, b4, c + 4 * stride);
        Store(a5, b5, c + 5 * stride);
        Store(a6, b6, c + 6 * stride);
        Store(a7, b7, c + 7 * stride);
    }

    /// <summary>Eight rows by one register: 8 sums.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void EightByOne<T>(ref readonly Tile tile)
        where T : struct, ILanes<T>
    {
        double* c = tile.From;
        nint stride = tile.FromStride;
        T a0 = T.Load(c);
        T a1 = T.Load(c + stride);
        T a2 = T.Load(c + 2 * stride);
        T a3 = T.Load(c + 3 * stride);
        T a4 = T.Load(c + 4 * stride);
        T a5 = T.Load(c + 5 * stride);
        T a6 = T.Load(c + 6 * stride);
        T a7 = T.Load(c + 7 * stride);
        double* rows = tile.Rows;
        double* first = tile.First;
        int* offsets = tile.Offsets;
        int* end = offsets + tile.Inner;
        for (; offsets < end; offsets++, rows += Rows)
        {
            T x = T.Load(first + *offsets);
            a0 = T.MultiplyAdd(T.Create(*rows), x, a0);
            a1 = T.MultiplyAdd(T.Create(rows[1]), x, a1);
            a2 = T.MultiplyAdd(T.Create(rows[2]), x, a2);
            a3 = T.MultiplyAdd(T.Create(rows[3]), x, a3);
            a4 = T.MultiplyAdd(T.Create(rows[4]), x, a4);
            a5 = T.MultiplyAdd(T.Create(rows[5]), x, a5);
            a6 = T.MultiplyAdd(T.Create(rows[6]), x, a6);
            a7 = T.MultiplyAdd(T.Create(rows[7]), x, a7);
        }

        c = tile.Target;
        stride = tile.TargetStride;
        T.Store(a0, c);
        T.Store(a1, c + stride);
        T.Store(a2, c + 2 * stride);
        T.Store(a3, c + 3 * stride);
        T.Store(a4, c + 4 * stride);
        T.Store(a5, c + 5 * stride);
        T.Store(a6, c + 6 * stride);
        T.Store(a7, c + 7 * stride);
    }

    /// <summary>Four rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Four<T>(ref readonly Tile tile)
        where T : struct, ILanes<T>
    {
        double* c = tile.From;
        nint stride = tile.FromStride;
        Load(c, out T a0, out T b0, out T c0);
        Load(c + stride, out T a1, out T b1, out T c1);
        Load(c + 2 * stride, out T a2, out T b2, out T c2);
        Load(c + 3 * stride, out T a3, out T b3, out T c3);
        double* rows = tile.Rows;
        double* first = tile.First;
        double* second = tile.Second;
        double* third = tile.Third;
        int* offsets = tile.Offsets;
        int* end = offsets + tile.Inner;
        for (; offsets < end; offsets++, rows += Rows)
        {
            nint k = *offsets;
            (T x, T y, T z) = (T.Load(first + k), T.Load(second + k), T.Load(third + k));
            T f0 = T.Create(*rows);
            (a0, b0, c0) = (T.MultiplyAdd(f0, x, a0), T.MultiplyAdd(f0, y, b0), T.MultiplyAdd(f0, z, c0));
            T f1 = T.Create(rows[1]);
            (a1, b1, c1) = (T.MultiplyAdd(f1, x, a1), T.MultiplyAdd(f1, y, b1), T.MultiplyAdd(f1, z, c1));
            T f2 = T.Create(rows[2]);
            (a2, b2, c2) = (T.MultiplyAdd(f2, x, a2), T.MultiplyAdd(f2, y, b2), T.MultiplyAdd(f2, z, c2));
            T f3 = T.Create(rows[3]);
            (a3, b3, c3) = (T.MultiplyAdd(f3, x, a3), T.MultiplyAdd(f3, y, b3), T.MultiplyAdd(f3, z, c3));
        }

        c = tile.Target;
        stride = tile.TargetStride;
        Store(a0, b0, c0, c);
        Store(a1, b1, c1, c + stride);
        Store(a2, b2, c2, c + 2 * stride);
        Store(a3, b3, c3, c + 3 * stride);
    }

    /// <summary>Two rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Two<T>(ref readonly Tile tile)
        where T : struct, ILanes<T>
    {
        double* c = tile.From;
        nint stride = tile.FromStride;
        Load(c, out T a0, out T b0, out T c0);
        Load(c + stride, out T a1, out T b1, out T c1);
        double* rows = tile.Rows;
        double* first = tile.First;
        double* second = tile.Second;
        double* third = tile.Third;
        int* offsets = tile.Offsets;
        int* end = offsets + tile.Inner;
        for (; offsets < end; offsets++, rows += Rows)
        {
            nint k = *offsets;
            (T x, T y, T z) = (T.Load(first + k), T.Load(second + k), T.Load(third + k));
            T f0 = T.Create(*rows);
            (a0, b0, c0) = (T.MultiplyAdd(f0, x, a0), T.MultiplyAdd(f0, y, b0), T.MultiplyAdd(f0, z, c0));
            T f1 = T.Create(rows[1]);
            (a1, b1, c1) = (T.MultiplyAdd(f1, x, a1), T.MultiplyAdd(f1, y, b1), T.MultiplyAdd(f1, z, c1));
        }

        c = tile.Target;
        stride = tile.TargetStride;
        Store(a0, b0, c0, c);
        Store(a1, b1, c1, c + stride);
    }

    /// <summary>One row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void One<T>(ref readonly Tile tile)
        where T : struct, ILanes<T>
    {
        double* c = tile.From;
        nint stride = tile.FromStride;
        Load(c, out T a0, out T b0, out T c0);
        double* rows = tile.Rows;
        double* first = tile.First;
        double* second = tile.Second;
        double* third = tile.Third;
        int* offsets = tile.Offsets;
        int* end = offsets + tile.Inner;
        for (; offsets < end; offsets++, rows += Rows)
        {
            nint k = *offsets;
            (T x, T y, T z) = (T.Load(first + k), T.Load(second + k), T.Load(third + k));
            T f0 = T.Create(*rows);
            (a0, b0, c0) = (T.MultiplyAdd(f0, x, a0), T.MultiplyAdd(f0, y, b0), T.MultiplyAdd(f0, z, c0));
        }

        c = tile.Target;
        stride = tile.TargetStride;
        Store(a0, b0, c0, c);
    }
}
