using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>
/// The row space of a map at a point by products J v and J^T w alone: J^+ r = J^T (J J^T)^+ r, by conjugate gradients on J J^T from 0, which stay in the range
/// of J and so find the least-squares solution of a Jacobian without full rank. Room O(n + m). A product with J J^T a step, about as many steps as J has
/// singular values that differ.  [HestenesStiefel1952], [GolubVanLoan2013, section 11.3]
/// </summary>
public sealed class ProductRowSpace : RowSpace
{
    // Conjugate gradients that took so many times the number of outputs do not converge any more.
    private const int Patience = 4;

    private readonly IProductMap _map;
    private readonly double[] _x;
    private readonly double[] _value;
    private readonly double[] _solution;
    private readonly double[] _residual;
    private readonly double[] _direction;
    private readonly double[] _product;
    private readonly double[] _gradient;
    private readonly double _tolerance;

    /// <summary>Makes the workspace for a map.</summary>
    /// <param name="map">f: R^n -> R^m.</param>
    /// <param name="relativeTolerance">Share of the right side at which a residual counts as zero.</param>
    public ProductRowSpace(IProductMap map, double relativeTolerance = 1e-13)
    {
        _map = map;
        _tolerance = relativeTolerance;
        _x = new double[map.Inputs];
        _value = new double[map.Outputs];
        _solution = new double[map.Outputs];
        _residual = new double[map.Outputs];
        _direction = new double[map.Outputs];
        _product = new double[map.Outputs];
        _gradient = new double[map.Inputs];
    }

    /// <summary>The most that the rank can be, min(m, n); 0 where the Jacobian vanishes on a random covector. The rank itself is not known by products.</summary>
    public override int Rank => _rank;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Value => _value;

    /// <inheritdoc/>
    public override bool IsFinite => _isFinite;

    /// <summary>Products with J and with J^T so far, each.</summary>
    public long Products { get; private set; }

    private bool _isFinite;
    private int _rank;

    /// <inheritdoc/>
    public override void At(IMap map, ReadOnlySpan<double> x)
    {
        if (!ReferenceEquals(map, _map))
        {
            throw new ArgumentException(
                "A row space by products belongs to the map that it was made for; make another."
            );
        }

        x.CopyTo(_x);
        _map.Evaluate(_x, _value);
        new Generator(0).Normals(_direction);
        _map.Adjoint(_x, _direction, _gradient);
        _isFinite = Vectors.AreFinite(_value) && Vectors.AreFinite(_gradient);
        _rank = Vectors.LargestMagnitude(_gradient) > 0 ? Math.Min(_map.Inputs, _map.Outputs) : 0;
    }

    /// <inheritdoc/>
    public override void ProjectNull(ReadOnlySpan<double> v, Span<double> projection)
    {
        v.CopyTo(projection);

        // Twice: what the first pass leaves of the row space is its rounding against v, the second's against that.
        for (int pass = 0; pass < 2; pass++)
        {
            _map.Tangent(_x, projection, _residual);
            Solve();
            Vectors.AddScaled(projection, -1, _gradient);
        }
    }

    /// <inheritdoc/>
    public override void MinimumNormStep(ReadOnlySpan<double> residual, Span<double> step)
    {
        residual.CopyTo(_residual);
        Solve();
        _gradient.CopyTo(step);
    }

    /// <summary>_gradient := J^T (J J^T)^+ _residual.</summary>
    private void Solve()
    {
        Array.Clear(_solution);
        double first = Vectors.Norm(_residual);
        double square = first * first;
        _residual.CopyTo(_direction, 0);
        for (int k = 0; k < Patience * _residual.Length && Math.Sqrt(square) > _tolerance * first; k++)
        {
            _map.Adjoint(_x, _direction, _gradient);
            double curvature = Vectors.Dot(_gradient, _gradient);
            if (!(curvature > 0))
            {
                break; // the rest is not in the range of J
            }

            _map.Tangent(_x, _gradient, _product);
            Products++;
            double length = square / curvature;
            Vectors.AddScaled(_solution, length, _direction);
            Vectors.AddScaled(_residual, -length, _product);
            double next = Vectors.Dot(_residual, _residual);
            Vectors.Scale(_direction, next / square);
            Vectors.AddScaled(_direction, 1, _residual);
            square = next;
        }

        _map.Adjoint(_x, _solution, _gradient);
    }
}
