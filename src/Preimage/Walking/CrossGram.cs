using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// Dot products of the normals of half-spaces in the coordinates that the box does not hold, and Cholesky's factor of those that are active. Products are kept
/// from one projection to the next, corrected where coordinates are held or let go, and the factor's rows as far as the active ones are the same: a new
/// half-space costs O(k n + k^2). A workspace: one per thread.  [GolubVanLoan2013, section 4.2]
/// </summary>
internal sealed class CrossGram
{
    // Normals may be nearly parallel, or all held by the box: a ridge far below what counts.
    private const double Ridge = 1e-14;

    // Products are corrected for so many changed coordinates at most before they are made anew, as a share of all.
    private const int FewestChanges = 4;

    private readonly bool[] _held;
    private double[][] _normals = [];
    private double[][] _products = [];
    private double[] _multipliers = [];
    private double[][] _factor = [];
    private int[] _factored = [];
    private int _corrections;

    /// <summary>Of normals with n coordinates.</summary>
    public CrossGram(int inputs) => _held = new bool[inputs];

    /// <summary>Takes the half-spaces in; of those it knows it keeps products and multipliers.</summary>
    /// <returns>The multipliers that they had in the last solution, 0 of new ones: [k].</returns>
    public double[] Take(IReadOnlyList<CrossCut> cuts)
    {
        Dictionary<double[], int> known = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < _normals.Length; i++)
        {
            known[_normals[i]] = i;
        }

        int[] from = [.. cuts.Select(cut => known.GetValueOrDefault(cut.Normal, -1))];
        double[][] old = _products;
        double[] multipliers = [.. from.Select(i => i < 0 ? 0 : _multipliers[i])];
        bool isSame = from.Length == _normals.Length && from.Index().All(pair => pair.Item == pair.Index);
        if (isSame)
        {
            return multipliers;
        }

        int kept = 0;
        while (kept < _factored.Length && _factored[kept] < from.Length && from[_factored[kept]] == _factored[kept])
        {
            kept++;
        }

        _factored = _factored[..kept];
        _normals = [.. cuts.Select(cut => cut.Normal)];
        _products = new double[cuts.Count][];
        for (int p = 0; p < cuts.Count; p++)
        {
            _products[p] = new double[cuts.Count];
            for (int q = 0; q <= p; q++)
            {
                (int high, int low) = (Math.Max(from[p], from[q]), Math.Min(from[p], from[q]));
                _products[p][q] = low >= 0 ? old[high][low] : Product(_normals[p], _normals[q]);
            }
        }

        _multipliers = multipliers;
        return [.. multipliers];
    }

    /// <summary>Keeps the multipliers of a solution for the next.</summary>
    public void Keep(double[] multipliers) => _multipliers = [.. multipliers];

    /// <summary>Which coordinates the box holds.  d, low, high: [n].</summary>
    public void Hold(ReadOnlySpan<double> d, double[] low, double[] high)
    {
        List<int> changed = [];
        for (int i = 0; i < d.Length; i++)
        {
            if (_held[i] == (d[i] > low[i] && d[i] < high[i]))
            {
                _held[i] = !_held[i];
                changed.Add(i);
            }
        }

        if (changed.Count == 0)
        {
            return;
        }

        _factored = [];
        _corrections += changed.Count;
        bool isAnew = _corrections > d.Length / FewestChanges;
        _corrections = isAnew ? 0 : _corrections;
        for (int p = 0; p < _normals.Length; p++)
        {
            for (int q = 0; q <= p; q++)
            {
                _products[p][q] = isAnew
                    ? Product(_normals[p], _normals[q])
                    : _products[p][q] + Change(_normals[p], _normals[q], changed);
            }
        }
    }

    /// <summary>Solves for the active half-spaces, in rising order.  right: [active], becomes the solution.</summary>
    /// <returns>Whether the products are positive definite to rounding.</returns>
    public bool Solve(int[] active, double[] right)
    {
        int kept = active.AsSpan().CommonPrefixLength(_factored);
        if (_factor.Length < active.Length)
        {
            int most = Math.Max(active.Length, 2 * _factor.Length);
            _factor = [.. Enumerable.Range(0, most).Select(i => i < _factor.Length ? _factor[i] : new double[i + 1])];
        }

        _factored = [];
        for (int i = kept; i < active.Length; i++)
        {
            double[] row = _factor[i];
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> above = _factor[j].AsSpan(0, j);
                double rest = _products[active[i]][active[j]] - Vectors.Dot(row.AsSpan(0, j), above);
                rest += i == j ? Ridge * _products[active[i]][active[i]] + 1e-300 : 0;
                if (i == j && !(rest > 0))
                {
                    return false;
                }

                row[j] = i == j ? Math.Sqrt(rest) : rest / _factor[j][j];
            }
        }

        _factored = [.. active];
        Substitute(right);
        return true;
    }

    private void Substitute(Span<double> right)
    {
        for (int i = 0; i < right.Length; i++)
        {
            right[i] = (right[i] - Vectors.Dot(_factor[i].AsSpan(0, i), right[..i])) / _factor[i][i];
        }

        for (int i = right.Length - 1; i >= 0; i--)
        {
            right[i] /= _factor[i][i];
            Vectors.AddScaled(right[..i], -right[i], _factor[i].AsSpan(0, i));
        }
    }

    private double Change(double[] one, double[] other, List<int> changed)
    {
        double sum = 0;
        foreach (int i in changed)
        {
            sum += _held[i] ? -one[i] * other[i] : one[i] * other[i];
        }

        return sum;
    }

    private double Product(double[] one, double[] other)
    {
        double sum = Vectors.Dot(one, other);
        for (int i = 0; i < _held.Length; i++)
        {
            sum -= _held[i] ? one[i] * other[i] : 0;
        }

        return sum;
    }
}
