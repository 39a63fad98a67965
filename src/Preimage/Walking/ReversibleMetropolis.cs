using Preimage.Geometry;

namespace Preimage.Walking;

/// <summary>
/// Goes with probability min(1, p(y -> x) / p(x -> y)), and only where the way back from y is proposed and found: then the walk is reversible for the
/// fiber's own area, which its law tends to. With tangent Gaussians the ratio is exp((|v|^2 - |v'|^2) / 2 h^2), v' the part of x - y in the null space at
/// y. The dimension of the fiber must be the same on both sides.  [Zappa2018]
/// </summary>
public sealed record ReversibleMetropolis : IWalkAcceptance
{
    /// <inheritdoc/>
    public bool Accepts(WalkStep step)
    {
        if (step.There.Rank != step.Here.Rank)
        {
            return false;
        }

        step.TurnBack();
        ReadOnlySpan<double> there = step.Way.Offset;
        ReadOnlySpan<double> back = step.Back.Offset;
        double exponent =
            (Vectors.Dot(there, there) - Vectors.Dot(back, back)) / (2 * step.StepLength * step.StepLength);
        return (exponent >= 0 || step.Random.Uniform() < Math.Exp(exponent)) && step.ComesBack();
    }
}
