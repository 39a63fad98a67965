using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>A run of columns of windows that goes back into the grid.</summary>
internal unsafe struct WindowSum
{
    /// <summary>Where the run's first column stands on the grid, lanes innermost.</summary>
    public double* Grid;

    /// <summary>The numbers of the windows, from the run's first column on.  [Rows][Stride].</summary>
    public double* Windows;

    /// <summary>From one row to the next.</summary>
    public int Stride;

    /// <summary>Where each row stands from a position, in units of Lanes.  [Rows].</summary>
    public int* Terms;

    /// <summary>Rows: elements of all channels.</summary>
    public int Rows;

    /// <summary>The order in which rows are added: what is written by one is not read by the next. Those beyond Rows are left out.  [OrderCount].</summary>
    public int* Order;

    /// <summary>The length of Order.</summary>
    public int OrderCount;

    /// <summary>Numbers of one position.</summary>
    public int Lanes;

    /// <summary>Columns, at most three registers.</summary>
    public int Count;
}

/// <summary>Adds windows into the grid that they were taken from.</summary>
internal static unsafe class WindowSums
{
    /// <summary>grid[column + terms(row)] += windows[row][column].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(WindowSum sum)
        where T : struct, ILanes<T>
    {
        if (sum.Count < T.Count)
        {
            AddColumns(sum);
            return;
        }

        bool isWide = sum.Count == Tiles.Registers * T.Count;
        for (int i = 0; i < sum.OrderCount; i++)
        {
            int r = sum.Order[i];
            if (r >= sum.Rows)
            {
                continue;
            }

            double* row = sum.Windows + (nint)r * sum.Stride;
            double* at = sum.Grid + (nint)sum.Terms[r] * sum.Lanes;
            if (!isWide)
            {
                Runs<T>.Add(at, row, sum.Count);
                continue;
            }

            T first = T.Load(at) + T.Load(row);
            T second = T.Load(at + T.Count) + T.Load(row + T.Count);
            T third = T.Load(at + 2 * T.Count) + T.Load(row + 2 * T.Count);
            T.Store(first, at);
            T.Store(second, at + T.Count);
            T.Store(third, at + 2 * T.Count);
        }
    }

    /// <summary>Columns one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddColumns(in WindowSum sum)
    {
        for (int j = 0; j < sum.Count; j++)
        {
            double* row = sum.Windows + j;
            double* grid = sum.Grid + j;
            int* end = sum.Terms + sum.Rows;
            for (int* terms = sum.Terms; terms < end; terms++, row += sum.Stride)
            {
                grid[(nint)(*terms) * sum.Lanes] += *row;
            }
        }
    }
}
