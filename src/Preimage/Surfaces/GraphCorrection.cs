using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Surfaces;

/// <summary>
/// Brings a point onto { N(x) = y0 } within the plane through it that is orthogonal to two given directions: Newton's method with the Jacobian of
/// each point, that part of it, and half steps where the defect grows. Unlike the chord form it goes across kinks. A workspace: one per thread.
/// </summary>
internal sealed class GraphCorrection
{
    private const int Iterations = 60;
    private const double Ulps = 2;

    // A step as short as this that does not lower the defect is rounding of the map.
    private const double Resolution = 1e-10;

    private readonly IMap _map;
    private readonly double[] _target;
    private readonly double _size;
    private readonly double[] _value;
    private readonly double[] _jacobian;
    private readonly double[] _residual;
    private readonly double[] _step;
    private readonly PullbackFrame _frame;

    /// <summary>For the fiber of a target.  target: [map.Outputs].</summary>
    public GraphCorrection(IMap map, double[] target)
    {
        _map = map;
        _target = target;
        _size = Vectors.LargestMagnitude(target);
        _value = new double[map.Outputs];
        _jacobian = new double[map.Outputs * map.Inputs];
        _residual = new double[map.Outputs];
        _step = new double[map.Inputs];
        _frame = new PullbackFrame(map.Inputs, map.Outputs, null, Mesher.RankTolerance);
    }

    /// <summary>Moves x onto the fiber, orthogonally to the tangents.  tangents: [2 * Inputs], x: [Inputs].</summary>
    /// <param name="tangents">The directions that x keeps its place in.</param>
    /// <param name="x">The guess; then the point.</param>
    /// <param name="reach">How far x may go.</param>
    /// <returns>Whether a point was found, to rounding.</returns>
    public bool Correct(ReadOnlySpan<double> tangents, Span<double> x, double reach)
    {
        double before = double.PositiveInfinity;
        double size = 0;
        double way = 0;
        for (int i = 0; i < Iterations; i++)
        {
            _map.Linearize(x, _value, _jacobian);
            double defect = Defect();
            if (i == 0 && !double.IsFinite(defect))
            {
                return false;
            }

            if (i > 0 && !(defect < before))
            {
                if (size <= Resolution)
                {
                    return true;
                }

                Vectors.Scale(_step, 0.5);
                Vectors.AddScaled(x, -1, _step);
                size *= 0.5;
                continue;
            }

            double scale = Rounding.OutputScale(_size, _jacobian, x);
            if (defect <= Ulps * Rounding.Epsilon * scale)
            {
                return true;
            }

            before = defect;
            Project(tangents);
            _frame.At(_value, _jacobian);
            _frame.MinimumNormStep(_residual, _step);
            size = Vectors.Norm(_step);
            way += size;
            if (!(size <= reach) || way > 4 * reach)
            {
                return false;
            }

            Vectors.AddScaled(x, 1, _step);
        }

        return false;
    }

    private double Defect()
    {
        double defect = 0;
        for (int j = 0; j < _value.Length; j++)
        {
            _residual[j] = _target[j] - _value[j];
            defect = Math.Max(defect, Math.Abs(_residual[j]));
        }

        return defect;
    }

    private void Project(ReadOnlySpan<double> tangents)
    {
        int n = _map.Inputs;
        for (int j = 0; j < _target.Length; j++)
        {
            Span<double> row = _jacobian.AsSpan(j * n, n);
            Vectors.AddScaled(row, -Vectors.Dot(row, tangents[..n]), tangents[..n]);
            Vectors.AddScaled(row, -Vectors.Dot(row, tangents[n..]), tangents[n..]);
        }
    }
}
