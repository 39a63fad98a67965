namespace Preimage.Tracing;

/// <summary>
/// Whether a critical point is as near as rounding reaches. An output that is only known to u puts a point of the curve in doubt by u / s, with s the
/// smallest singular value of J; where J changes by its own size s within some such doubts, the level of a saddle there cannot be told from that of
/// the curve, nor which of the saddle's branches the curve takes.
/// </summary>
internal static class Crossroads
{
    // A rounding of the output is one ulp at the start, and points may have some ulp of defect.
    private const double Doubts = 16;

    // Next to a saddle the curve is this much weaker than elsewhere. Pieces of a piecewise linear map rarely differ by as much.
    private const double Weak = 1e-3;

    // Over so short a way, in the run's coordinates, the slope of a plateau does not change, which is as weak.
    private const double Farthest = 1e-5;

    /// <summary>Whether the arc under trial passes by a critical point: its strength rises again, from too little.</summary>
    public static bool IsPassed(Arc arc)
    {
        double before = Math.Abs(arc.From.Strength);
        double after = Math.Abs(arc.Trial.Strength);
        if (arc.IsCorner || after < before || before > Weak * arc.Strongest)
        {
            return false;
        }

        // |J1 - J0| of the row that is lost.
        double change = Math.Sqrt((after - before) * (after - before) + after * before * arc.Turn * arc.Turn);
        if (Reach(arc, before) * change < before * arc.Chord)
        {
            return false;
        }

        // A kink may change it as it likes: look at the last station alone.
        Station trial = new(arc.Trial.Point.Length, arc.Trial.Value.Length);
        trial.CopyFrom(arc.Trial);
        bool isNext = IsNext(arc, false);
        arc.Trial.CopyFrom(trial);
        return isNext;
    }

    /// <summary>
    /// Whether the run, whose steps have become too small, stands next to a critical point. Takes the trial for it.
    /// </summary>
    /// <param name="arc">The arc.</param>
    /// <param name="isOnCurve">Whether the trial is on the curve: then it may be the nearer one, too near for a step.</param>
    public static bool IsNext(Arc arc, bool isOnCurve)
    {
        Station from = arc.From;
        Station trial = arc.Trial;
        bool isTrial = isOnCurve && Math.Abs(trial.Strength) < Math.Abs(from.Strength);
        double strength = Math.Abs(isTrial ? trial.Strength : from.Strength);
        if (!(strength > 0 && strength <= Weak * arc.Strongest))
        {
            return false;
        }

        if (!isTrial)
        {
            from.Point.CopyTo(trial.Point, 0);
            if (!arc.Linearize())
            {
                return false;
            }
        }

        // Looks back: ahead there may be a kink.
        double[] here = [.. trial.Jacobian];
        double reach = Math.Min(Farthest, Reach(arc, strength));
        for (int i = 0; i < trial.Point.Length; i++)
        {
            trial.Point[i] -= arc.Scale[i] * reach * from.Tangent[i];
        }

        if (!arc.Linearize())
        {
            return false;
        }

        double square = 0;
        for (int k = 0; k < here.Length; k++)
        {
            double change = (trial.Jacobian[k] - here[k]) * arc.Scale[k % arc.Scale.Length];
            square += change * change;
        }

        return Math.Sqrt(square) >= strength;
    }

    private static double Reach(Arc arc, double strength) => Doubts * Math.Max(arc.Doubt, arc.Noise) / strength;
}
