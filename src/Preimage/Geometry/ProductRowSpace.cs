using Preimage.Maps;

namespace Preimage.Geometry;

/// <summary>
/// The row space of a map at a point by products J v and J^T w alone: J^+ r by conjugate gradients for least squares from 0, which stay in the row space and
/// so find the shortest solution, of a Jacobian without full rank too. Room O(n + m). A product with J and one with J^T a step, about as many steps as J has
/// singular values that differ; the error is that of rounding times the square of their ratio.  [HestenesStiefel1952]
/// </summary>
public sealed class ProductRowSpace : RowSpace
{
    // Conjugate gradients that took so many times the number of outputs do not converge any more.
    private const int Patience = 4;

    // What the first solution leaves is solved for again: the second is accurate to rounding where the first was to its square root.
    private const int Passes = 2;

    // A gradient of so much of |J| |r| that does not fall is rounding: what is left of r lies across the image of J, and further steps would only add noise, or blow up.
    private const double Rounding = 1e-14;
    private const double Stalled = 0.25;

    // Powers of two whose inverse is one, too.
    private const int MostBinary = 1000;

    private readonly IProductMap _map;
    private readonly double _tolerance;
    private readonly double[] _x;
    private readonly double[] _value;
    private readonly double[] _residual;
    private readonly double[] _product;
    private readonly double[] _gradient;
    private readonly double[] _direction;
    private readonly double[] _solution;

    // |J^T w| of a normal covector w: about the Frobenius norm of J.
    private double _size;
    private int _rank;
    private bool _isFinite;

    /// <summary>Makes the workspace for a map.</summary>
    /// <param name="map">f: R^n -> R^m.</param>
    /// <param name="relativeTolerance">Share of the first gradient J^T r at which one counts as zero.</param>
    public ProductRowSpace(IProductMap map, double relativeTolerance = 1e-14)
    {
        _map = map;
        _tolerance = relativeTolerance;
        _x = new double[map.Inputs];
        _value = new double[map.Outputs];
        _residual = new double[map.Outputs];
        _product = new double[map.Outputs];
        _gradient = new double[map.Inputs];
        _direction = new double[map.Inputs];
        _solution = new double[map.Inputs];
    }

    /// <summary>The most that the rank can be, min(m, n); 0 where J^T vanishes on a random covector. Products alone do not tell the rank.</summary>
    public override int Rank => _rank;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Value => _value;

    /// <inheritdoc/>
    public override bool IsFinite => _isFinite;

    /// <summary>Products with J and with J^T so far, each.</summary>
    public long Products { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The map is another one.</exception>
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
        new Generator(0).Normals(_product);
        _map.Adjoint(_x, _product, _gradient);
        _isFinite = Vectors.AreFinite(_value) && Vectors.AreFinite(_gradient);
        _size = Vectors.Norm(_gradient);
        _rank = _size > 0 ? Math.Min(_map.Inputs, _map.Outputs) : 0;
    }

    /// <inheritdoc/>
    public override void ProjectNull(ReadOnlySpan<double> v, Span<double> projection)
    {
        v.CopyTo(projection);
        for (int pass = 0; pass < Passes; pass++)
        {
            _map.Tangent(_x, projection, _residual);
            Solve();
            Vectors.AddScaled(projection, -1, _solution);
        }
    }

    /// <inheritdoc/>
    public override void MinimumNormStep(ReadOnlySpan<double> residual, Span<double> step)
    {
        residual.CopyTo(_residual);
        Solve();
        _solution.CopyTo(step);
        for (int pass = 1; pass < Passes; pass++)
        {
            _map.Tangent(_x, step, _product);
            residual.CopyTo(_residual);
            Vectors.AddScaled(_residual, -1, _product);
            Solve();
            Vectors.AddScaled(step, 1, _solution);
        }
    }

    /// <summary>
    /// _solution := J^+ _residual, which is used up; with J and the residual in units of powers of two near their sizes, so that squares of very small or large
    /// ones neither vanish nor overflow, and no bit of others changes.
    /// </summary>
    private void Solve()
    {
        Array.Clear(_solution);
        double most = Vectors.LargestMagnitude(_residual);
        double unit = ScaleOf(_size);
        double weight = ScaleOf(most);
        if (!(most > 0) || !(_size > 0) || !double.IsFinite(most))
        {
            return;
        }

        Vectors.Scale(_residual, weight);
        Solve(unit);
        Vectors.Scale(_solution, unit);
        Vectors.Scale(_solution, 1 / weight);
    }

    /// <summary>1 over the power of two next to a size.</summary>
    private static double ScaleOf(double size) =>
        size > 0 && double.IsFinite(size) ? Math.ScaleB(1, Math.Clamp(-Math.ILogB(size), -MostBinary, MostBinary)) : 1;

    /// <summary>_solution := (unit J)^+ _residual, from 0.</summary>
    private void Solve(double unit)
    {
        Adjoint(unit);
        _gradient.CopyTo(_direction, 0);
        double square = Vectors.Dot(_gradient, _gradient);
        double noise = Rounding * (unit * _size) * Vectors.Norm(_residual);
        double enough = _tolerance * _tolerance * square;
        for (int k = 0; k < Patience * _residual.Length && square > enough; k++)
        {
            _map.Tangent(_x, _direction, _product);
            Vectors.Scale(_product, unit);
            Products++;
            double length = square / Vectors.Dot(_product, _product);
            if (!double.IsFinite(length))
            {
                return;
            }

            Vectors.AddScaled(_solution, length, _direction);
            Vectors.AddScaled(_residual, -length, _product);
            Adjoint(unit);
            double next = Vectors.Dot(_gradient, _gradient);
            if (next <= noise * noise && next > Stalled * square)
            {
                return;
            }

            Vectors.Scale(_direction, next / square);
            Vectors.AddScaled(_direction, 1, _gradient);
            square = next;
        }
    }

    private void Adjoint(double unit)
    {
        _map.Adjoint(_x, _residual, _gradient);
        Vectors.Scale(_gradient, unit);
    }
}
