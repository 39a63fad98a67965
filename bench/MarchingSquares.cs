using Preimage.Maps;

namespace Preimage.Bench;

/// <summary>The way without proofs, to compare with: a regular grid of values, and the level through it by linear interpolation on the grid's edges.</summary>
internal sealed class MarchingSquares
{
    private readonly int _cells;
    private readonly Box _box;
    private readonly double[] _points;
    private readonly double[] _values;
    private readonly IMap _map;

    /// <summary>A grid of cells * cells squares; places are kept, as a plotting library would keep them.</summary>
    public MarchingSquares(IMap map, Box box, int cells)
    {
        (_map, _box, _cells) = (map, box, cells);
        int side = cells + 1;
        _points = new double[2 * side * side];
        _values = new double[side * side];
        for (int j = 0; j < side; j++)
        {
            for (int i = 0; i < side; i++)
            {
                _points[2 * (j * side + i)] = box.Lower[0] + (box.Upper[0] - box.Lower[0]) * i / cells;
                _points[2 * (j * side + i) + 1] = box.Lower[1] + (box.Upper[1] - box.Lower[1]) * j / cells;
            }
        }
    }

    /// <summary>How many values the grid has.</summary>
    public long Evaluations => _values.Length;

    /// <summary>Evaluates the grid, many points side by side where the map can, and returns the crossings of its edges, two numbers each.</summary>
    public List<double> Vertices(double level)
    {
        if (_map is IBatchMap batch)
        {
            batch.EvaluateMany(_points, _values);
        }
        else
        {
            for (int k = 0; k < _values.Length; k++)
            {
                _map.Evaluate(_points.AsSpan(2 * k, 2), _values.AsSpan(k, 1));
            }
        }

        List<double> vertices = [];
        for (int k = 0; k < _values.Length; k++)
        {
            foreach (int other in Neighbours(k))
            {
                double a = _values[k] - level;
                double b = _values[other] - level;
                if (a > 0 != b > 0)
                {
                    double t = a / (a - b);
                    vertices.Add(_points[2 * k] + t * (_points[2 * other] - _points[2 * k]));
                    vertices.Add(_points[2 * k + 1] + t * (_points[2 * other + 1] - _points[2 * k + 1]));
                }
            }
        }

        return vertices;
    }

    /// <summary>How many pieces the level has on the grid, after <see cref="Vertices"/>: crossings joined through the squares that they share.</summary>
    public int Components(double level)
    {
        int side = _cells + 1;
        int[] parent = [.. Enumerable.Range(0, 2 * side * side)];
        HashSet<int> crossed = [];
        for (int j = 0; j < _cells; j++)
        {
            for (int i = 0; i < _cells; i++)
            {
                int k = j * side + i;
                int[] edges =
                [
                    .. new[] { 2 * k, 2 * k + 1, 2 * (k + side), 2 * (k + 1) + 1 }.Where(e => Crosses(e, level)),
                ];
                crossed.UnionWith(edges);
                foreach (int edge in edges)
                {
                    parent[Root(edge)] = Root(edges[0]);
                }
            }
        }

        return crossed.Select(Root).Distinct().Count();

        int Root(int e) => parent[e] == e ? e : parent[e] = Root(parent[e]);
    }

    /// <summary>The largest distance of the crossings from the level, to first order, in half widths of the box.</summary>
    public double Error(double level, List<double> vertices)
    {
        double worst = 0;
        double[] y = new double[1];
        double[] gradient = new double[2];
        for (int k = 0; k < vertices.Count; k += 2)
        {
            _map.Linearize([vertices[k], vertices[k + 1]], y, gradient);
            double across = gradient[0] * (_box.Upper[0] - _box.Lower[0]) / 2;
            double up = gradient[1] * (_box.Upper[1] - _box.Lower[1]) / 2;
            worst = Math.Max(worst, Math.Abs(y[0] - level) / Math.Sqrt(across * across + up * up));
        }

        return worst;
    }

    /// <summary>Edge 2 k leads from place k to the right, edge 2 k + 1 upwards.</summary>
    private bool Crosses(int edge, double level)
    {
        int other = edge / 2 + (edge % 2 == 0 ? 1 : _cells + 1);
        return _values[edge / 2] > level != _values[other] > level;
    }

    private IEnumerable<int> Neighbours(int k)
    {
        int side = _cells + 1;
        if (k % side < _cells)
        {
            yield return k + 1;
        }

        if (k / side < _cells)
        {
            yield return k + side;
        }
    }
}
