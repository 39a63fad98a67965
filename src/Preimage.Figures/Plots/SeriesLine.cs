using Preimage.Figures.Drawing;

namespace Preimage.Figures.Plots;

/// <summary>A quantity along an abscissa as a line.</summary>
internal static class SeriesLine
{
    private const int MostSpots = 4000;

    /// <summary>
    /// The line through count points. Those that coincide on the picture are left out; of very many in one column the first, the
    /// lowest, the highest and the last stay, so that no peak is lost.
    /// </summary>
    /// <param name="panel">Where it is drawn.</param>
    /// <param name="count">How many points.</param>
    /// <param name="along">The abscissa of the i-th.</param>
    /// <param name="value">Its value.</param>
    /// <param name="floor">Where a logarithmic axis shows 0; NaN where it does not.</param>
    public static List<Spot> Of(
        Panel panel,
        int count,
        Func<int, double> along,
        Func<int, double> value,
        double floor = double.NaN
    )
    {
        List<Spot> line = [];
        for (int i = 0; i < count; i++)
        {
            double at = value(i);
            Spot spot = panel.At(along(i), double.IsFinite(floor) ? Math.Max(floor, at) : at);
            bool finite = double.IsFinite(spot.X) && double.IsFinite(spot.Y);
            if (finite && (line.Count == 0 || i == count - 1 || Apart(line[^1], spot)))
            {
                line.Add(spot);
            }
        }

        return line.Count > MostSpots ? Columns(line) : line;
    }

    private static List<Spot> Columns(List<Spot> line)
    {
        List<Spot> kept = [];
        for (int first = 0, next; first < line.Count; first = next)
        {
            (int lowest, int highest) = (first, first);
            for (
                next = first;
                next < line.Count && Math.Floor(2 * line[next].X) == Math.Floor(2 * line[first].X);
                next++
            )
            {
                lowest = line[next].Y < line[lowest].Y ? next : lowest;
                highest = line[next].Y > line[highest].Y ? next : highest;
            }

            int[] chosen = [first, Math.Min(lowest, highest), Math.Max(lowest, highest), next - 1];
            kept.AddRange(chosen.Distinct().Select(i => line[i]));
        }

        return kept;
    }

    private static bool Apart(Spot a, Spot b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) > 0.6;
}
