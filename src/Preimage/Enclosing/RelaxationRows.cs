namespace Preimage.Enclosing;

/// <summary>What all affine bounds share: a row of n slopes and an offset, around the middle of a box.</summary>
internal static class RelaxationRows
{
    /// <summary>The range of a row over the box, with rounding.  x: [n], row: [n + 1].</summary>
    public static Interval Range(ReadOnlySpan<Interval> x, ReadOnlySpan<double> row)
    {
        Interval range = row[^1];
        for (int i = 0; i < x.Length; i++)
        {
            if (row[i] != 0)
            {
                range += (x[i] - x[i].Middle) * row[i];
            }
        }

        return range;
    }

    /// <summary>
    /// The enclosure y of the values cut with the range of both rows. Rows that bound nothing, because a slope or an offset is no number or
    /// infinite, become the constants of y.  x: [n], low, high: [n + 1].
    /// </summary>
    public static Interval Settle(ReadOnlySpan<Interval> x, Interval y, Span<double> low, Span<double> high)
    {
        if (!IsFinite(low))
        {
            low.Clear();
            low[^1] = y.Low;
        }

        if (!IsFinite(high))
        {
            high.Clear();
            high[^1] = y.High;
        }

        double least = Math.Max(y.Low, Range(x, low).Low);
        double most = Math.Min(y.High, Range(x, high).High);
        return least <= most ? new Interval(least, most) : y;
    }

    /// <summary>The door of every relaxation.</summary>
    /// <exception cref="ArgumentException">A span has another length than the map says.</exception>
    public static void Demand(IRelaxedMap map, int x, int y, int lower, int upper)
    {
        int rows = map.Outputs * (map.Inputs + 1);
        if (x != map.Inputs || y != map.Outputs || lower != rows || upper != rows)
        {
            throw new ArgumentException(
                $"Affine bounds of a map with {map.Inputs} inputs and {map.Outputs} outputs need spans of {map.Inputs}, {map.Outputs}, {rows} and {rows} numbers, but got {x}, {y}, {lower} and {upper}."
            );
        }
    }

    private static bool IsFinite(ReadOnlySpan<double> row)
    {
        foreach (double value in row)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
