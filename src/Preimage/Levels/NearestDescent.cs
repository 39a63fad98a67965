using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Levels;

/// <summary>
/// Descends to a local solution of min |x - x0| over { g = 0 } in a box: projections of x0 onto the linearised border, each kept only if a merit
/// function falls as the linearisation promises, then Newton's method on x - x0 = lambda grad g, g = 0 in the inputs that are not held by the box,
/// with second derivatives from differences of gradients.  [NocedalWright2006, chapters 12, 18]
/// </summary>
internal sealed class NearestDescent(IMap map, double[] origin, Box box, double scale, CancellationToken cancellation)
{
    private const int Projections = 80;
    private const int Halvings = 30;
    private const int NewtonSteps = 12;
    private const double Sufficient = 1e-4;

    // Steps of projections, as shares of the scale: where Newton's method is tried, what it must reach then, and where there is nothing left to gain.
    private const double Coarse = 1e-5;
    private const double Polished = 1e-10;
    private const double Fine = 1e-14;

    // A promise below this share of the merit is lost in its rounding.
    private const double Promising = 1e-14;

    // A system of so many inputs is still solved densely, its second derivatives taken by differences.
    private const int LargestNewton = 64;

    // The step of central differences of a gradient: the cube root of the rounding.
    private const double DifferenceShare = 6e-6;

    private readonly int _inputs = origin.Length;
    private readonly double[] _value = new double[1];
    private readonly double[] _gradient = new double[origin.Length];

    /// <summary>Improves a point on or near the border.  point: [n].</summary>
    /// <returns>The point reached, in the box; not farther from the border than it began.</returns>
    public double[] Improve(ReadOnlySpan<double> point)
    {
        double[] x = point.ToArray();
        foreach ((double step, double residual) in ((double, double)[])[(Coarse, Polished), (Fine, double.MaxValue)])
        {
            Project(x, step * scale);
            double[] polished = [.. x];
            double left = _inputs <= LargestNewton ? Polish(polished) : double.PositiveInfinity;
            bool isBetter = double.IsFinite(left) && left <= residual * scale;
            if (isBetter && Distance(polished) <= Distance(x) * (1 + 1e-6))
            {
                return polished;
            }
        }

        return x;
    }

    /// <summary>
    /// |x - z| / |x - x0| with z the nearest point to x0 in the box on the plane through x with the gradient's normal: in the inputs that the box
    /// does not hold, the part of x - x0 that is not along the gradient. 0 at a nearest point.
    /// </summary>
    public double Residual(ReadOnlySpan<double> x) => Conditions(x).Residual;

    /// <summary>lambda of x - x0 = lambda grad g in the inputs that the box does not hold; 0 where the gradient vanishes.</summary>
    public double Multiplier(ReadOnlySpan<double> x) => Conditions(x).Multiplier;

    private (double Residual, double Multiplier) Conditions(ReadOnlySpan<double> x)
    {
        double distance = Distance(x);
        if (distance == 0)
        {
            return (0, 0);
        }

        if (!Linearize(x, out double norm))
        {
            return (1, 0);
        }

        double[] nearest = new double[_inputs];
        double pull = Nearest(x, 0, nearest);
        return (Vectors.Distance(x, nearest) / distance, pull / norm);
    }

    private bool Goes => !cancellation.IsCancellationRequested;

    private double Distance(ReadOnlySpan<double> x) => Vectors.Distance(x, origin);

    private void Project(double[] x, double smallest)
    {
        double[] goal = new double[_inputs];
        double[] trial = new double[_inputs];
        double penalty = 0;
        for (int k = 0; k < Projections && Goes && Linearize(x, out double norm); k++)
        {
            double value = _value[0];
            double pull = Math.Abs(Nearest(x, value / norm, goal));
            penalty = Math.Max(penalty, 2 * pull / norm);
            double step = Vectors.Distance(x, goal);
            if (!(step > smallest))
            {
                return;
            }

            double slope = -penalty * Math.Abs(value);
            for (int i = 0; i < _inputs; i++)
            {
                slope += (x[i] - origin[i]) * (goal[i] - x[i]);
            }

            double merit = Merit(x, value, penalty);
            if (!(-slope > Promising * merit) || !Search(x, goal, trial, new Promise(merit, slope, penalty)))
            {
                return;
            }

            trial.CopyTo(x, 0);
        }
    }

    private readonly record struct Promise(double Merit, double Slope, double Penalty);

    private bool Search(double[] x, double[] goal, double[] trial, Promise promise)
    {
        double share = 1;
        for (int k = 0; k < Halvings && Goes; k++)
        {
            for (int i = 0; i < _inputs; i++)
            {
                trial[i] = Math.Clamp(x[i] + share * (goal[i] - x[i]), box.Lower[i], box.Upper[i]);
            }

            map.Evaluate(trial, _value);
            if (Merit(trial, _value[0], promise.Penalty) <= promise.Merit + Sufficient * share * promise.Slope)
            {
                return true;
            }

            share *= 0.5;
        }

        return false;
    }

    private double Merit(double[] x, double value, double penalty)
    {
        double distance = Distance(x);
        return 0.5 * distance * distance + penalty * Math.Abs(value);
    }

    /// <summary>Value and unit gradient.</summary>
    private bool Linearize(ReadOnlySpan<double> x, out double norm)
    {
        map.Linearize(x, _value, _gradient);
        norm = Vectors.Norm(_gradient);
        if (!(norm > 0 && double.IsFinite(norm) && double.IsFinite(_value[0])))
        {
            return false;
        }

        Vectors.Scale(_gradient, 1 / norm);
        return true;
    }

    /// <summary>
    /// The nearest point to x0 in the box with normal . (z - x) + offset = 0, the normal the unit gradient: z = clamp(x0 + t normal), where the
    /// left side grows with t; the best there is where the plane misses the box.
    /// </summary>
    /// <returns>t.</returns>
    private double Nearest(ReadOnlySpan<double> x, double offset, double[] nearest)
    {
        double reach = 0;
        for (int i = 0; i < _inputs; i++)
        {
            double width = box.Upper[i] - box.Lower[i];
            reach = Math.Max(reach, _gradient[i] == 0 ? 0 : 2 * width / Math.Abs(_gradient[i]));
        }

        (double low, double high) = (-reach, reach);
        double t = 0;
        for (int k = 0; k < 200; k++)
        {
            double slope = 0;
            double side = offset;
            for (int i = 0; i < _inputs; i++)
            {
                double z = origin[i] + t * _gradient[i];
                nearest[i] = Math.Clamp(z, box.Lower[i], box.Upper[i]);
                side += _gradient[i] * (nearest[i] - x[i]);
                slope += nearest[i] == z ? _gradient[i] * _gradient[i] : 0;
            }

            (low, high) = side > 0 ? (low, t) : (t, high);
            double newton = t - side / slope;
            double next = newton > low && newton < high ? newton : low + 0.5 * (high - low);
            if (side == 0 || !(Math.Abs(next - t) > 1e-16 * scale) || next == low || next == high)
            {
                break;
            }

            t = next;
        }

        return t;
    }

    /// <summary>Newton's method on the conditions of a nearest point, in the free inputs.</summary>
    /// <returns>By how much the conditions fail then; infinite where it could not improve them.</returns>
    private double Polish(double[] x)
    {
        double[] goal = new double[_inputs];
        double before = double.PositiveInfinity;
        bool isBetter = false;
        double[] best = [.. x];
        for (int k = 0; k < NewtonSteps && Goes && Linearize(x, out double norm); k++)
        {
            double value = _value[0];
            double offset = value / norm;
            double pull = Nearest(x, offset, goal);
            double residual = Vectors.Distance(x, goal) + Math.Abs(offset);
            if (!(residual < 0.9 * before))
            {
                break;
            }

            isBetter = k > 0;
            before = residual;
            x.CopyTo(best, 0);
            int[] free = [.. Enumerable.Range(0, _inputs).Where(i => goal[i] > box.Lower[i] && goal[i] < box.Upper[i])];
            if (!Step(x, goal, free, new Linear([.. _gradient], offset, norm, pull)))
            {
                break;
            }
        }

        best.CopyTo(x, 0);
        return isBetter ? before : double.PositiveInfinity;
    }

    /// <summary>Unit gradient, value over its length, its length, and t = lambda times its length.</summary>
    private sealed record Linear(double[] Normal, double Offset, double Norm, double Pull);

    /// <summary>[I - t H / |a|, -normal; normal^T, 0] (dx, dt) = -(x - x0 - t normal, offset).</summary>
    private bool Step(double[] x, double[] goal, int[] free, Linear at)
    {
        int size = free.Length + 1;
        double[] matrix = new double[size * size];
        double[] right = new double[size];
        double offset = at.Offset;
        for (int i = 0; i < _inputs; i++)
        {
            offset += Array.IndexOf(free, i) < 0 ? at.Normal[i] * (goal[i] - x[i]) : 0;
        }

        for (int q = 0; q < free.Length && Goes; q++)
        {
            double[] column = SecondDerivatives(x, free[q]);
            for (int p = 0; p < free.Length; p++)
            {
                matrix[p * size + q] = (p == q ? 1 : 0) - at.Pull * column[free[p]] / at.Norm;
            }

            matrix[q * size + size - 1] = -at.Normal[free[q]];
            matrix[(size - 1) * size + q] = at.Normal[free[q]];
            right[q] = at.Pull * at.Normal[free[q]] - (x[free[q]] - origin[free[q]]);
        }

        right[^1] = -offset;
        if (!Goes || !DenseSystem.Solve(matrix, right))
        {
            return false;
        }

        for (int i = 0; i < _inputs; i++)
        {
            int q = Array.IndexOf(free, i);
            x[i] = q < 0 ? goal[i] : Math.Clamp(x[i] + right[q], box.Lower[i], box.Upper[i]);
        }

        return true;
    }

    private double[] SecondDerivatives(double[] x, int i)
    {
        double kept = x[i];
        double step = DifferenceShare * scale;
        double[] above = new double[_inputs];
        double[] below = new double[_inputs];
        double high = x[i] = Math.Min(kept + step, box.Upper[i]);
        map.Linearize(x, _value, above);
        double low = x[i] = Math.Max(kept - step, box.Lower[i]);
        map.Linearize(x, _value, below);
        x[i] = kept;
        for (int p = 0; p < _inputs; p++)
        {
            above[p] = (above[p] - below[p]) / (high - low);
        }

        return above;
    }
}
