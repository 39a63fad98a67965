using Preimage.Maps;

namespace Preimage.Tests.Enclosing;

/// <summary>
/// Components of a level set counted by marching squares on a dense grid: an independent count, right where the grid is finer than everything.
/// </summary>
internal sealed class SkeletonGrid
{
    private readonly double[,] _values;
    private readonly int _cells;
    private readonly Dictionary<(int, int, bool), (int, int, bool)> _parents = [];
    private readonly HashSet<(int, int, bool)> _onBorder = [];

    /// <summary>Samples a map at (cells + 1)^2 vertices of a box.</summary>
    public SkeletonGrid(IMap map, Box box, int cells)
    {
        _cells = cells;
        _values = new double[cells + 1, cells + 1];
        double[] value = new double[1];
        for (int i = 0; i <= cells; i++)
        {
            for (int j = 0; j <= cells; j++)
            {
                map.Evaluate([At(box, 0, i), At(box, 1, j)], value);
                _values[i, j] = value[0];
            }
        }
    }

    /// <summary>The closed and open components at a level.</summary>
    public (int Closed, int Open) Count(double level)
    {
        _parents.Clear();
        _onBorder.Clear();
        for (int i = 0; i < _cells; i++)
        {
            for (int j = 0; j < _cells; j++)
            {
                Join(level, i, j);
            }
        }

        var groups = _parents.Keys.GroupBy(Root).Select(g => g.Any(_onBorder.Contains)).ToArray();
        return (groups.Count(open => !open), groups.Count(open => open));
    }

    private void Join(double level, int i, int j)
    {
        // The sides in order around the square: bottom, right, top, left.
        (int, int, bool)[] sides = [(i, j, true), (i + 1, j, false), (i, j + 1, true), (i, j, false)];
        bool[] above =
        [
            _values[i, j] > level,
            _values[i + 1, j] > level,
            _values[i + 1, j + 1] > level,
            _values[i, j + 1] > level,
        ];
        (int, int, bool)[] crossed =
        [
            .. Enumerable.Range(0, 4).Where(k => above[k] != above[(k + 1) % 4]).Select(k => sides[k]),
        ];
        foreach ((int x, int y, bool flat) side in crossed)
        {
            _parents.TryAdd(side, side);
            if (side.flat ? side.y == 0 || side.y == _cells : side.x == 0 || side.x == _cells)
            {
                _onBorder.Add(side);
            }
        }

        if (crossed.Length == 2)
        {
            Unite(crossed[0], crossed[1]);
        }
        else if (crossed.Length == 4)
        {
            double middle = (_values[i, j] + _values[i + 1, j] + _values[i + 1, j + 1] + _values[i, j + 1]) / 4;
            int shift = middle > level == above[0] ? 0 : 3;
            Unite(sides[shift], sides[(shift + 1) % 4]);
            Unite(sides[(shift + 2) % 4], sides[(shift + 3) % 4]);
        }
    }

    private void Unite((int, int, bool) p, (int, int, bool) q) => _parents[Root(p)] = Root(q);

    private (int, int, bool) Root((int, int, bool) p)
    {
        while (_parents[p] != p)
        {
            _parents[p] = _parents[_parents[p]];
            p = _parents[p];
        }

        return p;
    }

    private double At(Box box, int input, int k) =>
        box.Lower[input] + (box.Upper[input] - box.Lower[input]) * k / _cells;
}
