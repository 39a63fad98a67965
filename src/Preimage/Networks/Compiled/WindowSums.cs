using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>One register's width of columns of windows that go back into the grid.</summary>
internal unsafe struct WindowSum
{
    /// <summary>The grid, lanes innermost.</summary>
    public double* Grid;

    /// <summary>The numbers of the windows.  [Rows][Stride].</summary>
    public double* Windows;

    /// <summary>From one row to the next.</summary>
    public int Stride;

    /// <summary>Where each row stands from a position, in units of Lanes.  [Rows].</summary>
    public int* Terms;

    /// <summary>Rows: elements of all channels.</summary>
    public int Rows;

    /// <summary>Where positions stand, in units of Lanes.</summary>
    public int* Places;

    /// <summary>Numbers of one position.</summary>
    public int Lanes;

    /// <summary>The first column, (position, lane).</summary>
    public int Column;

    /// <summary>Columns.</summary>
    public int Count;

    /// <summary>Whether they fill a register and stand side by side on the grid.</summary>
    public bool IsRun;
}

/// <summary>Adds windows into the grid that they were taken from.</summary>
internal static unsafe class WindowSums
{
    /// <summary>grid[place(column) + terms(row)] += windows[row][column].</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(WindowSum sum)
        where T : struct, ILanes<T>
    {
        if (sum.IsRun)
        {
            double* grid = sum.Grid + Product<T>.Place(sum.Places, sum.Lanes, sum.Column);
            double* row = sum.Windows;
            for (int k = 0; k < sum.Rows; k++, row += sum.Stride)
            {
                double* at = grid + (nint)sum.Terms[k] * sum.Lanes;
                T.Store(T.Load(at) + T.Load(row), at);
            }

            return;
        }

        for (int j = 0; j < sum.Count; j++)
        {
            double* grid = sum.Grid + Product<T>.Place(sum.Places, sum.Lanes, sum.Column + j);
            double* row = sum.Windows + j;
            for (int k = 0; k < sum.Rows; k++, row += sum.Stride)
            {
                grid[(nint)sum.Terms[k] * sum.Lanes] += *row;
            }
        }
    }
}
