using System.Collections.Immutable;

namespace Preimage.Networks;

/// <summary>
/// How a window moves over a grid, axis by axis: at position p its element k stands on p Stride - Before + k Dilation. Places outside the grid hold nothing.
/// All are of one length, the rank.
/// </summary>
/// <param name="Extent">The grid's size.</param>
/// <param name="Size">The window's size.</param>
/// <param name="Stride">From one position to the next.</param>
/// <param name="Dilation">From one element of the window to the next.</param>
/// <param name="Before">How far the first position stands outside the grid.</param>
/// <param name="Positions">How many positions there are.</param>
internal sealed record Window(
    ImmutableArray<int> Extent,
    ImmutableArray<int> Size,
    ImmutableArray<int> Stride,
    ImmutableArray<int> Dilation,
    ImmutableArray<int> Before,
    ImmutableArray<int> Positions
)
{
    private int[]? _sources;

    /// <summary>The number of axes.</summary>
    public int Rank => Extent.Length;

    /// <summary>Elements of the grid.</summary>
    public int GridCount => Product(Extent);

    /// <summary>Elements of the window.</summary>
    public int ElementCount => Product(Size);

    /// <summary>Positions, over all axes.</summary>
    public int PositionCount => Product(Positions);

    /// <summary>
    /// The place on the grid, or -1 outside, of every element at every position: [ElementCount, PositionCount], made on first use.
    /// What this table says is what a window means; fast kernels do without it.
    /// </summary>
    public ReadOnlySpan<int> Sources => _sources ??= MakeSources();

    /// <summary>The places of one element at all positions: [PositionCount].</summary>
    public ReadOnlySpan<int> SourcesOf(int element) => Sources.Slice(element * PositionCount, PositionCount);

    private static int Product(ImmutableArray<int> sizes) => sizes.Aggregate(1, (a, b) => checked(a * b));

    private int[] MakeSources()
    {
        int[] sources = new int[checked(ElementCount * PositionCount)];
        int[] axisPlaces = new int[Rank];
        for (int i = 0; i < sources.Length; i++)
        {
            int element = i / PositionCount;
            int position = i % PositionCount;
            bool inside = true;
            for (int axis = Rank - 1; axis >= 0; axis--)
            {
                int k = element % Size[axis];
                int p = position % Positions[axis];
                (element, position) = (element / Size[axis], position / Positions[axis]);
                axisPlaces[axis] = p * Stride[axis] - Before[axis] + k * Dilation[axis];
                inside &= axisPlaces[axis] >= 0 && axisPlaces[axis] < Extent[axis];
            }

            int place = 0;
            for (int axis = 0; axis < Rank; axis++)
            {
                place = place * Extent[axis] + axisPlaces[axis];
            }

            sources[i] = inside ? place : -1;
        }

        return sources;
    }
}
