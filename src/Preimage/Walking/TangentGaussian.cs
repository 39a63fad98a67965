namespace Preimage.Walking;

/// <summary>v = h P z with z standard normal and P the projection on the null space: the same in all directions of the fiber. [Zappa2018]</summary>
public sealed record TangentGaussian : IWalkProposal
{
    /// <inheritdoc/>
    public void Propose(WalkStep step)
    {
        Span<double> normals = step.Scratch;
        step.Random.Normals(normals);
        Span<double> offset = step.Way.Offset;
        step.Here.ProjectNull(normals, offset);
        for (int i = 0; i < offset.Length; i++)
        {
            offset[i] *= step.StepLength;
        }
    }
}
