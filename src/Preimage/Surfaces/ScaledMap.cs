using System.Runtime.CompilerServices;
using Preimage.Maps;

namespace Preimage.Surfaces;

/// <summary>
/// u -> f(D u) for units D that are powers of two near the half widths of a box: inputs of very different size count alike, and no bit of a
/// coordinate changes on the way.
/// </summary>
internal sealed class ScaledMap : IMap
{
    // A box so wide is no scale for anything.
    private const double Unbounded = 1e30;

    private const int OnStack = 64;

    private readonly IMap _map;
    private readonly double[] _units;

    public ScaledMap(IMap map, Box box)
    {
        _map = map;
        _units = new double[map.Inputs];
        for (int i = 0; i < _units.Length; i++)
        {
            double half = 0.5 * box.Upper[i] - 0.5 * box.Lower[i];
            _units[i] = half is > 0 and < Unbounded ? Math.ScaleB(1, (int)Math.Round(Math.Log2(half))) : 1;
        }

        Box = new Box(Scaled(box.Lower.AsSpan()), Scaled(box.Upper.AsSpan()));
    }

    /// <inheritdoc/>
    public int Inputs => _map.Inputs;

    /// <inheritdoc/>
    public int Outputs => _map.Outputs;

    /// <summary>The box in the coordinates u.</summary>
    public Box Box { get; }

    /// <summary>The largest of the units D.</summary>
    public double LargestUnit => _units.Max();

    /// <summary>How often the map was asked.</summary>
    public long Evaluations { get; private set; }

    /// <summary>u = x / D, bit for bit.  x, u: [Inputs].</summary>
    public double[] Scaled(ReadOnlySpan<double> x)
    {
        double[] u = new double[x.Length];
        for (int i = 0; i < u.Length; i++)
        {
            u[i] = x[i] / _units[i];
        }

        return u;
    }

    /// <summary>x = D u, bit for bit.  u, x: [Inputs].</summary>
    public void Unscale(ReadOnlySpan<double> u, Span<double> x)
    {
        for (int i = 0; i < u.Length; i++)
        {
            x[i] = u[i] * _units[i];
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Evaluate(ReadOnlySpan<double> x, Span<double> y)
    {
        Span<double> point = x.Length <= OnStack ? stackalloc double[x.Length] : new double[x.Length];
        Unscale(x, point);
        Evaluations++;
        _map.Evaluate(point, y);
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Linearize(ReadOnlySpan<double> x, Span<double> y, Span<double> jacobian)
    {
        Span<double> point = x.Length <= OnStack ? stackalloc double[x.Length] : new double[x.Length];
        Unscale(x, point);
        Evaluations++;
        _map.Linearize(point, y, jacobian);
        for (int k = 0; k < jacobian.Length; k++)
        {
            jacobian[k] *= _units[k % _units.Length];
        }
    }
}
