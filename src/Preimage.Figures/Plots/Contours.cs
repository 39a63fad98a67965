using Preimage.Results;

namespace Preimage.Figures.Plots;

/// <summary>
/// Level lines of a field by marching squares: linear along the cells' edges, the two saddle cases told apart by the cell's
/// mean, segments chained into lines. A picture, not a result: what is smaller than a cell is missed. [LorensenCline1987]
/// </summary>
internal static class Contours
{
    /// <summary>The lines { field = level } in the field's coordinates.</summary>
    public static List<List<(double X, double Y)>> Of(Field field, double level)
    {
        Dictionary<long, List<long>> neighbours = [];
        for (int j = 0; j + 1 < field.Y.Length; j++)
        {
            for (int i = 0; i + 1 < field.X.Length; i++)
            {
                AddCell(neighbours, field, level, (i, j));
            }
        }

        return Chains(neighbours).ConvertAll(chain => chain.ConvertAll(edge => Crossing(field, level, edge)));
    }

    /// <summary>Joins the crossed edges of one cell.</summary>
    private static void AddCell(Dictionary<long, List<long>> neighbours, Field field, double level, (int I, int J) cell)
    {
        int columns = field.X.Length;
        int at = cell.J * columns + cell.I;
        ReadOnlySpan<double> v =
        [
            field.Values[at],
            field.Values[at + 1],
            field.Values[at + columns + 1],
            field.Values[at + columns],
        ];
        if (!double.IsFinite(v[0] + v[1] + v[2] + v[3]))
        {
            return;
        }

        // Edges counterclockwise from the bottom: an edge is named by its lower left node and its direction (even: along x).
        ReadOnlySpan<long> edges = [2L * at, 2L * (at + 1) + 1, 2L * (at + columns), 2L * at + 1];
        List<long> crossed = [];
        for (int k = 0; k < 4; k++)
        {
            if (v[k] >= level != v[(k + 1) % 4] >= level)
            {
                crossed.Add(edges[k]);
            }
        }

        if (crossed.Count == 2)
        {
            Join(neighbours, crossed[0], crossed[1]);
        }
        else if (crossed.Count == 4)
        {
            bool centerHigh = (v[0] + v[1] + v[2] + v[3]) / 4 >= level;
            bool cornerCutOff = v[0] >= level != centerHigh;
            Join(neighbours, crossed[0], cornerCutOff ? crossed[3] : crossed[1]);
            Join(neighbours, crossed[2], cornerCutOff ? crossed[1] : crossed[3]);
        }
    }

    private static void Join(Dictionary<long, List<long>> neighbours, long a, long b)
    {
        Add(a, b);
        Add(b, a);

        void Add(long from, long to)
        {
            if (!neighbours.TryGetValue(from, out List<long>? list))
            {
                neighbours[from] = list = new(2);
            }

            list.Add(to);
        }
    }

    /// <summary>Lines that end on the border first, then the closed ones.</summary>
    private static List<List<long>> Chains(Dictionary<long, List<long>> neighbours)
    {
        List<List<long>> chains = [];
        HashSet<long> seen = [];
        foreach (long start in neighbours.Keys.OrderBy(e => neighbours[e].Count).ThenBy(e => e))
        {
            if (seen.Contains(start))
            {
                continue;
            }

            List<long> chain = [start];
            seen.Add(start);
            long at = start;
            while (neighbours[at].FindIndex(e => !seen.Contains(e)) is >= 0 and int next)
            {
                at = neighbours[at][next];
                seen.Add(at);
                chain.Add(at);
            }

            if (chain.Count > 2 && neighbours[at].Contains(start))
            {
                chain.Add(start);
            }

            chains.Add(chain);
        }

        return chains;
    }

    private static (double X, double Y) Crossing(Field field, double level, long edge)
    {
        int columns = field.X.Length;
        int node = (int)(edge / 2);
        int other = edge % 2 == 0 ? node + 1 : node + columns;
        (double a, double b) = (field.Values[node], field.Values[other]);
        double share = (level - a) / (b - a);
        (double x, double y) = (field.X[node % columns], field.Y[node / columns]);
        return (x + share * (field.X[other % columns] - x), y + share * (field.Y[other / columns] - y));
    }
}
