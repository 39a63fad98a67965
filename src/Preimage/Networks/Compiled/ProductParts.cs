namespace Preimage.Networks.Compiled;

/// <summary>The left matrix A of a product: packed in panels of <see cref="Tiles.Rows"/> rows, [panels][Inner][Tiles.Rows], or read through strides.</summary>
internal unsafe struct ProductRows
{
    /// <summary>The packed panels; null where A is packed on the way.</summary>
    public double* Packed;

    /// <summary>A where it is not packed.</summary>
    public StridedMatrix Source;

    /// <summary>Rows of A.</summary>
    public int Count;

    /// <summary>Columns of A.</summary>
    public int Inner;

    /// <summary>Panels of rows.</summary>
    public readonly int Panels => (Count + Tiles.Rows - 1) / Tiles.Rows;
}

/// <summary>
/// The right matrix B of a product: row k of column q stands at Source[Offsets[k] + place(q)]. Places may be null: then place(q) = q;
/// else columns are (position, lane) with place = Places[position] Lanes + lane. With PanelStride, B is packed, [panels][inner][panel],
/// and Offsets are those of a panel.
/// </summary>
internal unsafe struct ProductColumns
{
    /// <summary>Where B begins.</summary>
    public double* Source;

    /// <summary>Where row k stands.  [inner].</summary>
    public int* Offsets;

    /// <summary>Where a position stands, in units of Lanes.</summary>
    public int* Places;

    /// <summary>Numbers of one position, side by side.</summary>
    public int Lanes;

    /// <summary>Columns.</summary>
    public int Count;

    /// <summary>From one packed panel to the next; 0 where B is not packed.</summary>
    public nint PanelStride;
}

/// <summary>The matrix C of a product: row i of column q stands at Start[i RowStride + place(q)], as in <see cref="ProductColumns"/>.</summary>
internal unsafe struct ProductTarget
{
    /// <summary>Where C begins.</summary>
    public double* Start;

    /// <summary>From one row to the next.</summary>
    public nint RowStride;

    /// <summary>Where a position stands, in units of Lanes.</summary>
    public int* Places;

    /// <summary>Numbers of one position, side by side.</summary>
    public int Lanes;

    /// <summary>Whether the product is added to what is there.</summary>
    public bool Adds;

    /// <summary>What each row begins with, a line of one panel's width for each; null for nothing.  Not together with Adds.</summary>
    public double* Biases;
}

/// <summary>The part of a product that is to be computed, in panels of rows and of columns.</summary>
internal readonly record struct ProductPart(int FirstRows, int LastRows, int FirstColumns, int LastColumns);
