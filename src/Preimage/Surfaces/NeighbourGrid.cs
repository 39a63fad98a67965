using Preimage.Geometry;

namespace Preimage.Surfaces;

/// <summary>
/// Points of R^n by their place in three fixed directions (their coordinates for n = 3), on grids of cells 2^k wide, each made when it is first
/// asked: what is near in R^n is near there.
/// </summary>
internal sealed class NeighbourGrid
{
    private readonly double[] _directions; // [3 * n]
    private readonly int _inputs;
    private readonly List<(double X, double Y, double Z)> _places = [];
    private readonly Dictionary<int, Dictionary<(long, long, long), List<int>>> _grids = [];

    /// <summary>For points of R^inputs.</summary>
    public NeighbourGrid(int inputs)
    {
        _inputs = inputs;
        _directions = new double[3 * inputs];
        Generator generator = new(0);
        for (int d = 0; d < 3; d++)
        {
            Span<double> direction = _directions.AsSpan(d * inputs, inputs);
            if (inputs == 3)
            {
                direction[d] = 1;
                continue;
            }

            generator.Normals(direction);
            for (int e = 0; e < d; e++)
            {
                Span<double> other = _directions.AsSpan(e * inputs, inputs);
                Vectors.AddScaled(direction, -Vectors.Dot(direction, other), other);
            }

            Vectors.Scale(direction, 1 / Vectors.Norm(direction));
        }
    }

    /// <summary>Adds the next point.  x: [n].</summary>
    public void Add(ReadOnlySpan<double> x)
    {
        _places.Add(Place(x));
        foreach ((int level, Dictionary<(long, long, long), List<int>> grid) in _grids)
        {
            Put(grid, level, _places.Count - 1);
        }
    }

    /// <summary>All points within a distance of x, and others not far beyond, in no order that matters.  x: [n].</summary>
    public void Near(ReadOnlySpan<double> x, double distance, List<int> found)
    {
        found.Clear();
        int level = (int)Math.Ceiling(Math.Log2(distance));
        Dictionary<(long, long, long), List<int>> grid = GridOf(level);
        (double a, double b, double c) = Place(x);
        (long i, long j, long k) = Key(level, (a, b, c));
        for (long p = i - 1; p <= i + 1; p++)
        {
            for (long q = j - 1; q <= j + 1; q++)
            {
                for (long r = k - 1; r <= k + 1; r++)
                {
                    if (grid.TryGetValue((p, q, r), out List<int>? there))
                    {
                        found.AddRange(there);
                    }
                }
            }
        }
    }

    private Dictionary<(long, long, long), List<int>> GridOf(int level)
    {
        if (!_grids.TryGetValue(level, out Dictionary<(long, long, long), List<int>>? grid))
        {
            grid = [];
            for (int i = 0; i < _places.Count; i++)
            {
                Put(grid, level, i);
            }

            _grids.Add(level, grid);
        }

        return grid;
    }

    private void Put(Dictionary<(long, long, long), List<int>> grid, int level, int i)
    {
        (long, long, long) key = Key(level, _places[i]);
        if (!grid.TryGetValue(key, out List<int>? there))
        {
            grid.Add(key, there = []);
        }

        there.Add(i);
    }

    private static (long, long, long) Key(int level, (double X, double Y, double Z) place) =>
        (
            (long)Math.Floor(Math.ScaleB(place.X, -level)),
            (long)Math.Floor(Math.ScaleB(place.Y, -level)),
            (long)Math.Floor(Math.ScaleB(place.Z, -level))
        );

    private (double X, double Y, double Z) Place(ReadOnlySpan<double> x) =>
        (
            Vectors.Dot(x, _directions.AsSpan(0, _inputs)),
            Vectors.Dot(x, _directions.AsSpan(_inputs, _inputs)),
            Vectors.Dot(x, _directions.AsSpan(2 * _inputs, _inputs))
        );
}
