using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// The landing u = x + v + J(x)^+ c with N(u) = y0, along the row space of x, which is held fixed: c by Broyden's method from the chord's first step
/// c = y0 - N(x + v), down to the rounding of N. One value of the map an iteration, no derivative.  [Zappa2018], [Kelley1995, section 7.3]
/// </summary>
public sealed record ChordReturn : IFiberReturn
{
    // Iterations that do not halve the defect are at the rounding of the map, where it is that small already.
    private const double Contraction = 0.5;

    // A step whose denominator vanishes would go anywhere.
    private const double SmallestDenominator = 0.1;

    /// <summary>The most values of the map for one return.</summary>
    public int Iterations { get; init; } = 24;

    /// <summary>A return that makes the defect so many times larger than it began goes elsewhere.</summary>
    public double Growth { get; init; } = 10;

    /// <summary>Up to how many times the rounding of the map a defect is accepted where it no longer falls.</summary>
    public double Noise { get; init; } = 16;

    /// <summary>
    /// A return that is to find a known point has found it when it comes nearer than this share of the step in a third of the iterations: at that pace it is
    /// there, to rounding, before they end.
    /// </summary>
    public double Near { get; init; } = 1e-5;

    /// <inheritdoc/>
    public bool Land(WalkWay way)
    {
        int m = way.Target.Length;
        Span<double> steps = way.Memory((Iterations + 1) * m); // the steps in c, one after the other
        double first = double.PositiveInfinity;
        double previous = double.PositiveInfinity;
        for (int k = 0; k < Iterations; k++)
        {
            if (way.HasGoal && 3 * k <= Iterations && way.Missed() <= Near * way.Length)
            {
                return true;
            }

            if (!way.Evaluate() || way.Defect > Growth * first)
            {
                return false;
            }

            first = k == 0 ? way.Defect : first;
            if (way.Defect <= way.Rounding || way.Defect <= Noise * way.Rounding && way.Defect > Contraction * previous)
            {
                return true;
            }

            previous = way.Defect;
            Span<double> next = steps.Slice(k * m, m);
            Broyden(way, steps[..(k * m)], next);
            way.Correct(next);
        }

        return false;
    }

    /// <summary>The next step from the steps before.  steps: [k * m], next: [m].</summary>
    private static void Broyden(WalkWay way, ReadOnlySpan<double> steps, Span<double> next)
    {
        int m = next.Length;
        way.Residual(next);
        for (int j = 0; j + m < steps.Length; j += m)
        {
            ReadOnlySpan<double> step = steps.Slice(j, m);
            Vectors.AddScaled(next, Vectors.Dot(step, next) / Vectors.Dot(step, step), steps.Slice(j + m, m));
        }

        if (steps.Length > 0)
        {
            ReadOnlySpan<double> last = steps[^m..];
            double share = 1 - Vectors.Dot(last, next) / Vectors.Dot(last, last);
            Vectors.Scale(next, 1 / Math.Max(share, SmallestDenominator));
        }
    }
}
