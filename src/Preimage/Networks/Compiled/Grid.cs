namespace Preimage.Networks.Compiled;

/// <summary>A window on a grid that is padded so far that it never leaves it, with all places worked out axis by axis.</summary>
internal sealed class Grid
{
    /// <summary>The window's geometry.</summary>
    public Grid(Window window)
    {
        Window = window;
        Low = [.. window.Before.Select(b => Math.Max(0, b))];
        Extent = new int[window.Rank];
        for (int axis = 0; axis < window.Rank; axis++)
        {
            int reach =
                (window.Positions[axis] - 1) * window.Stride[axis] + (window.Size[axis] - 1) * window.Dilation[axis];
            int end = reach - window.Before[axis] + Low[axis] + 1;
            Extent[axis] = Math.Max(end, window.Extent[axis] + Low[axis]);
        }

        int[] starts = [.. Low.Zip(window.Before, (low, before) => low - before)];
        Positions = Places(window.Positions, window.Stride, starts);
        Elements = Places(window.Size, window.Dilation, new int[window.Rank]);
    }

    /// <summary>The window.</summary>
    public Window Window { get; }

    /// <summary>The padded grid.</summary>
    public int[] Extent { get; }

    /// <summary>Where the grid begins in the padded one.</summary>
    public int[] Low { get; }

    /// <summary>Where each position's first element stands on the padded grid.  [PositionCount].</summary>
    public int[] Positions { get; }

    /// <summary>Where each element stands from the first.  [ElementCount].</summary>
    public int[] Elements { get; }

    /// <summary>Elements of the padded grid.</summary>
    public int Count => Extent.Aggregate(1, (a, b) => checked(a * b));

    /// <summary>Whether the window leaves the grid itself somewhere.</summary>
    public bool IsPadded => !Extent.AsSpan().SequenceEqual(Window.Extent.AsSpan());

    /// <summary>Whether position and place are one.</summary>
    public bool IsPointwise =>
        !IsPadded
        && Elements.Length == 1
        && Positions.Length == Count
        && Positions.AsSpan().SequenceEqual(Identity(Count));

    private static int[] Identity(int count) => [.. Enumerable.Range(0, count)];

    private int[] Places(IReadOnlyList<int> counts, IReadOnlyList<int> steps, int[] starts)
    {
        int[] places = [0];
        for (int axis = 0; axis < counts.Count; axis++)
        {
            int[] next = new int[places.Length * counts[axis]];
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = places[i / counts[axis]] * Extent[axis] + starts[axis] + i % counts[axis] * steps[axis];
            }

            places = next;
        }

        return places;
    }
}
