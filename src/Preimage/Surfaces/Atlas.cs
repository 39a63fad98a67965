using Preimage.Geometry;

namespace Preimage.Surfaces;

/// <summary>The charts of a surface, and which of them are neighbours on it.</summary>
internal sealed class Atlas
{
    // The fiber may leave a tangent plane by this share of the distance, beside what the curvature makes.
    private const double Slack = 0.05;

    // The curvature between two charts may be this many times that seen in their discs.
    private const double Growth = 2;

    // Two tangent planes of one sheet do not stand across each other; at a kink they may nearly.
    private const double Parallel = 0.25;
    private const double Folded = -0.2;

    // At a kink the fiber may rise twice as much as it goes ahead.
    private const double Steep = 2;

    // A first polygon of twice the radius meets the bisectors of what is four times as far.
    private const double Begin = 2;

    private const double GoldenAngle = 2.399963229728653;

    private readonly NeighbourGrid _grid;
    private readonly List<int> _near = [];
    private readonly List<(double Square, int Index, double U, double V)> _around = [];
    private readonly Cell _cell = new();

    /// <summary>Of R^inputs, still empty.</summary>
    public Atlas(int inputs) => _grid = new NeighbourGrid(inputs);

    /// <summary>The charts, in the order they were made.</summary>
    public List<Chart> Charts { get; } = [];

    /// <summary>Adds a chart.</summary>
    public void Add(Chart chart)
    {
        Charts.Add(chart);
        _grid.Add(chart.Point);
    }

    /// <summary>The cell of a chart, up to about twice its radius; it is used again by the next call.</summary>
    public Cell CellOf(int index)
    {
        Chart chart = Charts[index];
        Collect(index, chart, 2 * Begin * chart.Radius);
        _cell.Begin(Begin * chart.Radius, GoldenAngle * index);
        double reach = _cell.Reach();
        foreach ((double square, int other, double u, double v) in _around)
        {
            // What is more than twice as far as the farthest corner cuts nothing.
            if (u * u + v * v <= 4 * reach)
            {
                _cell.Cut(u, v, other);
                reach = _cell.Reach();
            }
        }

        return _cell;
    }

    /// <summary>Whether there is a chart within a distance of a point.  x: [n].</summary>
    public bool HasNear(double[] x, double distance)
    {
        _grid.Near(x, distance, _near);
        return _near.Exists(i => Vectors.Distance(Charts[i].Point, x) <= distance);
    }

    private void Collect(int index, Chart chart, double distance)
    {
        _around.Clear();
        _grid.Near(chart.Point, distance, _near);
        foreach (int other in _near)
        {
            if (other == index)
            {
                continue;
            }

            Chart neighbour = Charts[other];
            (double u, double v, double square) = chart.Project(neighbour.Point);
            bool isKin = neighbour.From == index || chart.From == other;
            if (square <= distance * distance && (isKin || AreOneSheet(chart, neighbour, u * u + v * v, square)))
            {
                _around.Add((square, other, u, v));
            }
        }

        _around.Sort();
    }

    /// <summary>Whether two charts lie on one sheet of the fiber, rather than above each other.  flat: squared distance in the tangent plane of p.</summary>
    private static bool AreOneSheet(Chart p, Chart q, double flat, double square)
    {
        (double u, double v, _) = q.Project(p.Point);
        double height = Math.Sqrt(Math.Max(0, square - Math.Min(flat, u * u + v * v)));
        if (p.IsKinked || q.IsKinked)
        {
            return height <= Steep * Math.Sqrt(Math.Max(flat, u * u + v * v)) && p.Agreement(q) > Folded;
        }

        double bend = Math.Max(p.Bend, q.Bend);
        return height <= 0.5 * Growth * bend * square + Slack * Math.Sqrt(square) && p.Agreement(q) > Parallel;
    }
}
