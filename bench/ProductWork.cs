using Preimage.Networks.Compiled;

namespace Preimage.Bench;

/// <summary>A product of two n x n matrices, and a tile of it.</summary>
internal sealed unsafe class ProductWork(int n) : IDisposable
{
    private const int TileTerms = 256;
    private readonly AlignedMemory left = new(n * n + AlignedMemory.Slack);
    private readonly AlignedMemory right = new(n * n + AlignedMemory.Slack);
    private readonly AlignedMemory result = new(n * n + AlignedMemory.Slack);
    private readonly AlignedMemory scratch = new(Product<Lanes512>.Scratch);
    private readonly int[] offsets = Rows(n);

    /// <summary>Operations of 64 tiles.</summary>
    public static double TileFlops(int registers) => 64 * 2.0 * Tiles.Rows * Tiles.Registers * registers * TileTerms;

    public void Multiply<T>()
        where T : struct, ILanes<T>
    {
        fixed (int* places = offsets)
        {
            ProductRows rows = new()
            {
                Source = new StridedMatrix(left.Start, n, 1),
                Count = n,
                Inner = n,
            };
            ProductColumns columns = new()
            {
                Source = right.Start,
                Offsets = places,
                Lanes = 1,
                Count = n,
            };
            ProductTarget target = new()
            {
                Start = result.Start,
                RowStride = n,
                Lanes = 1,
            };
            ProductPart all = new(0, rows.Panels, 0, Product<T>.Panels(n));
            Product<T>.Multiply(rows, columns, target, all, scratch.Start);
        }
    }

    public void Tile<T>()
        where T : struct, ILanes<T>
    {
        double* panel = scratch.Start + Tiles.Rows * TileTerms;
        double* sums = panel + Product<T>.Panel * TileTerms;
        for (int i = 0; i < 64; i++)
        {
            Tile tile = new()
            {
                Rows = scratch.Start,
                First = panel,
                Second = panel + T.Count,
                Third = panel + 2 * T.Count,
                Offsets = PanelOffsets.Of(Product<T>.Panel),
                Inner = TileTerms,
                From = sums,
                FromStride = Product<T>.Panel,
                Target = sums,
                TargetStride = Product<T>.Panel,
            };
            Tiles.Sum<T>(tile, Tiles.Rows);
        }
    }

    public void Dispose() => GC.KeepAlive(this);

    private static int[] Rows(int n)
    {
        int[] rows = GC.AllocateArray<int>(Math.Max(1, n), pinned: true);
        for (int k = 0; k < n; k++)
        {
            rows[k] = k * n;
        }

        return rows;
    }
}
