using System.Collections.Immutable;
using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>
/// The curve is closed: it comes back to its origin through the hyperplane there, in the same direction. The step is shortened to land
/// at the origin, so that a neighbouring strand is not taken for it; the landing point itself is not repeated.
/// </summary>
public sealed record ReturnToOrigin : IEvent
{
    /// <inheritdoc/>
    public Verdict Inspect(Arc arc)
    {
        Verdict landing = Landing.Inspect(arc, arc.Origin.AsSpan(), arc.OriginTangent.AsSpan());
        return landing.Kind == VerdictKind.EndAtTrial ? Verdict.EndBefore(Ending.Closed) : landing;
    }
}

/// <summary>The curve reaches a point of it that was named; the last point is that point, bit for bit.</summary>
public sealed class ReachPoint(ImmutableArray<double> point) : IEvent
{
    /// <inheritdoc/>
    public Verdict Inspect(Arc arc)
    {
        Verdict landing = Landing.Inspect(arc, point.AsSpan(), arc.Trial.Tangent);
        if (landing.Kind != VerdictKind.EndAtTrial)
        {
            return landing;
        }

        point.CopyTo(arc.Trial.Point);
        return arc.Linearize() ? Verdict.EndAtTrial(Ending.ReachedTarget) : Verdict.EndBefore(Ending.NotFinite);
    }
}

/// <summary>
/// A branch point lies on the arc: det [J; t^T] changes its sign. The step is shortened to just before the zero of the signed singular value,
/// which it meets linearly, until the shortest step is reached.  [AllgowerGeorg2003, section 8.1]
/// </summary>
/// <param name="Shortest">How near to the branch point the run ends, in the run's coordinates.</param>
public sealed record BranchPoint(double Shortest = 1e-9) : IEvent
{
    private const double JustBefore = 0.99;

    /// <inheritdoc/>
    public Verdict Inspect(Arc arc)
    {
        double before = arc.From.Strength;
        double after = arc.Trial.Strength;
        if (before * after >= 0)
        {
            return Verdict.Pass;
        }

        double step = JustBefore * arc.Step * Math.Abs(before) / (Math.Abs(before) + Math.Abs(after));
        return step < Shortest ? Verdict.EndBefore(Ending.Singular) : Verdict.Shorten(step);
    }
}

/// <summary>Landing on a given point of the curve.</summary>
internal static class Landing
{
    private const double Epsilon = 2.220446049250313e-16;

    // Landed: within this share of the step along the curve ...
    private const double NearAlong = 1e-3;

    // ... and, off the curve, within this length and the rounding of the points themselves.
    private const double NearAcross = 1e-8;
    private const double RoundingUlps = 64;

    // Nearer than so many steps before the hyperplane, and at no wider an angle than this, the point is aimed at.
    private const double Reach = 2;
    private const double Wide = 1.1;

    // A crossing farther off than this share of the step belongs to another strand.
    private const double Tube = 0.25;

    /// <summary>Passes, shortens the step to land on the point, or says EndAtTrial: landed.  point, normal: [n].</summary>
    public static Verdict Inspect(Arc arc, ReadOnlySpan<double> point, ReadOnlySpan<double> normal)
    {
        double after = arc.Along(normal, point, arc.Trial.Point);
        if (after < -Reach * arc.Step || !(Vectors.Dot(normal, arc.Trial.Tangent) > 0))
        {
            return Verdict.Pass;
        }

        double before = arc.Along(normal, point, arc.From.Point);
        double near = NearAlong * arc.Step;
        double distance = arc.Distance(point, arc.Trial.Point);
        if (before >= 0)
        {
            return Verdict.Pass;
        }

        if (Math.Abs(after) <= near)
        {
            return distance <= 1.1 * Math.Abs(after) + Across(arc) ? Verdict.EndAtTrial(Ending.Unknown) : Verdict.Pass;
        }

        if (after < 0)
        {
            double turn = Vectors.Distance(normal, arc.Trial.Tangent);
            return distance < Wide * -after ? Verdict.Ahead(Arc.ArcLength(distance, turn)) : Verdict.Pass;
        }

        double share = before / (before - after);
        return DistanceAt(arc, share, point) <= Tube * arc.Step ? Verdict.Shorten(share * arc.Step) : Verdict.Pass;
    }

    private static double Across(Arc arc)
    {
        double rounding = RoundingUlps * Epsilon * arc.OutputScale() / Math.Abs(arc.Trial.Strength);
        return NearAcross + rounding;
    }

    /// <summary>The distance of the point from the Hermite arc at the share.</summary>
    private static double DistanceAt(Arc arc, double share, ReadOnlySpan<double> point)
    {
        double square = 0;
        for (int i = 0; i < point.Length; i++)
        {
            double difference = (new HermiteArc(arc, i).At(share) - point[i]) / arc.Scale[i];
            square += difference * difference;
        }

        return Math.Sqrt(square);
    }
}
