namespace Preimage.Networks;

/// <summary>The meanings of operations that choose among elements by their values: <see cref="Choose"/>, <see cref="Lookup"/>, <see cref="SortPlaces"/>.</summary>
internal static class Places
{
    /// <summary>The place that a number names.</summary>
    /// <exception cref="ArgumentException">It names none of the count places.</exception>
    public static int At(double place, int count) =>
        place >= 0 && place < count
            ? (int)place
            : throw new ArgumentException(
                $"An index that depends on the point is {place}, but there are {count} elements; the model does not accept this point."
            );

    /// <summary>y_i = a[k_i].</summary>
    public static void Lookup(ReadOnlySpan<double> a, ReadOnlySpan<double> places, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = a[At(places[i], a.Length)];
        }
    }

    /// <summary>Stable order along each lane.</summary>
    public static void Sort(SortPlaces s, double[] a, Span<double> y)
    {
        int[] order = new int[s.Count];
        foreach (Lane lane in Lane.Of(s.Outer, s.Count, s.Inner))
        {
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            int sign = s.Descending ? -1 : 1;
            Array.Sort(
                order,
                (i, j) => sign * a[lane[i]].CompareTo(a[lane[j]]) is var c && c != 0 ? c : i.CompareTo(j)
            );
            for (int i = 0; i < order.Length; i++)
            {
                y[lane[i]] = order[i];
            }
        }
    }
}
