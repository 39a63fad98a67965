using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>The output reaches the end of its path: the step is solved for, and the trial corrected onto that output to rounding.</summary>
internal sealed record ReachOutput(OutputPath Path, Lift.Parts Parts) : IEvent
{
    // Newton's method does the rest.
    private const double NearEnough = 1e-6;

    /// <inheritdoc/>
    public TrialVerdict Inspect(Arc arc)
    {
        double behind = Path.Passed(arc.Trial.Value);
        Path.AimAtGoal(arc);
        bool isThere = !double.IsInfinity(behind) && arc.IsOnTarget(Parts.Newton.Ulps);
        if (!isThere && behind < 0)
        {
            Path.AimAtNearest(arc);
            return TrialVerdict.Pass;
        }

        if (isThere)
        {
            return TrialVerdict.EndAtTrial(Ending.ReachedTarget);
        }

        double longest = arc.Step;
        double before = Path.Passed(arc.From.Value);
        bool isNear = arc.IsCorner
            ? OnChord(arc, before / (before - behind))
            : StepSearch.Find(arc, before, behind, Missing, NearEnough * Math.Abs(before));
        return isNear && Land(arc)
            ? TrialVerdict.EndAtTrial(Ending.ReachedTarget)
            : TrialVerdict.Shorten(0.5 * longest);
    }

    private double Missing(Arc arc)
    {
        Parts.Predictor.Predict(arc);
        return Parts.Corrector.Correct(arc) == Correction.Converged ? Path.Passed(arc.Trial.Value) : double.NaN;
    }

    /// <summary>Across a corner there is no method: the way is shorter than anything that is told of it.</summary>
    private static bool OnChord(Arc arc, double share)
    {
        for (int i = 0; i < arc.Scale.Length; i++)
        {
            double from = arc.From.Point[i];
            arc.Trial.Point[i] = from + share * (arc.Trial.Point[i] - from);
        }

        return true;
    }

    private bool Land(Arc arc)
    {
        Path.AimAtGoal(arc);
        if (Parts.Newton.Correct(arc) != Correction.Converged)
        {
            return false;
        }

        double[] point = arc.Trial.Point;
        double[] inside = [.. point.Select((x, i) => Math.Clamp(x, arc.Box.Lower[i], arc.Box.Upper[i]))];
        if (Vectors.LargestDifference(point, inside) > 0)
        {
            // Beyond a face by rounding only, or not reached in the box.
            inside.CopyTo(point, 0);
            if (!arc.Linearize() || !arc.IsOnTarget(Parts.Newton.NoiseUlps))
            {
                return false;
            }
        }

        bool isOriented = Parts.Direction.Orient(arc);
        arc.Measure();
        return isOriented;
    }
}
