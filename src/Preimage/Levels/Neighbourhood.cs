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
/// <param name="Multiplier">lambda.</param>
/// <param name="Penalty">rho.</param>
internal sealed record Neighbourhood(Interval[] Region, double Lower, double Multiplier, double Penalty)
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
            Interval[] held = new Local(map, region).Held(origin, box, multiplier, penalty);
            if (new Local(map, held).IsConvex(multiplier, penalty))
            {
                // Convexity is known over the held box alone, so the tangent plane must touch there, which the point need not lie in.
                Interval[] on = [.. point.Select((x, i) => Interval.Of(Math.Clamp(x, held[i].Low, held[i].High)))];
                double lower = new Local(map, on).Distance(origin, held, multiplier, penalty);
                return new Neighbourhood(region, lower, multiplier, penalty);
            }

            radius *= 0.5;
        }

        return null;
    }

    /// <summary>The bound of the same kind over any other cell, from the tangent plane where the border is in it; 0 where phi may not be convex.</summary>
    public double Bound(ICurvedEnclosedMap map, double[] origin, Interval[] cell, Box box)
    {
        Local over = new(map, cell);
        Interval[] held = over.Held(origin, box, Multiplier, Penalty);
        over = held.AsSpan().SequenceEqual(cell) ? over : new Local(map, held);
        if (!over.IsConvex(Multiplier, Penalty))
        {
            return 0;
        }

        Interval[] middle = [.. held.Select(side => Interval.Of(side.Middle))];
        Local at = new(map, new Local(map, middle).OntoBorder(held));
        return at.Distance(origin, held, Multiplier, Penalty);
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

        /// <summary>The point that one Newton step leads to from this point, within the limits.</summary>
        public Interval[] OntoBorder(Interval[] limits)
        {
            double square = _first
                .Select((slope, i) => limits[i].Low < limits[i].High ? slope.Middle * slope.Middle : 0)
                .Sum();
            double step = square > 0 ? _value.Middle / square : 0;
            return
            [
                .. _box.Select(
                    (side, i) =>
                        Interval.Of(Math.Clamp(side.Middle - step * _first[i].Middle, limits[i].Low, limits[i].High))
                ),
            ];
        }

        /// <summary>
        /// The box, with each input put on the face of the whole box towards which phi falls everywhere in it: its smallest values lie there.
        /// </summary>
        public Interval[] Held(double[] origin, Box whole, double multiplier, double penalty)
        {
            Interval[] held = [.. _box];
            Interval pull = _value * penalty - multiplier;
            for (int i = 0; i < held.Length; i++)
            {
                Interval slope = _box[i] - origin[i] + _first[i] * pull;
                if (slope.High <= 0 && _box[i].High == whole.Upper[i])
                {
                    held[i] = whole.Upper[i];
                }
                else if (slope.Low >= 0 && _box[i].Low == whole.Lower[i])
                {
                    held[i] = whole.Lower[i];
                }
            }

            return held;
        }

        /// <summary>Whether I - lambda D2g + rho (g D2g + grad g grad g^T) is positive definite over the box, in the inputs that vary in it.</summary>
        public bool IsConvex(double multiplier, double penalty)
        {
            int all = _box.Length;
            int[] free = [.. Enumerable.Range(0, all).Where(i => _box[i].Low < _box[i].High)];
            int n = free.Length;
            double[] middle = new double[n * n];
            double slack = 0;
            double size = 0;
            for (int p = 0; p < n; p++)
            {
                double row = 0;
                for (int q = 0; q < n; q++)
                {
                    (int i, int j) = (free[p], free[q]);
                    Interval outer = i == j ? _first[i].Square() : _first[i] * _first[j];
                    Interval entry =
                        Interval.Of(i == j ? 1 : 0)
                        - _second[i * all + j] * multiplier
                        + (_value * _second[i * all + j] + outer) * penalty;
                    middle[p * n + q] = entry.Middle;
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
