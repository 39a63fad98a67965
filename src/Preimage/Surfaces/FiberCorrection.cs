using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Surfaces;

/// <summary>
/// Brings points onto { N(x) = y0 } by the chord form of Newton's method: steps J^+ (y0 - N(x)) in the row space of a frame that is held, so that
/// the projection onto its null space stays where it was put. A workspace: one per thread.  [AllgowerGeorg2003, section 3.3]
/// </summary>
internal sealed class FiberCorrection
{
    private const int Iterations = 60;
    private const int MostHalvings = 8;

    // A step that is not shorter than this share of the one before it no longer contracts.
    private const double Contraction = 0.8;

    // A step as short as this that does not contract is rounding of the map.
    private const double Resolution = 1e-10;

    // The defect that counts as rounding, in ulp of the output's scale.
    private const double Ulps = 2;

    private readonly IMap _map;
    private readonly double[] _target;
    private readonly double _size;
    private readonly double[] _value;
    private readonly double[] _residual;
    private readonly double[] _step;
    private readonly double[] _best;

    /// <summary>For the fiber of a target.  target: [map.Outputs].</summary>
    public FiberCorrection(IMap map, double[] target)
    {
        _map = map;
        _target = target;
        _size = Vectors.LargestMagnitude(target);
        _value = new double[map.Outputs];
        _residual = new double[map.Outputs];
        _step = new double[map.Inputs];
        _best = new double[map.Inputs];
    }

    /// <summary>Max norm of N(x) - y0 at the point that was found.</summary>
    public double Defect { get; private set; }

    /// <summary>Whether the last correction met only finite values.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>Moves x onto the fiber along the frame's row space.  x: [Inputs].</summary>
    /// <param name="frame">The frame that is held.</param>
    /// <param name="x">The guess; then the point.</param>
    /// <param name="reach">The longest step that is taken.</param>
    /// <param name="tolerance">A step so short is the last one; 0 goes down to rounding.</param>
    /// <returns>Whether a point was found.</returns>
    public bool Correct(PullbackFrame frame, Span<double> x, double reach, double tolerance = 0)
    {
        double previous = double.PositiveInfinity;
        int halvings = 0;
        Defect = double.PositiveInfinity;
        IsFinite = true;
        double rounding = Ulps * Rounding.Epsilon * Rounding.OutputScale(_size, frame.Jacobian, x);
        for (int i = 0; i < Iterations; i++)
        {
            double defect = Miss(x);
            if (!double.IsFinite(defect))
            {
                // The step went where the map is not defined: half of it may not.
                IsFinite = false;
                if (i == 0 || halvings++ == MostHalvings)
                {
                    return false;
                }

                Vectors.Scale(_step, 0.5);
                Vectors.AddScaled(x, -1, _step);
                continue;
            }

            frame.MinimumNormStep(_residual, _step);
            double size = Vectors.Norm(_step);
            if (defect < Defect)
            {
                Defect = defect;
                x.CopyTo(_best);
            }

            if (defect <= rounding)
            {
                IsFinite = true;
                return true;
            }

            if (i > 0 && !(size <= Contraction * previous))
            {
                _best.CopyTo(x);
                return Math.Min(size, previous) <= Resolution;
            }

            if (!(size <= reach))
            {
                return false;
            }

            Vectors.AddScaled(x, 1, _step);
            if (size <= tolerance)
            {
                return true;
            }

            previous = size;
        }

        return false;
    }

    /// <summary>Max norm of the residual y0 - N(x), which is kept.</summary>
    private double Miss(ReadOnlySpan<double> x)
    {
        _map.Evaluate(x, _value);
        double defect = 0;
        for (int j = 0; j < _value.Length; j++)
        {
            _residual[j] = _target[j] - _value[j];
            defect = Math.Max(defect, Math.Abs(_residual[j]));
        }

        return defect;
    }
}
