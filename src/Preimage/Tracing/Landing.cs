using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>Landing on a given point of the curve.</summary>
internal static class Landing
{
    // Landed: within this share of the step along the curve ...
    private const double NearAlong = 1e-3;

    // ... and, off the curve, within this length and the rounding of the points themselves.
    private const double NearAcross = 1e-8;
    private const double RoundingUlps = 64;

    // Nearer than so many steps before the hyperplane, and at no wider an angle than this, the point is aimed at.
    private const double Reach = 2;
    private const double Wide = 1.1;

    // A run that comes back to a corner has been away for so many steps across it.
    private const double Away = 16;

    // A crossing farther off than this share of the step belongs to another strand.
    private const double Tube = 0.25;

    /// <summary>Passes, shortens the step to land on the point, or says EndAtTrial: landed.  point, normal: [n].</summary>
    public static TrialVerdict Inspect(Arc arc, ReadOnlySpan<double> point, ReadOnlySpan<double> normal)
    {
        if (arc.IsCorner)
        {
            // Around a corner the normal tells nothing; the last station and the trial are a step apart. A run that began here is not back.
            bool isThere = arc.Length > Away * arc.Step && arc.Distance(point, arc.Trial.Point) <= 2 * arc.Step;
            return isThere ? TrialVerdict.EndAtTrial(Ending.Unknown) : TrialVerdict.Pass;
        }

        double after = arc.Along(normal, point, arc.Trial.Point);
        if (after < -Reach * arc.Step || !(Vectors.Dot(normal, arc.Trial.Tangent) > 0))
        {
            return TrialVerdict.Pass;
        }

        double before = arc.Along(normal, point, arc.From.Point);
        double near = NearAlong * arc.Step;
        double distance = arc.Distance(point, arc.Trial.Point);
        if (before >= 0)
        {
            return TrialVerdict.Pass;
        }

        // A curve that is about to leave the box, on a face, does not go on to a point a little farther.
        if (arc.Pinned >= 0 ? distance <= Across(arc) : Math.Abs(after) <= near)
        {
            return distance <= 1.1 * Math.Abs(after) + Across(arc)
                ? TrialVerdict.EndAtTrial(Ending.Unknown)
                : TrialVerdict.Pass;
        }

        if (after < 0)
        {
            double turn = Vectors.Distance(normal, arc.Trial.Tangent);
            return distance < Wide * -after ? TrialVerdict.Ahead(Arc.ArcLength(distance, turn)) : TrialVerdict.Pass;
        }

        double share = before / (before - after);
        return DistanceAt(arc, share, point) <= Tube * arc.Step
            ? TrialVerdict.Shorten(share * arc.Step)
            : TrialVerdict.Pass;
    }

    private static double Across(Arc arc)
    {
        double rounding = RoundingUlps * Rounding.Epsilon * arc.OutputScale() / Math.Abs(arc.Trial.Strength);
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
