using Preimage.Enclosing;
using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>
/// A box around a point on the border in which no point of the border is nearer to the start than this. On the border
/// |x - x0|^2 / 2 = phi(x) = |x - x0|^2 / 2 - lambda g + rho g^2 / 2; where phi is convex over the box, by its enclosed second derivatives, it lies
/// above its tangent plane at the point, which is level where x - x0 = lambda grad g. So a nearest point is proved at once, and no cells pile up
/// around it.  [NocedalWright2006, section 17.3]
/// </summary>
/// <param name="Region">The box: [n].</param>
/// <param name="Lower">The lower bound of the distance in it.</param>
internal sealed record Neighbourhood(Interval[] Region, double Lower)
{
    private const int Halvings = 30;

    // Far above the rounding of a factorisation, far below what convexity is lost by.
    private const double CholeskyMargin = 1e-10;

    /// <summary>Whether the cell lies in the region.</summary>
    public bool Contains(Interval[] cell)
    {
        for (int i = 0; i < cell.Length; i++)
        {
            if (!Region[i].Contains(cell[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The largest such box by halving; null where there is none: the map has a kink there, or the point is no strict minimum.</summary>
    /// <param name="map">Encloses g.</param>
    /// <param name="origin">x0: [n].</param>
    /// <param name="point">The point: [n].</param>
    /// <param name="multiplier">lambda.</param>
    /// <param name="box">Where the border counts.</param>
    public static Neighbourhood? Around(
        ICurvedEnclosedMap map,
        double[] origin,
        double[] point,
        double multiplier,
        Box box
    )
    {
        Local at = new(map, [.. point.Select(Interval.Of)]);
        double penalty = at.Penalty(multiplier);
        double radius = Math.Sqrt(point.Zip(origin, (x, o) => (x - o) * (x - o)).Sum());
        for (int k = 0; k < Halvings && double.IsFinite(penalty); k++)
        {
            Interval[] region =
            [
                .. point.Select((x, i) => new Interval(box.Lower[i], box.Upper[i]).Cut(new(x - radius, x + radius))),
            ];
            if (new Local(map, region).IsConvex(multiplier, penalty))
            {
                return new Neighbourhood(region, at.Distance(origin, region, multiplier, penalty));
            }

            radius *= 0.5;
        }

        return null;
    }

    /// <summary>g with its first and second derivatives over a box.</summary>
    private sealed class Local
    {
        private readonly Interval[] _box;
        private readonly Interval _value;
        private readonly Interval[] _first;
        private readonly Interval[] _second;

        public Local(ICurvedEnclosedMap map, Interval[] box)
        {
            Interval[] value = new Interval[1];
            _box = box;
            _first = new Interval[box.Length];
            _second = new Interval[box.Length * box.Length];
            map.EncloseHessian(box, value, _first, _second);
            _value = value[0];
        }

        /// <summary>rho: so large that phi curves upward along the gradient, whatever -lambda D2g does there.</summary>
        public double Penalty(double multiplier)
        {
            double curvature = Math.Abs(multiplier) * _second.Sum(entry => entry.Magnitude);
            return 2 * (1 + curvature) / _first.Sum(slope => slope.Magnitude * slope.Magnitude);
        }

        /// <summary>Whether I - lambda D2g + rho (g D2g + grad g grad g^T) is positive definite over the box.</summary>
        public bool IsConvex(double multiplier, double penalty)
        {
            int n = _box.Length;
            double[] middle = new double[n * n];
            double slack = 0;
            double size = 0;
            for (int i = 0; i < n; i++)
            {
                double row = 0;
                for (int j = 0; j < n; j++)
                {
                    Interval outer = i == j ? _first[i].Square() : _first[i] * _first[j];
                    Interval entry =
                        Interval.Of(i == j ? 1 : 0)
                        - _second[i * n + j] * multiplier
                        + (_value * _second[i * n + j] + outer) * penalty;
                    middle[i * n + j] = entry.Middle;
                    row += entry.Radius;
                    size = Math.Max(size, entry.Magnitude);
                }

                slack = Math.Max(slack, row);
            }

            return IsDefinite(middle, n, slack * (1 + CholeskyMargin) + n * CholeskyMargin * size);
        }

        /// <summary>The lower bound that the tangent plane of phi at this point gives over the region.</summary>
        public double Distance(double[] origin, Interval[] region, double multiplier, double penalty)
        {
            Interval half = _value * (_value * (0.5 * penalty) - multiplier);
            for (int i = 0; i < origin.Length; i++)
            {
                Interval away = _box[i] - origin[i];
                half +=
                    away.Square() * 0.5 + (away + _first[i] * (_value * penalty - multiplier)) * (region[i] - _box[i]);
            }

            return half.Low > 0 ? (Interval.Of(half.Low) * 2).SquareRoot().Low : 0;
        }

        /// <summary>Whether the symmetric matrix less a multiple of the identity has a Cholesky factor.</summary>
        private static bool IsDefinite(double[] matrix, int n, double shift)
        {
            double[] lower = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double sum = 0.5 * (matrix[i * n + j] + matrix[j * n + i]) - (i == j ? shift : 0);
                    for (int k = 0; k < j; k++)
                    {
                        sum -= lower[i * n + k] * lower[j * n + k];
                    }

                    if (i == j && !(sum > 0 && double.IsFinite(sum)))
                    {
                        return false;
                    }

                    lower[i * n + j] = i == j ? Math.Sqrt(sum) : sum / lower[j * n + j];
                }
            }

            return true;
        }
    }
}
