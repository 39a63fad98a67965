using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>
/// Ends a lift exactly on the face where it leaves the box: the step is solved for at which the coordinate reaches its bound, and the coordinate
/// is put on it, bit for bit.
/// </summary>
internal sealed record LiftBoundary(IPredictor Predictor, ICorrector Corrector) : IBoundary
{
    // An excess of so many ulp of the coordinate's scale is rounding, and is cut off.
    private const double SnapUlps = 8;

    // Nearer to the arc's end than this a touching point needs no station of its own.
    private const double NearEnd = 0.999;

    /// <inheritdoc/>
    public TrialVerdict Confine(Arc arc) => arc.IsCorrected ? Corrected(arc) : Predicted(arc);

    private TrialVerdict Predicted(Arc arc)
    {
        int exit = -1;
        for (int face = Face(arc); face >= 0; face = Face(arc))
        {
            double[] from = arc.From.Point;
            int outward = arc.Trial.Point[face] > arc.Box.Upper[face] ? 1 : -1;
            double bound = outward > 0 ? arc.Box.Upper[face] : arc.Box.Lower[face];
            double snap = Snap(arc, face, bound);
            double before = outward * (from[face] - bound);
            if (before >= -snap)
            {
                return outward * arc.From.Tangent[face] >= 0
                    ? TrialVerdict.EndBefore(Ending.LeftBox)
                    : TrialVerdict.Shorten(0.5 * arc.Step);
            }

            double behind = outward * (arc.Trial.Point[face] - bound);
            if (!StepSearch.Find(arc, before, behind, Excess, 0.25 * snap))
            {
                return TrialVerdict.Shorten(0.5 * arc.Step);
            }

            exit = face;
            arc.Trial.Point[face] = bound;
            double Excess(Arc at) => Advance(at) ? outward * (at.Trial.Point[face] - bound) : double.NaN;
        }

        if (exit >= 0)
        {
            arc.Pin(exit, arc.Trial.Point[exit]);
        }

        return TrialVerdict.Pass;
    }

    private bool Advance(Arc arc)
    {
        Predictor.Predict(arc);
        return Corrector.Correct(arc) == Correction.Converged;
    }

    /// <summary>The face beyond which the trial lies, the one that its chord meets first; what is beyond by rounding is cut off.</summary>
    private static int Face(Arc arc)
    {
        double first = double.PositiveInfinity;
        int face = -1;
        for (int i = 0; i < arc.Scale.Length; i++)
        {
            double x = arc.Trial.Point[i];
            double bound = Math.Clamp(x, arc.Box.Lower[i], arc.Box.Upper[i]);
            if (Math.Abs(x - bound) <= Snap(arc, i, bound))
            {
                arc.Trial.Point[i] = bound;
                continue;
            }

            double share = (bound - arc.From.Point[i]) / (x - arc.From.Point[i]);
            (first, face) = share < first ? (share, i) : (first, face);
        }

        return face;
    }

    private static TrialVerdict Corrected(Arc arc)
    {
        for (int i = 0; i < arc.Scale.Length; i++)
        {
            // An arc that leaves and comes back between its ends is cut at its outermost point, which lies outside.
            HermiteArc coordinate = new(arc, i);
            int outward =
                coordinate.Upper > arc.Box.Upper[i] ? 1
                : coordinate.Lower < arc.Box.Lower[i] ? -1
                : 0;
            double bound = outward > 0 ? arc.Box.Upper[i] : arc.Box.Lower[i];
            double extremum = outward == 0 ? 1 : coordinate.Extremum(outward);
            bool isOutside = outward != 0 && outward * (coordinate.At(extremum) - bound) > Snap(arc, i, bound);
            if (isOutside && extremum < NearEnd)
            {
                return TrialVerdict.Shorten(extremum * arc.Step);
            }

            if (!(arc.Trial.Point[i] >= arc.Box.Lower[i] && arc.Trial.Point[i] <= arc.Box.Upper[i]))
            {
                return TrialVerdict.Shorten(0.5 * arc.Step);
            }
        }

        return arc.Pinned >= 0 ? TrialVerdict.EndAtTrial(Ending.LeftBox) : TrialVerdict.Pass;
    }

    private static double Snap(Arc arc, int i, double bound) =>
        SnapUlps * Rounding.Epsilon * Math.Max(Math.Abs(bound), arc.Scale[i]);
}
