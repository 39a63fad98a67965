namespace Preimage.Tracing;

/// <summary>
/// Crosses a corner of the curve: a kink of the map, as rectifiers have them. The steps have come as near to it as they could; a look along
/// the old tangent, a little farther, finds the piece on the other side, where the curve is smooth again. The sign of det [J; t^T] does not
/// change at a corner that the curve passes, which tells the direction however sharp it is.  [AllgowerGeorg2003, chapter 15]
/// </summary>
public sealed record KinkCrossing : ICorner
{
    // The last station is nearer to the corner than the stride, so that the correction is shorter than it.
    private static readonly GaussNewton Correction = new() { Reach = 1, Contraction = 0.9 };

    // Behind the corner the curve must be smooth for so many strides.
    private const double Clear = 16;

    /// <summary>The step across, in the run's coordinates: the corner is placed to this accuracy. It is several times the distance at which steps give up.</summary>
    public double Stride { get; init; } = 5e-9;

    /// <summary>The largest turn behind the corner, in radians.</summary>
    public double Turn { get; init; } = 0.35;

    /// <inheritdoc/>
    public bool Cross(Arc arc)
    {
        if (arc.Step > Stride)
        {
            return false;
        }

        // The old tangent leads into the piece beyond, whose null vector leads on from the corner: the last station, to the stride.
        arc.Begin(Stride);
        Place(arc, arc.From, arc.From.Tangent, Stride);
        if (!arc.Linearize() || !arc.Follow(arc.From.Tangent))
        {
            return false;
        }

        double[] beyond = [.. arc.Trial.Tangent];
        Place(arc, arc.From, beyond, Stride);
        if (!Land(arc, beyond))
        {
            return false;
        }

        double[] landed = [.. arc.Trial.Point];
        Place(arc, arc.Trial, beyond, Clear * Stride);
        bool isClear = arc.Linearize() && arc.Follow(beyond) && arc.TurnFrom(beyond) <= Turn;
        landed.CopyTo(arc.Trial.Point, 0);
        return isClear && Land(arc, beyond);
    }

    private static void Place(Arc arc, Station from, double[] direction, double step)
    {
        double[] point = arc.Trial.Point;
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = from.Point[i] + arc.Scale[i] * step * direction[i];
        }
    }

    /// <summary>Corrects the trial onto the curve; it must stay in the box and in the piece with this tangent.</summary>
    private bool Land(Arc arc, double[] tangent) =>
        Correction.Correct(arc) == Tracing.Correction.Converged
        && arc.Box.Contains(arc.Trial.Point)
        && arc.Follow(tangent)
        && arc.TurnFrom(tangent) <= Turn;
}
