namespace Preimage.Tracing;

/// <summary>
/// Crosses a kink of the map, where the gradient jumps: the lift has a corner there and goes on along the gradient of the other side. Where that
/// leads back to the kink, the steepest way slides along it, and the lift ends.
/// </summary>
internal sealed record LiftCorner(IDirection Direction, ICorrector Corrector) : ICorner
{
    // The step across, in the run's coordinates; several times the distance at which steps give up.
    private const double Stride = 5e-9;

    // Behind the corner the lift must be smooth for so many strides.
    private const double Clear = 16;

    // The largest turn there, in radians.
    private const double Turn = 0.35;

    /// <inheritdoc/>
    public bool Cross(Arc arc)
    {
        if (arc.Step > Stride)
        {
            return false;
        }

        arc.Begin(Stride);
        Place(arc, arc.From.Point, arc.From.Tangent, Stride);
        if (!Land(arc))
        {
            return false;
        }

        double[] landed = [.. arc.Trial.Point];
        double[] beyond = [.. arc.Trial.Tangent];
        Place(arc, landed, beyond, Clear * Stride);
        bool isClear = Land(arc) && arc.TurnFrom(beyond) <= Turn;
        landed.CopyTo(arc.Trial.Point, 0);
        return Land(arc) && isClear;
    }

    private bool Land(Arc arc) => Corrector.Correct(arc) == Correction.Converged && Direction.Orient(arc);

    private static void Place(Arc arc, double[] from, double[] direction, double step)
    {
        for (int i = 0; i < from.Length; i++)
        {
            double x = from[i] + arc.Scale[i] * step * direction[i];
            arc.Trial.Point[i] = Math.Clamp(x, arc.Box.Lower[i], arc.Box.Upper[i]);
        }
    }
}
