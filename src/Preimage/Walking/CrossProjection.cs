using Preimage.Geometry;
using Preimage.Maps;

namespace Preimage.Walking;

/// <summary>
/// A half-space of displacements d = x - x0 beyond a linearised border: normal . d &lt;= bound, with a unit normal, so that slacks are distances; the
/// linearisation itself is slope times the excess.
/// </summary>
internal sealed record CrossCut(double[] Normal, double Bound, double Slope)
{
    /// <summary>How far d is from the half-space; negative inside.  d: [n].</summary>
    public double Excess(ReadOnlySpan<double> d) => Vectors.Dot(Normal, d) - Bound;
}

/// <summary>
/// The shortest displacement d from x0 that lies in given half-spaces and leads to a point in the box, by its dual: d = clamp(-sum lambda_i normal_i)
/// with lambda >= 0, where the dual function is concave with pieces of second order between the breakpoints at which a coordinate meets its bound.
/// Of one half-space it is solved exactly, in as many steps as breakpoints are passed; of several by Newton's method on its active pieces.
/// [NocedalWright2006, chapter 16]
/// </summary>
internal sealed class CrossProjection
{
    private const int MostSteps = 300;
    private const int Halvings = 30;

    // A half-space counts as reached within this share of the displacement's length.
    private const double Reached = 1e-15;

    // A step may end where the dual falls again by this share of its first slope, if its value has not fallen but for rounding.
    private const double Overshoot = 0.5;
    private const double ValueRounding = 1e-14;

    // Half-spaces reached within this share of the length are good enough where steps bring nothing more, so many of them.
    private const double Nearly = 1e-9;
    private const int Patience = 8;

    private readonly double[] _low;
    private readonly double[] _high;
    private readonly bool _isFree;
    private readonly CrossGram _gram;

    /// <summary>Of displacements from x0 in a box.  origin: [n].</summary>
    public CrossProjection(ReadOnlySpan<double> origin, Box box)
    {
        _gram = new CrossGram(origin.Length);
        _low = new double[origin.Length];
        _high = new double[origin.Length];
        bool isFree = true;
        for (int i = 0; i < origin.Length; i++)
        {
            _low[i] = box.Lower[i] - origin[i];
            _high[i] = box.Upper[i] - origin[i];
            isFree &= double.IsNegativeInfinity(_low[i]) && double.IsPositiveInfinity(_high[i]);
        }

        _isFree = isFree;
    }

    /// <summary>The shortest displacement in all half-spaces.  d: [n].</summary>
    /// <returns>The multipliers of the half-spaces; null where none lies in all of them, up to rounding.</returns>
    public double[]? Shortest(IReadOnlyList<CrossCut> cuts, Span<double> d)
    {
        if (cuts.Count == 1)
        {
            double multiplier = Single(cuts[0], d);
            return double.IsNaN(multiplier) ? null : [multiplier];
        }

        return Several(cuts, d);
    }

    /// <summary>
    /// Newton's method from 0 on a convex falling function with straight pieces never passes its root, and ends on it. Of a half-space that misses
    /// the box, d is the nearest to it in the box.
    /// </summary>
    private double Single(CrossCut cut, Span<double> d)
    {
        double t = 0;
        for (int k = 0; k < MostSteps; k++)
        {
            (double excess, double slope) = Along(cut, t, d);
            double next = t + excess / slope;
            if (excess <= Reached * Math.Abs(cut.Bound) || next == t)
            {
                return t;
            }

            if (slope == 0)
            {
                break;
            }

            t = next;
        }

        return double.NaN;
    }

    private (double Excess, double Slope) Along(CrossCut cut, double t, Span<double> d)
    {
        double[] a = cut.Normal;
        double excess = -cut.Bound;
        double slope = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double step = Math.Min(Math.Max(-t * a[i], _low[i]), _high[i]);
            d[i] = step;
            excess += a[i] * step;
            bool moves = a[i] > 0 ? step > _low[i] : step < _high[i];
            slope += moves ? a[i] * a[i] : 0;
        }

        return (excess, slope);
    }

    /// <summary>The state of the dual at its multipliers.</summary>
    private sealed class Dual(double[] multipliers)
    {
        public double[] Multipliers { get; } = multipliers;

        public double[] Excess { get; } = new double[multipliers.Length];

        public double Value { get; set; }
    }

    /// <summary>From the multipliers of the last projection, or else from none.</summary>
    private double[]? Several(IReadOnlyList<CrossCut> cuts, Span<double> d)
    {
        double[] known = _gram.Take(cuts);
        double[]? multipliers = Rise(cuts, known, d);
        if (multipliers is null && Array.Exists(known, m => m > 0))
        {
            multipliers = Rise(cuts, new double[cuts.Count], d);
        }

        _gram.Keep(multipliers ?? new double[cuts.Count]);
        return multipliers;
    }

    private double[]? Rise(IReadOnlyList<CrossCut> cuts, double[] multipliers, Span<double> d)
    {
        Dual now = new([.. multipliers]);
        Dual trial = new(new double[cuts.Count]);
        double[] step = new double[cuts.Count];
        Evaluate(cuts, now, d);
        double least = double.PositiveInfinity;
        int waited = 0;
        for (int k = 0; k < MostSteps; k++)
        {
            double length = Vectors.Norm(d);
            double open = 0;
            for (int i = 0; i < cuts.Count; i++)
            {
                open = Math.Max(open, now.Multipliers[i] > 0 ? Math.Abs(now.Excess[i]) : now.Excess[i]);
            }

            waited = open < 0.5 * least ? 0 : waited + 1;
            least = Math.Min(least, open);
            bool isRounding = waited > Patience && open <= Nearly * length;
            if (open <= 8 * Reached * length + double.Epsilon || isRounding)
            {
                return now.Multipliers;
            }

            if (!Direction(now, d, step) || !Advance(cuts, now, trial, step, d))
            {
                // The rest is rounding, or there is no common point.
                return open <= Nearly * length ? now.Multipliers : null;
            }

            (now, trial) = (trial, now);
        }

        return null;
    }

    private void Evaluate(IReadOnlyList<CrossCut> cuts, Dual at, Span<double> d)
    {
        d.Clear();
        for (int i = 0; i < cuts.Count; i++)
        {
            if (at.Multipliers[i] > 0)
            {
                Vectors.AddScaled(d, -at.Multipliers[i], cuts[i].Normal);
            }
        }

        for (int i = 0; i < d.Length && !_isFree; i++)
        {
            d[i] = Math.Min(Math.Max(d[i], _low[i]), _high[i]);
        }

        at.Value = 0.5 * Vectors.Dot(d, d);
        for (int i = 0; i < cuts.Count; i++)
        {
            at.Excess[i] = cuts[i].Excess(d);
            at.Value += at.Multipliers[i] * at.Excess[i];
        }
    }

    /// <summary>Newton's step of the multipliers that may change: those above 0, and those of half-spaces that are not reached.</summary>
    private bool Direction(Dual now, ReadOnlySpan<double> d, double[] step)
    {
        List<int> active = [];
        for (int i = 0; i < step.Length; i++)
        {
            if (now.Multipliers[i] > 0 || now.Excess[i] > 0)
            {
                active.Add(i);
            }
        }

        if (!_isFree)
        {
            _gram.Hold(d, _low, _high);
        }

        while (active.Count > 0)
        {
            Array.Clear(step);
            double[] change = [.. active.Select(i => now.Excess[i])];
            if (!_gram.Solve([.. active], change) || !Vectors.AreFinite(change))
            {
                return false;
            }

            for (int p = 0; p < change.Length; p++)
            {
                step[active[p]] = change[p];
            }

            int blocked = active.RemoveAll(i => now.Multipliers[i] == 0 && step[i] < 0);
            if (blocked == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes along the step as far as every multiplier stays at or above 0 and the dual rises.</summary>
    private bool Advance(IReadOnlyList<CrossCut> cuts, Dual now, Dual trial, double[] step, Span<double> d)
    {
        double share = 1;
        int first = -1;
        for (int i = 0; i < step.Length; i++)
        {
            if (step[i] < 0 && now.Multipliers[i] + share * step[i] < 0)
            {
                share = now.Multipliers[i] / -step[i];
                first = i;
            }
        }

        // By slopes, since values tell only half as many digits.
        double slope = Vectors.Dot(step, now.Excess);
        for (int k = 0; k < Halvings; k++)
        {
            for (int i = 0; i < step.Length; i++)
            {
                trial.Multipliers[i] = i == first && k == 0 ? 0 : Math.Max(0, now.Multipliers[i] + share * step[i]);
            }

            Evaluate(cuts, trial, d);
            double there = Vectors.Dot(step, trial.Excess);
            if (there >= 0 || there >= -Overshoot * slope && trial.Value >= now.Value * (1 - ValueRounding))
            {
                return !trial.Multipliers.AsSpan().SequenceEqual(now.Multipliers);
            }

            share *= 0.5;
        }

        Evaluate(cuts, now, d);
        return false;
    }
}
