using Preimage.Geometry;
using Preimage.Results;

namespace Preimage.Tracing;

/// <summary>
/// Ends the run exactly on the face of the box where the curve first leaves it: the coordinate is put on its bound, bit for bit, and
/// N(x) = y0 is solved in the others. A curve that leaves and comes back between two points ends at its first exit; one that only
/// touches a face goes on. No point outside the box is ever accepted.
/// </summary>
public sealed record FaceBoundary : IBoundary
{
    // An excess of so many ulp of the coordinate's scale is rounding, and is cut off.
    private const double SnapUlps = 8;

    // An exit within this share of an arc that begins on the face is the beginning itself.
    private const double AtOnce = 1e-9;

    // Below this sine of the angle between curve and face, a guess beyond the face does not prove that the curve leaves.
    private const double Grazing = 0.02;

    // Nearer to the arc's end than this a touching point needs no station of its own.
    private const double NearEnd = 0.999;

    // A circle's Hermite arc is off by chord angle^3 / 384 in its middle; eight times that covers curvatures that vary.
    private const double Doubt = 8.0 / 384;

    /// <inheritdoc/>
    public TrialVerdict Confine(Arc arc) => arc.IsCorrected ? Corrected(arc) : Predicted(arc);

    /// <summary>Where the guess is outside, goes back along the chord to the first face and pins the guess there.</summary>
    private static TrialVerdict Predicted(Arc arc)
    {
        double[] from = arc.From.Point;
        double[] guess = arc.Trial.Point;
        double first = double.PositiveInfinity;
        int face = -1;
        for (int i = 0; i < guess.Length; i++)
        {
            int outward = Outward(arc, i, guess[i]);
            double bound = outward == 0 ? guess[i] : Bound(arc, i, outward);
            if (
                outward * (guess[i] - bound) <= Snap(arc, i, bound)
                || from[i] == bound && IsGrazing(arc.From, i, outward)
            )
            {
                guess[i] = bound; // rounding, or a face that is touched: the corrected arc will tell
                continue;
            }

            double share = (bound - from[i]) / (guess[i] - from[i]);
            (first, face) = share < first ? (share, i) : (first, face);
        }

        if (face < 0)
        {
            return TrialVerdict.Pass;
        }

        double exit = Bound(arc, face, Outward(arc, face, guess[face]));
        if (from[face] == exit)
        {
            return TrialVerdict.EndBefore(Ending.LeftBox);
        }

        for (int i = 0; i < guess.Length; i++)
        {
            guess[i] = Clamp(arc, i, from[i] + first * (guess[i] - from[i]));
        }

        arc.Pin(face, exit);
        return TrialVerdict.Pass;
    }

    private static TrialVerdict Corrected(Arc arc)
    {
        if (arc.Pinned >= 0 && !arc.IsExit)
        {
            // A guess beyond a face that the curve only touches proves nothing: go on, and let the next arc tell.
            int outward = arc.Trial.Point[arc.Pinned] == arc.Box.Upper[arc.Pinned] ? 1 : -1;
            if (IsGrazing(arc.Trial, arc.Pinned, outward))
            {
                arc.Unpin();
            }
        }

        double first = double.PositiveInfinity;
        int face = -1;
        int side = 0;
        for (int i = 0; i < arc.Scale.Length; i++)
        {
            double reach = 2 * arc.Scale[i] * arc.Chord;
            if (arc.From.Point[i] + reach < arc.Box.Upper[i] && arc.From.Point[i] - reach > arc.Box.Lower[i])
            {
                continue;
            }

            HermiteArc coordinate = new(arc, i);
            double doubt = Doubt * arc.Scale[i] * arc.Chord * arc.Angles * arc.Angles * arc.Angles;
            int outward =
                coordinate.Upper + doubt > arc.Box.Upper[i] ? 1
                : coordinate.Lower - doubt < arc.Box.Lower[i] ? -1
                : 0;
            if (outward == 0 || IsInside(arc, i, coordinate, outward, doubt))
            {
                continue;
            }

            double extremum = coordinate.Extremum(outward);
            if (extremum < NearEnd && (i == arc.Pinned || Outward(arc, i, arc.Trial.Point[i]) == 0))
            {
                return TrialVerdict.Shorten(extremum * arc.Step);
            }

            double exit = coordinate.FirstExit(Bound(arc, i, outward), outward);
            if (exit < first)
            {
                (first, face, side) = (exit, i, outward);
            }
        }

        return face >= 0 ? PinAt(arc, face, side, first)
            : arc.Pinned < 0 ? TrialVerdict.Pass
            : TrialVerdict.EndAtTrial(Ending.LeftBox);
    }

    /// <summary>
    /// Whether a coordinate stays inside its bound, up to rounding (which is cut off), even if the Hermite arc is in doubt by so much in its middle.
    /// </summary>
    private static bool IsInside(Arc arc, int i, HermiteArc coordinate, int outward, double doubt)
    {
        double bound = Bound(arc, i, outward);
        double extremum = coordinate.Extremum(outward);
        double bubble = 4 * extremum * (1 - extremum);
        double excess = outward * (coordinate.At(extremum) - bound) + doubt * bubble * bubble;
        if (excess > Snap(arc, i, bound))
        {
            return false;
        }

        arc.Trial.Point[i] = Clamp(arc, i, arc.Trial.Point[i]);
        return true;
    }

    private static TrialVerdict PinAt(Arc arc, int face, int side, double share)
    {
        double bound = Bound(arc, face, side);
        if (share <= AtOnce && arc.From.Point[face] == bound)
        {
            return TrialVerdict.EndBefore(Ending.LeftBox);
        }

        double[] guess = arc.Trial.Point;
        for (int i = 0; i < guess.Length; i++)
        {
            guess[i] = Clamp(arc, i, new HermiteArc(arc, i).At(share));
        }

        arc.Pin(face, bound);
        return TrialVerdict.Moved;
    }

    /// <summary>Whether the curve is so nearly parallel to the face that it may touch it without leaving, or leave it inwards.</summary>
    private static bool IsGrazing(Station station, int i, int outward) => outward * station.Tangent[i] < Grazing;

    private static double Snap(Arc arc, int i, double bound) =>
        SnapUlps * Rounding.Epsilon * Math.Max(Math.Abs(bound), arc.Scale[i]);

    private static int Outward(Arc arc, int i, double x) =>
        x > arc.Box.Upper[i] ? 1
        : x < arc.Box.Lower[i] ? -1
        : 0;

    private static double Bound(Arc arc, int i, int outward) => outward > 0 ? arc.Box.Upper[i] : arc.Box.Lower[i];

    private static double Clamp(Arc arc, int i, double x) => Math.Clamp(x, arc.Box.Lower[i], arc.Box.Upper[i]);
}
