using System.Runtime.CompilerServices;

namespace Preimage.Networks.Compiled;

/// <summary>
/// C = A B, blocked: a block of A's rows and a panel of B's columns, both packed to be read in order, stay in the caches while tiles of C are summed
/// in registers [Goto2008]. Every element is one chain of multiply-adds in the order of the inner index: the same bits for any blocking.
/// Cost: rows * inner * columns.
/// </summary>
internal static unsafe class Product<T>
    where T : struct, ILanes<T>
{
    /// <summary>Terms that are summed in one go: a panel of B stays in the second cache.</summary>
    public const int InnerBlock = 512;

    /// <summary>Panels of rows that are packed in one go.</summary>
    private const int RowBlock = 12;

    /// <summary>Fewer panels of rows than these read B where it stands.</summary>
    private const int FewRows = 3;

    private static readonly AlignedMemory Zeros = new(Tiles.Registers * 8);

    /// <summary>Columns of a panel.</summary>
    public static int Panel => Tiles.Registers * T.Count;

    /// <summary>Numbers that a product needs for itself.</summary>
    public static int Scratch => (RowBlock * Tiles.Rows + Panel) * InnerBlock + (Tiles.Rows + Tiles.Registers) * Panel;

    /// <summary>Panels of so many columns.</summary>
    public static int Panels(int columns) => (columns + Panel - 1) / Panel;

    /// <summary>Computes one part.  scratch: [<see cref="Scratch"/>].</summary>
    public static void Multiply(
        in ProductRows rows,
        in ProductColumns columns,
        in ProductTarget target,
        ProductPart part,
        double* scratch
    )
    {
        double* packed = scratch + (Panel * InnerBlock) + Tiles.Rows * Panel;
        for (int first = part.FirstRows; first < part.LastRows; first += RowBlock)
        {
            int last = Math.Min(part.LastRows, first + RowBlock);
            int k = 0;
            do
            {
                int inner = Math.Min(InnerBlock, rows.Inner - k);
                Block block = new()
                {
                    FirstRows = first,
                    LastRows = last,
                    FirstTerm = k,
                    Inner = inner,
                    Rows = rows.Packed + ((nint)first * rows.Inner + k) * Tiles.Rows,
                    RowsStride = (nint)rows.Inner * Tiles.Rows,
                };
                if (rows.Packed is null)
                {
                    StridedMatrix source = rows.Source.Skip(first * Tiles.Rows);
                    StridedMatrix terms = new(
                        source.Start + (nint)k * source.InnerStride,
                        source.RowStride,
                        source.InnerStride
                    );
                    PackedRows.Pack(terms, Math.Min(rows.Count, last * Tiles.Rows) - first * Tiles.Rows, inner, packed);
                    block.Rows = packed;
                    block.RowsStride = (nint)inner * Tiles.Rows;
                }

                for (int panel = part.FirstColumns; panel < part.LastColumns; panel++)
                {
                    block.Column = panel * Panel;
                    Columns(columns, ref block, scratch);
                    Sum(rows.Count, target, columns.Count, block, scratch + Panel * InnerBlock);
                }

                k += InnerBlock;
            } while (k < rows.Inner);
        }
    }

    /// <summary>Rows of A against one panel of B, for some terms of their sums.</summary>
    private struct Block
    {
        public int FirstRows;
        public int LastRows;
        public int FirstTerm;
        public int Inner;
        public int Column;
        public double* Rows;
        public nint RowsStride;
        public double* First;
        public double* Second;
        public double* Third;
        public int* Offsets;
    }

    /// <summary>The place of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Place(int* places, int lanes, int column)
    {
        if (places is null)
        {
            return column;
        }

        (int position, int lane) = lanes == 1 ? (column, 0) : Math.DivRem(column, lanes);
        return (nint)places[position] * lanes + lane;
    }

    /// <summary>Finds or packs the panel of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns(in ProductColumns columns, ref Block block, double* panel)
    {
        block.Offsets = columns.Offsets + block.FirstTerm;
        if (columns.PanelStride != 0)
        {
            block.Offsets = columns.Offsets;
            block.First = columns.Source + block.Column / Panel * columns.PanelStride + (nint)block.FirstTerm * Panel;
            block.Second = block.First + T.Count;
            block.Third = block.Second + T.Count;
            return;
        }

        bool first = Register(columns, block.Column, out block.First);
        bool second = Register(columns, block.Column + T.Count, out block.Second);
        bool third = Register(columns, block.Column + 2 * T.Count, out block.Third);
        if (first && second && third && block.LastRows - block.FirstRows < FewRows)
        {
            return;
        }

        Pack(columns, block, new Runs(first, second, third), panel);
        block.First = panel;
        block.Second = panel + T.Count;
        block.Third = panel + 2 * T.Count;
        block.Offsets = PanelOffsets.Of(Panel);
    }

    private readonly record struct Runs(bool First, bool Second, bool Third);

    /// <summary>Where a register of columns begins, and whether they stand side by side. Columns beyond the last are anything that may be read.</summary>
    private static bool Register(in ProductColumns columns, int column, out double* start)
    {
        int from = Math.Min(column, columns.Count - 1);
        int to = Math.Min(column + T.Count, columns.Count) - 1;
        nint place = Place(columns.Places, columns.Lanes, from);
        start = columns.Source + place;
        return to <= from || Place(columns.Places, columns.Lanes, to) - place == to - from;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Pack(in ProductColumns columns, in Block block, Runs runs, double* panel)
    {
        if (runs.First && runs.Second && runs.Third)
        {
            double* first = block.First;
            double* second = block.Second;
            double* third = block.Third;
            int* offsets = block.Offsets;
            for (int k = 0; k < block.Inner; k++, panel += Panel)
            {
                nint row = offsets[k];
                T.Store(T.Load(first + row), panel);
                T.Store(T.Load(second + row), panel + T.Count);
                T.Store(T.Load(third + row), panel + 2 * T.Count);
            }

            return;
        }

        PackRegister(columns, block, runs.First ? block.First : null, panel);
        PackRegister(
            columns,
            block with
            {
                Column = block.Column + T.Count,
            },
            runs.Second ? block.Second : null,
            panel + T.Count
        );
        PackRegister(
            columns,
            block with
            {
                Column = block.Column + 2 * T.Count,
            },
            runs.Third ? block.Third : null,
            panel + 2 * T.Count
        );
    }

    /// <summary>Packs one register's width of columns; start: where they stand side by side, else null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void PackRegister(in ProductColumns columns, in Block block, double* start, double* panel)
    {
        int* offsets = block.Offsets;
        if (start is not null)
        {
            for (int k = 0; k < block.Inner; k++, panel += Panel)
            {
                T.Store(T.Load(start + offsets[k]), panel);
            }

            return;
        }

        nint* places = stackalloc nint[8];
        for (int j = 0; j < T.Count; j++)
        {
            places[j] = Place(columns.Places, columns.Lanes, Math.Min(block.Column + j, columns.Count - 1));
        }

        if (T.Count == 8)
        {
            PackEight(columns.Source, block, places, panel);
            return;
        }

        for (int k = 0; k < block.Inner; k++, panel += Panel)
        {
            double* row = columns.Source + offsets[k];
            for (int j = 0; j < T.Count; j++)
            {
                panel[j] = row[places[j]];
            }
        }
    }

    /// <summary>Packs eight columns that stand anywhere.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void PackEight(double* source, in Block block, nint* places, double* panel)
    {
        (nint a, nint b, nint c, nint d) = (places[0], places[1], places[2], places[3]);
        (nint e, nint f, nint g, nint h) = (places[4], places[5], places[6], places[7]);
        int* offsets = block.Offsets;
        int* end = offsets + block.Inner;
        for (; offsets < end; offsets++, panel += Panel)
        {
            double* row = source + *offsets;
            panel[0] = row[a];
            panel[1] = row[b];
            panel[2] = row[c];
            panel[3] = row[d];
            panel[4] = row[e];
            panel[5] = row[f];
            panel[6] = row[g];
            panel[7] = row[h];
        }
    }

    /// <summary>Sums the tiles of one panel of columns.  corner: a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(int rowCount, in ProductTarget target, int columnCount, in Block block, double* corner)
    {
        int width = Math.Min(Panel, columnCount - block.Column);
        nint place = Place(target.Places, target.Lanes, block.Column);
        bool whole =
            width == Panel && Place(target.Places, target.Lanes, block.Column + Panel - 1) - place == Panel - 1;
        bool begun = block.FirstTerm > 0 || target.Adds;
        int registers = (width + T.Count - 1) / T.Count;
        double* zeros = Zeros.Start;
        Tile tile = new()
        {
            First = block.First,
            Second = block.Second,
            Third = block.Third,
            Offsets = block.Offsets,
            Inner = block.Inner,
        };
        for (int panel = block.FirstRows; panel < block.LastRows; panel++)
        {
            int row = panel * Tiles.Rows;
            int rows = Math.Min(Tiles.Rows, rowCount - row);
            double* start = target.Start + row * target.RowStride;
            tile.Rows = block.Rows + (panel - block.FirstRows) * block.RowsStride;
            tile.Target = whole ? start + place : corner;
            tile.TargetStride = whole ? target.RowStride : Panel;
            tile.From =
                begun ? tile.Target
                : target.Biases is null ? zeros
                : target.Biases + row * Panel;
            tile.FromStride =
                begun ? tile.TargetStride
                : target.Biases is null ? 0
                : Panel;
            if (!whole && begun)
            {
                Corner(target, block.Column, width, new Strip(start, rows, corner, IsTaken: true));
            }

            Tiles.Sum<T>(tile, rows, registers);
            if (!whole)
            {
                Corner(target, block.Column, width, new Strip(start, rows, corner, IsTaken: false));
            }
        }
    }

    private readonly record struct Strip(nint Start, int Rows, nint Corner, bool IsTaken)
    {
        public Strip(double* start, int rows, double* corner, bool IsTaken)
            : this((nint)start, rows, (nint)corner, IsTaken) { }
    }

    /// <summary>Copies a tile that is not whole, or whose columns do not stand side by side, out of C or into it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Corner(in ProductTarget target, int column, int width, Strip strip)
    {
        double* start = (double*)strip.Start;
        double* corner = (double*)strip.Corner;
        for (int j = 0; j < width; j++)
        {
            double* place = start + Place(target.Places, target.Lanes, column + j);
            for (int i = 0; i < strip.Rows; i++)
            {
                if (strip.IsTaken)
                {
                    corner[i * Panel + j] = place[i * target.RowStride];
                }
                else
                {
                    place[i * target.RowStride] = corner[i * Panel + j];
                }
            }
        }
    }
}
