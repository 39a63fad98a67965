using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>Matrices in the order in which tiles read them.</summary>
internal static unsafe class PackedRows
{
    /// <summary>Rows in panels: [panels][inner][<see cref="Tiles.Rows"/>]; rows that are missing in the last panel are 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Pack(StridedMatrix a, int rows, int inner, double* target)
    {
        for (int row = 0; row < rows; row += Tiles.Rows)
        {
            int count = Math.Min(Tiles.Rows, rows - row);
            double* source = a.Start + (nint)row * a.RowStride;
            for (int k = 0; k < inner; k++, target += Tiles.Rows)
            {
                double* column = source + (nint)k * a.InnerStride;
                for (int i = 0; i < count; i++)
                {
                    target[i] = column[i * (nint)a.RowStride];
                }

                for (int i = count; i < Tiles.Rows; i++)
                {
                    target[i] = 0;
                }
            }
        }
    }

    /// <summary>A new packed copy of a matrix.</summary>
    public static AlignedMemory Of(StridedMatrix a, int rows, int inner)
    {
        int panels = (rows + Tiles.Rows - 1) / Tiles.Rows;
        AlignedMemory memory = new(checked(panels * Tiles.Rows * inner));
        Pack(a, rows, inner, memory.Start);
        return memory;
    }

    /// <summary>Columns in panels of a width: [panels][inner][width]; b(k, q) at k RowStride + q InnerStride.</summary>
    public static AlignedMemory Columns(StridedMatrix b, int inner, int columns, int width)
    {
        int panels = (columns + width - 1) / width;
        AlignedMemory memory = new(checked(panels * width * inner));
        double* target = memory.Start;
        for (int panel = 0; panel < panels; panel++)
        {
            for (int k = 0; k < inner; k++, target += width)
            {
                for (int j = 0; j < width && panel * width + j < columns; j++)
                {
                    target[j] = b.Start[(nint)k * b.RowStride + (panel * width + j) * (nint)b.InnerStride];
                }
            }
        }

        return memory;
    }
}

/// <summary>Where the rows of a packed panel of columns stand: 0, width, 2 width ...</summary>
internal static unsafe class PanelOffsets
{
    private const int Terms = Product<Lanes64>.InnerBlock;
    private static readonly AlignedMemory[] Tables = [.. new[] { 3, 6, 12, 24 }.Select(Make)];

    /// <summary>For a panel of that width.  [Product.InnerBlock].</summary>
    public static int* Of(int width) =>
        (int*)Tables[System.Numerics.BitOperations.Log2((uint)(width / Tiles.Registers))].Start;

    private static AlignedMemory Make(int width)
    {
        AlignedMemory memory = new(Terms / 2);
        int* offsets = (int*)memory.Start;
        for (int k = 0; k < Terms; k++)
        {
            offsets[k] = k * width;
        }

        return memory;
    }
}
