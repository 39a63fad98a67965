using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// v = h d, d the unit direction of the last step projected on the null space here: a polygon on a geodesic of the fiber, to first order in h. At the
/// start and after a refused step the direction is drawn anew.
/// </summary>
public sealed record StraightAhead : IWalkProposal
{
    /// <inheritdoc/>
    public void Propose(WalkStep step)
    {
        Span<double> direction = step.Scratch;
        if (step.HasDirection)
        {
            step.Direction.CopyTo(direction);
        }
        else
        {
            step.Random.Normals(direction);
        }

        Span<double> offset = step.Way.Offset;
        step.Here.ProjectNull(direction, offset);
        double norm = Vectors.Norm(offset);
        Vectors.Scale(offset, norm > 0 ? 1 / norm : 0);
        offset.CopyTo(step.Direction);
        step.HasDirection = true;
        Vectors.Scale(offset, step.StepLength);
    }
}
