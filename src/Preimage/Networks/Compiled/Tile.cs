namespace Preimage.Networks.Compiled;

/// <summary>
/// One block of a product C = A B in registers: rows of A from a panel ([inner][<see cref="Tiles.Rows"/>]), three registers' width of columns of B.
/// Register v of row k of B stands at First/Second/Third[Offsets[k]], so that B may be a matrix, a packed panel or the windows of a grid.
/// Begun from the block at From (zeros, biases or C itself).
/// </summary>
internal unsafe struct Tile
{
    /// <summary>Rows of A, one number of each after the other.  [Inner][Tiles.Rows].</summary>
    public double* Rows;

    /// <summary>Where the first register of columns stands.</summary>
    public double* First;

    /// <summary>Where the second register of columns stands.</summary>
    public double* Second;

    /// <summary>Where the third register of columns stands.</summary>
    public double* Third;

    /// <summary>Where row k of B stands, from each of them.  [Inner].</summary>
    public int* Offsets;

    /// <summary>Terms of each sum.</summary>
    public int Inner;

    /// <summary>What the sums begin with: rows of three registers.</summary>
    public double* From;

    /// <summary>From one row of From to the next.</summary>
    public nint FromStride;

    /// <summary>Where the sums go: rows of three registers.</summary>
    public double* Target;

    /// <summary>From one row of Target to the next.</summary>
    public nint TargetStride;
}
