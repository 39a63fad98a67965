using Preimage.Networks;

namespace Preimage.Onnx;

/// <summary>Where the largest element of each window stands: the second output of MaxPool, locally constant.</summary>
internal static class MaximumPlaces
{
    /// <summary>
    /// The place in the whole of x, of the first element of the window that is as large as the largest.
    /// From the last element to the first, each one that equals the largest puts its own place; cost O(elements of the window * positions).
    /// </summary>
    public static Value Of(NodeReader n, Value x, Value largest, Window window)
    {
        int count = n.Graph.Size(largest.Node);
        n.Spend(4L * count * window.ElementCount);
        bool columns = n.Int("storage_order", 0) != 0;
        int? found = null;
        for (int k = window.ElementCount - 1; k >= 0; k--)
        {
            int[] sources = Sources(window, k, count);
            int element = n.Graph.Select(sources, x.Node);
            int place = n.Graph.Constant(Array.ConvertAll(sources, s => (double)(columns ? Turn(s, window) : s)));
            found = found is { } later
                ? n.Graph.Choose(n.Graph.Combine(BinaryFunction.Equal, element, largest.Node), place, later)
                : place;
        }

        return new Value(found!.Value, largest.Shape, ElementKind.Integer);
    }

    /// <summary>The place of element k of every window; outside the grid that of the first element inside, which changes nothing.</summary>
    private static int[] Sources(Window window, int k, int count)
    {
        int positions = window.PositionCount;
        int[] sources = new int[count];
        for (int i = 0; i < count; i++)
        {
            int p = i % positions;
            int place = window.SourcesOf(k)[p];
            for (int first = 0; place < 0 && first < window.ElementCount; first++)
            {
                place = window.SourcesOf(first)[p];
            }

            sources[i] = i / positions * window.GridCount + Math.Max(0, place);
        }

        return sources;
    }

    /// <summary>The place when each plane is stored with its first axis fastest.</summary>
    private static int Turn(int source, Window window)
    {
        int rest = source % window.GridCount;
        int plane = source - rest;
        int place = 0;
        int[] index = new int[window.Rank];
        for (int axis = window.Rank - 1; axis >= 0; axis--)
        {
            (index[axis], rest) = (rest % window.Extent[axis], rest / window.Extent[axis]);
        }

        for (int axis = window.Rank - 1; axis >= 0; axis--)
        {
            place = place * window.Extent[axis] + index[axis];
        }

        return plane + place;
    }
}
