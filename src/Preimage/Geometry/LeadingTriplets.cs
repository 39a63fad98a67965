using System.Collections.Immutable;

namespace Preimage.Geometry;

/// <summary>A linear map A: R^n -> R^m that is known by its products.</summary>
internal interface ILinearMap
{
    /// <summary>u = A v.  v: [n], u: [m].</summary>
    void Apply(ReadOnlySpan<double> v, Span<double> u);

    /// <summary>v = A^T u.  u: [m], v: [n].</summary>
    void ApplyTransposed(ReadOnlySpan<double> u, Span<double> v);
}

/// <summary>
/// Bidiagonalization of a linear map from a random start, with full reorthogonalization: C V = U B, C^T U = V B^T + beta v e^T, B upper bidiagonal,
/// where C is A, or A^T if that has the smaller space to start from. The largest singular values of B become those of A, and how far a triplet is from one,
/// |C^T u - s v|, is known exactly. Where a subspace is used up, a new random direction continues, until one finds no larger values than those wanted.
/// A multiple singular value may be found fewer times than it is there, where the wanted ones are known before a subspace is used up (<see cref="LeadingSearch"/>). Room: steps (m + n).  [GolubKahan1965; GolubVanLoan2013, section 10.4]
/// </summary>
internal sealed class LeadingTriplets
{
    private readonly ILinearMap _map;
    private readonly bool _transposed;
    private readonly int _small;
    private readonly int _large;
    private readonly Generator _random;
    private readonly List<double[]> _v = []; // in the smaller space
    private readonly List<double[]> _u = []; // in the larger one
    private readonly List<double> _diagonal = [];
    private readonly List<double> _above = []; // beta_k, right of diagonal k
    private double[] _leftOfB = []; // singular vectors of B, one after the other
    private double[] _rightOfB = [];
    private double _longest;
    private int _start; // the first step of the subspace that is being built
    private (int First, int End)? _usedUp; // steps of the one that the last step used up

    /// <summary>The search in A: R^inputs -> R^outputs; nothing is done yet.</summary>
    public LeadingTriplets(ILinearMap map, int inputs, int outputs, int seed)
    {
        _map = map;
        _transposed = outputs < inputs;
        _small = Math.Min(inputs, outputs);
        _large = Math.Max(inputs, outputs);
        _random = new Generator(seed);
    }

    /// <summary>Products with A and with A^T so far, each.</summary>
    public int Steps => _diagonal.Count;

    /// <summary>Largest first: [Steps].</summary>
    public double[] SingularValues { get; private set; } = [];

    /// <summary>|C^T u - s v| of each triplet: [Steps].</summary>
    public double[] Residuals { get; private set; } = [];

    /// <summary>Goes on until the leading triplets are known to the tolerance, a share of the largest singular value, or the steps are spent.</summary>
    /// <returns>Whether they are.</returns>
    public bool Run(int count, int steps, double tolerance, CancellationToken cancellation)
    {
        int limit = Math.Min(steps, _small);
        int wanted = Math.Min(count, _small);
        int next = wanted;
        while (Steps < limit)
        {
            cancellation.ThrowIfCancellationRequested();
            Step();
            if (Steps == limit || Steps >= next && (_start == 0 || _usedUp is not null))
            {
                Solve();
                next = Steps + 4;
                if (Steps == _small || IsSettled(wanted, tolerance))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The leading right singular vectors of A, as many as asked for and above rounding: arrays of [inputs].</summary>
    public ImmutableArray<ImmutableArray<double>> Directions(int count)
    {
        int k = SingularValues.Length;
        List<double[]> basis = _transposed ? _u : _v;
        double[] mix = _transposed ? _leftOfB : _rightOfB;
        var directions = ImmutableArray.CreateBuilder<ImmutableArray<double>>();
        for (int i = 0; i < count && SingularValues[i] > _large * Rounding.Epsilon * SingularValues[0]; i++)
        {
            double[] direction = new double[basis[0].Length];
            for (int j = 0; j < k; j++)
            {
                Vectors.AddScaled(direction, mix[i * k + j], basis[j]);
            }

            directions.Add([.. direction]);
        }

        return directions.ToImmutable();
    }

    private bool IsSettled(int wanted, double tolerance)
    {
        double known = tolerance * SingularValues[0];
        for (int i = 0; i < wanted; i++)
        {
            if (!(Residuals[i] <= known))
            {
                return false;
            }
        }

        // A used up subspace has each of the values that were left just once: no larger ones are left, but perhaps as large ones.
        return _start == 0
            || _usedUp is var (first, end) && LargestWithin(first, end) <= SingularValues[wanted - 1] + known;
    }

    /// <summary>The largest singular value of B whose left vector lies in those steps.</summary>
    private double LargestWithin(int first, int end)
    {
        const double Most = 0.5; // of the length: vectors lie in one subspace or in another
        int k = Steps;
        int i = 0;
        while (i < k && Vectors.Norm(_leftOfB.AsSpan(i * k + first, end - first)) < Most)
        {
            i++;
        }

        return i < k ? SingularValues[i] : 0;
    }

    private void UseUp(int end)
    {
        _usedUp = (_start, end);
        _start = end;
    }

    private void Step()
    {
        if (Steps == 0)
        {
            _v.Add(Fresh(_small, []));
        }

        _usedUp = null;
        double[] u = new double[_large];
        Apply(_v[^1], u, _transposed);
        double alpha = Orthonormalize(u, _u);
        if (alpha == 0)
        {
            UseUp(Steps);
            u = Fresh(_large, _u);
        }

        _u.Add(u);
        _diagonal.Add(alpha);
        if (Steps == _small)
        {
            _above.Add(0);
            return;
        }

        double[] v = new double[_small];
        Apply(u, v, !_transposed);
        double beta = Orthonormalize(v, _v);
        _above.Add(beta);
        if (beta == 0)
        {
            UseUp(Steps);
            v = Fresh(_small, _v);
        }

        _v.Add(v);
    }

    private void Apply(double[] from, double[] to, bool transposed)
    {
        if (transposed)
        {
            _map.ApplyTransposed(from, to);
        }
        else
        {
            _map.Apply(from, to);
        }
    }

    /// <summary>Makes x orthogonal to the basis, twice as rounding asks, and of length 1.</summary>
    /// <returns>The length that was left; 0 where it is only rounding.</returns>
    private double Orthonormalize(double[] x, List<double[]> basis)
    {
        double whole = Vectors.Norm(x);
        if (!double.IsFinite(whole))
        {
            throw new GeometryException(
                "The map's derivative is NaN or infinite at the point; choose a point where it is finite."
            );
        }

        _longest = Math.Max(_longest, whole);
        Project(x, basis);
        double left = Vectors.Norm(x);
        if (left <= 16 * _large * Rounding.Epsilon * _longest)
        {
            return 0;
        }

        Vectors.Scale(x, 1 / left);
        return left;
    }

    private static void Project(double[] x, List<double[]> basis)
    {
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] b in basis)
            {
                Vectors.AddScaled(x, -Vectors.Dot(b, x), b);
            }
        }
    }

    /// <summary>A random unit vector orthogonal to the basis.</summary>
    private double[] Fresh(int length, List<double[]> basis)
    {
        double[] x = new double[length];
        for (int i = 0; i < length; i++)
        {
            x[i] = _random.Normal();
        }

        Project(x, basis);
        Vectors.Scale(x, 1 / Vectors.Norm(x));
        return x;
    }

    /// <summary>B = P S W^T.</summary>
    private void Solve()
    {
        int k = Steps;
        _leftOfB = new double[k * k];
        for (int j = 0; j < k; j++)
        {
            _leftOfB[j * k + j] = _diagonal[j];
            if (j > 0)
            {
                _leftOfB[j * k + j - 1] = _above[j - 1];
            }
        }

        _rightOfB = new double[k * k];
        SingularValues = new double[k];
        JacobiSvd.Factor(_leftOfB, k, k, _rightOfB, SingularValues);
        Residuals = [.. Enumerable.Range(0, k).Select(i => _above[^1] * Math.Abs(_leftOfB[i * k + k - 1]))];
    }
}
